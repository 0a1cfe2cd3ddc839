package dev.parc.check.phrase;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a finding says: which phrase of the book, and what goes into it. The words follow from it and nothing follows from the
 * words.
 *
 * @param phrase the key in the book; it stays the same when the words change
 * @param values in the order in which the check gives them, each name once
 */
public record Details(String phrase, List<Detail> values) {

    public Details {
        values = List.copyOf(values);
    }

    /** The phrase, with nothing in it yet. */
    public static Details of(String phrase) {
        return new Details(phrase, List.of());
    }

    /** The same with a text; where it is empty, the part of the phrase that depends on it is left out. */
    public Details with(String name, String text) {
        return and(Detail.text(name, text));
    }

    /** The same with a list of texts, which a sentence shows with commas. */
    public Details with(String name, List<String> texts) {
        return with(name, String.join(", ", texts));
    }

    /** The same with a number. */
    public Details with(String name, int count) {
        return and(Detail.count(name, count));
    }

    /** The same with a date. */
    public Details with(String name, LocalDate date) {
        return and(Detail.date(name, date));
    }

    /** The same with something of the directory, by its id, and how a sentence calls it. */
    public Details with(String name, String id, String text) {
        return and(Detail.reference(name, id, text));
    }

    /** The sentence that the book makes of it. */
    public String inWords() {
        return Phrasebook.ENGLISH.say(this);
    }

    private Details and(Detail value) {
        return new Details(
                phrase, Stream.concat(values.stream(), Stream.of(value)).toList());
    }
}
