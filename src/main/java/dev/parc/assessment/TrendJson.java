package dev.parc.assessment;

import static dev.parc.assessment.Json.child;
import static dev.parc.assessment.Json.children;
import static dev.parc.assessment.Json.constant;
import static dev.parc.assessment.Json.number;
import static dev.parc.assessment.Json.runId;
import static dev.parc.assessment.Json.text;
import static dev.parc.assessment.Json.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The documents that tell how answers change: changes of a run, records of findings, points of a stage's series. Reading
 * ignores unknown fields, and throws {@link IllegalArgumentException} with one line if the document is not one.
 */
public final class TrendJson {

    private static final String CHANGES = "parc-changes/1";
    private static final String FINDINGS = "parc-findings/1";
    private static final String TREND = "parc-trend/1";
    private static final String POINT = "parc-stage-point/1";

    private TrendJson() {}

    /** The changes of one run as schema {@code parc-changes/1}. */
    public static String writeChanges(List<Change> changes) {
        ObjectNode document = Json.object().put("schema", CHANGES);
        ArrayNode array = document.putArray("changes");
        changes.forEach(change -> array.add(node(change)));
        return Json.write(document);
    }

    /** The changes of a document. */
    public static List<Change> readChanges(String document) {
        return children(Json.read(document, CHANGES), "changes").stream()
                .map(TrendJson::change)
                .toList();
    }

    /** One change, as it stands in every document and event. */
    public static ObjectNode node(Change change) {
        ObjectNode node = Json.object()
                .put("kind", change.kind().name())
                .put("runId", change.runId())
                .put("at", change.at().toString())
                .put("checkId", change.checkId())
                .put("stage", Stage.ofItem(change.checkId()).name())
                .put("severity", change.severity().name());
        change.finding().ifPresent(finding -> node.set("finding", AssessmentJson.node(finding)));
        return node.put("message", change.message());
    }

    private static Change change(JsonNode node) {
        return new Change(
                constant(Change.Kind.class, node, "kind"),
                runId(node),
                time(node, "at"),
                Json.itemId(text(node, "checkId")),
                constant(Severity.class, node, "severity"),
                node.has("finding") ? Optional.of(AssessmentJson.finding(child(node, "finding"))) : Optional.empty(),
                text(node, "message"));
    }

    /** Records of the findings of one check as schema {@code parc-findings/1}. */
    public static String writeFindings(List<FindingRecord> records) {
        ObjectNode document = Json.object().put("schema", FINDINGS);
        ArrayNode array = document.putArray("findings");
        records.forEach(record -> array.add(node(record)));
        return Json.write(document);
    }

    /** The records of a document. */
    public static List<FindingRecord> readFindings(String document) {
        return children(Json.read(document, FINDINGS), "findings").stream()
                .map(TrendJson::record)
                .toList();
    }

    /** One record: the finding, and since when it is there. */
    public static ObjectNode node(FindingRecord record) {
        ObjectNode node = AssessmentJson.node(record.finding())
                .put("firstSeen", record.firstSeen().toString())
                .put("lastSeen", record.lastSeen().toString())
                .put("openSince", record.openSince().toString())
                .put("reopened", record.reopened());
        record.resolvedAt().map(Instant::toString).ifPresent(at -> node.put("resolvedAt", at));
        return node;
    }

    private static FindingRecord record(JsonNode node) {
        return new FindingRecord(
                AssessmentJson.finding(node),
                time(node, "firstSeen"),
                time(node, "lastSeen"),
                time(node, "openSince"),
                node.has("resolvedAt") ? Optional.of(time(node, "resolvedAt")) : Optional.empty(),
                number(node, "reopened"));
    }

    /** A point as schema {@code parc-stage-point/1}. */
    public static String write(StagePoint point) {
        ObjectNode document = Json.object().put("schema", POINT);
        document.setAll(node(point));
        return Json.write(document);
    }

    /** Points of the series of stages as schema {@code parc-trend/1}. */
    public static String writeSeries(List<StagePoint> points) {
        ObjectNode document = Json.object().put("schema", TREND);
        ArrayNode array = document.putArray("points");
        points.forEach(point -> array.add(node(point)));
        return Json.write(document);
    }

    /** The point without a schema, as it stands in a series. */
    public static ObjectNode node(StagePoint point) {
        ObjectNode node = Json.object()
                .put("runId", point.runId())
                .put("stage", point.stage().name())
                .put("at", point.at().toString())
                .put("score", point.score().percent() < 0 ? null : point.score().percent())
                .put("assessed", point.score().assessed())
                .put("items", point.score().items());
        ObjectNode counts = node.putObject("counts");
        point.counts().forEach((outcome, count) -> counts.put(outcome.name(), count));
        ObjectNode outcomes = node.putObject("outcomes");
        point.outcomes().forEach((checkId, outcome) -> outcomes.put(checkId, outcome.name()));
        ArrayNode waived = node.putArray("waived");
        point.waived().forEach(waived::add);
        return node.put("opened", point.opened())
                .put("resolved", point.resolved())
                .put("secondsToRemediate", point.secondsToRemediate());
    }

    /** The point of a document. */
    public static StagePoint readPoint(String document) {
        JsonNode node = Json.read(document, POINT);
        JsonNode outcomes = child(node, "outcomes");
        SortedMap<String, Outcome> byCheck = new TreeMap<>();
        outcomes.fieldNames()
                .forEachRemaining(id -> byCheck.put(Json.itemId(id), constant(Outcome.class, outcomes, id)));
        SortedSet<String> waived = new TreeSet<>();
        node.path("waived").forEach(id -> waived.add(Json.itemId(id.asText())));
        JsonNode seconds = node.path("secondsToRemediate");
        if (!seconds.isIntegralNumber() || !seconds.canConvertToLong() || seconds.longValue() < 0) {
            throw new IllegalArgumentException("\"secondsToRemediate\" must be a whole number of 0 or more");
        }
        return new StagePoint(
                runId(node),
                constant(Stage.class, node, "stage"),
                time(node, "at"),
                new Score(
                        node.path("score").isNull() ? -1 : number(node, "score"),
                        number(node, "assessed"),
                        number(node, "items")),
                byCheck,
                waived,
                number(node, "opened"),
                number(node, "resolved"),
                seconds.longValue());
    }
}
