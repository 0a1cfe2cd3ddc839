package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.FEDERATIONS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.SERVICE_PLANS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.Licence;
import dev.parc.facts.ServicePlan;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.Federation;
import dev.parc.facts.directory.Organization;
import dev.parc.facts.directory.SyncState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantReaderTest {

    private final FakeTenant tenant = FakeTenant.licensed();

    @ParameterizedTest
    @CsvSource({"null, NEVER_SYNCED", "false, NO_LONGER_SYNCED", "true, SYNCED"})
    void neverSyncedAndNoLongerSyncedAreToldApart(String flag, SyncState sync) {
        tenant.collection("/organization").get(0).setAll(FakeTenant.json("{onPremisesSyncEnabled:" + flag + "}"));
        assertThat(Readings.of(tenant, ORGANIZATION).only(ORGANIZATION, Organization.class))
                .isEqualTo(new Organization(FakeTenant.TENANT_ID, "Contoso", sync, List.of(), List.of()));
    }

    @Test
    void anOrganisationWithoutTheSyncFlagIsNotTakenForACloudOnlyOne() {
        tenant.collection("/organization").get(0).remove("onPremisesSyncEnabled");
        assertThat(Readings.of(tenant, ORGANIZATION).unread(ORGANIZATION))
                .isEqualTo("organisations came without onPremisesSyncEnabled");
    }

    @Test
    void aRefusedReadNamesThePermission() {
        tenant.refuse("/organization", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, ORGANIZATION).unread(ORGANIZATION))
                .isEqualTo("permission Organization.Read.All may be missing (Graph answered 403"
                        + " Authorization_RequestDenied): if it is, grant it to PARC's identity");
    }

    @ParameterizedTest
    @CsvSource({
        "Enabled, Success, true",
        "Warning, Success, true",
        "Enabled, PendingActivation, true",
        "Enabled, PendingProvisioning, false",
        "Enabled, Disabled, false",
        "Suspended, Success, false",
    })
    void aPlanIsProvisionedOnlyWhereItsSubscriptionAndItselfAre(String sku, String plan, boolean provisioned) {
        ObjectNode subscription = tenant.collection("/subscribedSkus").get(0).put("capabilityStatus", sku);
        subscription.withArray("servicePlans").forEach(it -> ((ObjectNode) it).put("provisioningStatus", plan));
        assertThat(Readings.of(tenant, SERVICE_PLANS).values(SERVICE_PLANS, ServicePlan.class))
                .hasSize(2)
                .allMatch(it -> it.provisioned() == provisioned);
    }

    @Test
    void anUnusableSubscriptionDoesNotMatterWhereAllLicencesAreThereAnyway() {
        tenant.plan("O365", "EXCHANGE_S_STANDARD");
        tenant.subscription("SPE_E5", FakeTenant.LABELS_PLAN, FakeTenant.CLOUD_APPS_PLAN);
        tenant.subscription("CDS").remove("servicePlans");
        assertThat(Readings.of(tenant, SERVICE_PLANS).gaps(SERVICE_PLANS)).isEmpty();
    }

    @Test
    void anUnusableSubscriptionIsAGapWhereItCouldBeMicrosoft365() {
        tenant.subscription("CDS").remove("servicePlans");
        assertThat(Readings.of(tenant, SERVICE_PLANS).gaps(SERVICE_PLANS))
                .containsExactly(
                        "subscription CDS, which may hold a missing licence: subscriptions came without servicePlans");
    }

    @Test
    void noOrganisationIsNotReadAsACloudOnlyOne() {
        tenant.collection("/organization").clear();
        assertThat(Readings.of(tenant, ORGANIZATION).unread(ORGANIZATION)).isEqualTo("Graph returned no organisation");
    }

    @Test
    void anUnusableSubscriptionIsAGapWhereItCouldHoldAMissingLicence() {
        FakeTenant small = FakeTenant.unlicensed();
        small.subscription("P1", FakeTenant.P1_PLAN);
        small.subscription("CDS").remove("servicePlans");
        Readings readings = Readings.of(small, SERVICE_PLANS);
        assertThat(readings.gaps(SERVICE_PLANS))
                .containsExactly(
                        "subscription CDS, which may hold a missing licence: subscriptions came without servicePlans");
        assertThat(Licence.ENTRA_ID_P1.isIn(readings.values(SERVICE_PLANS, ServicePlan.class)))
                .isTrue();
    }

    @Test
    void domainsAreRead() {
        tenant.domain("Contoso.com", false, true);
        assertThat(Readings.of(tenant, DOMAINS).values(DOMAINS, Domain.class))
                .containsExactly(
                        new Domain("contoso.onmicrosoft.com", false, true, true),
                        new Domain("contoso.com", true, false, true));
    }

    @Test
    void aDomainOfUnknownAuthenticationIsAGap() {
        tenant.domain("contoso.com", false, false);
        tenant.collection("/domains").get(1).put("authenticationType", "Quantum");
        assertThat(Readings.of(tenant, DOMAINS).gaps(DOMAINS))
                .containsExactly("domains came with an unusable authenticationType");
    }

    @Test
    void aDomainWhoseNameIsAPathIsAGap() {
        tenant.domain("a/../b", false, true);
        assertThat(Readings.of(tenant, FEDERATIONS).gaps(DOMAINS)).containsExactly("domains came with an unusable id");
    }

    @Test
    void federationIsAskedOfFederatedDomainsOnly() {
        tenant.domain("contoso.com", false, true);
        assertThat(Readings.of(tenant, FEDERATIONS).only(FEDERATIONS, Federation.class))
                .isEqualTo(new Federation("contoso.com", "AD FS", "rejectMfaByFederatedIdp"));
        assertThat(tenant.requests()).containsEntry("GET /domains/{id}/federationConfiguration", 1L);
    }

    @Test
    void federationIsUnreadWhereDomainsAre() {
        tenant.refuse("/domains", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, FEDERATIONS).unread(FEDERATIONS))
                .startsWith("domains could not be read: permission Domain.Read.All may be missing");
    }

    @Test
    void refusedFederationNamesItsOwnPermission() {
        tenant.domain("contoso.com", false, true);
        tenant.refuse("/domains/{id}/federationConfiguration", 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, FEDERATIONS).unread(FEDERATIONS))
                .startsWith("permission Domain-InternalFederation.Read.All may be missing");
    }
}
