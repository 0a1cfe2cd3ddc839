package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.MICROSOFT_365_ACTIVITY;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;

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
import dev.parc.facts.Category;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.RelevantRoles;
import java.util.List;
import java.util.Set;

/** Whoever reads mail as Global Administrator opens every attachment as one: their accounts do nothing but administer. */
@RoadmapItem(
        id = "S2-07",
        title = "Global Administrators have separate accounts for administration",
        severity = HIGH,
        effort = DAYS,
        remedy = "Create an unlicensed cloud-only account for each listed Global Administrator and "
                + "move the role to it",
        needs = ACCOUNTS,
        completedBy = {MICROSOFT_365_ACTIVITY, SERVICE_PRINCIPALS},
        administrators = true,
        roles = RelevantRoles.GLOBAL_ADMINISTRATOR)
public final class S207GlobalAdministratorsHaveSeparateAccounts implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        AdministratorAccounts accounts =
                AdministratorAccounts.of(facts, Administrators.of(facts).in(Set.of(GLOBAL_ADMINISTRATOR)));
        List<Held> asked = accounts.inUse(facts);
        Weighing weighing = new Weighing();
        for (Held held : asked) {
            Account account = held.account();
            DailyUse use = DailyUse.of(facts, account);
            if (facts.designations()
                    .category(account.id())
                    .filter(Category.SHARED::equals)
                    .isPresent()) {
                weighing.certain(Finding.of(account, Details.of("S2-07.shared")));
            } else if (!use.certain().isEmpty()) {
                weighing.certain(Finding.of(
                        account, Details.of("S2-07.daily-use").with("use", String.join("; ", use.certain()))));
            } else if (!use.possible().isEmpty()) {
                weighing.doubtful(Finding.of(
                        account, Details.of("S2-07.perhaps-daily-use").with("use", String.join("; ", use.possible()))));
            }
            use.unknown().forEach(weighing::unknown);
        }
        weighing.holdersWithoutAccount(accounts);
        return weighing.verdict(
                        daily -> Counted.say(
                                "%d of %d Global [Administrator's account|Administrators' accounts] [1:is|are] not kept for administration",
                                daily, asked.size()),
                        unclear -> Counted.say(
                                "%d Global [Administrator's account|Administrators' accounts] may be used for day-to-day work",
                                unclear))
                .orElseGet(() -> asked.isEmpty()
                        ? Verdict.notApplicable("no Global Administrator besides emergency accounts is a user account"
                                + " that can sign in")
                        : Verdict.pass(Counted.say(
                                        "of %d Global [Administrator's account|Administrators' accounts] nothing tells that [it|one] is used for day-to-day",
                                        asked.size())
                                + " work"));
    }
}
