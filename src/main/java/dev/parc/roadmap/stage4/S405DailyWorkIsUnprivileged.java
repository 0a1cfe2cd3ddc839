package dev.parc.roadmap.stage4;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.MICROSOFT_365_ACTIVITY;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.accounts.DailyUse;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.conditionalaccess.AdministratorAccounts;
import dev.parc.analysis.conditionalaccess.AdministratorAccounts.Held;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import java.util.List;

/** Day-to-day work is done with accounts that hold no role; one that can only activate its role is for a person to judge. */
@RoadmapItem(
        id = "S4-05",
        title = "Administrators use unprivileged accounts for day-to-day work",
        severity = MEDIUM,
        effort = DAYS,
        remedy = "Give the listed administrators a separate, unlicensed account for administration",
        needs = ACCOUNTS,
        completedBy = {ORGANIZATION, MICROSOFT_365_ACTIVITY, SERVICE_PRINCIPALS},
        administrators = true)
public final class S405DailyWorkIsUnprivileged implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Administrators all = Administrators.of(facts);
        AdministratorAccounts accounts = AdministratorAccounts.of(facts, all.all());
        List<Held> asked = accounts.inUse(facts);
        Weighing weighing = new Weighing();
        for (Held held : asked) {
            DailyUse use = DailyUse.of(facts, held.account());
            String roles = all.inWords(held.administrator());
            if (!use.certain().isEmpty()) {
                Finding finding = Finding.of(
                        held.account(),
                        Details.of("S4-05.daily-work")
                                .with("use", String.join("; ", use.certain()))
                                .with("roles", roles));
                if (held.administrator().assigned()) {
                    weighing.certain(finding);
                } else {
                    weighing.doubtful(finding);
                }
            } else if (!use.possible().isEmpty()) {
                weighing.doubtful(Finding.of(
                        held.account(),
                        Details.of("S4-05.perhaps-daily-work")
                                .with("use", String.join("; ", use.possible()))
                                .with("roles", roles)));
            }
            use.unknown().forEach(weighing::unknown);
        }
        weighing.holdersWithoutAccount(accounts);
        return weighing.verdict(
                        daily -> Counted.say(
                                "%d of %d [administrator|administrators] [1:does|do] day-to-day work with an account that holds a role",
                                daily, asked.size()),
                        unclear -> Counted.say(
                                "%d of %d [administrator|administrators] may do day-to-day work with an account that has a role",
                                unclear, asked.size() + accounts.unresolved().size()))
                .orElseGet(() -> asked.isEmpty()
                        ? Verdict.notApplicable(
                                "no user account that can sign in, besides emergency accounts, holds a directory role")
                        : Verdict.pass(Counted.say(
                                "of %d [administrator's account|administrators' accounts] nothing tells that [it|one] is used for day-to-day work",
                                asked.size())));
    }
}
