package dev.parc.roadmap.stage1;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.OpaqueHolder;
import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.RelevantRoles;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts who can act as Global Administrator, eligible ones, members of groups and service principals included; emergency
 * accounts, which every tenant needs two of, apart.
 */
@RoadmapItem(
        id = "S1-07",
        title = "There are two to four Global Administrators",
        severity = HIGH,
        effort = HOURS,
        remedy = "Replace Global Administrator with narrower roles until two to four Global Administrators are"
                + " left",
        needs = {},
        completedBy = {ACCOUNTS, SERVICE_PRINCIPALS},
        administrators = true,
        roles = RelevantRoles.GLOBAL_ADMINISTRATOR)
public final class S107GlobalAdministratorsAreFew implements Check {

    private static final int FEWEST = 2;
    private static final int MOST = 4;

    @Override
    public Verdict evaluate(Facts facts) {
        Administrators all = Administrators.of(facts);
        List<Administrator> holders = all.in(Set.of(GLOBAL_ADMINISTRATOR));
        List<OpaqueHolder> opaque = UnseenHolders.of(facts, RelevantRoles.GLOBAL_ADMINISTRATOR);
        Set<String> unclear =
                opaque.stream().map(holder -> holder.holder().id()).collect(Collectors.toSet());
        List<Administrator> able = holders.stream()
                .filter(holder -> !unclear.contains(holder.id()) && able(facts, holder))
                .toList();
        EmergencyAccounts emergency = EmergencyAccounts.of(facts);
        List<Administrator> people = able.stream()
                .filter(holder -> !emergency.isDesignated(holder.id()))
                .toList();
        int kept = able.size() - people.size();
        String beside = kept == 0
                ? ""
                : kept == 1 ? ", beside 1 emergency account" : ", beside %d emergency accounts".formatted(kept);
        List<Finding> findings = findings(facts, people);
        if (people.size() - emergency.mostAmong(people) > MOST) {
            return Verdict.fail(
                    Counted.say("%d [holds|hold] Global Administrator%s, more than %d", people.size(), beside, MOST),
                    findings);
        }
        if (!UnseenHolders.gaps(facts).isEmpty()) {
            return Verdict.notAssessed(UnseenHolders.gaps(facts)).withFindings(findings);
        }
        if (!opaque.isEmpty()) {
            return Verdict.review(
                    Counted.say(
                            "%d [holds|hold] Global Administrator%s, and how many more cannot be told",
                            people.size(), beside),
                    opaque.stream().map(holder -> Finding.of(facts, holder)).toList());
        }
        if (people.size() > MOST) {
            return Verdict.review(
                    Counted.say(
                            "%d [holds|hold] Global Administrator, more than %d unless emergency accounts are among them: name these in PARC_EMERGENCY_ACCOUNTS",
                            people.size(), MOST),
                    findings);
        }
        if (kept > MOST) {
            return Verdict.review(
                    Counted.say(
                            "%d [holds|hold] Global Administrator%s, more of these than are needed",
                            people.size(), beside),
                    findings(
                            facts,
                            able.stream()
                                    .filter(holder -> emergency.isDesignated(holder.id()))
                                    .toList()));
        }
        return able.size() < FEWEST
                ? Verdict.fail("only one holds Global Administrator", findings(facts, able))
                : Verdict.pass(Counted.say("%d [holds|hold] Global Administrator%s", people.size(), beside));
    }

    private static List<Finding> findings(Facts facts, List<Administrator> holders) {
        return holders.stream()
                .map(holder -> Finding.of(
                        facts,
                        holder,
                        Details.of("holder.roles")
                                .with("roles", Administrators.of(facts).inWords(holder))))
                .toList();
    }

    /** One that is known to be disabled or deleted can do nothing; S1-03 names it. */
    private static boolean able(Facts facts, Administrator administrator) {
        return facts.account(administrator.id())
                        .filter(account -> account.state() != Account.State.ENABLED)
                        .isEmpty()
                && facts.servicePrincipal(administrator.id())
                        .filter(principal -> principal.deleted() || !principal.enabled())
                        .isEmpty();
    }
}
