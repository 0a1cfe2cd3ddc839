package dev.parc.assessment.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Score;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;

/**
 * Lines of the log that alerts and workbooks of a deployment read: {@link #MARK}, then a JSON object whose {@code event}
 * says what happened. Fields are added, never changed or taken away. No line has a name, a finding or a setting.
 */
public final class EventJson {

    /** How each line begins. */
    public static final String MARK = "parc-event ";

    private static final int LONGEST_REASON = 1000;

    private EventJson() {}

    /** A run has ended with answers: the percentage of each stage that it covered, and how often each outcome. */
    public static String finished(Assessment run) {
        ObjectNode event = event("run-finished")
                .put("runId", run.runId())
                .put("trigger", run.trigger().written())
                .put(
                        "seconds",
                        Math.max(
                                0,
                                run.finishedAt().getEpochSecond()
                                        - run.startedAt().getEpochSecond()));
        ArrayNode stages = event.putArray("stages");
        run.stages().forEach(stage -> stages.add(stage.name()));
        ObjectNode scores = event.putObject("score");
        for (Stage stage : run.stages()) {
            List<CheckResult> results = run.results().stream()
                    .filter(result -> result.stage() == stage)
                    .toList();
            int percent = Score.of(results).percent();
            if (percent >= 0) {
                scores.put(stage.name(), percent);
            }
        }
        ObjectNode counts = event.putObject("counts");
        for (Outcome outcome : Outcome.values()) {
            counts.put(
                    outcome.name(),
                    run.results().stream()
                            .filter(result -> result.outcome() == outcome)
                            .count());
        }
        return MARK + Json.write(event);
    }

    /** A run was given up. */
    public static String failed(String runId, String reason) {
        return MARK + Json.write(event("run-failed").put("runId", runId).put("reason", shortened(reason)));
    }

    /**
     * A fault of PARC: something failed that no tenant should make fail, and the run went on without it.
     *
     * @param what what it was about: an item's id, or a short phrase
     * @param cause of which the line has the type and the place in the code; its message may have names
     */
    public static String fault(String runId, String what, Throwable cause) {
        StackTraceElement[] places = cause.getStackTrace();
        return MARK
                + Json.write(event("parc-fault")
                        .put("runId", runId)
                        .put("what", what)
                        .put(
                                "reason",
                                cause.getClass().getSimpleName() + (places.length == 0 ? "" : " at " + places[0])));
    }

    /** A message that asks for no run was put aside. */
    public static String unreadable(String queue, String reason) {
        return MARK + Json.write(event("message-unreadable").put("queue", queue).put("reason", shortened(reason)));
    }

    /** Somebody holds Global Administrator, in whichever way, who did not before. */
    public static String newGlobalAdministrator(String runId, String principalId) {
        return MARK
                + Json.write(
                        event("new-global-administrator").put("runId", runId).put("principalId", principalId));
    }

    /** The newest run of a stage is older than its schedule allows: when it was asked for, and when the next one was due. */
    public static String overdue(Stage stage, Instant last, Instant due) {
        return MARK
                + Json.write(event("stage-overdue")
                        .put("stage", stage.name())
                        .put("last", last.toString())
                        .put("due", due.toString()));
    }

    private static ObjectNode event(String name) {
        return Json.object().put("event", name);
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...";
    }
}
