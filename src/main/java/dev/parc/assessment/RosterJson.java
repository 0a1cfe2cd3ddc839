package dev.parc.assessment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.facts.ExplainedAdministrators;

/**
 * The effective administrators of a run, schema {@code parc-accounts/1}. Within the schema's version fields are added,
 * never changed. Reading ignores unknown fields, and throws {@link IllegalArgumentException} with one line if the document
 * is not one.
 */
public final class RosterJson {

    private static final String SCHEMA = "parc-accounts/1";

    private RosterJson() {}

    /** The whole document. */
    public static String write(Roster roster) {
        ObjectNode document = Json.object()
                .put("schema", SCHEMA)
                .put("runId", roster.runId())
                .put("takenAt", roster.takenAt().toString());
        ArrayNode administrators = document.putArray("administrators");
        roster.explained().administrators().forEach(one -> administrators.add(ExplanationJson.write(one)));
        ArrayNode missing = document.putArray("missing");
        roster.explained().missing().forEach(missing::add);
        return Json.write(document);
    }

    /** The administrators of a whole document. */
    public static Roster read(String document) {
        JsonNode node = Json.read(document, SCHEMA);
        return new Roster(
                Json.runId(node),
                Json.time(node, "takenAt"),
                new ExplainedAdministrators(
                        Json.children(node, "administrators").stream()
                                .map(ExplanationJson::read)
                                .toList(),
                        Json.texts(node, "missing")));
    }
}
