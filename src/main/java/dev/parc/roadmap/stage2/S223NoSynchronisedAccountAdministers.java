package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.facts.AdministratorAccounts;
import dev.parc.facts.AdministratorAccounts.Held;
import dev.parc.facts.Administrators;
import dev.parc.facts.Facts;
import dev.parc.facts.SyncState;

/** Whoever rules on-premises must not rule the cloud by it: a synchronised account holds no role, eligible or by group. */
@RoadmapItem(
        id = "S2-23",
        title = "No synchronised account holds a directory role",
        severity = HIGH,
        effort = DAYS,
        remedy = "Move the roles of the listed synchronised accounts to cloud-only accounts",
        needs = ACCOUNTS,
        completedBy = SERVICE_PRINCIPALS,
        administrators = true)
public final class S223NoSynchronisedAccountAdministers implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Administrators all = facts.administrators();
        AdministratorAccounts accounts = facts.accountsOf(all.all());
        Weighing weighing = new Weighing();
        for (Held held : accounts.held()) {
            if (held.account().sync() == SyncState.SYNCED) {
                weighing.certain(Finding.of(
                        held.account(),
                        "is synchronised from on-premises; holds " + all.inWords(held.administrator())));
            }
        }
        weighing.holdersWithoutAccount(accounts);
        return weighing.verdict(
                        synced -> "%d of %d accounts that hold a directory role are synchronised from on-premises"
                                .formatted(synced, accounts.held().size()),
                        unclear -> "%d holders of a directory role are not in this directory".formatted(unclear))
                .orElseGet(() -> accounts.held().isEmpty()
                        ? Verdict.notApplicable("no user account holds a directory role")
                        : Verdict.pass("none of the %d accounts that hold a directory role is synchronised"
                                .formatted(accounts.held().size())));
    }
}
