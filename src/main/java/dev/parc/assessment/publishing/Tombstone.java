package dev.parc.assessment.publishing;

import java.time.Instant;

/**
 * What stays of a run that somebody deleted.
 *
 * @param by who deleted it
 * @param results how many items it had answered
 * @param findings how many findings these answers had
 * @param changes how many changes it had told
 */
public record Tombstone(String by, Instant at, String reason, int results, int findings, int changes) {

    /** The longest reason. */
    public static final int LONGEST_REASON = 1000;

    /** In one line. */
    public String inWords() {
        return "deleted by " + by + " on " + at + ": " + reason;
    }
}
