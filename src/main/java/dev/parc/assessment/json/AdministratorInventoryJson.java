package dev.parc.assessment.json;

import static dev.parc.assessment.json.Shapes.DOCUMENTS;

import dev.parc.assessment.run.AdministratorInventory;
import java.util.List;

/**
 * The effective administrators of a run, schema {@code parc-accounts/2}; version 1 is read too. Within the schema's version fields are added,
 * never changed. Reading ignores unknown fields, and throws {@link IllegalArgumentException} with one line if the document
 * is not one.
 */
public final class AdministratorInventoryJson {

    private static final String SCHEMA = "parc-accounts/2";

    /** Differs in one word: it calls permanent assignments standing. */
    private static final String FORMER = "parc-accounts/1";

    private AdministratorInventoryJson() {}

    /** The whole document. */
    public static String write(AdministratorInventory inventory) {
        return DOCUMENTS.write(SCHEMA, inventory);
    }

    /** The administrators of a whole document. */
    public static AdministratorInventory read(String document) {
        return DOCUMENTS.read(document, List.of(SCHEMA, FORMER), AdministratorInventory.class);
    }
}
