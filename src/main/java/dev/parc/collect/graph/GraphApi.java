package dev.parc.collect.graph;

import com.microsoft.graph.admin.AdminRequestBuilder;
import com.microsoft.graph.applications.ApplicationsRequestBuilder;
import com.microsoft.graph.auditlogs.AuditLogsRequestBuilder;
import com.microsoft.graph.devicemanagement.DeviceManagementRequestBuilder;
import com.microsoft.graph.directory.DirectoryRequestBuilder;
import com.microsoft.graph.directoryobjects.DirectoryObjectsRequestBuilder;
import com.microsoft.graph.domains.DomainsRequestBuilder;
import com.microsoft.graph.groups.GroupsRequestBuilder;
import com.microsoft.graph.identity.IdentityRequestBuilder;
import com.microsoft.graph.identitygovernance.IdentityGovernanceRequestBuilder;
import com.microsoft.graph.identityprotection.IdentityProtectionRequestBuilder;
import com.microsoft.graph.organization.OrganizationRequestBuilder;
import com.microsoft.graph.policies.PoliciesRequestBuilder;
import com.microsoft.graph.reports.ReportsRequestBuilder;
import com.microsoft.graph.rolemanagement.RoleManagementRequestBuilder;
import com.microsoft.graph.security.SecurityRequestBuilder;
import com.microsoft.graph.serviceprincipals.ServicePrincipalsRequestBuilder;
import com.microsoft.graph.subscribedskus.SubscribedSkusRequestBuilder;
import com.microsoft.graph.users.UsersRequestBuilder;
import com.microsoft.kiota.RequestAdapter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Where the requests to a version of Microsoft Graph begin: the SDK's own builders, by the first segment of the path.
 * Ask each for {@code toGetRequestInformation} or {@code toPostRequestInformation}, and {@link GraphRequest#of} for the
 * question. The SDK's own client is left aside, because it brings the parsers and models that PARC does without.
 */
public final class GraphApi {

    /** The version that the SDK knows: what does not compile is not there. */
    public static final GraphApi V1 = new GraphApi("/v1.0");

    /** For what v1.0 has at the same path, but tells less of; for what only beta has there is {@link BetaOnly}. */
    public static final GraphApi BETA = new GraphApi("/beta");

    private final String base;

    private GraphApi(String base) {
        this.base = base;
    }

    public AdminRequestBuilder admin() {
        return at(AdminRequestBuilder::new);
    }

    public ApplicationsRequestBuilder applications() {
        return at(ApplicationsRequestBuilder::new);
    }

    public AuditLogsRequestBuilder auditLogs() {
        return at(AuditLogsRequestBuilder::new);
    }

    public DeviceManagementRequestBuilder deviceManagement() {
        return at(DeviceManagementRequestBuilder::new);
    }

    public DirectoryRequestBuilder directory() {
        return at(DirectoryRequestBuilder::new);
    }

    public DirectoryObjectsRequestBuilder directoryObjects() {
        return at(DirectoryObjectsRequestBuilder::new);
    }

    public DomainsRequestBuilder domains() {
        return at(DomainsRequestBuilder::new);
    }

    public GroupsRequestBuilder groups() {
        return at(GroupsRequestBuilder::new);
    }

    public IdentityRequestBuilder identity() {
        return at(IdentityRequestBuilder::new);
    }

    public IdentityGovernanceRequestBuilder identityGovernance() {
        return at(IdentityGovernanceRequestBuilder::new);
    }

    public IdentityProtectionRequestBuilder identityProtection() {
        return at(IdentityProtectionRequestBuilder::new);
    }

    public OrganizationRequestBuilder organization() {
        return at(OrganizationRequestBuilder::new);
    }

    public PoliciesRequestBuilder policies() {
        return at(PoliciesRequestBuilder::new);
    }

    public ReportsRequestBuilder reports() {
        return at(ReportsRequestBuilder::new);
    }

    public RoleManagementRequestBuilder roleManagement() {
        return at(RoleManagementRequestBuilder::new);
    }

    public SecurityRequestBuilder security() {
        return at(SecurityRequestBuilder::new);
    }

    public ServicePrincipalsRequestBuilder servicePrincipals() {
        return at(ServicePrincipalsRequestBuilder::new);
    }

    public SubscribedSkusRequestBuilder subscribedSkus() {
        return at(SubscribedSkusRequestBuilder::new);
    }

    public UsersRequestBuilder users() {
        return at(UsersRequestBuilder::new);
    }

    /** Paths count, not the host: Graph knows its own endpoint. */
    @SuppressWarnings("NonApiType") // the SDK's constructors take a HashMap and no other map
    private <T> T at(BiFunction<HashMap<String, Object>, RequestAdapter, T> root) {
        return root.apply(new HashMap<>(Map.of("baseurl", base)), RequestCarrier.INSTANCE);
    }
}
