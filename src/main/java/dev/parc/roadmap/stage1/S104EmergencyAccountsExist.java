package dev.parc.roadmap.stage1;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.CRITICAL;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_METHODS_POLICY;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.METHOD_GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.REGISTRATIONS;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;

import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.RelevantRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts the Global Administrators that still get in when synchronisation, federation, phones, devices or PIM do not work. */
@RoadmapItem(
        id = "S1-04",
        version = 2,
        title = "At least two emergency access accounts exist",
        severity = CRITICAL,
        effort = HOURS,
        remedy = "Create two cloud-only accounts with permanent Global Administrator and name them in "
                + "PARC_EMERGENCY_ACCOUNTS",
        needs = ACCOUNTS,
        completedBy = {
            CONDITIONAL_ACCESS_POLICIES,
            NAMED_LOCATIONS,
            AUTHENTICATION_STRENGTHS,
            SECURITY_DEFAULTS,
            GROUP_MEMBERSHIPS,
            AUTHENTICATION_METHODS_POLICY,
            DOMAINS
        },
        ofAccounts = {REGISTRATIONS, METHOD_GROUP_MEMBERSHIPS},
        administrators = true,
        passStands = true,
        roles = RelevantRoles.GLOBAL_ADMINISTRATOR)
public final class S104EmergencyAccountsExist implements Check {

    private static final int ENOUGH = 2;

    /** What tells who there is; without it nobody can say that there are too few. */
    private static final Set<FactKind> WHO = Stream.concat(FactKind.ADMINISTRATORS.stream(), Stream.of(ACCOUNTS))
            .collect(Collectors.toUnmodifiableSet());

    @Override
    public Verdict evaluate(Facts facts) {
        EmergencyAccounts emergency = EmergencyAccounts.of(facts);
        return facts.designations().emergencyAccounts().isEmpty()
                ? undesignated(facts, emergency)
                : designated(facts, emergency);
    }

    private static Verdict designated(Facts facts, EmergencyAccounts emergency) {
        List<Account> designated = emergency.designated();
        List<Finding> unfit =
                new ArrayList<>(designated.stream()
                        .flatMap(account -> emergency
                                .unfit(account)
                                .map(why -> Finding.of(
                                        account, Details.of("S1-04.unfit").with("why", why)))
                                .stream())
                        .toList());
        List<Finding> doubtful = new ArrayList<>();
        designated.stream()
                .filter(account -> emergency.unfit(account).isEmpty())
                .forEach(account -> emergency
                        .hindrances(account)
                        .forEach(hindrance -> (hindrance.certain() ? unfit : doubtful)
                                .add(Finding.of(
                                        account,
                                        Details.of(hindrance.certain() ? "S1-04.kept-out" : "S1-04.perhaps-kept-out")
                                                .with("why", hindrance.why())))));
        int fit = designated.size() - unfit.size();
        emergency
                .unknown()
                .forEach(name -> unfit.add(new Finding(name, SubjectType.USER, name, Details.of("S1-04.no-account"))));
        List<Finding> findings =
                Stream.concat(unfit.stream(), doubtful.stream()).toList();
        if (fit >= ENOUGH && findings.isEmpty()) {
            return Verdict.pass(fit + " emergency access accounts found");
        }
        List<String> gaps = UnseenHolders.gaps(facts.only(WHO), RelevantRoles.GLOBAL_ADMINISTRATOR);
        if (!gaps.isEmpty()) {
            return Verdict.notAssessed(gaps).withFindings(findings);
        }
        if (fit < ENOUGH) {
            return Verdict.fail(fit + " of " + ENOUGH + " emergency access accounts found", findings);
        }
        return Verdict.review(
                unfit.isEmpty()
                        ? fit + " emergency access accounts found, and what may keep them out"
                        : Counted.say(
                                "%d emergency access [account|accounts] found, and %d designated that could not serve",
                                fit, unfit.size()),
                findings);
    }

    /** Without a designation PARC can say that there are too few, and never that there are enough. */
    private static Verdict undesignated(Facts facts, EmergencyAccounts emergency) {
        List<Account> candidates = emergency.candidates();
        List<Finding> findings = candidates.stream()
                .map(account -> Finding.of(
                        account,
                        Details.of(emergency.looksLikeOne(account) ? "S1-04.looks-like-one" : "S1-04.could-serve")))
                .toList();
        if (!UnseenHolders.gaps(facts, RelevantRoles.GLOBAL_ADMINISTRATOR).isEmpty()) {
            return Verdict.notAssessed(UnseenHolders.gaps(facts, RelevantRoles.GLOBAL_ADMINISTRATOR))
                    .withFindings(findings);
        }
        return candidates.size() < ENOUGH
                ? Verdict.fail(
                        Counted.say("%d of %d emergency access [account|accounts] found", candidates.size(), ENOUGH),
                        findings)
                : Verdict.review(
                        Counted.say(
                                "%d [account|accounts] could be emergency access accounts; name the real ones in PARC_EMERGENCY_ACCOUNTS",
                                candidates.size()),
                        findings);
    }
}
