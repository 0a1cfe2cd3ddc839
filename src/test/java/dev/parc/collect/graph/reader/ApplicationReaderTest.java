package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.ENTERPRISE_APPLICATIONS;
import static dev.parc.facts.FactKind.PROVISIONING_JOBS;
import static dev.parc.facts.FactKind.PUBLISHED_APPLICATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.directory.EnterpriseApplication;
import dev.parc.facts.directory.ProvisioningJob;
import dev.parc.facts.directory.PublishedApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationReaderTest {

    private static final String JOBS = "/servicePrincipals/{id}/synchronization/jobs";

    private final FakeTenant tenant = FakeTenant.licensed();

    private EnterpriseApplication application() {
        return Readings.of(tenant, ENTERPRISE_APPLICATIONS).only(ENTERPRISE_APPLICATIONS, EnterpriseApplication.class);
    }

    @Test
    void onlyApplicationsThatUsersSignInToAreRead() {
        tenant.servicePrincipal("a daemon");
        String id = tenant.enterpriseApplication("Travel");
        assertThat(application())
                .isEqualTo(new EnterpriseApplication(id, FakeTenant.appId("Travel"), "Travel", true, false));
    }

    @ParameterizedTest
    @CsvSource({
        "f8cdef31-a31e-4b4a-93e4-5f571e91255a, true",
        "72F988BF-86F1-41AF-91AB-2D7CD011DB47, true",
        "11111111-2222-4333-8444-555555555555, false",
    })
    void microsoftsOwnAreToldByTheirTenant(String owner, boolean ofMicrosoft) {
        tenant.object(tenant.enterpriseApplication("App")).put("appOwnerOrganizationId", owner);
        assertThat(application().ofMicrosoft()).isEqualTo(ofMicrosoft);
    }

    @Test
    void anApplicationWithoutAnOwnerIsNotMicrosofts() {
        tenant.object(tenant.enterpriseApplication("App")).putNull("appOwnerOrganizationId");
        assertThat(application().ofMicrosoft()).isFalse();
    }

    @Test
    void manyApplicationsComeInPages() {
        for (int i = 0; i < 25; i++) {
            tenant.enterpriseApplication("app " + i);
        }
        tenant.pageSize(10);
        assertThat(Readings.of(tenant, ENTERPRISE_APPLICATIONS)
                        .values(ENTERPRISE_APPLICATIONS, EnterpriseApplication.class))
                .hasSize(25);
    }

    @Test
    void anApplicationThatDoesNotSayWhetherItIsEnabledIsAGap() {
        tenant.enterpriseApplication("good");
        tenant.object(tenant.enterpriseApplication("App")).remove("accountEnabled");
        assertThat(Readings.of(tenant, ENTERPRISE_APPLICATIONS).gaps(ENTERPRISE_APPLICATIONS))
                .containsExactly("enterprise applications came without accountEnabled");
    }

    @Test
    void refusedApplicationsNameThePermission() {
        tenant.refuse("/servicePrincipals", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, ENTERPRISE_APPLICATIONS).unread(ENTERPRISE_APPLICATIONS))
                .startsWith("permission Application.Read.All may be missing");
    }

    @ParameterizedTest
    @CsvSource({"aadPreAuthentication, true", "passthru, false"})
    void publishedApplicationsAreReadFromTheBetaVersion(String authentication, boolean preAuthenticated) {
        String id = tenant.published("Intranet", authentication);
        assertThat(Readings.of(tenant, PUBLISHED_APPLICATIONS).only(PUBLISHED_APPLICATIONS, PublishedApplication.class))
                .isEqualTo(new PublishedApplication(id, FakeTenant.appId("Intranet"), "Intranet", preAuthenticated));
        assertThat(tenant.requests()).containsEntry("GET /beta/applications", 1L);
    }

    @Test
    void aWayToPublishThatIsNotKnownIsAGap() {
        tenant.published("Intranet", "telepathy");
        assertThat(Readings.of(tenant, PUBLISHED_APPLICATIONS).unread(PUBLISHED_APPLICATIONS))
                .isEqualTo("published applications came with an unusable externalAuthenticationType");
    }

    @Test
    void aBetaVersionThatIsGoneIsUnread() {
        tenant.refuse("/beta/applications", 404, "ResourceNotFound");
        assertThat(Readings.of(tenant, PUBLISHED_APPLICATIONS).unread(PUBLISHED_APPLICATIONS))
                .isEqualTo("Graph answered 404 ResourceNotFound: refused on demand");
    }

    @ParameterizedTest
    @CsvSource({
        "Active, ACTIVE",
        "Paused, PAUSED",
        "Quarantine, QUARANTINED",
        "NotRun, NOT_RUNNING",
        "NotConfigured, NOT_RUNNING",
    })
    void jobsAreReadWithTheirState(String code, ProvisioningJob.State state) {
        String id = tenant.enterpriseApplication("Travel");
        String jobId = tenant.provisioning(id, code).path("id").asText();
        assertThat(Readings.of(tenant, PROVISIONING_JOBS).only(PROVISIONING_JOBS, ProvisioningJob.class))
                .isEqualTo(new ProvisioningJob(id, jobId, state, "scim"));
    }

    @Test
    void aStateThatIsNotKnownIsAGap() {
        tenant.provisioning(tenant.enterpriseApplication("Travel"), "Dreaming");
        assertThat(Readings.of(tenant, PROVISIONING_JOBS).unread(PROVISIONING_JOBS))
                .isEqualTo("provisioning jobs came with an unusable code");
    }

    @Test
    void jobsAreAskedOfConnectedApplicationsOnly() {
        tenant.enterpriseApplication("Travel");
        tenant.object(tenant.enterpriseApplication("Off")).put("accountEnabled", false);
        tenant.object(tenant.enterpriseApplication("Graph Explorer"))
                .put("appOwnerOrganizationId", "72f988bf-86f1-41af-91ab-2d7cd011db47");
        assertThat(Readings.of(tenant, PROVISIONING_JOBS).values(PROVISIONING_JOBS, ProvisioningJob.class))
                .isEmpty();
        assertThat(tenant.requests()).containsEntry("GET " + JOBS, 1L);
    }

    @Test
    void anApplicationThatNeverHadAJobHasNone() {
        tenant.provisioning(tenant.enterpriseApplication("Travel"), "Active");
        String other = tenant.enterpriseApplication("Other");
        tenant.refuse("/servicePrincipals/" + other + "/synchronization/jobs", 404, "Request_ResourceNotFound");
        assertThat(Readings.of(tenant, PROVISIONING_JOBS)
                        .only(PROVISIONING_JOBS, ProvisioningJob.class)
                        .state())
                .isEqualTo(ProvisioningJob.State.ACTIVE);
    }

    @Test
    void refusedJobsNameThePermission() {
        tenant.enterpriseApplication("Travel");
        tenant.refuse(JOBS, 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, PROVISIONING_JOBS).unread(PROVISIONING_JOBS))
                .startsWith("permission Synchronization.Read.All may be missing");
    }

    @Test
    void jobsAreUnreadWhereApplicationsAre() {
        tenant.refuse("/servicePrincipals", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, PROVISIONING_JOBS).unread(PROVISIONING_JOBS))
                .startsWith(
                        "enterprise applications could not be read: permission Application.Read.All may be missing");
    }
}
