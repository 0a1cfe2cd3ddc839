package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.FactKind.SIGN_INS;

import dev.parc.analysis.accounts.PasswordAge;
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
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An account that nobody signs in to, or whose password is old, is looked after by nobody. */
@RoadmapItem(
        id = "S2-09",
        title = "Administrators signed in and changed their password in the last 90 days",
        severity = MEDIUM,
        effort = DAYS,
        remedy =
                "Remove the roles of administrators who do not sign in, and have the others change their" + " password",
        needs = {ACCOUNTS, DOMAINS},
        completedBy = {ORGANIZATION, SIGN_INS, SERVICE_PRINCIPALS},
        administrators = true,
        azureAdministrators = true)
public final class S209SignInsAndPasswordsAreRecent implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        AdministratorAccounts accounts =
                AdministratorAccounts.of(facts, Administrators.of(facts).everywhere());
        List<Held> asked = accounts.inUse(facts);
        Optional<Licence> lacking = facts.lacksLicenceFor(SIGN_INS);
        Weighing weighing = new Weighing();
        for (Held held : asked) {
            Account account = held.account();
            PasswordAge password = PasswordAge.of(facts, account);
            String old = Stream.concat(
                            SignInAge.silence(facts, account).stream(),
                            password.kind() == PasswordAge.Kind.OLD
                                    ? Stream.of(password.words())
                                    : Stream.<String>empty())
                    .collect(Collectors.joining("; "));
            if (!old.isEmpty()) {
                weighing.certain(Finding.of(account, Details.of("S2-09.old").with("what", old)));
            } else if (password.kind() == PasswordAge.Kind.DOUBTFUL || password.kind() == PasswordAge.Kind.ELSEWHERE) {
                weighing.doubtful(
                        Finding.of(account, Details.of("password.perhaps-old").with("password", password.words())));
            } else if (password.kind() == PasswordAge.Kind.UNKNOWN) {
                weighing.unknown("administrators' accounts: " + account.signInName() + " " + password.words());
            }
            if (lacking.isEmpty() && facts.signIn(account).isEmpty()) {
                weighing.unknown("administrators' last sign-ins: nothing is known of " + account.signInName());
            }
        }
        weighing.holdersWithoutAccount(accounts);
        return weighing.verdict(
                        stale -> Counted.say(
                                "%d of %d [administrator|administrators] did not sign in or change their password in the last 90 days",
                                stale, asked.size()),
                        unclear -> Counted.say(
                                "%d of %d [administrator|administrators] [1:needs|need] review",
                                unclear, asked.size() + accounts.unresolved().size()))
                .orElseGet(() -> nothingAgainst(asked.size(), lacking));
    }

    private static Verdict nothingAgainst(int asked, Optional<Licence> lacking) {
        if (asked == 0) {
            return Verdict.notApplicable(
                    "no user account that can sign in, besides emergency accounts, holds a directory role");
        }
        return lacking.map(licence -> Verdict.notApplicable("the tenant has no " + licence.title()
                        + " licence, without which Graph does not tell who signed in; no password is"
                        + " older than 90 days"))
                .orElseGet(() -> Verdict.pass(Counted.say(
                        "all %d [administrator|administrators] signed in, and no password is older than 90 days",
                        asked)));
    }
}
