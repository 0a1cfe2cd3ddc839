package dev.parc.query;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The comparisons of the query language, on what is known of both sides. */
final class Comparison {

    private static final Map<String, String> FLIPPED = Map.of("<", ">", ">", "<", "<=", ">=", ">=", "<=");

    private Comparison() {}

    /**
     * @param operator as it is written, without an exclamation mark
     * @param every how often the rule asks
     */
    static Truth of(String operator, Value left, Value right, Duration every) {
        return switch (operator) {
            case "==" -> equal(left, right, true);
            case "=~" -> equal(left, right, false);
            case "!=", "<>" ->
                left instanceof Value.Count count && isZero(right)
                        ? count.any()
                        : equal(left, right, true).not();
            case "!~" -> equal(left, right, false).not();
            case "<", ">", "<=", ">=" -> order(operator, left, right, every);
            case "has" -> texts(left, right, Comparison::hasTerm, false);
            case "has_cs" -> texts(left, right, Comparison::hasTerm, true);
            case "contains" -> texts(left, right, Comparison::contains, false);
            case "contains_cs" -> texts(left, right, Comparison::contains, true);
            case "startswith" -> texts(left, right, (text, part) -> Truth.of(text.startsWith(part)), false);
            case "startswith_cs" -> texts(left, right, (text, part) -> Truth.of(text.startsWith(part)), true);
            case "endswith" -> texts(left, right, (text, part) -> Truth.of(text.endsWith(part)), false);
            case "endswith_cs" -> texts(left, right, (text, part) -> Truth.of(text.endsWith(part)), true);
            default -> Truth.UNKNOWN;
        };
    }

    /** Whether one of the items fits. */
    static Truth any(List<Value> items, String operator, Value left, Duration every) {
        Truth truth = Truth.NEVER;
        for (Value item : items) {
            truth = truth.or(of(operator, left, item, every));
        }
        return truth;
    }

    private interface TextTest {
        Truth of(String text, String part);
    }

    private static Truth contains(String text, String part) {
        return Truth.of(text.contains(part));
    }

    private static boolean isZero(Value value) {
        return value instanceof Value.Numeral it && it.number() == 0;
    }

    private static Truth equal(Value left, Value right, boolean mindsCase) {
        if (left instanceof Value.Count || right instanceof Value.Count) {
            return order("==", left, right, Duration.ZERO);
        }
        if (left instanceof Truth condition && right instanceof Truth wanted) {
            return wanted.is(Truth.ALWAYS) ? condition : wanted.is(Truth.NEVER) ? condition.not() : Truth.UNKNOWN;
        }
        if (left instanceof Value.Numeral one && right instanceof Value.Numeral two) {
            return Truth.of(one.number() == two.number());
        }
        if (left instanceof Value.Text one && right instanceof Value.Numeral two) {
            return equal(one.text(), two.number());
        }
        if (left instanceof Value.Numeral one && right instanceof Value.Text two) {
            return equal(two.text(), one.number());
        }
        if ((left instanceof Value.Varying && isPlain(right)) || (right instanceof Value.Varying && isPlain(left))) {
            return Truth.SOMETIMES;
        }
        return left instanceof Value.Text && right instanceof Value.Named
                ? texts(right, left, (text, part) -> Truth.of(text.equals(part)), mindsCase)
                : texts(left, right, (text, part) -> Truth.of(text.equals(part)), mindsCase);
    }

    private static boolean isPlain(Value value) {
        return value instanceof Value.Numeral
                || (value instanceof Truth truth && (truth.is(Truth.ALWAYS) || truth.is(Truth.NEVER)));
    }

    private static Truth equal(String text, double number) {
        try {
            return Truth.of(Double.parseDouble(text.strip()) == number);
        } catch (NumberFormatException e) {
            return Truth.UNKNOWN;
        }
    }

    /** In what case the log writes a name is not certain, so a test that minds case and fails by case alone is not either. */
    private static Truth texts(Value left, Value right, TextTest test, boolean mindsCase) {
        if (!(right instanceof Value.Text it)) {
            if (left instanceof Value.Named one && right instanceof Value.Named two) {
                return test.of(fold(one.usual()), fold(two.usual())).is(Truth.NEVER) ? Truth.NEVER : Truth.UNKNOWN;
            }
            return Truth.UNKNOWN;
        }
        String part = it.text();
        if (left instanceof Value.Varying) {
            return part.isEmpty() ? Truth.UNKNOWN : Truth.SOMETIMES;
        }
        if (left instanceof Value.Text text) {
            return mindsCase ? test.of(text.text(), part) : test.of(fold(text.text()), fold(part));
        }
        if (left instanceof Value.Named name) {
            Truth folded = test.of(fold(name.usual()), fold(part));
            return !mindsCase
                            || folded.is(Truth.NEVER)
                            || test.of(name.usual(), part).is(Truth.ALWAYS)
                    ? folded
                    : Truth.UNKNOWN;
        }
        return Truth.UNKNOWN;
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** A part that begins and ends where terms do; terms are runs of letters and digits. */
    private static Truth hasTerm(String text, String part) {
        if (part.isEmpty() || !isAscii(text) || !isAscii(part)) {
            return Truth.UNKNOWN;
        }
        Truth found = Truth.NEVER;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            int end = at + part.length();
            found = found.or(border(text, at - 1, at).and(border(text, end - 1, end)));
        }
        return found;
    }

    private static Truth border(String text, int before, int after) {
        if (before < 0 || after >= text.length()) {
            return Truth.ALWAYS;
        }
        if (isTerm(text.charAt(before)) && isTerm(text.charAt(after))) {
            return Truth.NEVER;
        }
        // whether an underscore ends a term is not documented
        return text.charAt(before) == '_' || text.charAt(after) == '_' ? Truth.UNKNOWN : Truth.ALWAYS;
    }

    private static boolean isTerm(char c) {
        return c < 128 && Character.isLetterOrDigit(c);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static Truth order(String operator, Value left, Value right, Duration every) {
        if (right instanceof Value.Count || right instanceof Value.EventTime) {
            return left instanceof Value.Count || left instanceof Value.EventTime
                    ? Truth.UNKNOWN
                    : order(FLIPPED.getOrDefault(operator, operator), right, left, every);
        }
        if (left instanceof Value.EventTime && right instanceof Value.Before before) {
            return time(operator, before.ago(), every);
        }
        if (!(right instanceof Value.Numeral it)) {
            return Truth.UNKNOWN;
        }
        if (left instanceof Value.Count count) {
            return count(operator, count.any(), it.number());
        }
        if (left instanceof Value.Varying) {
            return Truth.SOMETIMES;
        }
        return left instanceof Value.Numeral number
                ? Truth.of(holds(operator, Double.compare(number.number(), it.number())))
                : Truth.UNKNOWN;
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            case ">=" -> order >= 0;
            default -> order == 0;
        };
    }

    /** What lies no further back than the rule last asked is met by one of its runs. */
    private static Truth time(String operator, Duration ago, Duration every) {
        if (operator.startsWith(">")) {
            return ago.compareTo(every) >= 0
                    ? Truth.ALWAYS.duringRuns()
                    : ago.isNegative() || ago.isZero() ? Truth.UNKNOWN : Truth.SOMETIMES.duringRuns();
        }
        return operator.startsWith("<") && (ago.isNegative() || ago.isZero())
                ? Truth.ALWAYS.duringRuns()
                : Truth.UNKNOWN;
    }

    /** There is one where there is any; whether there are more differs from time to time. */
    private static Truth count(String operator, Truth any, double number) {
        boolean certain = any.is(Truth.ALWAYS);
        return switch (operator) {
            case ">" -> number < 0 ? Truth.ALWAYS : number < 1 ? any : any.and(Truth.SOMETIMES);
            case ">=" -> number <= 0 ? Truth.ALWAYS : number <= 1 ? any : any.and(Truth.SOMETIMES);
            case "==" -> number == 0 ? (certain ? Truth.NEVER : Truth.UNKNOWN) : any.and(Truth.SOMETIMES);
            case "<" -> !certain ? Truth.UNKNOWN : number <= 1 ? Truth.NEVER : Truth.SOMETIMES;
            case "<=" -> !certain ? Truth.UNKNOWN : number < 1 ? Truth.NEVER : Truth.SOMETIMES;
            default -> Truth.UNKNOWN;
        };
    }
}
