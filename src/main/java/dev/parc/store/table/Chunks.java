package dev.parc.store.table;

import com.azure.data.tables.models.TableEntity;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * JSON documents as properties of entities, in ASCII so that no other encoding on the way can hurt them. A property
 * holds 64 KiB and an entity 1 MiB, both counted in UTF-16, so an entity takes fifteen chunks and leaves room for its
 * keys.
 */
final class Chunks {

    private static final int CHARS_A_PROPERTY = 32_000;
    private static final int PROPERTIES_AN_ENTITY = 15;

    private Chunks() {}

    /** Cuts a document into parts that fit an entity each; at least one. */
    static List<String> perEntity(String document) {
        return cut(ascii(document), CHARS_A_PROPERTY * PROPERTIES_AN_ENTITY);
    }

    /** The names of the properties that a document under this name may have. */
    static List<String> names(String name) {
        return IntStream.range(0, PROPERTIES_AN_ENTITY)
                .mapToObj(number -> name + number)
                .toList();
    }

    /** Puts a document, or a part of one, that fits an entity into it. */
    static void put(TableEntity entity, String name, String document) {
        List<String> chunks = cut(ascii(document), CHARS_A_PROPERTY);
        if (chunks.size() > PROPERTIES_AN_ENTITY) {
            throw new IllegalArgumentException("the " + name + " is too long to be kept");
        }
        for (int number = 0; number < chunks.size(); number++) {
            entity.addProperty(name + number, chunks.get(number));
        }
    }

    /** The document that was put under this name; empty if none was. */
    static String get(TableEntity entity, String name) {
        StringBuilder text = new StringBuilder();
        for (String property : names(name)) {
            if (entity.getProperty(property) instanceof String chunk) {
                text.append(chunk);
            }
        }
        return text.toString();
    }

    /** The same JSON with everything else escaped; it can only stand in texts, where an escape may. */
    private static String ascii(String document) {
        StringBuilder escaped = new StringBuilder(document.length());
        document.chars().forEach(c -> {
            if (c < 0x7f) {
                escaped.append((char) c);
            } else {
                escaped.append("\\u").append(HexFormat.of().toHexDigits((char) c));
            }
        });
        return escaped.toString();
    }

    private static List<String> cut(String text, int length) {
        List<String> parts = new ArrayList<>();
        for (int from = 0; from == 0 || from < text.length(); from += length) {
            parts.add(text.substring(from, Math.min(text.length(), from + length)));
        }
        return parts;
    }
}
