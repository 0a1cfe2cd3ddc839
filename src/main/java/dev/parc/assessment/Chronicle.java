package dev.parc.assessment;

import static dev.parc.assessment.Json.children;
import static dev.parc.assessment.Json.constant;
import static dev.parc.assessment.Json.number;
import static dev.parc.assessment.Json.text;
import static dev.parc.assessment.Json.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A tenant's past in one document, schema {@code parc-chronicle/1}: finished runs, and what people decided.
 *
 * @param runs the oldest first
 * @param decisions entries of the ledger
 */
public record Chronicle(List<Assessment> runs, List<Decision> decisions) {

    private static final String SCHEMA = "parc-chronicle/1";

    /** One entry of one book. */
    public record Decision(Ledger.Book book, Ledger.Entry entry) {}

    public Chronicle {
        runs = List.copyOf(runs);
        decisions = List.copyOf(decisions);
    }

    /** The document. */
    public String write() {
        ObjectNode document = Json.object().put("schema", SCHEMA);
        ArrayNode results = document.putArray("runs");
        runs.forEach(run -> results.add(AssessmentJson.write(run)));
        ArrayNode ledger = document.putArray("decisions");
        decisions.forEach(decision -> ledger.addObject()
                .put("book", decision.book().name())
                .put("key", decision.entry().key())
                .put("revision", decision.entry().revision())
                .put("document", decision.entry().document()));
        return Json.write(document);
    }

    /**
     * The chronicle of a document.
     *
     * @throws IllegalArgumentException with one line if it is not one
     */
    public static Chronicle read(String document) {
        JsonNode node = Json.read(document, SCHEMA);
        return new Chronicle(
                texts(node, "runs").stream().map(AssessmentJson::read).toList(),
                children(node, "decisions").stream()
                        .map(one -> new Decision(
                                constant(Ledger.Book.class, one, "book"),
                                new Ledger.Entry(text(one, "key"), number(one, "revision"), text(one, "document"))))
                        .toList());
    }
}
