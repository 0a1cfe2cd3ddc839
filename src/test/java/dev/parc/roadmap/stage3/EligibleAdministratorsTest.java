package dev.parc.roadmap.stage3;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.activationContext;
import static dev.parc.check.TenantBuilder.activationTakes;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.Summary;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Microsoft's documented set-up for administrators who are all eligible: a policy for the authentication context, for
 * everybody who is eligible; a policy for the roles; the context asked for on activation. Asked with it, and with each
 * one of the four taken away.
 */
class EligibleAdministratorsTest {

    private static final Account ANN = account("ann@contoso.com");
    private static final DirectoryRole GLOBAL = DirectoryRole.GLOBAL_ADMINISTRATOR;
    private static final String EVERY_TOKEN = "; every sign-in while it is active needs that, by ";
    private static final String ACTIVATED = "Global Administrator can be activated without ";

    /** An item, what the two policies demand for it, and the words with which it tells. */
    private enum Item {
        STRONG_MFA(
                CheckTester.of(new S303StrongAuthenticationIsRequired()),
                policy -> policy.strength("fido2"),
                "sign in without phishing-resistant MFA",
                "phishing-resistant MFA"),
        DEVICE(
                CheckTester.of(new S304AdministratorsUseWorkstations()),
                policy -> policy.any("compliantDevice"),
                "sign in from a device that is neither compliant nor hybrid joined",
                "a compliant or hybrid joined device");

        private final CheckTester check;
        private final UnaryOperator<PolicyBuilder> demand;
        private final String ability;
        private final String required;

        Item(CheckTester check, UnaryOperator<PolicyBuilder> demand, String ability, String required) {
            this.check = check;
            this.demand = demand;
            this.ability = ability;
            this.required = required;
        }

        TenantBuilder onActivation(TenantBuilder tenant, PolicyBuilder change) {
            return tenant.policy(demand.apply(change).build());
        }

        void passes(TenantBuilder tenant, String... by) {
            if (this == STRONG_MFA) {
                check.given(tenant)
                        .isPass("1 administrator and the highly exposed users need phishing-resistant MFA, by "
                                + String.join(", ", by).replace("ZZ", "board").replace(", no flows", "")
                                + "; everybody else needs other MFA yet");
            } else {
                check.given(tenant)
                        .isAttested(Summary.of(
                                "0 administrators are limited to privileged access workstations, 1 to compliant or"
                                        + " hybrid joined devices, by "
                                        + String.join(", ", by).replace("ZZ, ", ""),
                                "; attested by Ann until 2027-09-01"));
            }
        }

        void fails(TenantBuilder tenant, String because) {
            check.given(tenant)
                    .isFail(
                            this == STRONG_MFA
                                    ? "1 gap in the rollout of stronger authentication"
                                    : "1 of 1 administrator can sign in from any device")
                    .findsOnly("ann@contoso.com", "can " + ability + ": " + because);
        }

        void isOpen(TenantBuilder tenant, String because) {
            check.given(tenant)
                    .isReview(
                            this == STRONG_MFA
                                    ? "1 finding about stronger authentication needs review"
                                    : "1 of 1 administrator needs review")
                    .findsOnly("ann@contoso.com", "may be one that can " + ability + ": " + because);
        }

        /** What lets somebody by whom neither of the two policies is for. */
        String nothingElse() {
            return this == STRONG_MFA
                    ? "'MFA' accepts weaker methods than phishing-resistant MFA"
                    : "no enabled policy demands a compliant or hybrid joined device of this account";
        }

        String everyToken() {
            return EVERY_TOKEN + (this == STRONG_MFA ? "for the roles" : "no flows, for the roles");
        }
    }

    private static TenantBuilder ann(AssignmentKind kind) {
        return tenant().holder(ANN, GLOBAL, kind)
                .inGroups(ANN)
                .pimPolicies()
                .authenticationMethods("Fido2")
                .designated(it -> it.withExposedUsersGroup(Optional.of("board")))
                .groupInGroups("board")
                .policy(policy("board")
                        .forNobody()
                        .forGroup("board")
                        .strength("fido2")
                        .build())
                .policy(policy("MFA").build())
                .policy(policy("no flows")
                        .flows("deviceCodeFlow", "authenticationTransfer")
                        .any("block")
                        .build())
                .attested("S3-04", 1)
                .add(
                        FactKind.REGISTRATIONS,
                        new Registration(ANN.id(), true, List.of("fido2SecurityKey"), Registration.Source.REPORT));
    }

    private static TenantBuilder eligible() {
        return ann(AssignmentKind.ELIGIBLE)
                .pimPolicy(GLOBAL, activationTakes("Justification"), activationContext("c1"));
    }

    private static PolicyBuilder ofContext() {
        return policy("at activation").onContext("c1");
    }

    private static PolicyBuilder ofRoles() {
        return policy("for the roles").forNobody().forRole(GLOBAL.templateId());
    }

    @Test
    void allFourTogetherPass() {
        for (Item item : Item.values()) {
            TenantBuilder tenant = item.onActivation(item.onActivation(eligible(), ofContext()), ofRoles());
            item.passes(tenant, "at activation", "ZZ", "for the roles", "no flows");
        }
    }

    @Test
    void withoutThePolicyForTheContextThereIsOnlyTheMfaOfPim() {
        for (Item item : Item.values()) {
            item.isOpen(
                    item.onActivation(eligible(), ofRoles()),
                    ACTIVATED + item.required + ": Windows, browser; because " + item.nothingElse()
                            + item.everyToken());
        }
    }

    @Test
    void aPolicyForTheContextThatIsNotOnOrLeavesOutWhoIsEligibleProvesNothing() {
        for (Item item : Item.values()) {
            item.isOpen(
                    item.onActivation(
                            item.onActivation(eligible(), ofContext().state(ConditionalAccessPolicy.State.REPORT_ONLY)),
                            ofRoles()),
                    ACTIVATED + item.required + ": Windows, browser; because " + item.nothingElse()
                            + item.everyToken());
            item.isOpen(
                    item.onActivation(item.onActivation(eligible(), ofContext().notForUser(ANN.id())), ofRoles()),
                    ACTIVATED + item.required + ": Windows, browser; because 'at activation' excludes the account"
                            + (item == Item.STRONG_MFA ? "; " + item.nothingElse() : "")
                            + item.everyToken());
        }
    }

    @Test
    void aPolicyForTheContextThatIsForTheRoleIsForNobodyAtTheActivation() {
        for (Item item : Item.values()) {
            item.isOpen(
                    item.onActivation(
                            item.onActivation(
                                    eligible(), ofContext().forNobody().forRole(GLOBAL.templateId())),
                            ofRoles()),
                    ACTIVATED + item.required + ": Windows, browser; because " + item.nothingElse()
                            + item.everyToken());
        }
    }

    @Test
    void withoutThePolicyForTheRolesTheRoleCanBeUsedFromAnotherSession() {
        for (Item item : Item.values()) {
            item.fails(
                    item.onActivation(eligible(), ofContext()),
                    "while Global Administrator is active: Windows, browser; because " + item.nothingElse());
        }
    }

    @Test
    void withoutTheContextOnActivationPimAsksForAnyMfa() {
        for (Item item : Item.values()) {
            item.isOpen(
                    item.onActivation(item.onActivation(ann(AssignmentKind.ELIGIBLE), ofContext()), ofRoles()),
                    ACTIVATED + item.required + ": Windows, browser; because " + item.nothingElse()
                            + item.everyToken());
        }
    }

    @Test
    void whoIsNotEligibleButHoldsTheRoleForGoodIsHeldByThePolicyForTheRoles() {
        for (Item item : Item.values()) {
            item.passes(item.onActivation(ann(AssignmentKind.PERMANENT), ofRoles()), "ZZ", "for the roles", "no flows");
        }
    }

    @Test
    void whatPimAsksForMustBeRead() {
        for (Item item : Item.values()) {
            TenantBuilder tenant = item.onActivation(item.onActivation(eligible(), ofContext()), ofRoles());
            item.check
                    .given(tenant.unread(FactKind.PIM_POLICIES, "answered 403"))
                    .isNotAssessed("PIM role settings: answered 403");
        }
    }
}
