package dev.parc.roadmap.breakglass;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.CRITICAL;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AZURE_ALERT_RULES;
import static dev.parc.facts.FactKind.AZURE_SENTINEL;
import static dev.parc.facts.FactKind.AZURE_SENTINEL_RULES;
import static dev.parc.facts.FactKind.AZURE_WATCHLISTS;
import static dev.parc.facts.FactKind.AZURE_WORKSPACES;
import static dev.parc.facts.FactKind.EMERGENCY_SIGN_INS;
import static dev.parc.facts.FactKind.ENTRA_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.SIGN_INS;

import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.analysis.emergency.EmergencyWatch;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.activity.EmergencySignIn;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.RelevantRoles;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An account for emergencies that nobody watches is a back door, and one that nobody tests may not open. */
@RoadmapItem(
        id = "BG-01",
        title = "Emergency access accounts are monitored, tested and used for nothing else",
        severity = CRITICAL,
        effort = DAYS,
        remedy = "Send the sign-in logs to a workspace, alert on every sign-in of the emergency accounts, and"
                + " test the accounts every 90 days",
        needs = {ACCOUNTS, SIGN_INS, EMERGENCY_SIGN_INS, ENTRA_DIAGNOSTIC_SETTINGS, AZURE_ALERT_RULES, AZURE_WORKSPACES
        },
        completedBy = AZURE_SENTINEL,
        signals = {AZURE_SENTINEL_RULES, AZURE_WATCHLISTS},
        attests = {
            "The alert on a sign-in of an emergency account reaches someone who acts on it at any hour, and"
                    + " we have tested that.",
            "Every sign-in of an emergency account was a planned test or an emergency and is on record.",
            "The credentials of the emergency accounts are stored safely and separately, and people know where."
        },
        administrators = true,
        passStands = true,
        roles = RelevantRoles.NONE)
public final class BG01EmergencyAccountsAreWatched implements Check {

    private static final int MOST_DAYS_SINCE_TEST = 90;

    /** What tells who watches; a rule whose watchlist was not read is one that may. */
    private static final Set<FactKind> RULES = Set.of(
            ENTRA_DIAGNOSTIC_SETTINGS, AZURE_ALERT_RULES, AZURE_WORKSPACES, AZURE_SENTINEL, AZURE_SENTINEL_RULES);

    @Override
    public Verdict evaluate(Facts facts) {
        EmergencyAccounts emergency = EmergencyAccounts.of(facts);
        List<Account> accounts = emergency.designated().stream()
                .filter(account -> account.state() != Account.State.DELETED)
                .toList();
        if (accounts.isEmpty()) {
            return undesignated(facts, emergency);
        }
        Weighing weighing = new Weighing();
        List<Finding> notes = new ArrayList<>();
        for (Account account : accounts) {
            if (facts.signIn(account).isEmpty()) {
                weighing.unknown("administrators' last sign-ins: nothing is known of " + account.signInName());
            }
            untested(facts, account).ifPresent(why -> weighing.certain(Finding.of(account, why)));
            watched(facts, account, weighing, notes);
            use(facts.emergencySignIns(account)).ifPresent(what -> notes.add(Finding.of(account, what)));
        }
        return weighing.verdict(
                        failing -> "emergency access accounts are not all watched and tested",
                        doubtful -> "PARC cannot tell whether every emergency access account is watched")
                .map(verdict -> verdict.withFindings(Stream.concat(verdict.findings().stream(), notes.stream())
                        .toList()))
                .orElseGet(() -> Verdict.attest(
                        Counted.say(
                                "%d emergency access [account|accounts] [is|are] watched by an alert rule and signed in within %d days",
                                accounts.size(), MOST_DAYS_SINCE_TEST),
                        notes));
    }

    private static void watched(Facts facts, Account account, Weighing weighing, List<Finding> notes) {
        EmergencyWatch watch = EmergencyWatch.of(facts, account);
        Finding finding = Finding.of(account, Details.of("BG-01.watch").with("watch", watch.inWords()));
        switch (watch.kind()) {
            case SURE -> {}
            case BY_NAME -> notes.add(finding);
            case DOUBTFUL, PERHAPS_IN_SENTINEL, PERHAPS_ELSEWHERE -> weighing.doubtful(finding);
            case PARTLY, BLIND, NONE -> {
                if (UnseenHolders.gaps(facts.only(RULES)).isEmpty()) {
                    weighing.certain(finding);
                } else {
                    weighing.doubtful(finding); // what was not read may watch it
                }
            }
        }
    }

    private static Verdict undesignated(Facts facts, EmergencyAccounts emergency) {
        if (!UnseenHolders.gaps(facts, RelevantRoles.GLOBAL_ADMINISTRATOR).isEmpty()) {
            return Verdict.notAssessed(UnseenHolders.gaps(facts, RelevantRoles.GLOBAL_ADMINISTRATOR));
        }
        List<Finding> candidates = emergency.candidates().stream()
                .map(account -> Finding.of(account, Details.of("BG-01.could-be-one")))
                .toList();
        return candidates.isEmpty()
                ? Verdict.fail("there is no emergency access account to watch and test", List.of())
                : Verdict.review(
                        "name the emergency access accounts in PARC_EMERGENCY_ACCOUNTS: PARC judges no others",
                        candidates);
    }

    private static Optional<Details> untested(Facts facts, Account account) {
        Optional<SignIn> signIn = facts.signIn(account);
        if (signIn.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> last = signIn.get().lastSuccess();
        if (last.isEmpty()) {
            return Optional.of(Details.of("BG-01.never-tested"));
        }
        long days = Duration.between(last.get(), facts.takenAt()).toDays();
        return days > MOST_DAYS_SINCE_TEST
                ? Optional.of(Details.of("BG-01.not-tested-since")
                        .with("date", date(last.get()))
                        .with("days", (int) days))
                : Optional.empty();
    }

    private static Optional<Details> use(List<EmergencySignIn> signIns) {
        if (signIns.isEmpty()) {
            return Optional.empty();
        }
        long successful = signIns.stream().filter(EmergencySignIn::successful).count();

        EmergencySignIn last = signIns.get(0);
        return Optional.of(Details.of("BG-01.used")
                .with("atLeast", signIns.size() == EmergencySignIn.MOST_READ ? "at least" : "")
                .with("successful", (int) successful)
                .with("failed", signIns.size() - (int) successful)
                .with("date", date(last.at()))
                .with("application", last.application()));
    }

    private static LocalDate date(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
