package dev.parc.query;

import dev.parc.query.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes a query apart into words; comments are left out, whatever they say. */
final class Lexer {

    private static final Set<String> PAIRS = Set.of("==", "!=", "=~", "!~", "<=", ">=", "<>", "..", "=>");
    private static final List<String> FENCES = List.of("```", "~~~");

    private final String query;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String query) {
        this.query = query;
    }

    static List<Token> tokens(String query) {
        Lexer lexer = new Lexer(query);
        while (lexer.at < query.length()) {
            lexer.next();
        }
        return List.copyOf(lexer.tokens);
    }

    private void next() {
        char c = query.charAt(at);
        if (Character.isWhitespace(c) || c == '\uFEFF') {
            at++;
        } else if (query.startsWith("//", at)) {
            skipComment();
        } else if (startsText()) {
            add(Kind.TEXT, text());
        } else if (isDigit(c)) {
            add(Kind.DIGITS, digits());
        } else if (isWord(c)) {
            name();
        } else {
            symbol();
        }
    }

    private void add(Kind kind, String text) {
        tokens.add(new Token(kind, text));
    }

    private void skipComment() {
        while (at < query.length() && query.charAt(at) != '\n' && query.charAt(at) != '\r') {
            at++;
        }
    }

    /** A quote, with the marks for hidden and for verbatim texts before it. */
    private boolean startsText() {
        int quote = at;
        if (quote < query.length() && (query.charAt(quote) == 'h' || query.charAt(quote) == 'H')) {
            quote++;
        }
        if (quote < query.length() && query.charAt(quote) == '@') {
            quote++;
        }
        return quote < query.length()
                && (query.charAt(quote) == '\'' || query.charAt(quote) == '"' || fence(quote) >= 0);
    }

    private int fence(int from) {
        for (int i = 0; i < FENCES.size(); i++) {
            if (query.startsWith(FENCES.get(i), from)) {
                return i;
            }
        }
        return -1;
    }

    private String text() {
        boolean verbatim = false;
        while (query.charAt(at) == 'h' || query.charAt(at) == 'H' || query.charAt(at) == '@') {
            verbatim |= query.charAt(at) == '@';
            at++;
        }
        int fence = fence(at);
        if (fence >= 0) {
            int end = query.indexOf(FENCES.get(fence), at + 3);
            if (end < 0) {
                throw QueryException.unknown("a text without its end");
            }
            String text = query.substring(at + 3, end);
            at = end + 3;
            return text;
        }
        return quoted(verbatim);
    }

    private String quoted(boolean verbatim) {
        char quote = query.charAt(at++);
        StringBuilder text = new StringBuilder();
        while (at < query.length()) {
            char c = query.charAt(at++);
            if (c == quote) {
                if (!verbatim || at >= query.length() || query.charAt(at) != quote) {
                    return text.toString();
                }
                at++;
                text.append(quote);
            } else if (c == '\\' && !verbatim) {
                text.append(escaped());
            } else if (c == '\n' || c == '\r') {
                break;
            } else {
                text.append(c);
            }
        }
        throw QueryException.unknown("a text without its end");
    }

    private char escaped() {
        char c = at < query.length() ? query.charAt(at++) : ' ';
        return switch (c) {
            case '\\', '\'', '"' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> throw QueryException.unknown("an escape in a text");
        };
    }

    private String digits() {
        int from = at;
        while (at < query.length()
                && (isWord(query.charAt(at))
                        || (query.charAt(at) == '.'
                                && at + 1 < query.length()
                                && isDigit(query.charAt(at + 1))
                                && query.charAt(at - 1) != '.'))) {
            at++;
        }
        return query.substring(from, at);
    }

    private void name() {
        int from = at;
        while (at < query.length() && isWord(query.charAt(at))) {
            at++;
        }
        if (at < query.length()
                && query.charAt(at) == '~'
                && query.substring(from, at).equals("in")) {
            at++;
        }
        add(Kind.NAME, query.substring(from, at));
    }

    private void symbol() {
        if (query.charAt(at) == '!' && at + 1 < query.length() && isWord(query.charAt(at + 1))) {
            int from = at++;
            while (at < query.length() && isWord(query.charAt(at))) {
                at++;
            }
            if (at < query.length() && query.charAt(at) == '~') {
                at++;
            }
            add(Kind.SYMBOL, query.substring(from, at));
            return;
        }
        int length = at + 2 <= query.length() && PAIRS.contains(query.substring(at, at + 2)) ? 2 : 1;
        add(Kind.SYMBOL, query.substring(at, at + length));
        at += length;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
