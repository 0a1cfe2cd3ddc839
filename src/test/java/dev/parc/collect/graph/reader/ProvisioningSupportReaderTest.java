package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.PROVISIONING_JOBS;
import static dev.parc.facts.FactKind.PROVISIONING_SUPPORT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.directory.ProvisioningSupport;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvisioningSupportReaderTest {

    private static final String TEMPLATES = "/servicePrincipals/{id}/synchronization/templates";
    private static final String SCHEMA = "GET /servicePrincipals/{id}/synchronization/jobs/{id}/schema";

    private final FakeTenant tenant = FakeTenant.licensed();
    private final String travel = tenant.enterpriseApplication("Travel");

    private Readings read() {
        return Readings.of(tenant, PROVISIONING_JOBS, PROVISIONING_SUPPORT);
    }

    private ProvisioningSupport only() {
        return read().only(PROVISIONING_SUPPORT, ProvisioningSupport.class);
    }

    @Test
    void templatesTellWhetherItCanBeProvisionedToAndAssignmentsWhetherItIsUsed() {
        assertThat(only())
                .isEqualTo(new ProvisioningSupport(travel, Optional.of(false), Optional.of(false), Set.of(), Set.of()));
        tenant.provisionable(travel, "customappsso");
        tenant.assigned(travel, tenant.user("ann"));
        assertThat(only())
                .isEqualTo(new ProvisioningSupport(travel, Optional.of(true), Optional.of(true), Set.of(), Set.of()));
    }

    @Test
    void notFoundIsNoAnswer() {
        tenant.refuse(TEMPLATES, 404, "ResourceNotFound");
        tenant.refuse("/servicePrincipals/{id}/appRoleAssignedTo", 404, "ResourceNotFound");
        assertThat(only().possible()).isEmpty();
        assertThat(only().assigned()).isEmpty();
    }

    @Test
    void refusedIsAGapAndNoAnswer() {
        tenant.refuse(TEMPLATES, 403, "Authorization_RequestDenied");
        Readings readings = read();
        assertThat(readings.gaps(PROVISIONING_SUPPORT))
                .singleElement()
                .asString()
                .contains("Synchronization.Read.All");
        assertThat(readings.values(PROVISIONING_SUPPORT, ProvisioningSupport.class))
                .allMatch(support -> support.possible().isEmpty());
    }

    @Test
    void whatIsProvisionedByAKnownTemplateIsNotAskedAbout() {
        tenant.provisioning(travel, "Active");
        assertThat(read().values(PROVISIONING_SUPPORT, ProvisioningSupport.class))
                .isEmpty();
        assertThat(tenant.requests()).doesNotContainKeys("GET " + TEMPLATES, SCHEMA);
    }

    @ParameterizedTest
    @CsvSource({
        "Azure Active Directory, Payroll, true",
        "Microsoft Entra ID, Payroll, true",
        "Azure Active Directory, Active Directory, false",
        "Payroll, Azure Active Directory, false",
        "Payroll, Active Directory, false",
        "Active Directory, Azure Active Directory, false"
    })
    void theRulesOfTheSchemaTellWhereAJobGoes(String source, String target, boolean toApplication) {
        ObjectNode job = tenant.provisioning(travel, "Active").put("templateId", "payroll");
        tenant.direction(travel, job, source, target);
        ProvisioningSupport support = only();
        String id = job.path("id").asText();
        assertThat(support.jobsTo()).isEqualTo(toApplication ? Set.of(id) : Set.of());
        assertThat(support.jobsInto()).isEqualTo(toApplication ? Set.of() : Set.of(id));
    }

    @Test
    void aSchemaThatIsNotThereTellsNothing() {
        tenant.provisioning(travel, "Active").put("templateId", "payroll");
        ProvisioningSupport support = only();
        assertThat(support.jobsTo()).isEmpty();
        assertThat(support.jobsInto()).isEmpty();
        assertThat(tenant.requests()).containsEntry(SCHEMA, 1L);
    }

    @Test
    void aSchemaWithoutRulesOrNamesTellsNothing() {
        ObjectNode job = tenant.provisioning(travel, "Active").put("templateId", "payroll");
        tenant.direction(travel, job, null, null);
        assertThat(only().jobsTo()).isEmpty();
        assertThat(only().jobsInto()).isEmpty();
    }

    @Test
    void anIdThatCannotBeAskedForIsAGap() {
        tenant.provisioning(travel, "Active").put("templateId", "payroll").put("id", "..");
        assertThat(read().gaps(PROVISIONING_SUPPORT))
                .containsExactly("provisioning jobs were returned with an unusable id");
    }
}
