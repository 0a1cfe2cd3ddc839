package dev.parc.query;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What is known of the value of an expression, of an event. */
sealed interface Value
        permits Truth,
                Value.Unknown,
                Value.Varying,
                Value.Removed,
                Value.EventTime,
                Value.Text,
                Value.Named,
                Value.Numeral,
                Value.Span,
                Value.Before,
                Value.Items,
                Value.Properties,
                Value.Count {

    /** Nothing. */
    static Value unknown() {
        return new Unknown();
    }

    /** A text that differs from one time to the next. */
    static Value varying() {
        return new Varying();
    }

    /** When the event happened. */
    static Value eventTime() {
        return new EventTime();
    }

    record Unknown() implements Value {}

    record Varying() implements Value {}

    /** A column that was taken away: to name it is a mistake. */
    record Removed() implements Value {}

    record EventTime() implements Value {}

    record Text(String text) implements Value {}

    /** A name that the log usually writes like this, and perhaps in other cases. */
    record Named(String usual) implements Value {}

    record Numeral(double number) implements Value {}

    record Span(Duration length) implements Value {}

    /** The time so long before the rule runs. */
    record Before(Duration ago) implements Value {}

    record Items(List<Value> items) implements Value {}

    /** An object of which some properties are known. */
    record Properties(Map<String, Value> known, Value other) implements Value {}

    /**
     * How many rows there are.
     *
     * @param any whether there is one at all
     */
    record Count(Truth any) implements Value {}

    /** The text in lower case; unknown where it is none. */
    default Value lower() {
        return cased(text -> text.toLowerCase(Locale.ROOT));
    }

    /** The text in capitals; unknown where it is none. */
    default Value upper() {
        return cased(text -> text.toUpperCase(Locale.ROOT));
    }

    private Value cased(UnaryOperator<String> change) {
        if (this instanceof Text it) {
            return new Text(change.apply(it.text()));
        }
        if (this instanceof Named it) {
            return new Text(change.apply(it.usual()));
        }
        return this instanceof Varying ? this : unknown();
    }
}
