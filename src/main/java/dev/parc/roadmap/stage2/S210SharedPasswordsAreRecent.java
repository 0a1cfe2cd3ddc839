package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.MAILBOX_PURPOSES;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.accounts.PasswordAge;
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
import dev.parc.facts.directory.MailboxPurpose.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A password that several people know goes round; only the operator knows which accounts are shared. */
@RoadmapItem(
        id = "S2-10",
        title = "Passwords of shared administrator accounts were changed recently",
        severity = HIGH,
        effort = HOURS,
        remedy =
                "Change the passwords of the shared accounts now, and replace each one with an account per" + " person",
        needs = {ACCOUNTS, DOMAINS},
        completedBy = {ORGANIZATION, SERVICE_PRINCIPALS},
        signals = MAILBOX_PURPOSES,
        administrators = true)
public final class S210SharedPasswordsAreRecent implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        AdministratorAccounts accounts =
                AdministratorAccounts.of(facts, Administrators.of(facts).all());
        List<Account> shared = new ArrayList<>();
        Weighing weighing = new Weighing();
        for (Held held : accounts.inUse(facts)) {
            Account account = held.account();
            Optional<Category> category = facts.designations().category(account.id());
            if (category.isEmpty()) {
                weighing.doubtful(
                        Finding.of(account, Details.of("S2-10.perhaps-shared").with("mailbox", hint(facts, account))));
            } else if (category.get() == Category.SHARED) {
                shared.add(account);
                weigh(account, PasswordAge.of(facts, account), weighing);
            }
        }
        weighing.holdersWithoutAccount(accounts);
        return weighing.verdict(
                        old -> Counted.say(
                                "the passwords of %d of %d shared [account|accounts] are older than %d days",
                                old, shared.size(), PasswordAge.MOST_DAYS),
                        unclear -> Counted.say(
                                "%d [account|accounts] [is|are] known to be shared, and %d [needs|need] review",
                                shared.size(), unclear))
                .orElseGet(() -> shared.isEmpty()
                        ? Verdict.notApplicable("every account is categorised, and none as shared")
                        : Verdict.pass(Counted.say(
                                "the passwords of all %d shared [account|accounts] were changed in the last %d days",
                                shared.size(), PasswordAge.MOST_DAYS)));
    }

    /** A shared mailbox is opened by several people, and its account may be too. */
    private static String hint(Facts facts, Account account) {
        return facts.mailboxPurpose(account)
                .filter(mailbox -> mailbox.purpose() == Purpose.SHARED)
                .map(mailbox -> mailbox.purpose().title())
                .orElse("");
    }

    private static void weigh(Account account, PasswordAge password, Weighing weighing) {
        switch (password.kind()) {
            case OLD ->
                weighing.certain(Finding.of(account, Details.of("password.old").with("password", password.words())));
            case DOUBTFUL, ELSEWHERE ->
                weighing.doubtful(
                        Finding.of(account, Details.of("password.perhaps-old").with("password", password.words())));
            case UNKNOWN ->
                weighing.unknown("administrators' accounts: " + account.signInName() + " " + password.words());
            case RECENT -> {}
        }
    }
}
