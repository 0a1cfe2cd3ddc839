package dev.parc.report.portal;

import dev.parc.check.SubjectType;
import dev.parc.facts.directory.PrincipalType;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses of a tenant's accounts, groups, policies, applications and subscriptions in the Microsoft Entra admin center and the
 * Azure portal. An id that is not as Microsoft makes them has no address, so that nothing of a tenant can lead elsewhere.
 */
public final class Portals {

    /** Nothing has an address: it is not known in which cloud the tenant is. */
    public static final Portals NONE = new Portals("", "");

    private static final String GUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Pattern OBJECT = Pattern.compile(GUID);
    private static final Pattern RESOURCE =
            Pattern.compile("/subscriptions/" + GUID + "(?:/[A-Za-z0-9._()-]{1,260}){0,40}");

    private final String entra;
    private final String azure;

    private Portals(String entra, String azure) {
        this.entra = entra;
        this.azure = azure;
    }

    /**
     * Those of a tenant.
     *
     * @param tenantId its id; whoever follows an address signs in to this tenant
     */
    public static Portals of(Cloud cloud, String tenantId) {
        boolean known = OBJECT.matcher(tenantId).matches();
        return new Portals(
                "https://" + cloud.entra() + (known ? "/" + tenantId : "") + "/#view/",
                "https://" + cloud.azure() + "/#" + (known ? "@" + tenantId : "") + "/resource");
    }

    /** Where a finding's subject stands; empty for one that has no place of its own. */
    public Optional<String> of(SubjectType type, String id) {
        return switch (type) {
            case USER -> entra("Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/", id);
            case GROUP -> entra("Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Overview/groupId/", id);
            case SERVICE_PRINCIPAL -> entra("Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/", id);
            case POLICY -> entra("Microsoft_AAD_ConditionalAccess/PolicyBlade/policyId/", id);
            case SUBSCRIPTION ->
                OBJECT.matcher(id).matches() ? resource("/subscriptions/" + id + "/overview") : resource(id);
            case RESOURCE -> resource(id);
            case ROLE, TENANT, PRINCIPAL -> Optional.empty();
        };
    }

    /** Where a holder of roles stands. */
    public Optional<String> of(PrincipalType type, String id) {
        return switch (type) {
            case USER -> of(SubjectType.USER, id);
            case GROUP -> of(SubjectType.GROUP, id);
            case SERVICE_PRINCIPAL -> of(SubjectType.SERVICE_PRINCIPAL, id);
            case UNKNOWN -> Optional.empty();
        };
    }

    private Optional<String> entra(String view, String id) {
        return entra.isEmpty() || !OBJECT.matcher(id).matches() ? Optional.empty() : Optional.of(entra + view + id);
    }

    private Optional<String> resource(String id) {
        return azure.isEmpty() || !RESOURCE.matcher(id).matches() ? Optional.empty() : Optional.of(azure + id);
    }
}
