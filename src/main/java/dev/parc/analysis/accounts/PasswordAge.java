package dev.parc.analysis.accounts;

import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.SyncState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * How long ago an account's password was changed, as far as Microsoft Entra ID can know.
 *
 * @param words what is known, to stand after the account's name
 */
public record PasswordAge(Kind kind, String words) {

    /** The most days since a password was changed. */
    public static final int MOST_DAYS = 90;

    /** Account and first password are made in one step, which takes a moment. */
    private static final Duration ONE_STEP = Duration.ofMinutes(5);

    /** What the date is worth. */
    public enum Kind {
        /** It was changed in the last {@value #MOST_DAYS} days. */
        RECENT,
        /** It was not. */
        OLD,
        /** The directory that the account is at home in keeps it. */
        ELSEWHERE,
        /** It is kept on-premises, and the date need not be that of a change. */
        DOUBTFUL,
        /** Graph gave no date. */
        UNKNOWN
    }

    /** How long ago the account's password was changed; asks for domains. */
    public static PasswordAge of(Facts facts, Account account) {
        if (account.external()) {
            return new PasswordAge(Kind.ELSEWHERE, "has its password in its home directory");
        }
        if (facts.domainOf(account).filter(Domain::federated).isPresent()) {
            return new PasswordAge(
                    Kind.DOUBTFUL,
                    "has its password with the identity provider of " + account.domain()
                            + ", and when it was changed cannot be told from here");
        }
        if (account.passwordChangedAt().isEmpty()) {
            return new PasswordAge(Kind.UNKNOWN, "has no date of a password change");
        }
        Instant changed = account.passwordChangedAt().get();
        long days = Duration.between(changed, facts.takenAt()).toDays();
        boolean made = account.createdAt()
                .filter(created -> !changed.isAfter(created.plus(ONE_STEP)))
                .isPresent();
        String date = changed.atOffset(ZoneOffset.UTC).toLocalDate() + ", " + days + " days ago";
        if (account.sync() == SyncState.SYNCED && (made || days > MOST_DAYS)) {
            return new PasswordAge(
                    Kind.DOUBTFUL,
                    "has its password on-premises; the last change that Microsoft Entra ID heard of was on " + date
                            + ", and without password hash synchronisation it hears of none");
        }
        return days > MOST_DAYS
                ? new PasswordAge(
                        Kind.OLD,
                        made
                                ? "has kept the password it was created with on " + date
                                : "last changed its password on " + date)
                : new PasswordAge(Kind.RECENT, "changed its password on " + date);
    }
}
