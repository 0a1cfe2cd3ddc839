package dev.parc.query;

/** A word of a query; of a text what it says, without quotes. */
record Token(Kind kind, String text) {

    enum Kind {
        NAME,
        TEXT,
        /** Begins with a digit: a number, a length of time, or part of a literal of another kind. */
        DIGITS,
        SYMBOL,
        END
    }

    static final Token LAST = new Token(Kind.END, "");

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }
}
