package dev.parc.assessment.publishing;

import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.parc.assessment.document.Binding;
import java.util.Map;

/**
 * The documents of the sequence. Reading ignores unknown fields, and throws {@link IllegalArgumentException} with one line if
 * the document is not one.
 */
public final class PublicationJson {

    private static final String PUBLICATION = "parc-publication/1";
    private static final String TOMBSTONE = "parc-tombstone/1";

    private static final Binding DOCUMENTS = new Binding(Map.of(), Map.of(), new SimpleModule());

    private PublicationJson() {}

    /** The publication as schema {@code parc-publication/1}. */
    public static String write(Publication publication) {
        return DOCUMENTS.write(PUBLICATION, publication);
    }

    /** The publication of a document. */
    public static Publication read(String document) {
        return DOCUMENTS.read(document, PUBLICATION, Publication.class);
    }

    /** The tombstone as schema {@code parc-tombstone/1}. */
    public static String write(Tombstone tombstone) {
        return DOCUMENTS.write(TOMBSTONE, tombstone);
    }

    /** The tombstone of a document. */
    public static Tombstone readTombstone(String document) {
        return DOCUMENTS.read(document, TOMBSTONE, Tombstone.class);
    }
}
