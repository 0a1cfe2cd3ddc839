package dev.parc.change;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a service takes as the value of a property; says of what it would refuse which property it is. */
public sealed interface Shape {

    /** An object id. */
    Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /**
     * Why the service would refuse a value; empty if it would not.
     *
     * @param path of the property, to begin the phrase
     */
    Optional<String> refuses(String path, JsonNode value);

    /** A text. */
    record Text(int longest) implements Shape {
        @Override
        public Optional<String> refuses(String path, JsonNode value) {
            if (!value.isTextual()) {
                return Optional.of("\"" + path + "\" must be a string");
            }
            return value.textValue().length() > longest
                    ? Optional.of("\"" + path + "\" has more than " + longest + " characters")
                    : Optional.empty();
        }
    }

    /** True or false. */
    record Flag() implements Shape {
        @Override
        public Optional<String> refuses(String path, JsonNode value) {
            return value.isBoolean() ? Optional.empty() : Optional.of("\"" + path + "\" must be true or false");
        }
    }

    /** A whole number. */
    record Whole() implements Shape {
        @Override
        public Optional<String> refuses(String path, JsonNode value) {
            return value.isIntegralNumber() ? Optional.empty() : Optional.of("\"" + path + "\" must be a whole number");
        }
    }

    /** One of some texts. */
    record OneOf(Set<String> values) implements Shape {
        @Override
        public Optional<String> refuses(String path, JsonNode value) {
            return value.isTextual() && values.contains(value.textValue())
                    ? Optional.empty()
                    : Optional.of("\"" + path + "\" must be one of " + String.join(", ", new TreeSet<>(values)));
        }
    }

    /** Texts of an enumeration, in one text with commas between them. */
    record SomeOf(Set<String> values) implements Shape {
        @Override
        public Optional<String> refuses(String path, JsonNode value) {
            return value.isTextual()
                            && values.containsAll(Set.of(value.textValue().split(",", -1)))
                    ? Optional.empty()
                    : Optional.of("\"" + path + "\" must be some of " + String.join(", ", new TreeSet<>(values)));
        }
    }

    /** A text that something holds of. */
    record That(String what, Predicate<String> holds) implements Shape {
        @Override
        public Optional<String> refuses(String path, JsonNode value) {
            return value.isTextual() && holds.test(value.textValue())
                    ? Optional.empty()
                    : Optional.of("\"" + path + "\" must be " + what);
        }
    }

    /** A list. */
    record Many(Shape of) implements Shape {
        @Override
        public Optional<String> refuses(String path, JsonNode value) {
            if (!value.isArray()) {
                return Optional.of("\"" + path + "\" must be a list");
            }
            for (int place = 0; place < value.size(); place++) {
                Optional<String> refused = of.refuses(path + "[" + place + "]", value.get(place));
                if (refused.isPresent()) {
                    return refused;
                }
            }
            return Optional.empty();
        }
    }

    /** Anything, where PARC does not know what the service takes. */
    record Anything() implements Shape {
        @Override
        public Optional<String> refuses(String path, JsonNode value) {
            return Optional.empty();
        }
    }

    /** The same, or null. */
    record OrNull(Shape shape) implements Shape {
        @Override
        public Optional<String> refuses(String path, JsonNode value) {
            return value.isNull() ? Optional.empty() : shape.refuses(path, value);
        }
    }

    /** What the service keeps itself. */
    record ReadOnly() implements Shape {
        @Override
        public Optional<String> refuses(String path, JsonNode value) {
            return Optional.of("\"" + path + "\" is read-only");
        }
    }

    /**
     * An object.
     *
     * @param open whether it may have other properties too
     */
    record Members(Map<String, Shape> members, boolean open) implements Shape {

        private static final int LONGEST_SHOWN = 120;

        public Members {
            members = Map.copyOf(members);
        }

        @Override
        public Optional<String> refuses(String path, JsonNode value) {
            if (!value.isObject()) {
                return Optional.of("\"" + path + "\" must be an object");
            }
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                String name = member.getKey();
                String inside = path.isEmpty() ? name : path + "." + name;
                Shape shape = members.get(name);
                if (shape == null && !open && !name.equals("@odata.type")) {
                    return Optional.of("\"" + ChangeException.shown(inside, LONGEST_SHOWN) + "\" is no property there");
                }
                Optional<String> refused = shape == null ? Optional.empty() : shape.refuses(inside, member.getValue());
                if (refused.isPresent()) {
                    return refused;
                }
            }
            return Optional.empty();
        }

        /** The same with one member more. */
        Members with(String name, Shape shape) {
            Map<String, Shape> more = new LinkedHashMap<>(members);
            more.put(name, shape);
            return new Members(more, open);
        }
    }

    /** An object with no member yet. */
    static Members object() {
        return new Members(Map.of(), false);
    }
}
