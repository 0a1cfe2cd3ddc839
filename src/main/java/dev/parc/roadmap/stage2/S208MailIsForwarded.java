package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.MAILBOX_PURPOSES;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;

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
import dev.parc.facts.directory.MailboxPurpose;
import dev.parc.facts.directory.MailboxPurpose.Purpose;
import dev.parc.facts.roles.RelevantRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Mail to a Global Administrator's account must reach its owner elsewhere; that it is forwarded, Microsoft Graph does not tell. */
@RoadmapItem(
        id = "S2-08",
        title = "Mail of Global Administrators is forwarded to a working mailbox",
        severity = MEDIUM,
        effort = HOURS,
        remedy = "Forward the mail of each Global Administrator's account to a mailbox that its owner reads,"
                + " test it, and attest it",
        needs = ACCOUNTS,
        completedBy = SERVICE_PRINCIPALS,
        signals = MAILBOX_PURPOSES,
        attests = "Mail to every Global Administrator's account is forwarded to a mailbox of our organisation"
                + " that its owner reads with another account.",
        administrators = true,
        roles = RelevantRoles.GLOBAL_ADMINISTRATOR)
public final class S208MailIsForwarded implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        AdministratorAccounts accounts =
                AdministratorAccounts.of(facts, Administrators.of(facts).in(Set.of(GLOBAL_ADMINISTRATOR)));
        List<Held> asked = accounts.inUse(facts);
        Weighing weighing = new Weighing();
        List<Finding> toCheck = new ArrayList<>();
        for (Held held : asked) {
            Account account = held.account();
            List<String> addresses = account.addresses();
            List<String> personal = account.personalAddresses();
            if (addresses.isEmpty()) {
                weighing.certain(Finding.of(account, Details.of("S2-08.no-address")));
            } else if (personal.size() == addresses.size()) {
                weighing.certain(
                        Finding.of(account, Details.of("S2-08.personal-only").with("addresses", personal)));
            } else {
                toCheck.add(Finding.of(account, arrives(facts, account).with("addresses", addresses)));
            }
        }
        weighing.holdersWithoutAccount(accounts);
        return weighing.verdict(
                        without -> Counted.say(
                                "the mail of %d of %d Global [Administrator's account|Administrators' accounts] cannot reach a working mailbox",
                                without, asked.size()),
                        unclear -> Counted.say(
                                "%d [holder|holders] of Global Administrator [is|are] not in this directory", unclear))
                .orElseGet(() -> asked.isEmpty()
                        ? Verdict.notApplicable("no Global Administrator besides emergency accounts is a user account"
                                + " that can sign in")
                        : Verdict.attest(
                                Counted.say(
                                                "all %d Global [Administrator's account|Administrators' accounts] [has|have] an e-mail address; Microsoft Graph does not tell",
                                                asked.size())
                                        + " whether mail is forwarded",
                                toCheck));
    }

    /** Where mail arrives, which must then be forwarded, or is forwarded already. */
    private static Details arrives(Facts facts, Account account) {
        return facts.mailboxPurpose(account)
                .map(MailboxPurpose::purpose)
                .filter(purpose -> purpose != Purpose.NONE)
                .map(purpose -> Details.of("S2-08.mailbox").with("mailbox", purpose.title()))
                .orElse(Details.of(account.mailbox() ? "S2-08.licence" : "S2-08.no-mailbox"));
    }
}
