package dev.parc.facts.activity;

import java.time.Instant;

/** One sign-in, or attempt, of a designated emergency account. */
public record EmergencySignIn(String accountId, Instant at, boolean successful, String application) {

    /** The most that are read of one account. */
    public static final int MOST_READ = 500;
}
