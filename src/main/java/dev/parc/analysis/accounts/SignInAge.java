package dev.parc.analysis.accounts;

import dev.parc.facts.Facts;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** How long an account has not signed in. */
public final class SignInAge {

    private static final int MOST_DAYS = 90;
    private static final int DAYS_TO_SIGN_IN_FIRST = 30;

    private SignInAge() {}

    /**
     * Why the account counts as silent, in words: it has not signed in successfully for more than 90 days. Empty if it
     * has, if it is younger than 31 days, or if nothing was read: {@link Facts#signIn} tells that apart.
     */
    public static Optional<String> silence(Facts facts, Account account) {
        return facts.signIn(account).flatMap(signIn -> silence(facts.takenAt(), account, signIn));
    }

    /** Why it counts as silent, in words; empty if it does not. */
    static Optional<String> silence(Instant now, Account account, SignIn signIn) {
        if (signIn.lastSuccess().isPresent()) {
            Instant last = signIn.lastSuccess().get();
            long days = Duration.between(last, now).toDays();
            return days > MOST_DAYS
                    ? Optional.of("last signed in on %s, %d days ago".formatted(date(last), days))
                    : Optional.empty();
        }
        if (account.createdAt()
                .filter(created -> Duration.between(created, now).toDays() <= DAYS_TO_SIGN_IN_FIRST)
                .isPresent()) {
            return Optional.empty();
        }
        return Optional.of(signIn.lastAttempt()
                .map(attempt -> "has no successful sign-in on record, the last attempt was on " + date(attempt))
                .orElse("has never signed in"));
    }

    /** Why an application that was last used then counts as silent; empty if it does not. */
    static Optional<String> silence(Instant now, Instant lastUse) {
        long days = Duration.between(lastUse, now).toDays();
        return days > MOST_DAYS
                ? Optional.of("was last used on %s, %d days ago".formatted(date(lastUse), days))
                : Optional.empty();
    }

    private static String date(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
