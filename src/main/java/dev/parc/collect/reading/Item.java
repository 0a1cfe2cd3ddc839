package dev.parc.collect.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of an answer, read strictly: a property that is not there was not read, and throws
 * {@link GapException} as one of the wrong type does; an explicit null is empty.
 */
public final class Item {

    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final String plural;
    private final ObjectNode node;

    /** @param plural what such objects are called, for example "users" */
    public Item(String plural, JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            throw new GapException(plural + " came that are no objects");
        }
        this.plural = plural;
        this.node = object;
    }

    /** The text's lower-case form if it is a GUID; ids are compared in this form everywhere. */
    public static Optional<String> guid(String text) {
        return GUID.matcher(text).matches() ? Optional.of(text.toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    /** A GUID, lower case. */
    public String id(String name) {
        return guid(requiredText(name)).orElseThrow(() -> malformed(name));
    }

    public Optional<String> text(String name) {
        return present(name).map(value -> asText(name, value));
    }

    public String requiredText(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    public Optional<Boolean> flag(String name) {
        return present(name).map(value -> {
            if (!value.isBoolean()) {
                throw malformed(name);
            }
            return value.booleanValue();
        });
    }

    public boolean requiredFlag(String name) {
        return flag(name).orElseThrow(() -> missing(name));
    }

    public double requiredNumber(String name) {
        return present(name)
                .map(value -> {
                    if (!value.isNumber()) {
                        throw malformed(name);
                    }
                    return value.doubleValue();
                })
                .orElseThrow(() -> missing(name));
    }

    /** A point in time. */
    public Optional<Instant> time(String name) {
        return text(name).map(value -> {
            try {
                return OffsetDateTime.parse(value).toInstant();
            } catch (DateTimeException e) {
                throw malformed(name);
            }
        });
    }

    /** A list of texts; a null list is empty. */
    public List<String> texts(String name) {
        return elements(name).map(value -> asText(name, value)).toList();
    }

    /** A list of objects; a null list is empty. */
    public List<Item> items(String name) {
        return elements(name).map(value -> new Item(plural, value)).toList();
    }

    public Optional<Item> item(String name) {
        return present(name).map(value -> {
            if (!value.isObject()) {
                throw malformed(name);
            }
            return new Item(plural, value);
        });
    }

    /** An object that may be absent, which then says as little as null. */
    public Optional<Item> optional(String name) {
        return has(name) ? item(name) : Optional.empty();
    }

    /** A list of objects that may be absent. */
    public Stream<Item> optionalItems(String name) {
        return has(name) ? items(name).stream() : Stream.empty();
    }

    public Item requiredItem(String name) {
        return item(name).orElseThrow(() -> missing(name));
    }

    /** Whether the property came at all, be it null. */
    public boolean has(String name) {
        return node.has(name);
    }

    /** Whether the property holds a text rather than a list. */
    public boolean isText(String name) {
        return node.path(name).isTextual();
    }

    /** Whether the property holds a list, be it empty. */
    public boolean isList(String name) {
        return node.path(name).isArray();
    }

    /** The first of these properties that holds a text; for names, which decide nothing. */
    public Optional<String> firstText(String... names) {
        return Stream.of(names)
                .map(node::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    /** The names of the properties that say something: not null, not empty, no annotation or action of the protocol. */
    public List<String> set() {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (!isEmpty(property.getValue()) && !isAnnotation(property.getKey())) {
                names.add(property.getKey());
            }
        }
        return names;
    }

    /**
     * The same object with what another telling of it says besides, or says otherwise, of some of its properties; what the
     * other one leaves empty stays as it is here. An authentication strength stays too: both tell it by its id.
     *
     * @param other null if there is none
     */
    public Item filledFrom(@Nullable ObjectNode other, Set<String> properties) {
        if (other == null) {
            return this;
        }
        ObjectNode filled = node.deepCopy();
        fill(filled, other.deepCopy().retain(properties));
        return new Item(plural, filled);
    }

    private static void fill(ObjectNode target, ObjectNode other) {
        for (Map.Entry<String, JsonNode> property : other.properties()) {
            String name = property.getKey();
            JsonNode mine = target.path(name);
            if (isEmpty(property.getValue()) || isAnnotation(name)) {
                continue;
            }
            if (mine instanceof ObjectNode inside && property.getValue() instanceof ObjectNode more && !isEmpty(mine)) {
                if (!name.equals("authenticationStrength")) {
                    fill(inside, more);
                }
            } else {
                target.set(name, property.getValue());
            }
        }
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull() || value.isMissingNode() || (value.isContainerNode() && value.isEmpty());
    }

    private static boolean isAnnotation(String name) {
        return name.contains("@odata.") || name.startsWith("#");
    }

    /** A gap about this object. */
    public GapException malformed(String name) {
        return new GapException(plural + " came with an unusable " + name);
    }

    private GapException missing(String name) {
        return new GapException(plural + " came without " + name);
    }

    private String asText(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw malformed(name);
        }
        return value.textValue();
    }

    private Optional<JsonNode> present(String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw missing(name);
        }
        return value.isNull() ? Optional.empty() : Optional.of(value);
    }

    private Stream<JsonNode> elements(String name) {
        return present(name).stream().flatMap(value -> {
            if (!value.isArray()) {
                throw malformed(name);
            }
            return value.valueStream();
        });
    }
}
