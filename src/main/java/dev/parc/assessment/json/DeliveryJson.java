package dev.parc.assessment.json;

import static dev.parc.assessment.json.Shapes.DOCUMENTS;

import dev.parc.assessment.change.Change;
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

    private record Position(long position) {}

    private record Event(String tenantId, String runId, List<Change> changes, int more) {}

    /** The message as schema {@code parc-delivery/1}. */
    public static String message(Due due) {
        return DOCUMENTS.write(MESSAGE, due);
    }

    /** The message that has subscribers told of what is published up to a position, as schema {@code parc-telling/1}. */
    public static String telling(long position) {
        return DOCUMENTS.write(TELLING, new Position(position));
    }

    /** The message that has it kept that they were, as schema {@code parc-told/1}. */
    public static String told(long position) {
        return DOCUMENTS.write(TOLD, new Position(position));
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
        return message.contains('"' + schema + '"')
                ? OptionalLong.of(
                        DOCUMENTS.read(message, schema, Position.class).position())
                : OptionalLong.empty();
    }

    /** What a message asks for; throws {@link IllegalArgumentException} with one line if it is none. */
    public static Due readMessage(String message) {
        return DOCUMENTS.read(message, MESSAGE, Due.class);
    }

    /** The changes of a run as schema {@code parc-change-event/1}. */
    public static String event(String tenantId, String runId, List<Change> changes) {
        int told = Math.min(MOST, changes.size());
        return DOCUMENTS.write(EVENT, new Event(tenantId, runId, changes.subList(0, told), changes.size() - told));
    }
}
