package dev.parc.change.fix.policies;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Grant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a policy is to bring about, by which one that is there is known to serve, and which a new one is. */
enum PolicyGoal {
    /** MFA at every sign-in. */
    MFA("Require MFA", "", grant(false, "mfa"), UnaryOperator.identity()) {
        @Override
        boolean isServedBy(ConditionalAccessPolicy policy) {
            return plain(policy) && demandsMfa(policy);
        }
    },
    /** MFA at sign-ins of medium or high risk. */
    MFA_AT_SIGN_IN_RISK(
            "Require MFA at risky sign-ins",
            "at medium and high risk",
            grant(false, "mfa"),
            draft -> draft.atSignInRisks(PolicyDraft.union(draft.policy().signInRisks(), Set.of("medium", "high")))) {
        @Override
        boolean isServedBy(ConditionalAccessPolicy policy) {
            return whole(policy)
                    && !policy.signInRisks().isEmpty()
                    && policy.userRisks().isEmpty()
                    && (demandsMfa(policy) || policy.onlyBlocks());
        }
    },
    /** A change of the password at high user risk. */
    PASSWORD_CHANGE_AT_USER_RISK(
            "Require password change at high user risk",
            "at high risk",
            grant(true, "mfa", "passwordChange"),
            draft -> draft.atUserRisks(PolicyDraft.union(draft.policy().userRisks(), Set.of("high")))) {
        @Override
        boolean isServedBy(ConditionalAccessPolicy policy) {
            return whole(policy)
                    && !policy.userRisks().isEmpty()
                    && policy.signInRisks().isEmpty()
                    && demandsOneOf(policy, "passwordChange", "riskRemediation", "block");
        }

        @Override
        List<String> notes(Facts facts) {
            return facts.synchronised()
                    ? List.of(
                            "Accounts that are synchronised from on-premises can change their password only where password"
                                    + " writeback is on.")
                    : List.of();
        }
    },
    /** No sign-in by clients that know a password only. */
    LEGACY_AUTHENTICATION_BLOCKED(
            "Block legacy authentication",
            "to every legacy client",
            grant(false, "block"),
            draft -> draft.forClients(Set.of("exchangeActiveSync", "other"))) {
        @Override
        boolean isServedBy(ConditionalAccessPolicy policy) {
            return plain(policy)
                    && policy.onlyBlocks()
                    && Set.of("exchangeActiveSync", "other").containsAll(policy.clientAppTypes());
        }
    },
    /** MFA that cannot be phished at every sign-in. */
    PHISHING_RESISTANT_MFA("Require phishing-resistant MFA", "", grant(false), UnaryOperator.identity()) {
        @Override
        boolean isServedBy(ConditionalAccessPolicy policy) {
            return plain(policy)
                    && !policy.onlyBlocks()
                    && policy.grant().flatMap(Grant::strength).isPresent();
        }

        @Override
        Optional<Grant> demand(Facts facts) {
            return facts.<AuthenticationStrength>list(FactKind.AUTHENTICATION_STRENGTHS).stream()
                    .filter(strength -> strength.id().equalsIgnoreCase(RESISTANT))
                    .findFirst()
                    .map(strength -> new Grant(false, Set.of(), Optional.of(strength), Set.of(), Set.of()));
        }
    },
    /** A compliant or hybrid joined device at every sign-in. */
    MANAGED_DEVICE(
            "Require a managed device",
            "",
            grant(false, "compliantDevice", "domainJoinedDevice"),
            UnaryOperator.identity()) {
        @Override
        boolean isServedBy(ConditionalAccessPolicy policy) {
            return plain(policy)
                    && !policy.onlyBlocks()
                    && demandsOneOf(policy, "compliantDevice", "domainJoinedDevice");
        }

        @Override
        Optional<PolicyGoal> companion() {
            return Optional.of(TRANSFER_BLOCKED);
        }

        @Override
        List<String> notes(Facts facts) {
            return List.of(
                    "Everybody is taken to have a compliant or hybrid joined device at hand: see that each of these"
                            + " administrators does before the policy is on.");
        }
    },
    /** No flow by which one device signs in and another one gets in. */
    TRANSFER_BLOCKED(
            "Block device code flow and authentication transfer",
            "",
            grant(false, "block"),
            draft -> draft.inFlows(Set.of("deviceCodeFlow", "authenticationTransfer"))) {
        @Override
        boolean isServedBy(ConditionalAccessPolicy policy) {
            return false; // it closes nothing by itself
        }
    };

    /** The built-in strength "Phishing-resistant MFA". Source: "Overview of Microsoft Entra authentication strength". */
    private static final String RESISTANT = "00000000-0000-0000-0000-000000000004";

    private final String title;
    private final String reach;
    private final Grant grant;
    private final UnaryOperator<PolicyDraft> shape;

    PolicyGoal(String title, String reach, Grant grant, UnaryOperator<PolicyDraft> shape) {
        this.title = title;
        this.reach = reach;
        this.grant = grant;
        this.shape = shape;
    }

    private static Grant grant(boolean all, String... controls) {
        return new Grant(all, Set.of(controls), Optional.empty(), Set.of(), Set.of());
    }

    /** Whether a policy does this for some, so that it would for more if less were left out. */
    abstract boolean isServedBy(ConditionalAccessPolicy policy);

    /** What it may take beside it to be proved. */
    Optional<PolicyGoal> companion() {
        return Optional.empty();
    }

    /** What a new policy demands; empty where the tenant does not have it. */
    Optional<Grant> demand(Facts facts) {
        return Optional.of(grant);
    }

    /** What a person has to know before a policy for it is on. */
    List<String> notes(Facts facts) {
        return List.of();
    }

    /** What a new policy is called. */
    String title() {
        return title;
    }

    /** What the aim's own conditions are for, to stand after "apply". */
    String reach() {
        return reach;
    }

    /** The draft under the conditions that the aim takes. */
    PolicyDraft shaped(PolicyDraft draft) {
        return shape.apply(draft);
    }

    /** Whether all of it is understood, and it is for all applications but some. */
    private static boolean whole(ConditionalAccessPolicy policy) {
        return policy.notModelled().isEmpty()
                && policy.grant().isPresent()
                && policy.applications().include().contains("All")
                && policy.applications().userActions().isEmpty()
                && policy.applications().authenticationContexts().isEmpty()
                && policy.insiderRisks().isEmpty()
                && policy.authenticationFlows().isEmpty();
    }

    private static boolean plain(ConditionalAccessPolicy policy) {
        return whole(policy)
                && policy.signInRisks().isEmpty()
                && policy.userRisks().isEmpty();
    }

    private static boolean demandsOneOf(ConditionalAccessPolicy policy, String... controls) {
        return policy.grant()
                .filter(grant -> !Collections.disjoint(grant.controls(), Set.of(controls)))
                .isPresent();
    }

    private static boolean demandsMfa(ConditionalAccessPolicy policy) {
        return !policy.onlyBlocks()
                && (demandsOneOf(policy, "mfa")
                        || policy.grant().flatMap(Grant::strength).isPresent());
    }
}
