package dev.parc.assessment;

import static dev.parc.assessment.Json.runId;
import static dev.parc.assessment.Json.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What is sent to a subscriber, and the queue message that asks for it. */
public final class DeliveryJson {

    private static final String MESSAGE = "parc-delivery/1";
    private static final String EVENT = "parc-change-event/1";

    /** How many changes one event tells; it says how many there are more, and they can be asked for. */
    private static final int MOST = 500;

    private DeliveryJson() {}

    /**
     * What a message asks for.
     *
     * @param hookId the subscription to deliver to
     * @param runId the run whose changes to deliver
     */
    public record Due(String hookId, String runId) {}

    /** The message as schema {@code parc-delivery/1}. */
    public static String message(String hookId, String runId) {
        return Json.write(
                Json.object().put("schema", MESSAGE).put("hookId", hookId).put("runId", runId));
    }

    /** What a message asks for; throws {@link IllegalArgumentException} with one line if it is none. */
    public static Due readMessage(String message) {
        JsonNode node = Json.read(message, MESSAGE);
        if (!Ledger.KEY.matcher(text(node, "hookId")).matches()) {
            throw new IllegalArgumentException("\"hookId\" must be the id of a subscription");
        }
        return new Due(text(node, "hookId"), runId(node));
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
