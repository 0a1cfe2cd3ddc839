package dev.parc.app;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parc.analysis.explain.Explainer;
import dev.parc.analysis.explain.Explanation;
import dev.parc.analysis.explain.WhatIf;
import dev.parc.assessment.AccountExplanation;
import dev.parc.check.TenantBuilder;
import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.SecondReading;
import dev.parc.collect.Tenant;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.Account;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationsTest {

    private static final Account ADA = account("ada@contoso.com");
    private static final Account BOB = account("bob@contoso.com");

    private final Directory directory = new Directory();

    @Test
    void anAdministratorIsReadOnceAndOnlyWhatItTakes() {
        AccountExplanation explained = explain(ADA.signInName());

        assertThat(explained.explanation().id()).isEqualTo(ADA.id());
        assertThat(explained.requests().graph()).isEqualTo(3);
        Set<FactKind> expected = EnumSet.of(FactKind.ORGANIZATION);
        expected.addAll(Explainer.KINDS);
        assertThat(directory.asked).containsExactly(expected);
    }

    @Test
    void anotherUserIsReadBesidesAndNotTakenForAnEmergencyAccount() {
        AccountExplanation explained = explain("Bob@Contoso.com");

        assertThat(explained.explanation().id()).isEqualTo(BOB.id());
        assertThat(explained.explanation().roles()).isEmpty();
        assertThat(explained.explanation().emergency().value()).contains(Explanation.Emergency.NO);
        assertThat(explained.requests().graph()).isEqualTo(6);
        assertThat(explained.requests().byRequest()).containsEntry("GET /users/{id}", 4);
    }

    @Test
    void perUserMfaIsAskedOfWhoeverIsExplainedAndLeftOpenByPolicies() {
        explain(ADA.signInName());
        explain(BOB.signInName());
        assertThat(directory.second).containsExactly(Set.of(ADA.id()), Set.of(ADA.id()), Set.of(BOB.id()));
    }

    @Test
    void whoDoesNotExistIsNotExplained() {
        assertThatExceptionOfType(UnknownNameException.class)
                .isThrownBy(() -> explain("adaa@contoso.com"))
                .withMessage("no administrator has the id or name 'adaa@contoso.com', and no other user has it; near:"
                        + " ada@contoso.com");
    }

    @Test
    void whetherAnAccountOutsideASnapshotExistsIsLeftOpen() {
        directory.lacksOthers = true;

        assertThatExceptionOfType(UnknownNameException.class)
                .isThrownBy(() -> explain(BOB.signInName()))
                .withMessageContaining(
                        "other users could not be searched (administrators' accounts: GET /users/{id} is not in the"
                                + " snapshot)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "@", "../../me", "some robot"})
    void whatIsNoIdAndNoSignInNameIsNotAskedOfTheDirectory(String name) {
        assertThatExceptionOfType(UnknownNameException.class).isThrownBy(() -> explain(name));

        assertThat(directory.asked).hasSizeLessThan(2);
    }

    @Test
    void everyAdministratorOfTheDemoIsExplainedAsItsSnapshotTells() {
        Explanations demo =
                new Explanations(SnapshotTenant.demo(), SnapshotTenant.demo().designations());
        String name = "adm.costa@contosopharma.onmicrosoft.com";

        AccountExplanation explained =
                demo.explain(name, Optional.of("CA003 Phishing-resistant MFA for administrators"), phrase -> {});

        assertThat(explained.source()).isEqualTo("demo");
        assertThat(explained.explanation().roles())
                .flatExtracting(Explanation.Role::ways)
                .extracting(Explanation.Way::inWords)
                .containsExactly(
                        "permanent, directly",
                        "eligible, through group 'sg-identity-team', nested in 'sg-role-privileged-role-administrators'");
        // not adm.keller, whose role under the policy is only activated and will end
        assertThat(explained.whatIf())
                .hasValueSatisfying(whatIf -> assertThat(whatIf.closed())
                        .extracting(WhatIf.Change::name)
                        .containsExactlyInAnyOrder(
                                "priya.nair@contosopharma.com",
                                "adm.okoro@contosopharma.onmicrosoft.com",
                                "adm.berg@contosopharma.onmicrosoft.com"));
    }

    @Test
    void anOverlongNameIsRefusedBeforeAnythingIsRead() {
        assertThatExceptionOfType(UnknownNameException.class).isThrownBy(() -> explain("x".repeat(401)));

        assertThat(directory.asked).isEmpty();
    }

    private AccountExplanation explain(String name) {
        return new Explanations(directory, Designations.NONE).explain(name, Optional.empty(), phrase -> {});
    }

    /** One administrator, and one user who is none and is read only if somebody designates him. */
    private static final class Directory implements Tenant {

        private final List<Set<FactKind>> asked = new ArrayList<>();
        private final List<Set<String>> second = new ArrayList<>();
        private boolean lacksOthers;

        @Override
        public String id() {
            return "tenant";
        }

        @Override
        public String source() {
            return "snapshot";
        }

        @Override
        public Designations designations() {
            return Designations.NONE;
        }

        @Override
        public Collected collect(
                Set<FactKind> kinds,
                Designations designations,
                Consumer<String> progress,
                Estate estate,
                SecondReading questions) {
            Collected first = collect(kinds, designations, progress);
            second.add(questions.ids(first.facts()).getOrDefault(FactKind.PER_USER_MFA, Set.of()));
            return first;
        }

        @Override
        public Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress) {
            asked.add(kinds);
            TenantBuilder tenant = tenant().globalAdmin(ADA);
            for (String name : designations.emergencyAccounts()) {
                tenant.emergency(name);
                if (lacksOthers) {
                    tenant.gap(FactKind.ACCOUNTS, "GET /users/{id} is not in the snapshot");
                } else {
                    tenant.account(BOB.signInName().equals(name) ? BOB : Account.deleted(name, name));
                }
            }
            return new Collected(tenant.facts(), "Contoso", 3, 0, 0, Map.of("GET /users/{id}", 2));
        }
    }
}
