package dev.parc.store.table;

import com.azure.data.tables.models.TableEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Long texts as properties of entities. A property holds 64 KiB and an entity 1 MiB, both counted in UTF-16, so an
 * entity takes fifteen chunks and leaves room for its keys.
 */
final class Chunks {

    private static final int CHARS_A_PROPERTY = 32_000;
    private static final int PROPERTIES_AN_ENTITY = 15;

    private Chunks() {}

    /** Cuts a text into parts that fit an entity each; at least one. */
    static List<String> perEntity(String text) {
        return cut(text, CHARS_A_PROPERTY * PROPERTIES_AN_ENTITY);
    }

    /** The names of the properties that a text under this name may have. */
    static List<String> names(String name) {
        return IntStream.range(0, PROPERTIES_AN_ENTITY)
                .mapToObj(number -> name + number)
                .toList();
    }

    /** Puts a text that fits one entity into it. */
    static void put(TableEntity entity, String name, String text) {
        List<String> chunks = cut(text, CHARS_A_PROPERTY);
        if (chunks.size() > PROPERTIES_AN_ENTITY) {
            throw new IllegalArgumentException("the " + name + " is too long to be kept");
        }
        for (int number = 0; number < chunks.size(); number++) {
            entity.addProperty(name + number, chunks.get(number));
        }
    }

    /** The text that was put under this name; empty if none was. */
    static String get(TableEntity entity, String name) {
        StringBuilder text = new StringBuilder();
        for (String property : names(name)) {
            if (entity.getProperty(property) instanceof String chunk) {
                text.append(chunk);
            }
        }
        return text.toString();
    }

    private static List<String> cut(String text, int length) {
        List<String> parts = new ArrayList<>();
        for (int from = 0; from == 0 || from < text.length(); from += length) {
            parts.add(text.substring(from, Math.min(text.length(), from + length)));
        }
        return parts;
    }
}
