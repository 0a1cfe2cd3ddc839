package dev.parc.app;

import dev.parc.assessment.AdministratorLists;
import dev.parc.assessment.Attestations;
import dev.parc.assessment.StoreException;
import dev.parc.assessment.Waivers;
import dev.parc.assessment.Waiving;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what PARC keeps itself, for the checks. A store that does not answer makes it unread, never empty. */
final class OwnFacts {

    private final Supplier<Attestations> attestations;
    private final Supplier<Waivers> waivers;
    private final Supplier<AdministratorLists> lists;

    OwnFacts(Supplier<Attestations> attestations, Supplier<Waivers> waivers, Supplier<AdministratorLists> lists) {
        this.attestations = attestations;
        this.waivers = waivers;
        this.lists = lists;
    }

    /** What is waived. */
    Waiving waiving() {
        try {
            return Waiving.of(waivers.get().standing());
        } catch (StoreException e) {
            return Waiving.unread(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads those of the kinds that are PARC's own.
     *
     * @param takenAt when the tenant's facts were read
     */
    Map<FactKind, Reading> read(Set<FactKind> kinds, String runId, Instant takenAt) {
        Map<FactKind, Reading> readings = new EnumMap<>(FactKind.class);
        if (kinds.contains(FactKind.ATTESTATIONS)) {
            readings.put(
                    FactKind.ATTESTATIONS,
                    orUnread(() -> new Reading.Read(attestations.get().given(), List.of())));
        }
        if (kinds.contains(FactKind.EARLIER_ADMINISTRATORS)) {
            readings.put(
                    FactKind.EARLIER_ADMINISTRATORS, orUnread(() -> lists.get().before(runId, takenAt)));
        }
        return readings;
    }

    private static Reading orUnread(Supplier<Reading> reader) {
        try {
            return reader.get();
        } catch (StoreException e) {
            return new Reading.Unread(String.valueOf(e.getMessage()));
        }
    }
}
