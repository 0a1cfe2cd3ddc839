package dev.parc.check;

import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.id;

import dev.parc.facts.FactKind;
import dev.parc.facts.activity.LegacySignIns;
import dev.parc.facts.activity.Microsoft365Activity;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.activity.RiskyUser;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.MailboxPurpose;
import dev.parc.facts.directory.Microsoft365Service;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fills a {@link TenantBuilder} with accounts, how they are registered and what they do. */
interface TenantAccounts extends TenantFacts {

    default TenantBuilder account(Account account) {
        of(FactKind.ACCOUNTS).remove(account);
        return add(FactKind.ACCOUNTS, account);
    }

    default TenantBuilder signedIn(Account account, int daysAgo) {
        Optional<Instant> then = Optional.of(NOW.minus(Duration.ofDays(daysAgo)));
        return add(FactKind.SIGN_INS, new SignIn(account.id(), then, then));
    }

    default TenantBuilder neverSignedIn(Account account) {
        return add(FactKind.SIGN_INS, new SignIn(account.id(), Optional.empty(), Optional.empty()));
    }

    /** The usage report of two days ago does not list the account. */
    default TenantBuilder usedNoMicrosoft365(Account account) {
        return add(FactKind.MICROSOFT_365_ACTIVITY, new Microsoft365Activity(account.id(), day(2), false, Map.of()));
    }

    /** The usage report of two days ago lists the account, which last used the service so many days ago. */
    default TenantBuilder usedMicrosoft365(Account account, Microsoft365Service service, int daysAgo) {
        return add(
                FactKind.MICROSOFT_365_ACTIVITY,
                new Microsoft365Activity(account.id(), day(2), true, Map.of(service, day(daysAgo))));
    }

    private static LocalDate day(int daysAgo) {
        return NOW.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(daysAgo);
    }

    default TenantBuilder mailbox(Account account, MailboxPurpose.Purpose purpose) {
        return add(FactKind.MAILBOX_PURPOSES, new MailboxPurpose(account.id(), purpose));
    }

    default TenantBuilder registered(Account account, boolean mfaCapable) {
        return registered(account, mfaCapable, Registration.Source.REPORT);
    }

    default TenantBuilder registered(Account account, boolean mfaCapable, Registration.Source source) {
        List<String> methods = mfaCapable ? List.of("fido2") : List.of();
        return add(FactKind.REGISTRATIONS, new Registration(account.id(), mfaCapable, methods, source));
    }

    /** Registered for these methods by the names of the registration report, and so for MFA. */
    default TenantBuilder registered(Account account, String... methods) {
        return add(
                FactKind.REGISTRATIONS,
                new Registration(account.id(), true, List.of(methods), Registration.Source.REPORT));
    }

    /** Identity Protection holds the account to be at risk since yesterday. */
    default TenantBuilder risky(Account account, String level, boolean compromised) {
        return add(
                FactKind.RISKY_USERS,
                new RiskyUser(
                        account.id(),
                        account.signInName(),
                        level,
                        Optional.of(NOW.minus(Duration.ofDays(1))),
                        compromised));
    }

    default TenantBuilder legacySignIn(String name, String client, int times) {
        return add(
                FactKind.LEGACY_SIGN_INS,
                new LegacySignIns(id(name), name, client, times, NOW.minus(Duration.ofDays(2))));
    }
}
