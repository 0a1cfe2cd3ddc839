package dev.parc.query;

import dev.parc.query.Token.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The query of an alert rule, in the language of Log Analytics and Microsoft Sentinel (Kusto): the part of it that people
 * use to say which events they want to hear of.
 */
public final class AlertQuery {

    /** Longer than the service takes. */
    private static final int LONGEST = 100_000;

    private final List<Token> tokens;
    private final boolean readable;

    private AlertQuery(List<Token> tokens, boolean readable) {
        this.tokens = tokens;
        this.readable = readable;
    }

    /** The query with this text; no text is too odd for it. */
    public static AlertQuery of(String text) {
        if (text.length() > LONGEST) {
            return new AlertQuery(List.of(), false);
        }
        try {
            return new AlertQuery(Lexer.tokens(text), true);
        } catch (QueryException e) {
            return new AlertQuery(List.of(), false); // e.g. a quote without its end
        }
    }

    /**
     * Whether the query returns a row for the event each time that it happens.
     *
     * @param every how often the rule asks
     * @param watchlists the items of a watchlist by its alias, each with the texts of its columns; empty if they were not
     *     read
     */
    public Yield answer(
            LoggedEvent event, Duration every, Function<String, Optional<List<Map<String, String>>>> watchlists) {
        if (!readable) {
            return Yield.UNKNOWN;
        }
        try {
            List<Row> rows = new QueryReader(tokens, event, every, watchlists).rows();
            Truth any = Truth.NEVER;
            for (Row row : rows) {
                any = any.or(row.regardless() && !row.there().is(Truth.NEVER) ? Truth.UNKNOWN : row.there());
            }
            return any.asYield();
        } catch (QueryException e) {
            return e.wrong() ? Yield.NONE : Yield.UNKNOWN;
        }
    }

    /** Whether one of the names stands in a text of the query, in whatever case; comments do not count. */
    public boolean names(Set<String> names) {
        return tokens.stream()
                .filter(token -> token.kind() == Kind.TEXT)
                .map(token -> token.text().toLowerCase(Locale.ROOT))
                .anyMatch(text -> names.stream().anyMatch(name -> text.contains(name.toLowerCase(Locale.ROOT))));
    }

    /** Whether it speaks of the table. */
    public boolean mentions(String table) {
        return tokens.stream().anyMatch(token -> token.isName(table));
    }

    /** The aliases of the watchlists that it asks. */
    public Set<String> watchlists() {
        Set<String> aliases = new TreeSet<>();
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).isName("_GetWatchlist") && tokens.get(i + 2).kind() == Kind.TEXT) {
                aliases.add(tokens.get(i + 2).text());
            }
        }
        return aliases;
    }
}
