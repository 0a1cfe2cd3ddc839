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
     * is missing beside it. What the check leaves to a person is a PASS while all of it is attested.
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
        Verdict verdict = check.evaluate(facts.only(reads(check)));
        List<String> gaps = gaps(check, facts);
        List<String> reasons = Stream.of(gaps, verdict.reasons(), unseen(item, facts))
                .flatMap(List::stream)
                .distinct()
                .toList();
        if (verdict.outcome() == Outcome.FAIL || isSettled(verdict, check, facts)) {
            return verdict.withReasons(reasons);
        }
        return gaps.isEmpty()
                ? Attesting.of(item, facts).settle(verdict.withReasons(reasons))
                : Verdict.notAssessed(reasons).withFindings(verdict.findings());
    }

    /** Whether it does not apply, whatever people vouch for: that nobody could read what they do changes nothing then. */
    private static boolean isSettled(Verdict verdict, Check check, Facts facts) {
        Set<FactKind> kinds = deciding(card(check));
        kinds.remove(FactKind.ATTESTATIONS);
        return verdict.outcome() == Outcome.NOT_APPLICABLE
                && facts.only(kinds).gaps().isEmpty();
    }

    /** What is missing of that which decides the answer, a sentence each. */
    static List<String> gaps(Check check, Facts facts) {
        return facts.only(deciding(card(check))).gaps();
    }

    /** What a signal could not tell, a sentence each. */
    private static List<String> unseen(RoadmapItem item, Facts facts) {
        return Stream.of(item.signals())
                .flatMap(kind -> Stream.concat(
                        facts.gapsOf(kind),
                        facts.lacksLicenceFor(kind).stream()
                                .map(licence -> kind.title() + ": the tenant has no " + licence.title() + " licence")))
                .toList();
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
        Set<FactKind> kinds = deciding(card(check));
        kinds.addAll(List.of(card(check).signals()));
        return kinds;
    }

    /** Whether an answer takes anything that is read from the tenant; signals it does without. */
    public static boolean asksTheTenant(Check check) {
        return !FactKind.OWN.containsAll(deciding(card(check)));
    }

    /** The kinds without which the check has no answer, or no PASS. */
    public static Set<FactKind> decidedBy(Check check) {
        return deciding(card(check));
    }

    /** The kinds without which there is no PASS. */
    private static Set<FactKind> deciding(RoadmapItem item) {
        Set<FactKind> kinds = EnumSet.noneOf(FactKind.class);
        kinds.addAll(List.of(item.needs()));
        kinds.addAll(List.of(item.completedBy()));
        if (item.administrators()) {
            kinds.addAll(FactKind.ADMINISTRATORS);
        }
        if (item.azureAdministrators()) {
            kinds.addAll(FactKind.AZURE_ADMINISTRATORS);
            kinds.addAll(FactKind.AZURE_POWERS);
        }
        if (item.attests().length > 0) {
            kinds.add(FactKind.ATTESTATIONS);
        }
        return kinds;
    }
}
