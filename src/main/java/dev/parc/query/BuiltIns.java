package dev.parc.query;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The functions of the query language that people use to say whom they watch; any other gives what is not known. */
final class BuiltIns {

    private static final int LONGEST_TEXT = 10_000;

    private BuiltIns() {}

    static Value call(String name, List<Value> arguments, Duration every) {
        Value first = arguments.isEmpty() ? Value.unknown() : arguments.get(0);
        return switch (name) {
            case "tolower" -> first.lower();
            case "toupper" -> first.upper();
            case "tostring" -> asText(first);
            case "toint", "tolong", "todouble", "toreal" -> asNumber(first);
            case "not" -> Truth.of(first).not();
            case "isempty" -> isEmpty(first);
            case "isnotempty", "notempty" -> isEmpty(first).not();
            case "isnull" -> isNull(first);
            case "isnotnull", "notnull" -> isNull(first).not();
            case "iff", "iif", "case" -> choice(arguments);
            case "ago" -> first instanceof Value.Span span ? new Value.Before(span.length()) : Value.unknown();
            case "now" ->
                arguments.isEmpty()
                        ? new Value.Before(Duration.ZERO)
                        : first instanceof Value.Span span
                                ? new Value.Before(span.length().negated())
                                : Value.unknown();
            case "ingestion_time" -> Value.eventTime();
            case "pack_array" -> items(arguments);
            case "strcat" -> joined(arguments);
            case "parse_json", "todynamic" -> first instanceof Value.Properties ? first : Value.unknown();
            case "set_has_element" ->
                first instanceof Value.Items items && arguments.size() == 2
                        ? Comparison.any(items.items(), "==", arguments.get(1), every)
                        : Value.unknown();
            default -> Value.unknown();
        };
    }

    private static Value asText(Value value) {
        if (value instanceof Value.Numeral it) {
            return it.number() == Math.rint(it.number()) && Math.abs(it.number()) < 1e15
                    ? new Value.Text(Long.toString((long) it.number()))
                    : Value.unknown();
        }
        return value instanceof Value.Text || value instanceof Value.Named || value instanceof Value.Varying
                ? value
                : Value.unknown();
    }

    private static Value asNumber(Value value) {
        if (value instanceof Value.Text it && it.text().matches("-?[0-9]{1,15}")) {
            return new Value.Numeral(Long.parseLong(it.text()));
        }
        return value instanceof Value.Numeral || value instanceof Value.Count ? value : Value.unknown();
    }

    private static Truth isEmpty(Value value) {
        if (value instanceof Value.Text it) {
            return Truth.of(it.text().isEmpty());
        }
        return value instanceof Value.Named it ? Truth.of(it.usual().isEmpty()) : isNull(value);
    }

    private static Truth isNull(Value value) {
        boolean is = value instanceof Value.Text
                || value instanceof Value.Named
                || value instanceof Value.Numeral
                || value instanceof Value.EventTime;
        return is ? Truth.NEVER : Truth.UNKNOWN;
    }

    /** Conditions, each with the value that it gives, and what is given where none is met. */
    private static Value choice(List<Value> arguments) {
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            Truth met = Truth.of(arguments.get(i));
            if (met.timed() || !met.is(Truth.NEVER)) {
                return met.is(Truth.ALWAYS) && !met.timed() ? arguments.get(i + 1) : Value.unknown();
            }
        }
        return arguments.size() % 2 == 1 ? arguments.get(arguments.size() - 1) : Value.unknown();
    }

    /** Lists inside of lists are not followed. */
    private static Value items(List<Value> arguments) {
        List<Value> items = new ArrayList<>();
        arguments.forEach(value -> items.add(value instanceof Value.Items ? Value.unknown() : value));
        return new Value.Items(List.copyOf(items));
    }

    private static Value joined(List<Value> arguments) {
        StringBuilder text = new StringBuilder();
        for (Value value : arguments) {
            if (!(value instanceof Value.Text part)
                    || text.length() + part.text().length() > LONGEST_TEXT) {
                return Value.unknown();
            }
            text.append(part.text());
        }
        return new Value.Text(text.toString());
    }
}
