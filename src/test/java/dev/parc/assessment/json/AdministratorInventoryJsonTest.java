package dev.parc.assessment.json;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.explain.Explainer;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.NamedObject;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdministratorInventoryJsonTest {

    private static final String RUN = "20260131T080000Z-00000001";
    private static final Account ADA = account("ada@contoso.com");
    private static final Account BOB = account("bob@contoso.com");

    @Test
    void everyAnswerComesBackAsItWas() {
        unchanged(it -> it);
        unchanged(it -> it.policy(policy("MFA").notForUser(ADA.id()).build()));
        unchanged(it -> it.policy(policy("MFA").build()));
        unchanged(it -> it.unread(FactKind.CONDITIONAL_ACCESS_POLICIES, "403"));
        unchanged(it -> it.unread(FactKind.SIGN_INS, "403").unread(FactKind.DOMAINS, "403"));
        unchanged(it -> it.unread(FactKind.ACCOUNTS, "403"));
        unchanged(it -> it.without(Licence.ENTRA_ID_P1));
        unchanged(it -> it.gap(FactKind.GROUP_MEMBERS, "one group was refused"));
        unchanged(it -> it.emergency(BOB.id()));
    }

    private static void unchanged(UnaryOperator<TenantBuilder> change) {
        AdministratorInventory inventory = inventory(change);

        assertThat(AdministratorInventoryJson.read(AdministratorInventoryJson.write(inventory)))
                .isEqualTo(inventory);
    }

    private static AdministratorInventory inventory(UnaryOperator<TenantBuilder> change) {
        Facts facts = change.apply(tenant().globalAdmin(ADA)
                        .globalAdmin(BOB)
                        .globalAdmin(account("gone@contoso.com", TenantBuilder.Change.DISABLED))
                        .servicePrincipal(
                                new ServicePrincipal("robot", "Robot", "ManagedIdentity", true, false, "home"),
                                DirectoryRole.EXCHANGE_ADMINISTRATOR)
                        .group("exchange", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .member("exchange", ADA)
                        .group("owned", DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .grant("owned", BOB, GroupGrant.Access.OWNER, AssignmentKind.PERMANENT)
                        .signedIn(ADA, 3)
                        .neverSignedIn(BOB)
                        .registered(ADA, true))
                .facts();
        return new AdministratorInventory(
                RUN,
                Instant.parse("2026-01-31T08:00:02Z"),
                new Explainer(facts).administrators(),
                NamedObject.of(facts));
    }

    @Test
    void theDocumentSaysWhoHoldsWhatAndHowItSignsIn() throws Exception {
        JsonNode document = new ObjectMapper()
                .readTree(AdministratorInventoryJson.write(inventory(
                        it -> it.policy(policy("MFA").notForUser(ADA.id()).build()))));

        assertThat(document.path("schema").asText()).isEqualTo("parc-accounts/2");
        assertThat(document.path("runId").asText()).isEqualTo(RUN);
        JsonNode ada = document.path("administrators").path(0);
        assertThat(ada.path("id").asText()).isEqualTo(ADA.id());
        assertThat(ada.path("signInName").asText()).isEqualTo("ada@contoso.com");
        assertThat(ada.path("highlyPrivileged").asBoolean()).isTrue();
        assertThat(ada.path("category").path("category").asText()).isEqualTo("DEDICATED");
        assertThat(ada.path("roles").findValuesAsText("role"))
                .containsExactly("Global Administrator", "Exchange Administrator");
        assertThat(ada.path("roles").path(1).path("ways").path(0).path("path").asText())
                .isEqualTo("through group 'exchange'");
        assertThat(ada.path("signInWithoutMfa").path("answer").asText()).isEqualTo("UNCOVERED");
        assertThat(ada.path("mfaRegistration").path("mfaCapable").asBoolean()).isTrue();
    }

    @Test
    void aDocumentOfARunBeforeActivationsWereDecidedIsReadWithoutThem() throws Exception {
        JsonNode document = new ObjectMapper().readTree(AdministratorInventoryJson.write(inventory(it -> it)));
        document.path("administrators").forEach(one -> ((ObjectNode) one).remove("activations"));

        assertThat(AdministratorInventoryJson.read(document.toString())
                        .explained()
                        .administrators())
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.activations()).isEmpty());
    }

    /** Version 1 called permanent assignments standing. */
    @Test
    void aDocumentOfTheVersionBeforeIsReadAndWrittenInTheNewWord() throws Exception {
        String now = AdministratorInventoryJson.write(inventory(it -> it));
        String before = now.replace("parc-accounts/2", "parc-accounts/1").replace("\"PERMANENT\"", "\"STANDING\"");
        assertThat(before).contains("\"kind\":\"STANDING\"").doesNotContain("\"PERMANENT\"");

        assertThat(AdministratorInventoryJson.read(before)).isEqualTo(AdministratorInventoryJson.read(now));
        assertThat(AdministratorInventoryJson.write(AdministratorInventoryJson.read(before)))
                .contains("\"kind\":\"PERMANENT\"")
                .doesNotContain("STANDING");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AdministratorInventoryJson.read(before.replace("\"STANDING\"", "\"LYING\"")))
                .withMessageContaining("must be one of PERMANENT, TIME_BOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"schema\":\"parc-accounts/3\"}",
                "{\"schema\":\"parc-accounts/2\",\"runId\":\"x\"}",
                "{\"schema\":\"parc-accounts/1\",\"runId\":\"20260131T080000Z-00000001\",\"takenAt\":\"2026-01-31T08:00:02Z\","
                        + "\"administrators\":[{}],\"missing\":[]}"
            })
    void whatIsNoDocumentIsRefused(String document) {
        assertThatIllegalArgumentException().isThrownBy(() -> AdministratorInventoryJson.read(document));
    }
}
