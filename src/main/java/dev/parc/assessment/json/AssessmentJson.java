package dev.parc.assessment.json;

import static dev.parc.assessment.json.Json.child;
import static dev.parc.assessment.json.Json.children;
import static dev.parc.assessment.json.Json.constant;
import static dev.parc.assessment.json.Json.day;
import static dev.parc.assessment.json.Json.flag;
import static dev.parc.assessment.json.Json.number;
import static dev.parc.assessment.json.Json.optionalChildren;
import static dev.parc.assessment.json.Json.runId;
import static dev.parc.assessment.json.Json.stages;
import static dev.parc.assessment.json.Json.text;
import static dev.parc.assessment.json.Json.texts;
import static dev.parc.assessment.json.Json.time;
import static dev.parc.assessment.json.Json.trigger;
import static dev.parc.assessment.json.Shapes.DOCUMENTS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Remedy;
import dev.parc.assessment.RequestCount;
import dev.parc.assessment.RoadmapStatus;
import dev.parc.assessment.Score;
import dev.parc.assessment.StageProgress;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.decision.Waiver;
import dev.parc.check.Effort;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The result document of a run, schema {@code parc-run/1}. Within the schema's version fields are added, never changed
 * or taken away. Reading ignores unknown fields and what follows from the results (score, coverage, counts, position), and throws
 * {@link IllegalArgumentException} with one line if the document is not one.
 */
public final class AssessmentJson {

    private static final String SCHEMA = "parc-run/1";
    private static final String RESULT_SCHEMA = "parc-result/1";

    private AssessmentJson() {}

    /** The whole document. */
    public static String write(Assessment assessment) {
        return Json.write(document(assessment));
    }

    /** The run of a whole document. */
    public static Assessment read(String document) {
        JsonNode node = Json.read(document, SCHEMA);
        return assessment(
                node,
                children(node, "results").stream().map(AssessmentJson::result).toList());
    }

    /** The document without its results, for stores that keep each by itself. */
    public static String writeHead(Assessment assessment) {
        ObjectNode document = document(assessment);
        document.remove(List.of("position", "results"));
        return Json.write(document);
    }

    /** The run of a document without results, with these. */
    public static Assessment readHead(String head, List<CheckResult> results) {
        return assessment(Json.read(head, SCHEMA), results);
    }

    /** One result by itself, schema {@code parc-result/1}. */
    public static String writeResult(CheckResult result) {
        ObjectNode document = Json.object().put("schema", RESULT_SCHEMA);
        document.setAll(node(result));
        return Json.write(document);
    }

    /** One result by itself. */
    public static CheckResult readResult(String document) {
        return result(Json.read(document, RESULT_SCHEMA));
    }

    private static ObjectNode document(Assessment assessment) {
        ObjectNode document = Json.object()
                .put("schema", SCHEMA)
                .put("runId", assessment.runId())
                .put("tenantId", assessment.tenantId())
                .put("tenantName", assessment.tenantName())
                .put("source", assessment.source())
                .put("takenAt", assessment.takenAt().toString())
                .put("startedAt", assessment.startedAt().toString())
                .put("finishedAt", assessment.finishedAt().toString());
        ArrayNode stages = document.putArray("stages");
        assessment.stages().forEach(stage -> stages.add(stage.name()));
        document.put("trigger", assessment.trigger().written());
        document.set("requests", DOCUMENTS.tree(assessment.requests()));
        putScores(document, assessment);
        ObjectNode counts = document.putObject("counts");
        assessment.counts().forEach((outcome, count) -> counts.put(outcome.name(), count));
        counts.put("WAIVED", assessment.waived());
        document.put(
                "roadmapStart",
                assessment.roadmapStart().map(LocalDate::toString).orElse(null));
        document.set("position", node(assessment.status()));
        ArrayNode results = document.putArray("results");
        assessment.results().forEach(result -> results.add(node(result)));
        return document;
    }

    private static void putScores(ObjectNode document, Assessment assessment) {
        ObjectNode score = document.putObject("score");
        ObjectNode coverage = document.putObject("coverage");
        put("overall", assessment.score(), score, coverage);
        ObjectNode scoreByStage = score.putObject("byStage");
        ObjectNode coverageByStage = coverage.putObject("byStage");
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        stages.addAll(assessment.stages());
        assessment.results().forEach(result -> stages.add(result.stage()));
        stages.forEach(stage -> put(stage.name(), assessment.score(stage), scoreByStage, coverageByStage));
    }

    private static void put(String name, Score score, ObjectNode percents, ObjectNode coverage) {
        percents.put(name, score.percent() < 0 ? null : score.percent());
        coverage.putObject(name).put("assessed", score.assessed()).put("items", score.items());
    }

    private static ObjectNode node(RoadmapStatus status) {
        ObjectNode node = Json.object().put("asOf", status.asOf().toString());
        ArrayNode stages = node.putArray("stages");
        status.stages().forEach(progress -> stages.add(node(progress)));
        ArrayNode actions = node.putArray("nextActions");
        status.actions().forEach(action -> actions.add(DOCUMENTS.tree(action)));
        return node;
    }

    private static ObjectNode node(StageProgress progress) {
        ObjectNode node = Json.object()
                .put("stage", progress.stage().name())
                .put("state", progress.state().name())
                .put("words", progress.inWords())
                .put("deadline", progress.deadline().map(LocalDate::toString).orElse(null));
        if (progress.state() == StageProgress.State.LATE) {
            node.put("daysLate", progress.days());
        } else if (progress.state() == StageProgress.State.ON_TIME) {
            node.put("daysLeft", progress.days());
        }
        return node.put("open", progress.open())
                .put("notApplicable", progress.notApplicable())
                .put("waived", progress.waived());
    }

    private static ObjectNode node(CheckResult result) {
        ObjectNode node = Json.object()
                .put("checkId", result.checkId())
                .put("version", result.version())
                .put("stage", result.stage().name())
                .put("title", result.title())
                .put("severity", result.severity().name())
                .put("outcome", result.outcome().name())
                .put("basis", result.basis().name())
                .put("summary", result.summary());
        if (!result.remedy().equals(Remedy.NONE)) {
            node.put("remedy", result.remedy().words())
                    .put("effort", result.remedy().effort().name());
        }
        ArrayNode reasons = node.putArray("reasons");
        result.reasons().forEach(reasons::add);
        if (result.reasonInSummary()) {
            node.put("reasonInSummary", true);
        }
        ArrayNode findings = node.putArray("findings");
        result.findings()
                .forEach(finding -> findings.add(DOCUMENTS.tree(finding).put("waived", result.isWaived(finding))));
        ArrayNode waivers = node.putArray("waivers");
        result.waivers().forEach(waiver -> waivers.add(DOCUMENTS.tree(waiver)));
        ArrayNode attestations = node.putArray("attestations");
        result.attestations().forEach(signed -> attestations.add(DOCUMENTS.tree(signed)));
        result.fix().ifPresent(fix -> node.set("fix", FixJson.node(fix)));
        return node;
    }

    private static Assessment assessment(JsonNode node, List<CheckResult> results) {
        return new Assessment(
                runId(node),
                text(node, "tenantId"),
                text(node, "tenantName"),
                text(node, "source"),
                time(node, "takenAt"),
                time(node, "startedAt"),
                time(node, "finishedAt"),
                stages(node),
                trigger(node),
                DOCUMENTS.value(child(node, "requests"), RequestCount.class),
                results,
                node.hasNonNull("roadmapStart") ? Optional.of(day(node, "roadmapStart")) : Optional.empty());
    }

    private static CheckResult result(JsonNode node) {
        String id = Json.itemId(text(node, "checkId"));
        return new CheckResult(
                id,
                number(node, "version"),
                constant(Stage.class, node, "stage"),
                text(node, "title"),
                constant(Severity.class, node, "severity"),
                constant(Outcome.class, node, "outcome"),
                constant(CheckResult.Basis.class, node, "basis"),
                text(node, "summary"),
                texts(node, "reasons"),
                values(children(node, "findings"), Finding.class),
                values(optionalChildren(node, "attestations"), SignedStatement.class),
                values(optionalChildren(node, "waivers"), Waiver.class),
                node.has("remedy")
                        ? new Remedy(text(node, "remedy"), constant(Effort.class, node, "effort"))
                        : Remedy.NONE,
                node.has("reasonInSummary") && flag(node, "reasonInSummary"),
                node.has("fix") ? Optional.of(FixJson.read(child(node, "fix"))) : Optional.empty());
    }

    private static <T extends Record> List<T> values(List<JsonNode> objects, Class<T> type) {
        return objects.stream().map(object -> DOCUMENTS.value(object, type)).toList();
    }
}
