package dev.parc.assessment;

import dev.parc.analysis.administrators.OpaqueHolder;
import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.assessment.decision.AttestationRule;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Summary;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs one check, and answers for it when what it needs could not be read. */
public final class Assessor {

    private Assessor() {}

    /**
     * Answers one check. A need that was not read makes it NOT_ASSESSED, a need whose licence the tenant lacks
     * NOT_APPLICABLE; and whatever is missing or partial, the check's own answer stands only if it is FAIL, with what
     * is missing beside it. What the check leaves to a person is a PASS while all of it is attested. A holder of a role that
     * it asks about and that could not be looked into makes whatever is no FAIL a REVIEW or NOT_ASSESSED, unless the card
     * says that its PASS stands.
     */
    public static Verdict assess(Check check, Facts facts) {
        RoadmapItem item = Check.card(check);
        List<String> missing = Stream.of(item.needs())
                .filter(kind -> facts.reading(kind) instanceof Reading.Unread)
                .flatMap(facts::gapsOf)
                .toList();
        if (!missing.isEmpty()) {
            return Verdict.notAssessed(missing);
        }
        Optional<Licence> lacking = Stream.of(item.needs())
                .flatMap(kind -> facts.lacksLicenceFor(kind).stream())
                .findFirst();
        if (lacking.isPresent()) {
            return Verdict.notApplicable("the tenant has no " + lacking.get().title() + " licence");
        }
        Verdict verdict = check.evaluate(facts.only(reads(check)));
        List<String> gaps = gaps(check, facts);
        List<OpaqueHolder> opaque = opaqueHolders(check, facts);
        List<String> unread = opaque.stream()
                .filter(holder -> !holder.unresolved())
                .map(OpaqueHolder::sentence)
                .toList();
        List<String> reasons = Stream.of(gaps, unread, verdict.reasons(), unseen(item, facts))
                .flatMap(List::stream)
                .distinct()
                .toList();
        boolean exists = item.passStands()
                && (verdict.outcome() == Outcome.PASS
                        || verdict.outcome() == Outcome.NOT_APPLICABLE
                        || verdict.word() == Verdict.Word.AWAITED);
        if (verdict.outcome() == Outcome.FAIL) {
            List<String> unresolved = opaque.stream()
                    .filter(OpaqueHolder::unresolved)
                    .map(OpaqueHolder::sentence)
                    .toList();
            return verdict.withReasons(
                    Stream.concat(reasons.stream(), unresolved.stream()).toList());
        }
        if (isSettled(verdict, check, facts)) {
            return verdict.withReasons(reasons);
        }
        if (!gaps.isEmpty() && !(exists && onlyOfHolders(check, facts))) {
            return Verdict.notAssessed(reasons).withFindings(verdict.findings());
        }
        Verdict settled = AttestationRule.of(item, facts).settle(verdict.withReasons(reasons));
        return exists ? settled : withOpaque(settled, opaque, unread, facts);
    }

    /** Whether nothing is missing but who else may hold a role. */
    private static boolean onlyOfHolders(Check check, Facts facts) {
        Set<FactKind> kinds = deciding(Check.card(check));
        kinds.removeAll(FactKind.ADMINISTRATORS);
        return UnseenHolders.gaps(facts.only(kinds)).isEmpty();
    }

    /**
     * The answer as it stands with holders who could not be looked into: one who may be read another time leaves it open, and
     * one who is not in the directory is for a person to look at.
     */
    private static Verdict withOpaque(Verdict verdict, List<OpaqueHolder> opaque, List<String> unread, Facts facts) {
        if (opaque.isEmpty() || verdict.outcome() == Outcome.NOT_ASSESSED) {
            return verdict;
        }
        Set<String> told = verdict.findings().stream().map(Finding::subjectId).collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>(verdict.findings());
        opaque.stream()
                .filter(holder -> !told.contains(holder.holder().id()))
                .forEach(holder -> findings.add(Finding.of(facts, holder)));
        if (!unread.isEmpty()) {
            return Verdict.notAssessed(verdict.reasons()).withFindings(findings);
        }
        if (verdict.outcome() == Outcome.REVIEW) {
            return verdict.withFindings(findings);
        }
        String unresolved = opaque.size() == 1
                ? "1 holder is not in this directory and needs review"
                : opaque.size() + " holders are not in this directory and need review";
        return Verdict.review(Summary.of(verdict.summary(), "; " + unresolved), findings)
                .withReasons(verdict.reasons());
    }

    /** Who holds a role that the check asks about and could not be looked into, by what decides its answer. */
    static List<OpaqueHolder> opaqueHolders(Check check, Facts facts) {
        RoadmapItem item = Check.card(check);
        return item.administrators() ? UnseenHolders.of(facts.only(deciding(item)), item.roles()) : List.of();
    }

    /** Whether it does not apply, whatever people attest: that nobody could read what they do changes nothing then. */
    private static boolean isSettled(Verdict verdict, Check check, Facts facts) {
        Set<FactKind> kinds = deciding(Check.card(check));
        kinds.remove(FactKind.ATTESTATIONS);
        return verdict.outcome() == Outcome.NOT_APPLICABLE
                && UnseenHolders.gaps(facts.only(kinds)).isEmpty()
                && (Check.card(check).passStands()
                        || opaqueHolders(check, facts).isEmpty());
    }

    /**
     * Whether everything was read that decides an answer, so that its findings are all there are: each holder who could not be
     * looked into is one of them, if the answer is no FAIL.
     */
    static boolean isComplete(Check check, Facts facts, Outcome outcome) {
        return gaps(check, facts).isEmpty()
                && opaqueHolders(check, facts).stream()
                        .allMatch(holder -> holder.unresolved() && outcome != Outcome.FAIL);
    }

    /** What is missing of that which decides the answer, a sentence each. */
    static List<String> gaps(Check check, Facts facts) {
        Set<FactKind> kinds = deciding(Check.card(check));
        Stream.of(Check.card(check).ofAccounts())
                .filter(kind -> facts.reading(kind) instanceof Reading.Read)
                .forEach(kinds::remove);
        return UnseenHolders.gaps(facts.only(kinds));
    }

    /** What a signal could not tell, a sentence each. */
    private static List<String> unseen(RoadmapItem item, Facts facts) {
        return Stream.concat(Stream.of(item.signals()), Stream.of(item.ofAccounts()))
                .flatMap(kind -> Stream.of(
                                facts.gapsOf(kind),
                                facts.unseenOf(kind),
                                facts.lacksLicenceFor(kind).stream()
                                        .map(licence ->
                                                kind.title() + ": the tenant has no " + licence.title() + " licence"))
                        .flatMap(sentences -> sentences))
                .toList();
    }

    /** Every fact kind that the check's card names. */
    public static Set<FactKind> reads(Check check) {
        Set<FactKind> kinds = deciding(Check.card(check));
        kinds.addAll(List.of(Check.card(check).signals()));
        return kinds;
    }

    /** Whether an answer takes anything that is read from the tenant; signals it does without. */
    public static boolean asksTheTenant(Check check) {
        return !FactKind.OWN.containsAll(deciding(Check.card(check)));
    }

    /** The kinds without which the check has no answer, or no PASS. */
    public static Set<FactKind> decidedBy(Check check) {
        return deciding(Check.card(check));
    }

    /** The kinds without which there is no PASS. */
    private static Set<FactKind> deciding(RoadmapItem item) {
        Set<FactKind> kinds = EnumSet.noneOf(FactKind.class);
        kinds.addAll(List.of(item.needs()));
        kinds.addAll(List.of(item.completedBy()));
        kinds.addAll(List.of(item.ofAccounts()));
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
