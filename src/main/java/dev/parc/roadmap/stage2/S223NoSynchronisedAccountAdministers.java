package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

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
import dev.parc.facts.directory.SyncState;

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
        Administrators all = Administrators.of(facts);
        AdministratorAccounts accounts = AdministratorAccounts.of(facts, all.all());
        Weighing weighing = new Weighing();
        for (Held held : accounts.held()) {
            if (held.account().sync() == SyncState.SYNCED) {
                weighing.certain(Finding.of(
                        held.account(),
                        Details.of("S2-23.synchronised").with("roles", all.inWords(held.administrator()))));
            }
        }
        weighing.holdersWithoutAccount(accounts);
        return weighing.verdict(
                        synced -> Counted.say(
                                "%d of %d [account|accounts] that [1:holds|hold] a directory role [1:is|are] synchronised from on-premises",
                                synced, accounts.held().size()),
                        unclear -> Counted.say(
                                "%d [holder|holders] of a directory role [is|are] not in this directory", unclear))
                .orElseGet(() -> accounts.held().isEmpty()
                        ? Verdict.notApplicable("no user account holds a directory role")
                        : Verdict.pass(Counted.say(
                                "of %d [account that holds|accounts that hold] a directory role none is synchronised",
                                accounts.held().size())));
    }
}
