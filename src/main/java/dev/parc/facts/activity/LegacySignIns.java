package dev.parc.facts.activity;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * The successful sign-ins of one user by one legacy client.
 *
 * @param client its name in the sign-in log, for example IMAP4
 * @param times how often at least
 */
public record LegacySignIns(String userId, String signInName, String client, int times, Instant last) {

    /** In words, to stand after the user's name. */
    public String inWords() {
        return "signed in by %s at least %d times in the last 30 days, last on %s"
                .formatted(client, times, last.atOffset(ZoneOffset.UTC).toLocalDate());
    }
}
