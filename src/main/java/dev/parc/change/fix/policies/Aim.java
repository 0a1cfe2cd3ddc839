package dev.parc.change.fix.policies;

import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Grant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What a policy is to bring about, by which one that is there is known to serve, and which a new one is. */
enum Aim {
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
                    && policy.grant()
                            .filter(grant -> !Collections.disjoint(
                                    grant.controls(), Set.of("passwordChange", "riskRemediation", "block")))
                            .isPresent();
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
    };

    private final String name;
    private final String reach;
    private final Grant grant;
    private final UnaryOperator<PolicyDraft> shape;

    Aim(String name, String reach, Grant grant, UnaryOperator<PolicyDraft> shape) {
        this.name = name;
        this.reach = reach;
        this.grant = grant;
        this.shape = shape;
    }

    private static Grant grant(boolean all, String... controls) {
        return new Grant(all, Set.of(controls), Optional.empty(), Set.of(), Set.of());
    }

    /** Whether a policy does this for some, so that it would for more if less were left out. */
    abstract boolean isServedBy(ConditionalAccessPolicy policy);

    /** What a new policy is called. */
    String title() {
        return name;
    }

    /** What the aim itself takes, to stand after "apply". */
    String reach() {
        return reach;
    }

    Grant demand() {
        return grant;
    }

    /** The conditions that the aim itself takes. */
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

    private static boolean demandsMfa(ConditionalAccessPolicy policy) {
        return !policy.onlyBlocks()
                && policy.grant()
                        .filter(grant -> grant.controls().contains("mfa")
                                || grant.strength().isPresent())
                        .isPresent();
    }
}
