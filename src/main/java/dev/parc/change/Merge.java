package dev.parc.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * PATCH as Microsoft Graph does it: a property that is not named keeps its value, an object inside is merged in the same way, a
 * list and everything else is replaced.
 */
public final class Merge {

    private Merge() {}

    /** Merges a body into an object, which changes; the body does not. */
    public static void into(ObjectNode object, ObjectNode body) {
        for (Map.Entry<String, JsonNode> property : body.properties()) {
            JsonNode mine = object.get(property.getKey());
            if (mine instanceof ObjectNode inside
                    && property.getValue() instanceof ObjectNode more
                    && !property.getKey().equals("authenticationStrength")) {
                into(inside, more);
            } else {
                object.set(property.getKey(), property.getValue().deepCopy());
            }
        }
    }
}
