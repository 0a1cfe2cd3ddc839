package dev.parc.assessment;

import static dev.parc.assessment.Json.child;
import static dev.parc.assessment.Json.constant;
import static dev.parc.assessment.Json.number;
import static dev.parc.assessment.Json.optionalText;
import static dev.parc.assessment.Json.runId;
import static dev.parc.assessment.Json.stages;
import static dev.parc.assessment.Json.text;
import static dev.parc.assessment.Json.texts;
import static dev.parc.assessment.Json.time;
import static dev.parc.assessment.Json.trigger;
import static dev.parc.assessment.Json.written;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.check.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The documents around a run: its request, which is the queue message, its record and the entries of the history.
 * Reading ignores unknown fields, and throws {@link IllegalArgumentException} with one line if the document is not one.
 */
public final class RunJson {

    /** What a queue message holds, base64 taken off: 48 KiB. */
    private static final int MAX_REQUEST_BYTES = 48 * 1024;

    private static final String REQUEST_SCHEMA = "parc-run-request/1";
    private static final String RECORD_SCHEMA = "parc-run-record/1";
    private static final String HISTORY_SCHEMA = "parc-history/1";

    private RunJson() {}

    /** The request as schema {@code parc-run-request/1}. */
    public static String write(RunRequest request) {
        return Json.write(node(request));
    }

    /** The message: its request, with the block if it is to read one. */
    public static String write(RunMessage message) {
        ObjectNode node = node(message.run());
        message.block().ifPresent(block -> node.put("block", block));
        return Json.write(node);
    }

    /** What a message asks for, at most 48 KiB long. */
    public static RunMessage readMessage(String message) {
        RunRequest run = readRequest(message);
        JsonNode node = Json.read(message, REQUEST_SCHEMA);
        return new RunMessage(run, node.has("block") ? OptionalInt.of(number(node, "block")) : OptionalInt.empty());
    }

    /** The request of a message, at most 48 KiB long. */
    public static RunRequest readRequest(String message) {
        if (message.length() > MAX_REQUEST_BYTES
                || message.getBytes(StandardCharsets.UTF_8).length > MAX_REQUEST_BYTES) {
            throw new IllegalArgumentException("longer than " + MAX_REQUEST_BYTES + " bytes");
        }
        return request(Json.read(message, REQUEST_SCHEMA));
    }

    /** The record as schema {@code parc-run-record/1}. */
    public static String write(RunRecord run) {
        ObjectNode document = Json.object().put("schema", RECORD_SCHEMA);
        document.set("request", node(run.request()));
        return Json.write(document.put("state", run.state().name())
                .put("progress", run.progress())
                .put("updatedAt", run.updatedAt().toString()));
    }

    /** The record of a document. */
    public static RunRecord readRecord(String document) {
        JsonNode node = Json.read(document, RECORD_SCHEMA);
        return new RunRecord(
                request(child(node, "request")),
                constant(RunRecord.State.class, node, "state"),
                text(node, "progress"),
                time(node, "updatedAt"));
    }

    /** The entry as schema {@code parc-history/1}. */
    public static String write(HistoryEntry entry) {
        return Json.write(Json.object()
                .put("schema", HISTORY_SCHEMA)
                .put("runId", entry.runId())
                .put("at", entry.at().toString())
                .put("outcome", entry.outcome().name())
                .put("findings", entry.findings())
                .put("summary", entry.summary())
                .put("basis", entry.basis().name()));
    }

    /** The entry of a document. */
    public static HistoryEntry readHistory(String document) {
        JsonNode node = Json.read(document, HISTORY_SCHEMA);
        return new HistoryEntry(
                runId(node),
                time(node, "at"),
                constant(Outcome.class, node, "outcome"),
                number(node, "findings"),
                text(node, "summary"),
                node.has("basis") ? constant(CheckResult.Basis.class, node, "basis") : CheckResult.Basis.AUTOMATED);
    }

    private static ObjectNode node(RunRequest request) {
        ObjectNode node = Json.object()
                .put("schema", REQUEST_SCHEMA)
                .put("runId", request.runId())
                .put("requestedAt", request.requestedAt().toString());
        ArrayNode stages = node.putArray("stages");
        request.stages().forEach(stage -> stages.add(stage.name()));
        ArrayNode checks = node.putArray("checks");
        request.checks().forEach(checks::add);
        request.requestedBy().ifPresent(caller -> node.put("requestedBy", caller));
        return node.put("trigger", written(request.trigger()));
    }

    private static RunRequest request(JsonNode node) {
        return new RunRequest(
                runId(node),
                time(node, "requestedAt"),
                stages(node),
                texts(node, "checks").stream().map(Json::itemId).distinct().toList(),
                trigger(node),
                optionalText(node, "requestedBy"));
    }
}
