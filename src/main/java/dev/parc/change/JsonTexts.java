package dev.parc.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The texts that are values in a body, however deep. */
public final class JsonTexts {

    private JsonTexts() {}

    /** Puts another in the place of each text inside of an object or a list; names of properties stay. */
    public static void replace(JsonNode node, UnaryOperator<String> other) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (member.getValue().isTextual()) {
                    member.setValue(
                            TextNode.valueOf(other.apply(member.getValue().textValue())));
                } else {
                    replace(member.getValue(), other);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int place = 0; place < array.size(); place++) {
                if (array.get(place).isTextual()) {
                    array.set(place, other.apply(array.get(place).textValue()));
                } else {
                    replace(array.get(place), other);
                }
            }
        }
    }
}
