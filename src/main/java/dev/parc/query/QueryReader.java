package dev.parc.query;

import dev.parc.query.Token.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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

    private static final int MOST_ROWS = 20_000;

    private final QueryTokens tokens;

    private final LoggedEvent event;

    private final Function<String, Optional<List<Map<String, String>>>> watchlists;

    private final Map<String, Value> values = new LinkedHashMap<>();

    private final Map<String, List<Row>> tables = new LinkedHashMap<>();

    private final ExpressionReader expressions;

    QueryReader(
            List<Token> tokens,
            LoggedEvent event,
            Duration every,
            Function<String, Optional<List<Map<String, String>>>> watchlists) {
        this.tokens = new QueryTokens(tokens);
        this.event = event;
        this.watchlists = watchlists;
        this.expressions = new ExpressionReader(this.tokens, every, values, new ExpressionReader.Tables() {
            @Override
            public boolean startHere() {
                return startsTable(0);
            }

            @Override
            public List<Row> rows() {
                return tabular();
            }

            @Override
            public boolean has(String name) {
                return tables.containsKey(name);
            }
        });
    }

    /** The rows that the event may have in what the query returns. */
    List<Row> rows() {
        while (tokens.peek().isName("let")) {
            let();
        }
        List<Row> rows = tabular();
        tokens.skipSemicolons();
        if (tokens.peek().kind() != Kind.END) {
            throw QueryException.unknown("more than one question");
        }
        return rows;
    }

    private void let() {
        tokens.take();
        String name = tokens.name();
        tokens.expect("=");
        values.remove(name);
        tables.remove(name);
        if (isFunction()) {
            tokens.skip();
            values.put(name, Value.unknown());
        } else if (startsTable(0)) {
            tables.put(name, tabular());
        } else {
            values.put(name, expressions.expression().of(Row.NOWHERE));
        }
        tokens.expect(";");
        tokens.skipSemicolons();
    }

    /** Whether a function is defined here, which is not followed. */
    private boolean isFunction() {
        int from = tokens.at();
        try {
            if (tokens.acceptName("view") || tokens.peek().isSymbol("(")) {
                if (tokens.accept("(")) {
                    tokens.skipBrackets();
                    return tokens.peek().isSymbol("{");
                }
            }
            return false;
        } finally {
            tokens.backTo(from);
        }
    }

    private boolean startsTable(int ahead) {
        int next = ahead;
        while (tokens.peek(next).isSymbol("(")) {
            next++;
        }
        Token token = tokens.peek(next);
        Token after = tokens.peek(next + 1);
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
        tokens.deeper();
        List<Row> rows = source();
        while (tokens.accept("|")) {
            rows = operator(rows);
            if (rows.size() > MOST_ROWS) {
                throw QueryException.unknown("too many rows");
            }
            tokens.spend(rows.size() + 1);
        }
        tokens.shallower();
        return rows;
    }

    private List<Row> source() {
        if (tokens.accept("(")) {
            List<Row> rows = tabular();
            tokens.expect(")");
            return rows;
        }
        if (tokens.peek().kind() != Kind.NAME) {
            throw QueryException.unknown("no table where one was expected");
        }
        String name = tokens.take().text();
        switch (name) {
            case "union" -> {
                return union();
            }
            case "datatable" -> {
                return datatable();
            }
            case "materialize" -> {
                if (tokens.accept("(")) {
                    List<Row> rows = tabular();
                    tokens.expect(")");
                    return rows;
                }
            }
            case "_GetWatchlist" -> {
                return watchlist();
            }
            case "print", "range", "externaldata", "search", "find" -> {
                tokens.skip();
                return List.of(Row.UNKNOWN);
            }
            default -> {}
        }
        if (!tokens.ends(tokens.peek()) && !tokens.peek().isSymbol(",")) {
            tokens.skip(",");
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
        while (tokens.peek().kind() == Kind.NAME
                && (tokens.peek(1).isSymbol("=") || tokens.peek(1).isSymbol("."))) {
            tokens.take();
            while (tokens.accept(".")) {
                tokens.take();
            }
            tokens.expect("=");
            tokens.take();
        }
        do {
            source().forEach(row -> rows.add(row.open()));
        } while (tokens.accept(","));
        if (rows.size() > MOST_ROWS) {
            throw QueryException.unknown("too many rows");
        }
        return rows;
    }

    private List<Row> datatable() {
        tokens.expect("(");
        List<String> names = new ArrayList<>();
        do {
            names.add(tokens.name());
            tokens.expect(":");
            tokens.name();
        } while (tokens.accept(","));
        tokens.expect(")");
        tokens.expect("[");
        List<Value> cells = new ArrayList<>();
        while (!tokens.accept("]")) {
            cells.add(expressions.expression().of(Row.NOWHERE));
            if (!tokens.accept(",") && !tokens.peek().isSymbol("]")) {
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
        tokens.expect("(");
        Token alias = tokens.take();
        boolean plain = alias.kind() == Kind.TEXT && tokens.peek().isSymbol(")");
        if (!plain) {
            tokens.backTo(tokens.at() - 1);
        }
        tokens.skipBrackets();
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

    private String operatorName() {
        String name = tokens.name();
        while (tokens.peek().isSymbol("-")
                && tokens.peek(1).kind() == Kind.NAME
                && HYPHENATED.contains(name + "-" + tokens.peek(1).text())) {
            tokens.take();
            name += "-" + tokens.take().text();
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
                List<String> names = tokens.skip().stream().map(Token::text).toList();
                yield each(rows, row -> row.without(names).open());
            }
            case "sort", "order", "serialize", "render", "as", "project-reorder" -> {
                tokens.skip();
                yield rows;
            }
            case "mv-expand", "parse-where", "parse-kv", "sample-distinct", "top-hitters" -> {
                tokens.skip();
                yield each(
                        rows, row -> row.there(row.there().and(Truth.UNKNOWN)).columns(Map.of(), false));
            }
            default -> {
                tokens.skip();
                yield List.of(Row.UNKNOWN);
            }
        };
        if (!tokens.ends(tokens.peek())) {
            throw QueryException.unknown(operator + " with something else after it");
        }
        return result;
    }

    private static List<Row> each(List<Row> rows, Function<Row, Row> change) {
        return rows.stream().map(change).toList();
    }

    private List<Row> where(List<Row> rows) {
        Expression condition = expressions.expression();
        if (tokens.peek().isSymbol("=")) {
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
            if (tokens.peek().kind() == Kind.NAME && tokens.peek(1).isSymbol("=")) {
                name = Optional.of(tokens.name());
                tokens.take();
            } else if (tokens.peek().kind() == Kind.NAME
                    && (tokens.ends(tokens.peek(1)) || tokens.peek(1).isSymbol(","))) {
                name = Optional.of(tokens.peek().text());
            }
            assignments.put(name, expressions.expression());
        } while (tokens.accept(","));
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
            String name = tokens.peek().isSymbol("*") ? "" : tokens.name();
            patterns.add(tokens.accept("*") ? name + "*" : name);
        } while (tokens.accept(","));
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
            String name = tokens.name();
            tokens.expect("=");
            renamed.put(name, tokens.name());
        } while (tokens.accept(","));
        return each(rows, row -> {
            Map<String, Value> columns = new LinkedHashMap<>(row.columns());
            renamed.values().forEach(old -> columns.put(old, new Value.Removed()));
            renamed.forEach((name, old) -> columns.put(name, row.columns().getOrDefault(old, Value.unknown())));
            return row.columns(columns, row.whole());
        });
    }

    private List<Row> distinct(List<Row> rows) {
        return tokens.accept("*") ? rows : project(rows);
    }

    private List<Row> some(List<Row> rows) {
        Value number = expressions.expression().of(Row.NOWHERE);
        tokens.skip();
        return each(rows, row -> {
            Truth cut = number instanceof Value.Numeral it
                    ? row.there().and(Truth.of(it.number() >= 1))
                    : row.there().and(Truth.UNKNOWN);
            return row.another().there(cut);
        });
    }

    private List<Row> joined(List<Row> rows, String operator) {
        List<Token> words = tokens.skip();
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

    private List<Row> summarize(List<Row> rows) {
        Map<String, Aggregate> aggregates = new LinkedHashMap<>();
        boolean whole = true;
        while (!tokens.ends(tokens.peek()) && !tokens.peek().isName("by")) {
            if (tokens.peek(1).isSymbol("=")
                    || (tokens.peek().kind() == Kind.NAME && tokens.peek(1).isSymbol("("))) {
                Optional<String> name = Optional.empty();
                if (tokens.peek(1).isSymbol("=")) {
                    name = Optional.of(tokens.name());
                    tokens.take();
                }
                name = name.or(this::madeUpName);
                Aggregate aggregate = aggregate();
                whole &= name.isPresent();
                name.ifPresent(it -> aggregates.put(it, aggregate));
            } else {
                tokens.skip(",", "by");
                whole = false;
            }
            if (!tokens.accept(",")) {
                break;
            }
        }
        if (tokens.acceptName("by")) {
            return grouped(rows, aggregates, whole);
        }
        if (!tokens.ends(tokens.peek())) {
            throw QueryException.unknown("an odd summary");
        }
        Map<String, Value> columns = new LinkedHashMap<>();
        aggregates.forEach((name, aggregate) -> columns.put(name, aggregate.of(rows)));
        return List.of(one(rows, columns, whole));
    }

    /** The name that the service gives to what has none; empty where PARC does not know it. */
    private Optional<String> madeUpName() {
        String function = tokens.peek().text();
        if (function.equals("count")) {
            return Optional.of("count_");
        }
        boolean ofColumn = (function.equals("make_set") || function.equals("make_list"))
                && tokens.peek(2).kind() == Kind.NAME
                && tokens.peek(3).isSymbol(")");
        return ofColumn
                ? Optional.of(function.substring("make_".length()) + "_"
                        + tokens.peek(2).text())
                : Optional.empty();
    }

    private interface Aggregate {
        Value of(List<Row> rows);
    }

    private Aggregate aggregate() {
        int from = tokens.at();
        String function = tokens.name();
        if (function.equals("count") && tokens.accept("(") && tokens.accept(")") && isItem()) {
            return QueryReader::count;
        }
        tokens.backTo(from + 1);
        if ((function.equals("make_set") || function.equals("make_list")) && tokens.accept("(")) {
            Expression value = expressions.expression();
            if (tokens.accept(")") && isItem()) {
                return rows -> collected(rows, value);
            }
        }
        tokens.backTo(from);
        tokens.skip(",", "by");
        return rows -> Value.unknown();
    }

    private boolean isItem() {
        return tokens.ends(tokens.peek())
                || tokens.peek().isSymbol(",")
                || tokens.peek().isName("by");
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
            if (tokens.peek().kind() == Kind.NAME && tokens.peek(1).isSymbol("=")) {
                name = Optional.of(tokens.name());
                tokens.take();
            } else if (tokens.peek().kind() == Kind.NAME
                    && (tokens.ends(tokens.peek(1)) || tokens.peek(1).isSymbol(","))) {
                name = Optional.of(tokens.peek().text());
            } else if (tokens.peek().isName("bin")
                    && tokens.peek(1).isSymbol("(")
                    && tokens.peek(2).kind() == Kind.NAME) {
                name = Optional.of(tokens.peek(2).text());
            }
            Expression key = expressions.expression();
            whole &= name.isPresent();
            name.ifPresent(it -> keys.put(it, key));
        } while (tokens.accept(","));
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
}
