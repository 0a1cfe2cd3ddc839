package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.ChangeRequest;
import dev.parc.change.Kind;
import java.util.Optional;

/**
 * One object that a request of a change creates, changes or deletes.
 *
 * @param request with everything that stood for an id put in
 * @param url of the object, without the version
 * @param before as it was before this request; empty if it was not there
 * @param after as it is with it; empty if it is gone
 */
public record ChangedObject(
        ChangeRequest request, Kind kind, String url, Optional<ObjectNode> before, Optional<ObjectNode> after) {

    /** A name to show. */
    public String name() {
        return before.or(() -> after)
                .map(object -> object.path("displayName").asText())
                .filter(name -> !name.isEmpty())
                .orElse(url);
    }
}
