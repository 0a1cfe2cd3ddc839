package dev.parc.analysis.conditionalaccess;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.analysis.signin.Requirement;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.RoleAssignment;
import java.util.List;
import java.util.Optional;

/** What is decided about the sign-ins of one administrator, Ann, under some policies. */
final class SignInsOfAnn {

    static final Account ANN = account("ann@contoso.com");

    static final String GLOBAL = DirectoryRole.GLOBAL_ADMINISTRATOR.templateId();

    private SignInsOfAnn() {}

    static TenantBuilder annAmong(String... groups) {
        return tenant().globalAdmin(ANN).inGroups(ANN, groups);
    }

    static MfaDecision decide(TenantBuilder tenant) {
        return ConditionalAccess.of(tenant.facts()).mfa(ANN);
    }

    static MfaDecision with(PolicyBuilder... policies) {
        TenantBuilder tenant = annAmong();
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return decide(tenant);
    }

    static MfaDecision.Uncovered uncovered(String signIn, String because) {
        return new MfaDecision.Uncovered(signIn, because);
    }

    static MfaDecision.Covered covered(String... by) {
        return new MfaDecision.Covered(List.of(by));
    }

    static RoleAssignment permanent(String role, String scope) {
        return new RoleAssignment(
                ANN.id(),
                PrincipalType.USER,
                ANN.signInName(),
                role,
                scope,
                AssignmentKind.PERMANENT,
                Optional.empty());
    }

    static MfaDecision require(Requirement requirement, PolicyBuilder... policies) {
        TenantBuilder tenant = annAmong();
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return ConditionalAccess.of(tenant.facts()).require(ANN, requirement);
    }
}
