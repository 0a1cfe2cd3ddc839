package dev.parc.assessment.json;

import static dev.parc.assessment.json.Shapes.DOCUMENTS;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.ledger.Ledger;
import java.util.List;

/**
 * A tenant's past in one document, schema {@code parc-chronicle/1}: finished runs, and what people decided.
 *
 * @param runs the oldest first
 * @param decisions entries of the ledger
 */
public record TenantHistory(List<Assessment> runs, List<Decision> decisions) {

    private static final String SCHEMA = "parc-chronicle/1";

    /** One entry of one book. */
    public record Decision(Ledger.Book book, Ledger.Entry entry) {}

    public TenantHistory {
        runs = List.copyOf(runs);
        decisions = List.copyOf(decisions);
    }

    /** Each run is a document of its own, as a text. */
    private record Document(List<String> runs, List<Decision> decisions) {}

    /** The document. */
    public String write() {
        return DOCUMENTS.write(
                SCHEMA, new Document(runs.stream().map(AssessmentJson::write).toList(), decisions));
    }

    /**
     * The chronicle of a document.
     *
     * @throws IllegalArgumentException with one line if it is not one
     */
    public static TenantHistory read(String document) {
        Document past = DOCUMENTS.read(document, SCHEMA, Document.class);
        return new TenantHistory(past.runs().stream().map(AssessmentJson::read).toList(), past.decisions());
    }
}
