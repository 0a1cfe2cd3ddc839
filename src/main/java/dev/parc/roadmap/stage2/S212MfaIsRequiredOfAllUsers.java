package dev.parc.roadmap.stage2;

import static dev.parc.analysis.signin.Requirement.MFA;
import static dev.parc.check.Effort.WEEKS;
import static dev.parc.check.Severity.CRITICAL;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.EXCLUDED_GROUPS;
import static dev.parc.facts.FactKind.EXCLUDED_MEMBERS;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.GROUP_WRITERS;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.PER_USER_MFA;
import static dev.parc.facts.FactKind.POLICY_OBJECTS;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.DanglingReference;
import dev.parc.analysis.conditionalaccess.SynchronisationAccounts;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SignInWeighing;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import java.util.List;
import java.util.stream.Stream;

/** Privileged accounts one by one, then the exposed group, then whoever no policy names, and guests. */
@RoadmapItem(
        id = "S2-12",
        title = "MFA is required for all users, privileged and exposed users first",
        severity = CRITICAL,
        effort = WEEKS,
        remedy = "Enforce a Conditional Access policy that requires MFA for all users on all resources",
        needs = {
            ACCOUNTS,
            CONDITIONAL_ACCESS_POLICIES,
            NAMED_LOCATIONS,
            AUTHENTICATION_STRENGTHS,
            SECURITY_DEFAULTS,
            GROUP_MEMBERSHIPS
        },
        completedBy = {ORGANIZATION, SERVICE_PRINCIPALS, PER_USER_MFA, EXCLUDED_GROUPS},
        signals = {GROUP_WRITERS, EXCLUDED_MEMBERS, POLICY_OBJECTS},
        administrators = true,
        azureAdministrators = true,
        attests = "We have reviewed everyone listed as able to sign in without MFA, and each of them needs to.")
public final class S212MfaIsRequiredOfAllUsers implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Verdict verdict = judge(facts);
        List<String> gone = DanglingReference.of(facts).stream()
                .map(DanglingReference::inWords)
                .toList();
        // a reason beside a FAIL says that something was not seen, and then nothing of it counts as resolved
        return verdict.outcome() == Outcome.FAIL
                ? verdict.withFindings(Stream.concat(
                                verdict.findings().stream(),
                                gone.stream()
                                        .map(what -> Finding.ofTenant(Details.of("S2-12.gone-from-policies")
                                                .with("what", what))))
                        .toList())
                : verdict.withReasons(
                        Stream.concat(verdict.reasons().stream(), gone.stream()).toList());
    }

    private static Verdict judge(Facts facts) {
        ConditionalAccess conditionalAccess = ConditionalAccess.of(facts);
        if (conditionalAccess.securityDefaults()) {
            return Verdict.attest(
                    "security defaults ask privileged roles for MFA at every sign-in, and others now and then",
                    Stream.concat(
                                    Stream.of(Finding.ofTenant(Details.of("S2-12.asked-when-necessary"))),
                                    fromAnywhere(facts).stream())
                            .toList());
        }
        Weighing weighing = new Weighing();
        SignInWeighing mfa = new SignInWeighing(facts, conditionalAccess, MFA, "sign in without MFA", weighing);
        List<Account> administrators =
                weighing.administrators(facts, Administrators.of(facts).everywhere());
        mfa.takingGuidedExclusions();
        mfa.accounts(administrators);
        mfa.exposedUsers();
        mfa.everybodyElse();
        String changers = mfa.changersOfExclusions();
        return weighing.verdict(
                        uncovered -> "%d of %d administrators and kinds of users can sign in without MFA"
                                .formatted(uncovered, mfa.asked()),
                        unclear -> Counted.say(
                                "%d of %d [administrator or kind|administrators and kinds] of users [1:needs|need] review",
                                unclear, mfa.asked()))
                .orElseGet(() -> {
                    String summary = Counted.say(
                                    "MFA is required of %d [administrator|administrators] and of everybody whom no policy excludes, by %s",
                                    administrators.size(), String.join(", ", mfa.proof()))
                            + changers;
                    List<Finding> leftOut = Stream.concat(mfa.exclusions().stream(), fromAnywhere(facts).stream())
                            .toList();
                    return leftOut.isEmpty() ? Verdict.pass(summary) : Verdict.attest(summary, leftOut);
                });
    }

    /** The accounts of directory synchronisation, which do no MFA, unless policies keep them to the addresses of their servers. */
    private static List<Finding> fromAnywhere(Facts facts) {
        SynchronisationAccounts programs = SynchronisationAccounts.of(facts);
        return programs.enabled().stream()
                .filter(account -> programs.limitedToPlacesBy(account).isEmpty())
                .map(account -> Finding.of(account, Details.of("S2-12.synchronisation-from-anywhere")))
                .toList();
    }
}
