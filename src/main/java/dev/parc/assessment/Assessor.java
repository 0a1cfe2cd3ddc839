package dev.parc.assessment;

import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Runs one check, and answers for it when what it needs could not be read. */
public final class Assessor {

    private Assessor() {}

    /**
     * Answers one check. A need that was not read makes it NOT_ASSESSED, a need whose licence the tenant lacks
     * NOT_APPLICABLE; and whatever is missing or partial, the check's own answer stands only if it is FAIL, with what
     * is missing beside it.
     */
    public static Verdict assess(Check check, Facts facts) {
        RoadmapItem item = card(check);
        List<String> unread = Stream.of(item.needs())
                .filter(kind -> facts.reading(kind) instanceof Reading.Unread)
                .flatMap(facts::gapsOf)
                .toList();
        if (!unread.isEmpty()) {
            return Verdict.notAssessed(unread);
        }
        Optional<Licence> lacking = Stream.of(item.needs())
                .flatMap(kind -> facts.lacksLicenceFor(kind).stream())
                .findFirst();
        if (lacking.isPresent()) {
            return Verdict.notApplicable("the tenant has no " + lacking.get().title() + " licence");
        }
        Facts declared = facts.only(reads(check));
        Verdict verdict = check.evaluate(declared);
        List<String> gaps = declared.gaps();
        if (gaps.isEmpty()) {
            return verdict;
        }
        if (verdict.outcome() == Outcome.FAIL) {
            return verdict.withReasons(gaps);
        }
        List<String> reasons = Stream.concat(gaps.stream(), verdict.reasons().stream())
                .distinct()
                .toList();
        return Verdict.notAssessed(reasons).withFindings(verdict.findings());
    }

    /**
     * The check's card.
     *
     * @throws IllegalArgumentException if it has none
     */
    public static RoadmapItem card(Check check) {
        RoadmapItem item = check.getClass().getAnnotation(RoadmapItem.class);
        if (item == null) {
            throw new IllegalArgumentException(check.getClass().getName() + " is not a @RoadmapItem");
        }
        return item;
    }

    /** Every fact kind that the check's card names. */
    public static Set<FactKind> reads(Check check) {
        Set<FactKind> kinds = EnumSet.noneOf(FactKind.class);
        kinds.addAll(List.of(card(check).needs()));
        kinds.addAll(List.of(card(check).completedBy()));
        if (card(check).administrators()) {
            kinds.addAll(FactKind.ADMINISTRATORS);
        }
        return kinds;
    }
}
