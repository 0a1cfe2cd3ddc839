package dev.parc.app;

import dev.parc.assessment.decision.WaiverRule;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.register.AccountCategories;
import dev.parc.assessment.register.Acknowledgements;
import dev.parc.assessment.register.AdministratorLists;
import dev.parc.assessment.register.Attestations;
import dev.parc.assessment.register.Waivers;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads what PARC keeps itself, for the checks. A store that does not answer makes it unread, never empty. */
final class LocalFacts {

    private final Supplier<Attestations> attestations;
    private final Supplier<Waivers> waivers;
    private final Supplier<AccountCategories> categories;
    private final Supplier<AdministratorLists> lists;
    private final Supplier<Acknowledgements> acknowledgements;

    LocalFacts(
            Supplier<Attestations> attestations,
            Supplier<Waivers> waivers,
            Supplier<AccountCategories> categories,
            Supplier<AdministratorLists> lists,
            Supplier<Acknowledgements> acknowledgements) {
        this.attestations = attestations;
        this.waivers = waivers;
        this.categories = categories;
        this.lists = lists;
        this.acknowledgements = acknowledgements;
    }

    /**
     * What the operator designates.
     *
     * @param missing why the recorded categories are not among it; empty if they are
     */
    record Designated(Designations designations, Optional<String> missing) {

        /** The facts with what is missing as a gap in the accounts: a shared one must not be answered for as if it were none. */
        Facts in(Facts facts) {
            return missing.isPresent() && facts.reading(FactKind.ACCOUNTS) instanceof Reading.Read read
                    ? facts.with(Map.of(
                            FactKind.ACCOUNTS,
                            new Reading.Read(
                                    read.values(),
                                    Stream.concat(read.gaps().stream(), missing.stream())
                                            .toList())))
                    : facts;
        }
    }

    /** These, with the categories that the operator recorded since; they win over those of the settings. */
    Designated designated(Designations designations) {
        try {
            return new Designated(designations.withCategories(categories.get().inForce()), Optional.empty());
        } catch (StoreException e) {
            return new Designated(designations, Optional.of("recorded categories: " + e.getMessage()));
        }
    }

    /** What is waived. */
    WaiverRule waiving() {
        try {
            return WaiverRule.of(waivers.get().inForce());
        } catch (StoreException e) {
            return WaiverRule.unread(String.valueOf(e.getMessage()));
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
        if (kinds.contains(FactKind.ACKNOWLEDGEMENTS)) {
            readings.put(
                    FactKind.ACKNOWLEDGEMENTS,
                    orUnread(() -> new Reading.Read(acknowledgements.get().inForce(), List.of())));
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
