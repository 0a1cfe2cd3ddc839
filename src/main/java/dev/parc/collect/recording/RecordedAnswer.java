package dev.parc.collect.recording;

/**
 * What a request was answered.
 *
 * @param body as text
 */
record RecordedAnswer(int status, String body) {

    private static final int THROTTLED = 429;

    /** Whether a later answer to the same request may take its place. */
    boolean givesWayTo(RecordedAnswer later) {
        return isPassing() || !later.isPassing();
    }

    /** Whether another attempt may be answered differently. */
    boolean isPassing() {
        return status == THROTTLED || status >= 500;
    }
}
