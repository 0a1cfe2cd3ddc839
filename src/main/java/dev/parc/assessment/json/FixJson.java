package dev.parc.assessment.json;

import static dev.parc.assessment.json.Json.child;
import static dev.parc.assessment.json.Json.children;
import static dev.parc.assessment.json.Json.constant;
import static dev.parc.assessment.json.Json.flag;
import static dev.parc.assessment.json.Json.number;
import static dev.parc.assessment.json.Json.text;
import static dev.parc.assessment.json.Json.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.ProposedFix;
import dev.parc.assessment.ProposedFix.Proved;
import dev.parc.assessment.ProposedFix.Request;
import dev.parc.check.Outcome;
import java.util.List;
import java.util.Optional;

/** What fixes an item, as it stands in its result. The change file in it is a document of its own, to be taken out as it is. */
public final class FixJson {

    private static final String CHANGE_SCHEMA = "parc-change/1";

    private FixJson() {}

    /**
     * What a change file asks for, in order.
     *
     * @param file schema {@code parc-change/1}
     */
    public static List<Request> requests(String file) {
        return requests(Json.read(file, CHANGE_SCHEMA));
    }

    /** A change file in the form in which results hold it: without white space. */
    public static String compact(String file) {
        return Json.write(Json.read(file, CHANGE_SCHEMA));
    }

    static ObjectNode node(ProposedFix fix) {
        ObjectNode node = Json.object();
        fix.change().ifPresent(change -> {
            node.put("proof", change.inWords())
                    .put("closes", change.closes())
                    .put("findings", change.findings())
                    .put("reportOnly", change.reportOnly())
                    .put("newlyAsked", change.newlyAsked());
            put(node, "requirements", change.requirements());
            node.put("everybody", change.everybody())
                    .put("compared", change.compared())
                    .put("after", change.after().name());
            put(node, "notes", change.notes());
            node.set("change", Json.read(change.file(), CHANGE_SCHEMA));
        });
        put(node, "because", fix.because());
        put(node, "left", fix.left());
        return node;
    }

    private static void put(ObjectNode node, String name, List<String> values) {
        ArrayNode array = node.putArray(name);
        values.forEach(array::add);
    }

    static ProposedFix read(JsonNode node) {
        return new ProposedFix(
                node.has("change") ? Optional.of(change(node)) : Optional.empty(),
                texts(node, "because"),
                texts(node, "left"));
    }

    private static Proved change(JsonNode node) {
        JsonNode file = child(node, "change");
        if (!text(file, "schema").equals(CHANGE_SCHEMA)) {
            throw new IllegalArgumentException("\"change\" must have the schema " + CHANGE_SCHEMA);
        }
        return new Proved(
                Json.write(file),
                requests(file),
                number(node, "closes"),
                number(node, "findings"),
                flag(node, "reportOnly"),
                number(node, "newlyAsked"),
                texts(node, "requirements"),
                flag(node, "everybody"),
                number(node, "compared"),
                constant(Outcome.class, node, "after"),
                texts(node, "notes"));
    }

    private static List<Request> requests(JsonNode file) {
        return children(file, "requests").stream()
                .map(request -> new Request(
                        text(request, "method"),
                        text(request, "url"),
                        request.path("why").asText()))
                .toList();
    }
}
