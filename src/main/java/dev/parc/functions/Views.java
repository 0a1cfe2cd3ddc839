package dev.parc.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.check.Check;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Stage;
import dev.parc.facts.FactKind;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The JSON documents of the API. */
final class Views {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Views() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Where a run stands, with what a reader must not take for good news. */
    static ObjectNode run(RunRecord run, List<String> notes) {
        ObjectNode view = object().put("runId", run.request().runId())
                .put("state", run.state().name())
                .put(run.state() == State.FAILED ? "reason" : "progress", run.progress())
                .put("requestedAt", run.request().requestedAt().toString())
                .put("updatedAt", run.updatedAt().toString())
                .put("trigger", run.request().trigger().written());
        run.request().requestedBy().ifPresent(caller -> view.put("requestedBy", caller));
        putTexts(
                view, "stages", run.request().stages().stream().map(Stage::name).toList());
        putTexts(view, "checks", run.request().checks());
        putTexts(view, "notes", notes);
        return view;
    }

    /** The result document of a run, with its state and notes beside what the schema has. */
    static ObjectNode result(Assessment assessment) {
        try {
            ObjectNode view = (ObjectNode) JSON.readTree(AssessmentJson.write(assessment));
            view.put("state", State.DONE.name());
            putTexts(view, "notes", assessment.notes());
            return view;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result document could not be read", e);
        }
    }

    /** A stage: what it is and by when it should be met. */
    static ObjectNode stage(List<Check> checks, Optional<LocalDate> deadline, Stage stage) {
        ObjectNode view = object().put("stage", stage.name())
                .put("title", stage.title())
                .put("time", stage.time())
                .put(
                        "items",
                        checks.stream()
                                .filter(check -> Stage.ofItem(Check.card(check).id()) == stage)
                                .count());
        deadline.ifPresent(day -> view.put("deadline", day.toString()));
        putTexts(view, "notes", List.of());
        return view;
    }

    /** The view of a stage with its newest answers; {@code run} is null as long as there are none. */
    static ObjectNode answered(ObjectNode view, Stage stage, Optional<Assessment> latest) {
        ObjectNode run =
                latest.map(assessment -> result(assessment.only(stage))).orElse(null);
        view.set("run", run);
        return view;
    }

    /** A check's card. */
    static ObjectNode check(Check check) {
        RoadmapItem card = Check.card(check);
        ObjectNode view = object().put("checkId", card.id())
                .put("version", card.version())
                .put("stage", Stage.ofItem(card.id()).name())
                .put("title", card.title())
                .put("severity", card.severity().name());
        putTexts(view, "needs", Arrays.stream(card.needs()).map(FactKind::name).toList());
        putTexts(
                view,
                "completedBy",
                Stream.concat(Arrays.stream(card.completedBy()), Arrays.stream(card.ofAccounts()))
                        .map(FactKind::name)
                        .toList());
        return view;
    }

    /** One point in the series of a check. */
    static ObjectNode history(HistoryEntry entry) {
        return object().put("runId", entry.runId())
                .put("at", entry.at().toString())
                .put("outcome", entry.outcome().name())
                .put("findings", entry.findings())
                .put("summary", entry.summary())
                .put("basis", entry.basis().name());
    }

    /** What a person decided, with who took it back if somebody did. */
    static ObjectNode withdrawal(ObjectNode view, Revision<?> kept) {
        kept.withdrawal()
                .ifPresent(withdrawal -> view.put("withdrawnBy", withdrawal.by())
                        .put("withdrawnAt", withdrawal.at().toString()));
        return view;
    }

    /** A document with a list under a name. */
    static ObjectNode list(String name, List<ObjectNode> elements) {
        ObjectNode view = object();
        view.putArray(name).addAll(elements);
        return view;
    }

    /** The text as a JSON document. */
    static String text(String text) {
        return JSON.getNodeFactory().textNode(text).toString();
    }

    private static void putTexts(ObjectNode view, String name, List<String> texts) {
        ArrayNode array = view.putArray(name);
        texts.forEach(array::add);
    }
}
