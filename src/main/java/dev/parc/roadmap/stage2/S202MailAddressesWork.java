package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.ORGANIZATION;
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
import java.util.ArrayList;
import java.util.List;

/** An administrator's account without an address hears of nothing; whether somebody reads the mail, no interface tells. */
@RoadmapItem(
        id = "S2-02",
        title = "Administrator accounts have working e-mail addresses",
        severity = MEDIUM,
        effort = HOURS,
        remedy = "Give each listed account an address that its owner reads, test it, and attest it",
        needs = ACCOUNTS,
        completedBy = {ORGANIZATION, SERVICE_PRINCIPALS},
        attests = "Mail to every administrator account's address arrives, and somebody reads it.",
        administrators = true,
        azureAdministrators = true)
public final class S202MailAddressesWork implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        AdministratorAccounts accounts =
                AdministratorAccounts.of(facts, Administrators.of(facts).everywhere());
        List<Held> asked = accounts.inUse(facts);
        Weighing weighing = new Weighing();
        List<Finding> elsewhere = new ArrayList<>();
        for (Held held : asked) {
            Account account = held.account();
            if (account.addresses().isEmpty()) {
                weighing.certain(Finding.of(account, Details.of("S2-02.no-address")));
            } else if (!account.mailbox()) {
                elsewhere.add(
                        Finding.of(account, Details.of("S2-02.no-mailbox").with("addresses", account.addresses())));
            }
        }
        weighing.holdersWithoutAccount(accounts);
        return weighing.verdict(
                        without -> Counted.say(
                                "%d of %d [administrator's account|administrators' accounts] [1:has|have] no e-mail address",
                                without, asked.size()),
                        unclear -> Counted.say(
                                "%d [holder|holders] of a directory role [is|are] not in this directory", unclear))
                .orElseGet(() -> asked.isEmpty()
                        ? Verdict.notApplicable(
                                "no user account that can sign in, besides emergency accounts, holds a directory role")
                        : Verdict.attest(
                                Counted.say(
                                                "all %d [administrator's account|administrators' accounts] [has|have] an e-mail address, %d of them without a mailbox in",
                                                asked.size(), elsewhere.size())
                                        + " Exchange Online",
                                elsewhere));
    }
}
