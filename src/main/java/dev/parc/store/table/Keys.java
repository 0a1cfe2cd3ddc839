package dev.parc.store.table;

import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.RunRange;

/** Row keys that begin with the run: what is later sorts first. */
final class Keys {

    private Keys() {}

    /** The key of a run, or the beginning of the keys of what is in it. */
    static String ofRun(String runId) {
        return RunIds.newestFirst(runId) + "|" + runId;
    }

    /** The key of what an attempt at a run has left; without a tag, of what an earlier release has. */
    static String ofRun(String runId, String tag) {
        return tag.isEmpty() ? ofRun(runId) : ofRun(runId) + "|" + tag;
    }

    /** The run whose key this is, or begins so. */
    static String run(String key) {
        String[] parts = key.split("\\|", -1);
        return parts.length > 1 ? parts[1] : "";
    }

    /** The end of a filter that lets the rows of a span through, in front of which stands the partition. */
    static String within(RunRange span) {
        return " and RowKey gt '"
                + span.after().map(id -> ofRun(id) + "}").orElse(RunIds.newestFirst(span.to()) + "~")
                + "' and RowKey lt '" + RunIds.newestFirst(span.from()) + "~'"
                + span.after()
                        .map(id -> " and RowKey gt '" + RunIds.newestFirst(span.to()) + "~'")
                        .orElse("");
    }
}
