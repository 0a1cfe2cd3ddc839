package dev.parc.functions.page;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What was done by a form, told above the page to which it leads. */
enum FormOutcome {
    ATTESTED(
            "statement attested",
            "statements attested",
            "It applies from the next run on.",
            "They apply from the next run on."),
    ACCEPTED(
            "finding accepted",
            "findings accepted",
            "It applies from the next run on.",
            "They apply from the next run on."),
    ACKNOWLEDGED(
            "new administrator acknowledged",
            "new administrators acknowledged",
            "It applies from the next run on.",
            "It applies from the next run on."),
    CATEGORISED(
            "account categorised",
            "accounts categorised",
            "It applies from the next run on.",
            "It applies from the next run on."),
    TAKEN_BACK(
            "decision taken back",
            "decisions taken back",
            "It applies from the next run on.",
            "It applies from the next run on.");

    private final String one;
    private final String many;
    private final String afterOne;
    private final String afterMany;

    FormOutcome(String one, String many, String afterOne, String afterMany) {
        this.one = one;
        this.many = many;
        this.afterOne = afterOne;
        this.afterMany = afterMany;
    }

    /** How it stands in an address. */
    String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one that is written so. */
    static Optional<FormOutcome> of(String written) {
        return Stream.of(values()).filter(one -> one.written().equals(written)).findFirst();
    }

    /** In a sentence or two. */
    String inWords(int count) {
        if (count == 0) {
            return "Nothing changed: this is the current decision already.";
        }
        return count == 1 ? "1 " + one + ". " + afterOne : "%,d %s. %s".formatted(count, many, afterMany);
    }
}
