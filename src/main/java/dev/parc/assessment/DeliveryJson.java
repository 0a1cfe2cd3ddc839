package dev.parc.assessment;

import static dev.parc.assessment.Json.runId;
import static dev.parc.assessment.Json.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;

/** What is sent to a subscriber, and the queue message that asks for it. */
public final class DeliveryJson {

    private static final String MESSAGE = "parc-delivery/1";
    private static final String TELLING = "parc-telling/1";
    private static final String TOLD = "parc-told/1";
    private static final String EVENT = "parc-change-event/1";

    /** How many changes one event tells; it says how many there are more, and they can be asked for. */
    private static final int MOST = 500;

    private DeliveryJson() {}

    /**
     * What a message asks for.
     *
     * @param hookId the subscription to deliver to
     * @param runId the run whose changes to deliver
     * @param deletion whether to deliver that the run was deleted, and not what it had found
     */
    public record Due(String hookId, String runId, boolean deletion) {

        /** What the delivery is known by, at every attempt. */
        public String id() {
            return runId + (deletion ? ".deleted." : ".") + hookId;
        }

        /** What it is noted under, beside the run, when the subscriber has it. */
        public String noted() {
            return deletion ? hookId + ".deleted" : hookId;
        }
    }

    /** The message as schema {@code parc-delivery/1}. */
    public static String message(Due due) {
        ObjectNode message =
                Json.object().put("schema", MESSAGE).put("hookId", due.hookId()).put("runId", due.runId());
        return Json.write(due.deletion() ? message.put("deletion", true) : message);
    }

    /** The message that has subscribers told of what is published up to a position, as schema {@code parc-telling/1}. */
    public static String telling(long position) {
        return Json.write(Json.object().put("schema", TELLING).put("position", position));
    }

    /** The message that has it kept that they were, as schema {@code parc-told/1}. */
    public static String told(long position) {
        return Json.write(Json.object().put("schema", TOLD).put("position", position));
    }

    /** The position of a message that {@link #telling} made; empty if it is another one. */
    public static OptionalLong readTelling(String message) {
        return position(message, TELLING);
    }

    /** The position of a message that {@link #told} made; empty if it is another one. */
    public static OptionalLong readTold(String message) {
        return position(message, TOLD);
    }

    private static OptionalLong position(String message, String schema) {
        if (!message.contains('"' + schema + '"')) {
            return OptionalLong.empty();
        }
        long position = Json.read(message, schema).path("position").asLong(-1);
        if (position < 0) {
            throw new IllegalArgumentException("\"position\" must be a whole number of 0 or more");
        }
        return OptionalLong.of(position);
    }

    /** What a message asks for; throws {@link IllegalArgumentException} with one line if it is none. */
    public static Due readMessage(String message) {
        JsonNode node = Json.read(message, MESSAGE);
        if (!Ledger.KEY.matcher(text(node, "hookId")).matches()) {
            throw new IllegalArgumentException("\"hookId\" must be the id of a subscription");
        }
        return new Due(text(node, "hookId"), runId(node), node.path("deletion").asBoolean());
    }

    /** The changes of a run as schema {@code parc-change-event/1}. */
    public static String event(String tenantId, String runId, List<Change> changes) {
        ObjectNode document =
                Json.object().put("schema", EVENT).put("tenantId", tenantId).put("runId", runId);
        ArrayNode array = document.putArray("changes");
        changes.stream().limit(MOST).map(TrendJson::node).forEach(array::add);
        return Json.write(document.put("more", Math.max(0, changes.size() - MOST)));
    }
}
