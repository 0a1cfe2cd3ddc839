package dev.parc.facts;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that was read from one tenant at one moment. A kind that could not be read says why. */
public final class Facts {

    private final Instant takenAt;
    private final Designations designations;
    private final Map<FactKind, Reading> readings;
    private final Set<FactKind> declared;

    /**
     * @param takenAt when the reading began; ages are counted back from here
     * @throws IllegalArgumentException if a value is not of its kind's type
     */
    public Facts(Instant takenAt, Designations designations, Map<FactKind, Reading> readings) {
        this(takenAt, designations, readings, Set.of(FactKind.values()));
    }

    private Facts(Instant takenAt, Designations designations, Map<FactKind, Reading> readings, Set<FactKind> declared) {
        this.takenAt = takenAt;
        this.designations = designations;
        this.readings = Map.copyOf(readings);
        this.declared = declared;
        readings.forEach((kind, reading) -> {
            if (reading instanceof Reading.Read read && !read.values().stream().allMatch(kind.element()::isInstance)) {
                throw new IllegalArgumentException(
                        kind + " holds a value that is no " + kind.element().getName());
            }
        });
    }

    public Instant takenAt() {
        return takenAt;
    }

    public Designations designations() {
        return designations;
    }

    /** What became of reading the kind. */
    public Reading reading(FactKind kind) {
        Reading reading = readings.get(kind);
        return reading == null ? new Reading.Unread("was not collected") : reading;
    }

    /** The licence that the tenant lacks for the kind; empty if it was read, or could not be for another reason. */
    public Optional<Licence> lacksLicenceFor(FactKind kind) {
        return reading(kind) instanceof Reading.Unlicensed unlicensed
                ? Optional.of(unlicensed.licence())
                : Optional.empty();
    }

    /** The same facts, with every kind that is not listed out of reach: asking for one throws. */
    public Facts only(Set<FactKind> kinds) {
        Map<FactKind, Reading> kept = new EnumMap<>(FactKind.class);
        kinds.forEach(kind -> kept.put(kind, reading(kind)));
        return new Facts(takenAt, designations, kept, Set.copyOf(kinds));
    }

    /** What could not be read of the kinds at hand, a sentence each: unread kinds, and gaps in those that were read. */
    public List<String> gaps() {
        return declared.stream().sorted().flatMap(this::gapsOf).toList();
    }

    /** What could not be read of one kind, a sentence each. */
    public Stream<String> gapsOf(FactKind kind) {
        Reading reading = reading(kind);
        if (reading instanceof Reading.Read read) {
            return read.gaps().stream().map(gap -> kind.title() + ": " + gap);
        }
        return reading instanceof Reading.Unread unread
                ? Stream.of(kind.title() + ": " + unread.reason())
                : Stream.empty();
    }

    /**
     * What was read of the kind; nothing where the kind is unread or unlicensed, which {@link #gaps} tells.
     *
     * @throws IllegalStateException if the card of the check that asks does not name the kind
     */
    @SuppressWarnings("unchecked") // the constructor has checked every value against its kind's type
    <T> List<T> list(FactKind kind) {
        if (!declared.contains(kind)) {
            throw new IllegalStateException(kind + " is not among the facts this check declares");
        }
        return reading(kind) instanceof Reading.Read read ? (List<T>) read.values() : List.of();
    }
}
