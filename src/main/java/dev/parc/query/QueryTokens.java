package dev.parc.query;

import dev.parc.query.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** The words of a query, taken one after the other, with a bound on how deep and how long it may be. */
final class QueryTokens {

    static final int DEEPEST = 100;
    private static final int MOST_STEPS = 2_000_000;

    private final List<Token> tokens;
    private int at;
    private int depth;
    private int steps;

    QueryTokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Where it stands, to come {@link #backTo}. */
    int at() {
        return at;
    }

    void backTo(int earlier) {
        at = earlier;
    }

    void shallower() {
        depth--;
    }

    void skipSemicolons() {
        boolean more = true;
        while (more) {
            more = accept(";");
        }
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : Token.LAST;
    }

    Token take() {
        Token token = peek();
        at++;
        return token;
    }

    boolean accept(String symbol) {
        if (peek().isSymbol(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    boolean acceptName(String name) {
        if (peek().isName(name)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String symbol) {
        if (!accept(symbol)) {
            throw QueryException.unknown("no " + symbol + " where one was expected");
        }
    }

    String name() {
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

    void deeper() {
        if (++depth > DEEPEST) {
            throw QueryException.unknown("too deep");
        }
    }

    void spend(int count) {
        steps += count;
        if (steps > MOST_STEPS) {
            throw QueryException.unknown("too long");
        }
    }

    boolean ends(Token token) {
        return token.kind() == Kind.END || token.isSymbol("|") || token.isSymbol(";") || token.isSymbol(")");
    }

    /** Leaves out what stands before the next operator, or before one of the symbols, brackets with what is in them. */
    List<Token> skip(String... stops) {
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
    void skipBrackets() {
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
}
