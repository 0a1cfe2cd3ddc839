package dev.parc.query;

import dev.parc.query.Token.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the expressions of a query: what it computes of a row. */
final class ExpressionReader {

    /** The tables that an expression may ask. */
    interface Tables {

        /** Whether a table, or a query of one, begins at the next word. */
        boolean startHere();

        /** The rows of the table that begins at the next word. */
        List<Row> rows();

        /** Whether the query has called a table so. */
        boolean has(String name);
    }

    private static final Map<String, Duration> UNITS = Map.ofEntries(
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("day", Duration.ofDays(1)),
            Map.entry("days", Duration.ofDays(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("hr", Duration.ofHours(1)),
            Map.entry("hrs", Duration.ofHours(1)),
            Map.entry("hour", Duration.ofHours(1)),
            Map.entry("hours", Duration.ofHours(1)),
            Map.entry("m", Duration.ofMinutes(1)),
            Map.entry("min", Duration.ofMinutes(1)),
            Map.entry("minute", Duration.ofMinutes(1)),
            Map.entry("minutes", Duration.ofMinutes(1)),
            Map.entry("s", Duration.ofSeconds(1)),
            Map.entry("sec", Duration.ofSeconds(1)),
            Map.entry("second", Duration.ofSeconds(1)),
            Map.entry("seconds", Duration.ofSeconds(1)),
            Map.entry("ms", Duration.ofMillis(1)));

    private static final Set<String> COMPARISONS = Set.of(
            "==",
            "!=",
            "<>",
            "=~",
            "!~",
            "<",
            ">",
            "<=",
            ">=",
            "has",
            "has_cs",
            "contains",
            "contains_cs",
            "startswith",
            "startswith_cs",
            "endswith",
            "endswith_cs",
            "hasprefix",
            "hasprefix_cs",
            "hassuffix",
            "hassuffix_cs",
            "like",
            "matches",
            "in",
            "in~",
            "has_any",
            "has_all",
            "between");

    private final QueryTokens tokens;
    private final Duration every;
    private final Map<String, Value> values;
    private final Tables tables;

    /**
     * @param every how often the query is asked
     * @param values what the query has called so
     */
    ExpressionReader(QueryTokens tokens, Duration every, Map<String, Value> values, Tables tables) {
        this.tokens = tokens;
        this.every = every;
        this.values = values;
        this.tables = tables;
    }

    Expression expression() {
        tokens.deeper();
        Expression any = joined("or", this::conjunction, Truth.NEVER, Truth::or);
        tokens.shallower();
        return any;
    }

    private Expression conjunction() {
        return joined("and", this::comparison, Truth.ALWAYS, Truth::and);
    }

    /** Parts with the word between them; one part alone is what it is, and no truth. */
    private Expression joined(String word, Supplier<Expression> part, Truth none, BinaryOperator<Truth> together) {
        List<Expression> parts = new ArrayList<>();
        do {
            parts.add(part.get());
        } while (tokens.acceptName(word));
        return parts.size() == 1
                ? parts.get(0)
                : row -> {
                    Truth truth = none;
                    for (Expression one : parts) {
                        truth = together.apply(truth, Truth.of(one.of(row)));
                    }
                    return truth;
                };
    }

    private Expression comparison() {
        Expression left = sum();
        Token token = tokens.peek();
        String written = token.text();
        boolean pair = written.equals("!=") || written.equals("!~");
        boolean negated = !pair && written.startsWith("!");
        String operator = negated ? written.substring(1) : written;
        if ((token.kind() != Kind.SYMBOL && token.kind() != Kind.NAME) || !COMPARISONS.contains(operator)) {
            return left;
        }
        tokens.take();
        Expression positive = compared(operator, left);
        if (tokens.peek().kind() != Kind.TEXT
                && COMPARISONS.contains(tokens.peek().text())) {
            throw QueryException.unknown("a comparison of a comparison");
        }
        return negated ? row -> Truth.of(positive.of(row)).not() : positive;
    }

    private Expression compared(String operator, Expression left) {
        return switch (operator) {
            case "in" -> among(left, "==");
            case "in~" -> among(left, "=~");
            case "has_any" -> among(left, "has");
            case "has_all" -> {
                list();
                yield row -> Truth.UNKNOWN;
            }
            case "matches" -> {
                if (!tokens.acceptName("regex")) {
                    throw QueryException.unknown("an odd comparison");
                }
                sum();
                yield row -> Truth.UNKNOWN;
            }
            case "between" -> {
                tokens.expect("(");
                Expression from = sum();
                tokens.expect("..");
                Expression to = sum();
                tokens.expect(")");
                yield row -> {
                    Value value = left.of(row);
                    return Comparison.of(">=", value, from.of(row), every)
                            .and(Comparison.of("<=", value, to.of(row), every));
                };
            }
            default -> {
                Expression right = sum();
                yield row -> {
                    tokens.spend(1);
                    return Comparison.of(operator, left.of(row), right.of(row), every);
                };
            }
        };
    }

    private Expression among(Expression left, String operator) {
        Function<Row, Optional<List<Row>>> list = list();
        return row -> {
            Value value = left.of(row);
            Optional<List<Row>> candidates = list.apply(row);
            if (candidates.isEmpty()) {
                return Truth.UNKNOWN;
            }
            Truth truth = Truth.NEVER;
            for (Row candidate : candidates.get()) {
                tokens.spend(1);
                Value item = candidate.whole() && !candidate.columns().isEmpty()
                        ? candidate.columns().values().iterator().next()
                        : Value.unknown();
                truth = truth.or(candidate.there().and(Comparison.of(operator, value, item, every)));
            }
            return truth;
        };
    }

    /** What stands in brackets after {@code in}, a row each; empty where it depends on what else happens. */
    private Function<Row, Optional<List<Row>>> list() {
        if (!tokens.peek().isSymbol("(")) {
            Expression bare = sum();
            return row -> Optional.of(rowsOf(List.of(bare.of(row))));
        }
        tokens.take();
        if (tables.startHere()) {
            List<Row> rows = tables.rows();
            tokens.expect(")");
            boolean others = rows.stream().anyMatch(row -> row.ofEvent() || !row.whole());
            return row -> others ? Optional.empty() : Optional.of(rows);
        }
        List<Expression> items = new ArrayList<>();
        while (!tokens.accept(")")) {
            items.add(listed());
            if (!tokens.accept(",") && !tokens.peek().isSymbol(")")) {
                throw QueryException.unknown("an odd list");
            }
        }
        return row ->
                Optional.of(rowsOf(items.stream().map(item -> item.of(row)).toList()));
    }

    /** A name that stands alone may be that of a table or of a saved function too. */
    private Expression listed() {
        boolean alone = tokens.peek().kind() == Kind.NAME
                && (tokens.peek(1).isSymbol(")") || tokens.peek(1).isSymbol(","));
        if (!alone || values.containsKey(tokens.peek().text())) {
            return expression();
        }
        Expression name = named(tokens.take().text());
        return row -> name.of(row.open());
    }

    private static List<Row> rowsOf(List<Value> items) {
        List<Row> rows = new ArrayList<>();
        for (Value item : items) {
            for (Value value : item instanceof Value.Items list ? list.items() : List.of(item)) {
                rows.add(Row.fixed(Map.of("item", value), true));
            }
        }
        return rows;
    }

    private Expression sum() {
        Expression sum = product();
        int length = 0;
        while (tokens.peek().isSymbol("+") || tokens.peek().isSymbol("-")) {
            if (++length > QueryTokens.DEEPEST) {
                throw QueryException.unknown("too long");
            }
            boolean plus = tokens.take().isSymbol("+");
            Expression left = sum;
            Expression right = product();
            sum = row -> added(left.of(row), right.of(row), plus);
        }
        return sum;
    }

    private static Value added(Value left, Value right, boolean plus) {
        if (left instanceof Value.Before before && right instanceof Value.Span span) {
            return new Value.Before(
                    plus ? before.ago().minus(span.length()) : before.ago().plus(span.length()));
        }
        return Value.unknown();
    }

    private Expression product() {
        Expression product = signed();
        boolean plain = true;
        while (tokens.peek().isSymbol("*")
                || tokens.peek().isSymbol("/")
                || tokens.peek().isSymbol("%")) {
            tokens.take();
            signed();
            plain = false;
        }
        return plain ? product : row -> Value.unknown();
    }

    private Expression signed() {
        if (tokens.accept("-")) {
            Expression value = path();
            return row -> negative(value.of(row));
        }
        return path();
    }

    private static Value negative(Value value) {
        if (value instanceof Value.Numeral it) {
            return new Value.Numeral(-it.number());
        }
        return value instanceof Value.Span it ? new Value.Span(it.length().negated()) : Value.unknown();
    }

    private Expression path() {
        Expression value = primary();
        int length = 0;
        while (tokens.peek().isSymbol(".") || tokens.peek().isSymbol("[")) {
            if (++length > QueryTokens.DEEPEST) {
                throw QueryException.unknown("too long");
            }
            Expression whole = value;
            if (tokens.accept(".")) {
                String name = tokens.name();
                value = row -> property(whole.of(row), name);
            } else {
                tokens.take();
                Expression key = expression();
                tokens.expect("]");
                value = row -> property(whole.of(row), key.of(row) instanceof Value.Text it ? it.text() : "");
            }
        }
        return value;
    }

    private static Value property(Value value, String name) {
        if (value instanceof Value.Properties properties) {
            return properties.known().getOrDefault(name, properties.other());
        }
        return value instanceof Value.Varying ? value : Value.unknown();
    }

    private Expression primary() {
        Token token = tokens.take();
        switch (token.kind()) {
            case TEXT -> {
                Value text = new Value.Text(token.text());
                return row -> text;
            }
            case DIGITS -> {
                Value number = number(token.text());
                return row -> number;
            }
            case NAME -> {
                return tokens.accept("(") ? call(token.text()) : named(token.text());
            }
            default -> {}
        }
        if (token.isSymbol("(")) {
            Expression inner = expression();
            tokens.expect(")");
            return inner;
        }
        if (token.isSymbol("[") && tokens.peek().kind() == Kind.TEXT) {
            String name = tokens.take().text();
            tokens.expect("]");
            return named(name);
        }
        if (token.isSymbol("*")) {
            return row -> Value.unknown();
        }
        throw QueryException.unknown("nothing that PARC follows");
    }

    private static Value number(String digits) {
        int end = 0;
        while (end < digits.length() && (Character.isDigit(digits.charAt(end)) || digits.charAt(end) == '.')) {
            end++;
        }
        String unit = digits.substring(end);
        if (end > 15) {
            return Value.unknown();
        }
        double number;
        try {
            number = Double.parseDouble(digits.substring(0, end));
        } catch (NumberFormatException e) {
            return Value.unknown(); // such as a version
        }
        if (unit.isEmpty()) {
            return new Value.Numeral(number);
        }
        Duration length = UNITS.get(unit);
        return length == null || number > 1e6
                ? Value.unknown()
                : new Value.Span(Duration.ofMillis((long) (number * length.toMillis())));
    }

    private Expression named(String name) {
        if (name.equals("true") || name.equals("false")) {
            Truth literal = Truth.of(name.equals("true"));
            return row -> literal;
        }
        Value value = values.get(name);
        boolean table = tables.has(name);
        return row -> {
            tokens.spend(1);
            Value column = row.columns().get(name);
            if (column instanceof Value.Removed) {
                throw QueryException.wrong("a column that was taken away");
            }
            if (column != null) {
                return value == null && !table ? column : Value.unknown();
            }
            if (value != null) {
                return value;
            }
            if (row.whole() && !table) {
                throw QueryException.wrong("no column of this name");
            }
            return Value.unknown();
        };
    }

    private Expression call(String function) {
        switch (function) {
            case "dynamic" -> {
                return dynamic();
            }
            case "typeof",
                    "datetime",
                    "date",
                    "guid",
                    "timespan",
                    "time",
                    "decimal",
                    "real",
                    "int",
                    "long",
                    "double",
                    "bool" -> {
                boolean span = (function.equals("time") || function.equals("timespan"))
                        && tokens.peek().kind() == Kind.DIGITS
                        && tokens.peek(1).isSymbol(")");
                Value literal = span ? number(tokens.peek().text()) : Value.unknown();
                tokens.skipBrackets();
                return row -> literal;
            }
            case "toscalar" -> {
                return scalar();
            }
            default -> {}
        }
        List<Expression> arguments = new ArrayList<>();
        boolean followed = true;
        while (!tokens.accept(")")) {
            if (tables.startHere()) {
                tables.rows();
                followed = false;
            } else if (tokens.accept("*")) {
                followed = false;
            } else {
                arguments.add(expression());
            }
            if (!tokens.accept(",") && !tokens.peek().isSymbol(")")) {
                throw QueryException.unknown("an odd call");
            }
        }
        if (!followed || values.containsKey(function)) {
            return row -> Value.unknown();
        }
        if (function.equals("column_ifexists") && arguments.size() == 2) {
            Expression name = arguments.get(0);
            return row -> {
                Value column = name.of(row) instanceof Value.Text it
                        ? row.columns().getOrDefault(it.text(), Value.unknown())
                        : Value.unknown();
                return column instanceof Value.Removed ? Value.unknown() : column;
            };
        }
        return row -> {
            tokens.spend(1);
            return BuiltIns.call(
                    function,
                    arguments.stream().map(argument -> argument.of(row)).toList(),
                    every);
        };
    }

    private Expression scalar() {
        if (!tables.startHere()) {
            tokens.skipBrackets();
            return row -> Value.unknown();
        }
        List<Row> rows = tables.rows();
        tokens.expect(")");
        boolean one = rows.size() == 1
                && !rows.get(0).ofEvent()
                && rows.get(0).whole()
                && rows.get(0).columns().size() == 1
                && rows.get(0).there().is(Truth.ALWAYS);
        Value value = one ? rows.get(0).columns().values().iterator().next() : Value.unknown();
        Value is = value instanceof Value.Items || value instanceof Value.Text ? value : Value.unknown();
        return row -> is;
    }

    /** A list of texts and numbers; anything else is not followed. */
    private Expression dynamic() {
        if (!tokens.accept("[")) {
            tokens.skipBrackets();
            return row -> Value.unknown();
        }
        List<Value> items = new ArrayList<>();
        boolean plain = true;
        while (!tokens.accept("]")) {
            Token token = tokens.peek();
            if (token.kind() == Kind.TEXT) {
                items.add(new Value.Text(tokens.take().text()));
            } else if (token.kind() == Kind.DIGITS) {
                items.add(number(tokens.take().text()));
            } else {
                plain = false;
                if (tokens.skip(",", "]").isEmpty()) {
                    throw QueryException.unknown("an odd list");
                }
            }
            if (!tokens.accept(",") && !tokens.peek().isSymbol("]")) {
                throw QueryException.unknown("an odd list");
            }
        }
        tokens.expect(")");
        Value list = plain ? new Value.Items(List.copyOf(items)) : Value.unknown();
        return row -> list;
    }
}
