package dev.parc.query;

import dev.parc.query.Token.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;

/** Follows an event through a query, from its tables through each operator, and ends with the rows that it may have. */
final class QueryReader {

    /** What people watch with; none of them holds sign-ins or operations of Azure beside the one that is asked for. */
    private static final Set<String> OTHER_TABLES = Set.of(
            "SigninLogs",
            "AuditLogs",
            "AzureActivity",
            "AADNonInteractiveUserSignInLogs",
            "AADServicePrincipalSignInLogs",
            "AADManagedIdentitySignInLogs",
            "AADProvisioningLogs",
            "ADFSSignInLogs",
            "MicrosoftGraphActivityLogs",
            "MicrosoftServicePrincipalSignInLogs",
            "OfficeActivity",
            "SecurityEvent",
            "WindowsEvent",
            "Event",
            "Syslog",
            "Perf",
            "Heartbeat",
            "Usage",
            "Operation",
            "AzureMetrics",
            "StorageBlobLogs",
            "AppTraces",
            "AppRequests",
            "AppExceptions",
            "AppEvents",
            "AppDependencies",
            "ContainerLog",
            "ContainerLogV2",
            "CommonSecurityLog",
            "AzureDiagnostics",
            "InsightsMetrics",
            "VMConnection",
            "VMComputer",
            "ContainerInventory",
            "KubeEvents",
            "KubePodInventory",
            "KubeNodeInventory",
            "W3CIISLog",
            "ProtectionStatus",
            "Update",
            "ConfigurationChange",
            "ConfigurationData",
            "LAQueryLogs",
            "AppServiceHTTPLogs",
            "AppServiceConsoleLogs",
            "AppAvailabilityResults",
            "AppPageViews",
            "AppMetrics",
            "AppSystemEvents",
            "FunctionAppLogs",
            "StorageFileLogs",
            "DnsEvents",
            "ThreatIntelligenceIndicator",
            "AWSCloudTrail",
            "EmailEvents",
            "DeviceEvents",
            "DeviceProcessEvents",
            "DeviceFileEvents",
            "DeviceNetworkEvents");

    private static final String OWN_TABLES = "_CL";

    private static final Set<String> SOURCES = Set.of(
            "union", "datatable", "materialize", "print", "range", "externaldata", "search", "find", "_GetWatchlist");

    private static final Set<String> HYPHENATED = Set.of(
            "project-away",
            "project-keep",
            "project-rename",
            "project-reorder",
            "parse-where",
            "mv-expand",
            "mv-apply",
            "sample-distinct",
            "make-series",
            "top-nested",
            "top-hitters",
            "parse-kv");

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

    private static final int DEEPEST = 100;
    private static final int MOST_ROWS = 20_000;
    private static final int MOST_STEPS = 2_000_000;

    private final List<Token> tokens;
    private final LoggedEvent event;
    private final Duration every;
    private final Function<String, Optional<List<Map<String, String>>>> watchlists;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, List<Row>> tables = new LinkedHashMap<>();
    private int at;
    private int depth;
    private int steps;

    QueryReader(
            List<Token> tokens,
            LoggedEvent event,
            Duration every,
            Function<String, Optional<List<Map<String, String>>>> watchlists) {
        this.tokens = tokens;
        this.event = event;
        this.every = every;
        this.watchlists = watchlists;
    }

    /** The rows that the event may have in what the query returns. */
    List<Row> rows() {
        while (peek().isName("let")) {
            let();
        }
        List<Row> rows = tabular();
        skipSemicolons();
        if (peek().kind() != Kind.END) {
            throw QueryException.unknown("more than one question");
        }
        return rows;
    }

    private void skipSemicolons() {
        boolean more = true;
        while (more) {
            more = accept(";");
        }
    }

    // --- words --------------------------------------------------------------------------------------------------

    private Token peek() {
        return peek(0);
    }

    private Token peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : Token.LAST;
    }

    private Token take() {
        Token token = peek();
        at++;
        return token;
    }

    private boolean accept(String symbol) {
        if (peek().isSymbol(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    private boolean acceptName(String name) {
        if (peek().isName(name)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String symbol) {
        if (!accept(symbol)) {
            throw QueryException.unknown("no " + symbol + " where one was expected");
        }
    }

    private String name() {
        Token token = take();
        if (token.kind() == Kind.NAME) {
            return token.text();
        }
        if (token.isSymbol("[") && peek().kind() == Kind.TEXT) {
            String name = take().text();
            expect("]");
            return name;
        }
        throw QueryException.unknown("no name where one was expected");
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw QueryException.unknown("too deep");
        }
    }

    private void spend(int count) {
        steps += count;
        if (steps > MOST_STEPS) {
            throw QueryException.unknown("too long");
        }
    }

    private boolean ends(Token token) {
        return token.kind() == Kind.END || token.isSymbol("|") || token.isSymbol(";") || token.isSymbol(")");
    }

    /** Leaves out what stands before the next operator, or before one of the symbols, brackets with what is in them. */
    private List<Token> skip(String... stops) {
        List<Token> skipped = new ArrayList<>();
        int open = 0;
        while (peek().kind() != Kind.END) {
            Token token = peek();
            if (open == 0 && (ends(token) || (List.of(stops).contains(token.text()) && token.kind() != Kind.TEXT))) {
                break;
            }
            if (token.kind() == Kind.SYMBOL) {
                open += "([{".contains(token.text()) ? 1 : ")]}".contains(token.text()) ? -1 : 0;
            }
            skipped.add(take());
        }
        return skipped;
    }

    /** Leaves out what stands in brackets, the first of which was taken. */
    private void skipBrackets() {
        int open = 1;
        while (open > 0) {
            Token token = take();
            if (token.kind() == Kind.END) {
                throw QueryException.unknown("a bracket without its end");
            }
            if (token.kind() == Kind.SYMBOL) {
                open += "([{".contains(token.text()) ? 1 : ")]}".contains(token.text()) ? -1 : 0;
            }
        }
    }

    // --- tables -------------------------------------------------------------------------------------------------

    private void let() {
        take();
        String name = name();
        expect("=");
        values.remove(name);
        tables.remove(name);
        if (isFunction()) {
            skip();
            values.put(name, Value.unknown());
        } else if (startsTable(0)) {
            tables.put(name, tabular());
        } else {
            values.put(name, expression().of(Row.NOWHERE));
        }
        expect(";");
        skipSemicolons();
    }

    /** Whether a function is defined here, which is not followed. */
    private boolean isFunction() {
        int from = at;
        try {
            if (acceptName("view") || peek().isSymbol("(")) {
                if (accept("(")) {
                    skipBrackets();
                    return peek().isSymbol("{");
                }
            }
            return false;
        } finally {
            at = from;
        }
    }

    private boolean startsTable(int ahead) {
        int next = ahead;
        while (peek(next).isSymbol("(")) {
            next++;
        }
        Token token = peek(next);
        Token after = peek(next + 1);
        if (token.kind() != Kind.NAME) {
            return false;
        }
        return SOURCES.contains(token.text())
                || tables.containsKey(token.text())
                || (!values.containsKey(token.text()) && isTable(token.text()) && !after.isSymbol("("))
                || after.isSymbol("|");
    }

    private boolean isTable(String name) {
        return name.equals(event.table()) || OTHER_TABLES.contains(name) || name.endsWith(OWN_TABLES);
    }

    private List<Row> tabular() {
        deeper();
        List<Row> rows = source();
        while (accept("|")) {
            rows = operator(rows);
            if (rows.size() > MOST_ROWS) {
                throw QueryException.unknown("too many rows");
            }
            spend(rows.size() + 1);
        }
        depth--;
        return rows;
    }

    private List<Row> source() {
        if (accept("(")) {
            List<Row> rows = tabular();
            expect(")");
            return rows;
        }
        if (peek().kind() != Kind.NAME) {
            throw QueryException.unknown("no table where one was expected");
        }
        String name = take().text();
        switch (name) {
            case "union" -> {
                return union();
            }
            case "datatable" -> {
                return datatable();
            }
            case "materialize" -> {
                if (accept("(")) {
                    List<Row> rows = tabular();
                    expect(")");
                    return rows;
                }
            }
            case "_GetWatchlist" -> {
                return watchlist();
            }
            case "print", "range", "externaldata", "search", "find" -> {
                skip();
                return List.of(Row.UNKNOWN);
            }
            default -> {}
        }
        if (!ends(peek()) && !peek().isSymbol(",")) {
            skip(",");
            return List.of(Row.UNKNOWN);
        }
        List<Row> named = tables.get(name);
        if (named != null) {
            return named;
        }
        if (values.containsKey(name) || !isTable(name)) {
            return List.of(Row.UNKNOWN);
        }
        return List.of(new Row(
                Truth.of(name.equals(event.table())),
                true,
                false,
                name.equals(event.table()) ? event.columns() : Map.of(),
                false));
    }

    private List<Row> union() {
        List<Row> rows = new ArrayList<>();
        while (peek().kind() == Kind.NAME && (peek(1).isSymbol("=") || peek(1).isSymbol("."))) {
            take();
            while (accept(".")) {
                take();
            }
            expect("=");
            take();
        }
        do {
            source().forEach(row -> rows.add(row.open()));
        } while (accept(","));
        if (rows.size() > MOST_ROWS) {
            throw QueryException.unknown("too many rows");
        }
        return rows;
    }

    private List<Row> datatable() {
        expect("(");
        List<String> names = new ArrayList<>();
        do {
            names.add(name());
            expect(":");
            name();
        } while (accept(","));
        expect(")");
        expect("[");
        List<Value> cells = new ArrayList<>();
        while (!accept("]")) {
            cells.add(expression().of(Row.NOWHERE));
            if (!accept(",") && !peek().isSymbol("]")) {
                throw QueryException.unknown("an odd table");
            }
        }
        if (cells.size() % names.size() != 0) {
            throw QueryException.unknown("an odd table");
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < cells.size(); i += names.size()) {
            Map<String, Value> columns = new LinkedHashMap<>();
            for (int j = 0; j < names.size(); j++) {
                columns.put(names.get(j), cells.get(i + j));
            }
            rows.add(Row.fixed(columns, true));
        }
        return rows;
    }

    private List<Row> watchlist() {
        expect("(");
        Token alias = take();
        boolean plain = alias.kind() == Kind.TEXT && peek().isSymbol(")");
        if (!plain) {
            at--;
        }
        skipBrackets();
        Optional<List<Map<String, String>>> items = plain ? watchlists.apply(alias.text()) : Optional.empty();
        if (items.isEmpty()) {
            return List.of(Row.UNKNOWN);
        }
        List<Row> rows = new ArrayList<>();
        for (Map<String, String> item : items.get()) {
            Map<String, Value> columns = new LinkedHashMap<>();
            item.forEach((name, text) -> columns.put(name, new Value.Text(text)));
            if (columns.size() == 1) {
                columns.put("SearchKey", columns.values().iterator().next());
            }
            rows.add(Row.fixed(columns, false));
        }
        return rows;
    }

    // --- operators ----------------------------------------------------------------------------------------------

    private String operatorName() {
        String name = name();
        while (peek().isSymbol("-")
                && peek(1).kind() == Kind.NAME
                && HYPHENATED.contains(name + "-" + peek(1).text())) {
            take();
            name += "-" + take().text();
        }
        return name;
    }

    private List<Row> operator(List<Row> rows) {
        String operator = operatorName();
        List<Row> result = switch (operator) {
            case "where", "filter" -> where(rows);
            case "extend" -> extend(rows);
            case "project" -> project(rows);
            case "project-away" -> projectAway(rows);
            case "project-keep" -> projectKeep(rows);
            case "project-rename" -> projectRename(rows);
            case "summarize" -> summarize(rows);
            case "distinct" -> distinct(rows);
            case "take", "limit", "top", "sample" -> some(rows);
            case "count" -> counted(rows, "Count");
            case "union" -> {
                List<Row> all = new ArrayList<>();
                rows.forEach(row -> all.add(row.open()));
                all.addAll(union());
                yield all;
            }
            case "join", "lookup" -> joined(rows, operator);
            case "parse" -> {
                List<String> names = skip().stream().map(Token::text).toList();
                yield each(rows, row -> row.without(names).open());
            }
            case "sort", "order", "serialize", "render", "as", "project-reorder" -> {
                skip();
                yield rows;
            }
            case "mv-expand", "parse-where", "parse-kv", "sample-distinct", "top-hitters" -> {
                skip();
                yield each(
                        rows, row -> row.there(row.there().and(Truth.UNKNOWN)).columns(Map.of(), false));
            }
            default -> {
                skip();
                yield List.of(Row.UNKNOWN);
            }
        };
        if (!ends(peek())) {
            throw QueryException.unknown(operator + " with something else after it");
        }
        return result;
    }

    private static List<Row> each(List<Row> rows, Function<Row, Row> change) {
        return rows.stream().map(change).toList();
    }

    private List<Row> where(List<Row> rows) {
        Expression condition = expression();
        if (peek().isSymbol("=")) {
            throw QueryException.wrong("one equals sign compares nothing");
        }
        return each(rows, row -> {
            Row kept = row.there(row.there().and(Truth.of(condition.of(row))));
            boolean counts = row.regardless()
                    && row.ofEvent()
                    && !Truth.of(condition.of(row)).equals(Truth.of(condition.of(row.another())));
            return counts ? kept.brought() : kept;
        });
    }

    /** Names with what is computed for them; without a name where the service makes one up. */
    private Map<Optional<String>, Expression> assignments() {
        Map<Optional<String>, Expression> assignments = new LinkedHashMap<>();
        do {
            Optional<String> name = Optional.empty();
            if (peek().kind() == Kind.NAME && peek(1).isSymbol("=")) {
                name = Optional.of(name());
                take();
            } else if (peek().kind() == Kind.NAME && (ends(peek(1)) || peek(1).isSymbol(","))) {
                name = Optional.of(peek().text());
            }
            assignments.put(name, expression());
        } while (accept(","));
        return assignments;
    }

    private List<Row> extend(List<Row> rows) {
        Map<Optional<String>, Expression> assignments = assignments();
        return each(rows, row -> {
            Map<String, Value> columns = new LinkedHashMap<>(row.columns());
            assignments.forEach((name, value) -> name.ifPresent(it -> columns.put(it, value.of(row))));
            return row.columns(columns, row.whole() && !assignments.containsKey(Optional.<String>empty()));
        });
    }

    private List<Row> project(List<Row> rows) {
        Map<Optional<String>, Expression> assignments = assignments();
        return each(rows, row -> {
            Map<String, Value> columns = new LinkedHashMap<>();
            assignments.forEach((name, value) -> {
                Value is = value.of(row);
                name.ifPresent(it -> columns.put(it, is));
            });
            return row.columns(columns, !assignments.containsKey(Optional.<String>empty()));
        });
    }

    /** Names, with a star at the end where all that begin so are meant. */
    private List<String> patterns() {
        List<String> patterns = new ArrayList<>();
        do {
            String name = peek().isSymbol("*") ? "" : name();
            patterns.add(accept("*") ? name + "*" : name);
        } while (accept(","));
        return patterns;
    }

    private static boolean fits(String name, List<String> patterns) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                        : name.equals(pattern));
    }

    private List<Row> projectAway(List<Row> rows) {
        List<String> patterns = patterns();
        return each(rows, row -> {
            Map<String, Value> columns = new LinkedHashMap<>(row.columns());
            patterns.stream()
                    .filter(pattern -> !pattern.endsWith("*"))
                    .forEach(name -> columns.put(name, Value.unknown()));
            columns.replaceAll((name, value) -> fits(name, patterns) ? new Value.Removed() : value);
            return row.columns(columns, row.whole());
        });
    }

    private List<Row> projectKeep(List<Row> rows) {
        List<String> patterns = patterns();
        boolean exact = patterns.stream().noneMatch(pattern -> pattern.endsWith("*"));
        return each(rows, row -> {
            Map<String, Value> columns = new LinkedHashMap<>();
            if (exact) {
                patterns.forEach(name -> columns.put(name, Value.unknown()));
            }
            row.columns().forEach((name, value) -> {
                if (fits(name, patterns)) {
                    columns.put(name, value);
                }
            });
            return row.columns(columns, exact);
        });
    }

    private List<Row> projectRename(List<Row> rows) {
        Map<String, String> renamed = new LinkedHashMap<>();
        do {
            String name = name();
            expect("=");
            renamed.put(name, name());
        } while (accept(","));
        return each(rows, row -> {
            Map<String, Value> columns = new LinkedHashMap<>(row.columns());
            renamed.values().forEach(old -> columns.put(old, new Value.Removed()));
            renamed.forEach((name, old) -> columns.put(name, row.columns().getOrDefault(old, Value.unknown())));
            return row.columns(columns, row.whole());
        });
    }

    private List<Row> distinct(List<Row> rows) {
        return accept("*") ? rows : project(rows);
    }

    private List<Row> some(List<Row> rows) {
        Value number = expression().of(Row.NOWHERE);
        skip();
        return each(rows, row -> {
            Truth cut = number instanceof Value.Numeral it
                    ? row.there().and(Truth.of(it.number() >= 1))
                    : row.there().and(Truth.UNKNOWN);
            return row.another().there(cut);
        });
    }

    private List<Row> joined(List<Row> rows, String operator) {
        List<Token> words = skip();
        String kind = operator.equals("lookup") ? "leftouter" : "innerunique";
        for (int i = 0; i + 2 < words.size() && !words.get(i).isSymbol("("); i++) {
            if (words.get(i).isName("kind") && words.get(i + 1).isSymbol("=")) {
                kind = words.get(i + 2).text();
            }
        }
        return switch (kind) {
            case "leftouter" -> each(rows, Row::open);
            case "inner", "innerunique", "leftsemi", "leftanti", "leftantisemi", "anti" ->
                each(rows, row -> row.there(row.there().and(Truth.UNKNOWN)).open());
            default -> List.of(Row.UNKNOWN);
        };
    }

    /** One row whatever happens, with how many there are. */
    private static List<Row> counted(List<Row> rows, String name) {
        return List.of(one(rows, Map.of(name, count(rows)), true));
    }

    private static Row one(List<Row> rows, Map<String, Value> columns, boolean whole) {
        boolean ofEvent = rows.stream().anyMatch(Row::ofEvent);
        return new Row(Truth.ALWAYS, ofEvent, true, columns, whole);
    }

    private static Value.Count count(List<Row> rows) {
        Truth any = Truth.NEVER;
        for (Row row : rows) {
            any = any.or(row.regardless() && !row.there().is(Truth.NEVER) ? Truth.UNKNOWN : row.there());
        }
        return new Value.Count(any);
    }

    // --- summaries ----------------------------------------------------------------------------------------------

    private List<Row> summarize(List<Row> rows) {
        Map<String, Aggregate> aggregates = new LinkedHashMap<>();
        boolean whole = true;
        while (!ends(peek()) && !peek().isName("by")) {
            if (peek(1).isSymbol("=") || (peek().kind() == Kind.NAME && peek(1).isSymbol("("))) {
                Optional<String> name = Optional.empty();
                if (peek(1).isSymbol("=")) {
                    name = Optional.of(name());
                    take();
                }
                name = name.or(this::madeUpName);
                Aggregate aggregate = aggregate();
                whole &= name.isPresent();
                name.ifPresent(it -> aggregates.put(it, aggregate));
            } else {
                skip(",", "by");
                whole = false;
            }
            if (!accept(",")) {
                break;
            }
        }
        if (acceptName("by")) {
            return grouped(rows, aggregates, whole);
        }
        if (!ends(peek())) {
            throw QueryException.unknown("an odd summary");
        }
        Map<String, Value> columns = new LinkedHashMap<>();
        aggregates.forEach((name, aggregate) -> columns.put(name, aggregate.of(rows)));
        return List.of(one(rows, columns, whole));
    }

    /** The name that the service gives to what has none; empty where PARC does not know it. */
    private Optional<String> madeUpName() {
        String function = peek().text();
        if (function.equals("count")) {
            return Optional.of("count_");
        }
        boolean ofColumn = (function.equals("make_set") || function.equals("make_list"))
                && peek(2).kind() == Kind.NAME
                && peek(3).isSymbol(")");
        return ofColumn ? Optional.of(function.substring("make_".length()) + "_" + peek(2).text()) : Optional.empty();
    }

    private interface Aggregate {
        Value of(List<Row> rows);
    }

    private Aggregate aggregate() {
        int from = at;
        String function = name();
        if (function.equals("count") && accept("(") && accept(")") && isItem()) {
            return QueryReader::count;
        }
        at = from + 1;
        if ((function.equals("make_set") || function.equals("make_list")) && accept("(")) {
            Expression value = expression();
            if (accept(")") && isItem()) {
                return rows -> collected(rows, value);
            }
        }
        at = from;
        skip(",", "by");
        return rows -> Value.unknown();
    }

    private boolean isItem() {
        return ends(peek()) || peek().isSymbol(",") || peek().isName("by");
    }

    private static Value collected(List<Row> rows, Expression value) {
        boolean known =
                rows.stream().allMatch(row -> !row.ofEvent() && row.there().is(Truth.ALWAYS));
        return known ? new Value.Items(rows.stream().map(value::of).toList()) : Value.unknown();
    }

    /** A row of the event is in one group, and the group is there as it is. */
    private List<Row> grouped(List<Row> rows, Map<String, Aggregate> aggregates, boolean aggregatesWhole) {
        Map<String, Expression> keys = new LinkedHashMap<>();
        boolean whole = aggregatesWhole;
        do {
            Optional<String> name = Optional.empty();
            if (peek().kind() == Kind.NAME && peek(1).isSymbol("=")) {
                name = Optional.of(name());
                take();
            } else if (peek().kind() == Kind.NAME && (ends(peek(1)) || peek(1).isSymbol(","))) {
                name = Optional.of(peek().text());
            } else if (peek().isName("bin") && peek(1).isSymbol("(") && peek(2).kind() == Kind.NAME) {
                name = Optional.of(peek(2).text());
            }
            Expression key = expression();
            whole &= name.isPresent();
            name.ifPresent(it -> keys.put(it, key));
        } while (accept(","));
        boolean all = whole;
        return each(rows, row -> {
            Map<String, Value> columns = new LinkedHashMap<>();
            keys.forEach((name, key) -> columns.put(name, key.of(row)));
            aggregates.forEach((name, aggregate) -> columns.put(
                    name,
                    aggregate.of(List.of(row)) instanceof Value.Count
                            ? new Value.Count(Truth.ALWAYS)
                            : Value.unknown()));
            return row.columns(columns, all);
        });
    }

    // --- expressions --------------------------------------------------------------------------------------------

    private Expression expression() {
        deeper();
        Expression any = joined("or", this::conjunction, Truth.NEVER, Truth::or);
        depth--;
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
        } while (acceptName(word));
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
        Token token = peek();
        String written = token.text();
        boolean pair = written.equals("!=") || written.equals("!~");
        boolean negated = !pair && written.startsWith("!");
        String operator = negated ? written.substring(1) : written;
        if ((token.kind() != Kind.SYMBOL && token.kind() != Kind.NAME) || !COMPARISONS.contains(operator)) {
            return left;
        }
        take();
        Expression positive = compared(operator, left);
        if (peek().kind() != Kind.TEXT && COMPARISONS.contains(peek().text())) {
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
                if (!acceptName("regex")) {
                    throw QueryException.unknown("an odd comparison");
                }
                sum();
                yield row -> Truth.UNKNOWN;
            }
            case "between" -> {
                expect("(");
                Expression from = sum();
                expect("..");
                Expression to = sum();
                expect(")");
                yield row -> {
                    Value value = left.of(row);
                    return Comparison.of(">=", value, from.of(row), every)
                            .and(Comparison.of("<=", value, to.of(row), every));
                };
            }
            default -> {
                Expression right = sum();
                yield row -> {
                    spend(1);
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
                spend(1);
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
        if (!peek().isSymbol("(")) {
            Expression bare = sum();
            return row -> Optional.of(rowsOf(List.of(bare.of(row))));
        }
        take();
        if (startsTable(0)) {
            List<Row> rows = tabular();
            expect(")");
            boolean others = rows.stream().anyMatch(row -> row.ofEvent() || !row.whole());
            return row -> others ? Optional.empty() : Optional.of(rows);
        }
        List<Expression> items = new ArrayList<>();
        while (!accept(")")) {
            items.add(listed());
            if (!accept(",") && !peek().isSymbol(")")) {
                throw QueryException.unknown("an odd list");
            }
        }
        return row ->
                Optional.of(rowsOf(items.stream().map(item -> item.of(row)).toList()));
    }

    /** A name that stands alone may be that of a table or of a saved function too. */
    private Expression listed() {
        boolean alone = peek().kind() == Kind.NAME && (peek(1).isSymbol(")") || peek(1).isSymbol(","));
        if (!alone || values.containsKey(peek().text())) {
            return expression();
        }
        Expression name = named(take().text());
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
        while (peek().isSymbol("+") || peek().isSymbol("-")) {
            if (++length > DEEPEST) {
                throw QueryException.unknown("too long");
            }
            boolean plus = take().isSymbol("+");
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
        while (peek().isSymbol("*") || peek().isSymbol("/") || peek().isSymbol("%")) {
            take();
            signed();
            plain = false;
        }
        return plain ? product : row -> Value.unknown();
    }

    private Expression signed() {
        if (accept("-")) {
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
        while (peek().isSymbol(".") || peek().isSymbol("[")) {
            if (++length > DEEPEST) {
                throw QueryException.unknown("too long");
            }
            Expression whole = value;
            if (accept(".")) {
                String name = name();
                value = row -> property(whole.of(row), name);
            } else {
                take();
                Expression key = expression();
                expect("]");
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
        Token token = take();
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
                return accept("(") ? call(token.text()) : named(token.text());
            }
            default -> {}
        }
        if (token.isSymbol("(")) {
            Expression inner = expression();
            expect(")");
            return inner;
        }
        if (token.isSymbol("[") && peek().kind() == Kind.TEXT) {
            String name = take().text();
            expect("]");
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
        boolean table = tables.containsKey(name);
        return row -> {
            spend(1);
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
                        && peek().kind() == Kind.DIGITS
                        && peek(1).isSymbol(")");
                Value literal = span ? number(peek().text()) : Value.unknown();
                skipBrackets();
                return row -> literal;
            }
            case "toscalar" -> {
                return scalar();
            }
            default -> {}
        }
        List<Expression> arguments = new ArrayList<>();
        boolean followed = true;
        while (!accept(")")) {
            if (startsTable(0)) {
                tabular();
                followed = false;
            } else if (accept("*")) {
                followed = false;
            } else {
                arguments.add(expression());
            }
            if (!accept(",") && !peek().isSymbol(")")) {
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
            spend(1);
            return BuiltIns.call(
                    function,
                    arguments.stream().map(argument -> argument.of(row)).toList(),
                    every);
        };
    }

    private Expression scalar() {
        if (!startsTable(0)) {
            skipBrackets();
            return row -> Value.unknown();
        }
        List<Row> rows = tabular();
        expect(")");
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
        if (!accept("[")) {
            skipBrackets();
            return row -> Value.unknown();
        }
        List<Value> items = new ArrayList<>();
        boolean plain = true;
        while (!accept("]")) {
            Token token = peek();
            if (token.kind() == Kind.TEXT) {
                items.add(new Value.Text(take().text()));
            } else if (token.kind() == Kind.DIGITS) {
                items.add(number(take().text()));
            } else {
                plain = false;
                if (skip(",", "]").isEmpty()) {
                    throw QueryException.unknown("an odd list");
                }
            }
            if (!accept(",") && !peek().isSymbol("]")) {
                throw QueryException.unknown("an odd list");
            }
        }
        expect(")");
        Value list = plain ? new Value.Items(List.copyOf(items)) : Value.unknown();
        return row -> list;
    }
}
