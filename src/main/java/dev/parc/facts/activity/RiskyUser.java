package dev.parc.facts.activity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A user whom Identity Protection holds to be at risk, and nobody has cleared since.
 *
 * @param level low, medium, high, or hidden where the licence does not tell
 * @param since when the risk last changed
 * @param compromised whether somebody confirmed that the account is compromised
 */
public record RiskyUser(String id, String signInName, String level, Optional<Instant> since, boolean compromised) {

    /** In words, to stand after its name. */
    public String inWords() {
        return (compromised ? "is confirmed compromised" : "is at " + level + " risk")
                + since.map(at -> " since " + at.atOffset(ZoneOffset.UTC).toLocalDate())
                        .orElse("");
    }
}
