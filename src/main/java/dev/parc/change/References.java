package dev.parc.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;

/** What earlier requests of a change created, for the later ones that name it by {@code ${id.id}}. */
public final class References {

    private final Map<String, String> ids = new HashMap<>();

    /** The id that stands for that of an object which a request would create; the same for the same id of a request. */
    public static String standIn(ChangeRequest request) {
        return UUID.nameUUIDFromBytes(("parc-change " + request.id()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Remembers what a request created. */
    public void created(ChangeRequest request, ObjectNode object) {
        if (request.method() != ChangeRequest.Method.DELETE && object.path("id").isTextual()) {
            ids.put(request.id(), object.path("id").textValue());
        }
    }

    /**
     * The request with the ids in the places that name them.
     *
     * @throws ChangeException if it names what creates nothing
     */
    public ChangeRequest resolved(ChangeRequest request) {
        Optional<ObjectNode> body = request.body().map(given -> {
            ObjectNode copy = given.deepCopy();
            JsonTexts.replace(copy, text -> resolved(text, request));
            return copy;
        });
        return request.with(request.url().at(resolved(request.url().path(), request)), body);
    }

    private String resolved(String text, ChangeRequest request) {
        Matcher matcher = ChangeJson.REFERENCE.matcher(text);
        return matcher.replaceAll(found -> {
            String id = ids.get(found.group(1));
            if (id == null) {
                throw ChangeException.of(
                        request,
                        "it names the id of what request " + found.group(1) + " creates, which creates nothing");
            }
            return Matcher.quoteReplacement(id);
        });
    }
}
