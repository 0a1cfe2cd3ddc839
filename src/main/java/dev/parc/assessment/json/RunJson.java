package dev.parc.assessment.json;

import static dev.parc.assessment.json.Shapes.DOCUMENTS;

import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import java.nio.charset.StandardCharsets;

/**
 * The documents around a run: its request, which is the queue message, its record and the entries of the history.
 * Reading ignores unknown fields, and throws {@link IllegalArgumentException} with one line if the document is not one.
 */
public final class RunJson {

    /** What a queue message holds, base64 taken off: 48 KiB. */
    private static final int MAX_REQUEST_BYTES = 48 * 1024;

    static final String REQUEST_SCHEMA = "parc-run-request/1";
    private static final String RECORD_SCHEMA = "parc-run-record/1";
    private static final String HISTORY_SCHEMA = "parc-history/1";

    private RunJson() {}

    /** The request as schema {@code parc-run-request/1}. */
    public static String write(RunRequest request) {
        return DOCUMENTS.write(REQUEST_SCHEMA, request);
    }

    /** The message: its request, with the block if it is to read one. */
    public static String write(RunMessage message) {
        return DOCUMENTS.write(REQUEST_SCHEMA, message);
    }

    /** What a message asks for, at most 48 KiB long. */
    public static RunMessage readMessage(String message) {
        if (message.length() > MAX_REQUEST_BYTES
                || message.getBytes(StandardCharsets.UTF_8).length > MAX_REQUEST_BYTES) {
            throw new IllegalArgumentException("longer than " + MAX_REQUEST_BYTES + " bytes");
        }
        return DOCUMENTS.read(message, REQUEST_SCHEMA, RunMessage.class);
    }

    /** The request of a message, at most 48 KiB long. */
    public static RunRequest readRequest(String message) {
        return readMessage(message).run();
    }

    /** The record as schema {@code parc-run-record/1}; the request in it is a document of its own. */
    public static String write(RunRecord run) {
        return DOCUMENTS.write(RECORD_SCHEMA, run);
    }

    /** The record of a document. */
    public static RunRecord readRecord(String document) {
        return DOCUMENTS.read(document, RECORD_SCHEMA, RunRecord.class);
    }

    /** The entry as schema {@code parc-history/1}. */
    public static String write(HistoryEntry entry) {
        return DOCUMENTS.write(HISTORY_SCHEMA, entry);
    }

    /** The entry of a document. */
    public static HistoryEntry readHistory(String document) {
        return DOCUMENTS.read(document, HISTORY_SCHEMA, HistoryEntry.class);
    }
}
