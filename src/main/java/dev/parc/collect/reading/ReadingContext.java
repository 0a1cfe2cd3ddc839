package dev.parc.collect.reading;

import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.Graph;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.ServicePlan;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a reader works with.
 *
 * @param takenAt when the reading began, or the snapshot was taken
 * @param read what has been read so far; it grows while other readers work
 */
public record ReadingContext(
        Graph graph, Arm arm, Instant takenAt, Designations designations, Map<FactKind, Reading> read) {

    /** What begins while the tenant is read is in a list of what is in force already. */
    private static final Duration WHILE_IT_IS_READ = Duration.ofHours(1);

    /** By when the reading is over. */
    public Instant soon() {
        return takenAt.plus(WHILE_IT_IS_READ);
    }

    /** Whether a row of PIM begins later and is not in force yet; one that does not say when it begins is. */
    public boolean beginsLater(Item row) {
        return row.has("startDateTime")
                && row.time("startDateTime").filter(soon()::isBefore).isPresent();
    }

    /** The beginning of the day (UTC) so many days back, as a filter takes it: the same for every request of a day. */
    public String daysAgo(int days) {
        return takenAt.truncatedTo(ChronoUnit.DAYS).minus(days, ChronoUnit.DAYS).toString();
    }

    /** What was read of a kind that this reader builds on; nothing where it was not. */
    public <T> List<T> values(FactKind kind, Class<T> type) {
        return reading(kind) instanceof Reading.Read it
                ? it.values().stream().map(type::cast).toList()
                : List.of();
    }

    /** What is left to say where a kind without which there is nothing to ask is unread; empty if none of them is. */
    public Optional<Reading> unreadFor(FactKind... needed) {
        return Stream.of(needed)
                .flatMap(kind -> reading(kind) instanceof Reading.Unread unread
                        ? Stream.of(new Reading.Unread(kind.title() + " could not be read: " + unread.reason()))
                        : Stream.<Reading>empty())
                .findFirst();
    }

    /** The same for the licence of a kind; empty for one that takes none. */
    public Optional<Reading> unlicensed(FactKind kind) {
        return kind.licence().flatMap(this::unlicensedFor);
    }

    /** What is left to say where the service plans show that the tenant lacks the licence; asks for these to be read. */
    public Optional<Reading> unlicensedFor(Licence licence) {
        return reading(FactKind.SERVICE_PLANS) instanceof Reading.Read plans
                        && plans.gaps().isEmpty()
                        && !licence.isIn(values(FactKind.SERVICE_PLANS, ServicePlan.class))
                ? Optional.of(new Reading.Unlicensed(licence))
                : Optional.empty();
    }

    /** Whether a kind was read in part only. */
    public boolean partial(FactKind kind) {
        return reading(kind) instanceof Reading.Read it && !it.gaps().isEmpty();
    }

    /** What became of a kind that this reader builds on. */
    public Reading reading(FactKind kind) {
        Reading reading = read.get(kind);
        if (reading == null) {
            throw new IllegalStateException(kind + " is not read before what builds on it");
        }
        return reading;
    }
}
