package dev.parc.roadmap.stage2;

import static dev.parc.analysis.signin.Requirement.MFA_AT_SIGN_IN_RISK;
import static dev.parc.analysis.signin.Requirement.REMEDY_AT_USER_RISK;
import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.RISKY_USERS;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.administrators.RiskyAdministrators;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SignInWeighing;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import java.util.List;

/** Risk must have consequences for everybody, and no administrator may be at risk while nobody looks. */
@RoadmapItem(
        id = "S2-13",
        title = "Risk policies respond to sign-in and user risk, and no administrator is at risk",
        severity = HIGH,
        effort = DAYS,
        remedy = "Enforce policies for sign-in risk and user risk, and resolve the risk of the listed"
                + " administrators",
        needs = {
            RISKY_USERS,
            ACCOUNTS,
            CONDITIONAL_ACCESS_POLICIES,
            NAMED_LOCATIONS,
            AUTHENTICATION_STRENGTHS,
            SECURITY_DEFAULTS,
            GROUP_MEMBERSHIPS
        },
        completedBy = {ORGANIZATION, SERVICE_PRINCIPALS},
        administrators = true)
public final class S213IdentityProtectionIsConfigured implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        ConditionalAccess conditionalAccess = ConditionalAccess.of(facts);
        Weighing weighing = new Weighing();
        RiskyAdministrators.of(facts)
                .forEach(user -> weighing.certain(new Finding(
                        user.id(),
                        SubjectType.USER,
                        user.signInName(),
                        Details.of("S2-13.at-risk").with("risk", user.inWords()))));
        List<Account> administrators = weighing.administrators(facts);
        SignInWeighing signIn = new SignInWeighing(
                facts,
                conditionalAccess,
                MFA_AT_SIGN_IN_RISK,
                "sign in without MFA at medium or high sign-in risk",
                weighing);
        if (conditionalAccess.answersRisk()) {
            signIn.onlyBy(
                    conditionalAccess.askingAgain(),
                    "asks for it, which is not asked again of a session that already holds MFA");
        } else {
            weighing.doubtful(Finding.ofTenant(Details.of("S2-13.no-sign-in-risk-policy")));
        }
        signIn.accounts(administrators);
        signIn.everybodyElse();
        SignInWeighing user = new SignInWeighing(
                facts,
                conditionalAccess,
                REMEDY_AT_USER_RISK,
                "sign in at high user risk without a password change or other remedy",
                weighing);
        // the user risk of a guest is known to the guest's own directory alone, which must answer it
        user.accounts(
                administrators.stream().filter(account -> !account.external()).toList());
        user.members();
        return weighing.verdict(
                        against -> Counted.say("%d [gap|gaps] in risk policies", against),
                        unclear -> Counted.say("%d possible [gap|gaps] in risk policies [needs|need] review", unclear))
                .orElseGet(() ->
                        Verdict.pass("sign-in risk is answered by %s, user risk by %s, and no administrator is at risk"
                                .formatted(String.join(", ", signIn.proof()), String.join(", ", user.proof()))));
    }
}
