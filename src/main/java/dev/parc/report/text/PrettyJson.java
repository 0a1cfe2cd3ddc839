package dev.parc.report.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON that people read too: indented, with the same line ends on every system. */
public final class PrettyJson {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = MAPPER.writer(new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(LINES)
            .withArrayIndenter(LINES));

    private PrettyJson() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * JSON text, indented; what {@link VisibleText} would spell out is written as an escape of JSON, so that it is seen and stays the
     * same document.
     *
     * @param json an object
     */
    public static String of(String json) {
        String indented;
        try {
            indented = WRITER.writeValueAsString(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        StringBuilder text = new StringBuilder(indented.length());
        indented.codePoints().forEach(point -> {
            String one = Character.toString(point);
            if (point == '\n' || VisibleText.of(one).equals(one)) {
                text.append(one);
            } else {
                one.chars().forEach(unit -> text.append("\\u%04x".formatted(unit)));
            }
        });
        return text.toString();
    }

    public static String write(ObjectNode document) {
        try {
            return WRITER.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }
}
