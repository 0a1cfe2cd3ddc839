package dev.parc.check;

import java.time.LocalDate;
import java.time.Period;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The stages of the roadmap. */
public enum Stage {
    S1("Stage 1", "24-48 hours", Period.ofDays(2)),
    S2("Stage 2", "2-4 weeks", Period.ofWeeks(4)),
    S3("Stage 3", "1-3 months", Period.ofMonths(3)),
    S4("Stage 4", "six months and beyond", Period.ofMonths(6)),
    BG("Break glass", "emergency access", Period.ofDays(2));

    private final String title;
    private final String time;
    private final Period period;

    Stage(String title, String time, Period period) {
        this.title = title;
        this.time = time;
        this.period = period;
    }

    public String title() {
        return title;
    }

    /** How long the source document gives for it. */
    public String time() {
        return time;
    }

    /**
     * The day by which it should be met: the end of what the source document gives for it. Stage 4 is due at six months and
     * kept up from then on. Break glass has no time of its own there, and is due with the emergency accounts of stage 1.
     */
    public LocalDate due(LocalDate start) {
        return start.plus(period);
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
