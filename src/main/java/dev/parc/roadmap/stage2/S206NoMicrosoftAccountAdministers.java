package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.HOURS;
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
import dev.parc.facts.directory.Account;

/** A personal Microsoft account in a directory role is told by the issuer of its identity; a guest is none for being a guest. */
@RoadmapItem(
        id = "S2-06",
        title = "No personal Microsoft account holds a directory role",
        severity = HIGH,
        effort = HOURS,
        remedy = "Assign the role to a work account of the same person and remove it from the Microsoft account",
        needs = ACCOUNTS,
        completedBy = SERVICE_PRINCIPALS,
        administrators = true)
public final class S206NoMicrosoftAccountAdministers implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Administrators all = Administrators.of(facts);
        AdministratorAccounts accounts = AdministratorAccounts.of(facts, all.all());
        Weighing weighing = new Weighing();
        for (Held held : accounts.held()) {
            Account account = held.account();
            String roles = all.inWords(held.administrator());
            if (account.microsoftAccount()) {
                weighing.certain(Finding.of(
                        account, Details.of("S2-06.microsoft-account").with("roles", roles)));
            } else {
                account.doubtAboutIssuer()
                        .ifPresent(why -> weighing.doubtful(Finding.of(
                                account,
                                Details.of("S2-06.unclear").with("why", why).with("roles", roles))));
            }
        }
        weighing.holdersWithoutAccount(accounts);
        return weighing.verdict(
                        personal -> Counted.say(
                                "%d of %d [account|accounts] that [1:holds|hold] a directory role [1:is|are] Microsoft accounts",
                                personal, accounts.held().size()),
                        unclear -> Counted.say(
                                "%d [holder|holders] of a directory role may be Microsoft accounts and [needs|need] review",
                                unclear))
                .orElseGet(() -> accounts.held().isEmpty()
                        ? Verdict.notApplicable("no user account holds a directory role")
                        : Verdict.pass(Counted.say(
                                "of %d [account that holds|accounts that hold] a directory role none is a Microsoft account",
                                accounts.held().size())));
    }
}
