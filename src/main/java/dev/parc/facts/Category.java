package dev.parc.facts;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an administrator's account is for, in the words of the source document. */
public enum Category {
    DEDICATED("used for administration only"),
    DUAL_USE("also used for day-to-day work"),
    SHARED("shared by several people"),
    BREAK_GLASS("for break-glass emergency access"),
    AUTOMATION("for automated scripts"),
    EXTERNAL("of an external user");

    private final String title;

    Category(String title) {
        this.title = title;
    }

    /** The category that a person means by {@code dual-use} or {@code DUAL_USE}; empty if there is none. */
    public static Optional<Category> of(String text) {
        return Stream.of(values())
                .filter(category ->
                        category.written().equalsIgnoreCase(text.strip().replace('_', '-')))
                .findFirst();
    }

    /** All of them as a person writes them, to stand in a sentence. */
    public static String namesInWords() {
        return Stream.of(values()).map(Category::written).collect(Collectors.joining(", "));
    }

    /** How a person writes it, like {@code dual-use}. */
    public String written() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it means, to stand after "account". */
    public String title() {
        return title;
    }
}
