package dev.parc.roadmap.stage3;

import static dev.parc.analysis.signin.Requirement.LEGACY_AUTHENTICATION_BLOCKED;
import static dev.parc.check.Effort.WEEKS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.EXCLUDED_GROUPS;
import static dev.parc.facts.FactKind.EXCLUDED_MEMBERS;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.LEGACY_SIGN_INS;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

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

/** What policies say, and what the sign-in log saw: one successful sign-in by a password alone is one too many. */
@RoadmapItem(
        id = "S3-07",
        title = "Legacy authentication with passwords is blocked, and no such sign-in succeeds",
        severity = HIGH,
        effort = WEEKS,
        remedy = "Block legacy authentication for everyone with Conditional Access and migrate what still uses it",
        needs = {
            ACCOUNTS,
            CONDITIONAL_ACCESS_POLICIES,
            NAMED_LOCATIONS,
            AUTHENTICATION_STRENGTHS,
            SECURITY_DEFAULTS,
            GROUP_MEMBERSHIPS
        },
        completedBy = {ORGANIZATION, LEGACY_SIGN_INS, SERVICE_PRINCIPALS},
        signals = {EXCLUDED_GROUPS, EXCLUDED_MEMBERS},
        administrators = true,
        attests = "Everyone listed as excluded from the policies against legacy authentication needs that exclusion.")
public final class S307LegacyAuthenticationIsBlocked implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Weighing weighing = new Weighing();
        facts.legacySignIns()
                .forEach(one -> weighing.certain(new Finding(
                        one.userId(),
                        SubjectType.USER,
                        one.signInName(),
                        Details.of("S3-07.signed-in").with("signIns", one.inWords()))));
        SignInWeighing legacy = new SignInWeighing(
                facts,
                ConditionalAccess.of(facts),
                LEGACY_AUTHENTICATION_BLOCKED,
                "sign in by legacy authentication",
                weighing);
        List<Account> administrators = weighing.administrators(facts);
        legacy.accounts(administrators);
        legacy.exposedUsers();
        legacy.everybodyElse();
        return weighing.verdict(
                        against -> Counted.say(
                                "%d [finding|findings] [shows|show] that legacy sign-in is possible", against),
                        unclear ->
                                Counted.say("%d [finding|findings] about legacy sign-in [needs|need] review", unclear))
                .orElseGet(() -> answer(facts, legacy));
    }

    private static Verdict answer(Facts facts, SignInWeighing legacy) {
        String summary = "legacy sign-in is blocked by %s, and %s"
                .formatted(
                        String.join(", ", legacy.proof()),
                        facts.lacksLicenceFor(LEGACY_SIGN_INS)
                                .map(licence -> "the sign-in log takes a " + licence.title() + " licence")
                                .orElse("none succeeded in the last 30 days"));
        return legacy.exclusions().isEmpty() ? Verdict.pass(summary) : Verdict.attest(summary, legacy.exclusions());
    }
}
