package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.LOW;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.MICROSOFT_365_ACTIVITY;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.FactKind.SIGN_INS;

import dev.parc.analysis.accounts.SignInAge;
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
import dev.parc.facts.activity.Microsoft365Activity;
import dev.parc.facts.directory.Account;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Who has an administrator's account and never uses Microsoft 365 may not need it, or not the licence. */
@RoadmapItem(
        id = "S2-16",
        title = "Administrators who do not use Microsoft 365 are identified",
        severity = LOW,
        effort = DAYS,
        remedy = "Ask the listed administrators whether they need their role and licence, and remove what they"
                + " do not need",
        needs = {ACCOUNTS, SIGN_INS, MICROSOFT_365_ACTIVITY},
        completedBy = {ORGANIZATION, SERVICE_PRINCIPALS},
        administrators = true)
public final class S216UnusedMicrosoft365IsNoticed implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        AdministratorAccounts accounts =
                AdministratorAccounts.of(facts, Administrators.of(facts).all());
        List<Held> asked = accounts.inUse(facts);
        Weighing weighing = new Weighing();
        asked.forEach(held -> weigh(facts, held.account(), weighing));
        weighing.holdersWithoutAccount(accounts);
        return weighing.verdict(
                        idle -> Counted.say(
                                "%d of %d [administrator|administrators] [1:neither signs in nor uses|neither sign in nor use] Microsoft 365",
                                idle, asked.size()),
                        unclear -> Counted.say(
                                "%d of %d [administrator|administrators] [1:needs|need] review",
                                unclear, asked.size() + accounts.unresolved().size()))
                .orElseGet(() -> asked.isEmpty()
                        ? Verdict.notApplicable(
                                "no user account that can sign in, besides emergency accounts, holds a directory role")
                        : Verdict.pass(Counted.say(
                                "all %d [administrator|administrators] signed in or used Microsoft 365 in the last 90 days",
                                asked.size())));
    }

    private static void weigh(Facts facts, Account account, Weighing weighing) {
        Optional<Microsoft365Activity> activity = facts.microsoft365Activity(account);
        if (activity.isEmpty()) {
            weighing.unknown("administrators' activity in Microsoft 365: nothing is known of " + account.signInName());
            return;
        }
        if (facts.signIn(account).isEmpty()) {
            weighing.unknown("administrators' last sign-ins: nothing is known of " + account.signInName());
            return;
        }
        if (!activity.get().lastUse().isEmpty()) {
            return;
        }
        LocalDate asOf = activity.get().asOf();
        Optional<String> silence = SignInAge.silence(facts, account);
        if (silence.isPresent()) {
            weighing.certain(Finding.of(
                    account,
                    Details.of("S2-16.silent").with("silence", silence.get()).with("date", asOf)));
        } else if (account.mailbox()) {
            weighing.doubtful(Finding.of(account, Details.of("S2-16.unused").with("date", asOf)));
        }
    }
}
