package dev.parc.assessment.statements;

import dev.parc.assessment.decision.Question;
import java.util.Optional;

/**
 * One statement of a document, as it was written.
 *
 * @param line where it begins, from 1; 0 if it does not come from a document
 * @param item the id of the item that it is kept under
 * @param statement its number
 * @param words what it says: nobody attests words that they did not see
 * @param by who attests; empty if that is whoever hands the document in
 * @param validUntil the last day on which it counts; empty leaves the statement open
 * @param evidence a link to what shows it
 * @param note anything else; may be empty
 */
public record StatementEntry(
        int line,
        String item,
        int statement,
        String words,
        Optional<String> by,
        Optional<String> validUntil,
        Optional<String> evidence,
        String note) {

    /** What the statement is kept under. */
    public String key() {
        return Question.key(item, statement);
    }

    /** Where it stands, to begin a sentence with. */
    String place() {
        return line == 0 ? key() + ": " : "line " + line + ", " + key() + ": ";
    }
}
