package dev.parc.check;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The stages of the roadmap. */
public enum Stage {
    S1("Stage 1", "24-48 hours"),
    S2("Stage 2", "2-4 weeks"),
    S3("Stage 3", "1-3 months"),
    S4("Stage 4", "six months and beyond"),
    BG("Break glass", "emergency access");

    private final String title;
    private final String time;

    Stage(String title, String time) {
        this.title = title;
        this.time = time;
    }

    public String title() {
        return title;
    }

    /** How long the source document gives for it. */
    public String time() {
        return time;
    }

    /** The stage that a person means by {@code S1}, {@code s1} or {@code 1}; empty if there is none. */
    public static Optional<Stage> of(String text) {
        String wanted = text.strip().toUpperCase(Locale.ROOT);
        return Stream.of(values())
                .filter(stage -> stage.name().equals(wanted) || stage.name().equals("S" + wanted))
                .findFirst();
    }

    /** The stage of the item with this id. */
    public static Stage ofItem(String id) {
        return valueOf(id.substring(0, 2));
    }
}
