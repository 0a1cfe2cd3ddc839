package dev.parc.assessment.statements;

import dev.parc.assessment.decision.Question;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.Attestations;
import dev.parc.check.RoadmapItem;
import dev.parc.facts.Attestation;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Statements attested together: all of them are looked at before the first is kept, so that one that cannot be kept keeps the others
 * from being kept too.
 */
public final class StatementBatch {

    private final Attestations attestations;
    private final List<Step> steps;

    /** What becomes of a statement. */
    public enum Effect {
        /** Nobody attests it now. */
        ATTESTED,
        /** Somebody attests it, with another end, evidence, note or name. */
        REPLACED,
        /** It is attested just so. */
        UNCHANGED,
        /** The document leaves it open. */
        LEFT_OPEN
    }

    /**
     * What becomes of one statement.
     *
     * @param next what is kept, if something is
     * @param now what is kept at this moment
     */
    public record Step(
            StatementEntry entry,
            Effect effect,
            Optional<SignedStatement> next,
            Optional<Revision<SignedStatement>> now) {

        /** Whether something is kept. */
        public boolean changes() {
            return effect == Effect.ATTESTED || effect == Effect.REPLACED;
        }
    }

    private StatementBatch(Attestations attestations, List<Step> steps) {
        this.attestations = attestations;
        this.steps = List.copyOf(steps);
    }

    /**
     * Looks at all statements and keeps nothing.
     *
     * @param by who hands them in
     * @param recorded who attests as it is kept, made of who attests
     * @throws RefusedException if one of them cannot be kept, saying which and why
     */
    public static StatementBatch of(
            Attestations attestations,
            List<StatementEntry> entries,
            Optional<String> by,
            UnaryOperator<String> recorded) {
        Map<String, Revision<SignedStatement>> stored =
                attestations.newest().stream().collect(Collectors.toMap(Revision::key, one -> one));
        Set<String> met = new HashSet<>();
        List<Step> steps = new ArrayList<>();
        for (StatementEntry entry : entries) {
            try {
                if (!met.add(entry.key())) {
                    throw new RefusedException("the statement is listed twice");
                }
                steps.add(step(attestations, entry, by, recorded, Optional.ofNullable(stored.get(entry.key()))));
            } catch (RefusedException e) {
                throw new RefusedException(entry.place() + e.getMessage());
            }
        }
        return new StatementBatch(attestations, steps);
    }

    private static Step step(
            Attestations attestations,
            StatementEntry entry,
            Optional<String> by,
            UnaryOperator<String> recorded,
            Optional<Revision<SignedStatement>> now) {
        RoadmapItem card = attestations.card(entry.item());
        String words = attestations
                .words(card.id(), entry.statement())
                .orElseThrow(() -> new RefusedException("the item has no statement with this number"));
        if (!Question.isAskedIn(folded(entry.words()), card, entry.statement())) {
            throw new RefusedException("the statement has changed: \"" + words + "\"");
        }
        if (entry.validUntil().isEmpty()) {
            return new Step(entry, Effect.LEFT_OPEN, Optional.empty(), now);
        }
        String speaker =
                entry.by().or(() -> by).orElseThrow(() -> new RefusedException("the person who attests it is missing"));
        SignedStatement next = attestations.sign(
                entry.item(),
                entry.statement(),
                recorded.apply(speaker),
                day(entry.validUntil().get()),
                entry.evidence(),
                entry.note());
        Optional<Revision<SignedStatement>> current =
                now.filter(Revision::stands).filter(one -> attestations.isStillAsked(one.value()));
        Effect effect = current.isEmpty()
                ? Effect.ATTESTED
                : isSame(current.get().value().attestation(), next.attestation(), speaker)
                        ? Effect.UNCHANGED
                        : Effect.REPLACED;
        return new Step(entry, effect, Optional.of(next), now);
    }

    private static boolean isSame(Attestation now, Attestation next, String speaker) {
        return Attestations.speaker(now).equals(speaker.strip())
                && now.validUntil().equals(next.validUntil())
                && now.evidence().equals(next.evidence())
                && now.note().equals(next.note());
    }

    /** A document may break lines where it likes. */
    private static String folded(String words) {
        return words.strip().replaceAll("\\s+", " ");
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new RefusedException("validUntil must be a date like 2026-12-31");
        }
    }

    /** What becomes of each, in the order of the document. */
    public List<Step> steps() {
        return steps;
    }

    /** How many have this effect. */
    public int count(Effect effect) {
        return Math.toIntExact(
                steps.stream().filter(step -> step.effect() == effect).count());
    }

    /**
     * Keeps what changes, each if it is still as it was looked at.
     *
     * @return what was kept
     * @throws ChangedException if one of them has changed since; those before it are kept
     */
    public List<Revision<SignedStatement>> keep() {
        return steps.stream()
                .filter(Step::changes)
                .flatMap(step -> step.next().stream().map(next -> attestations.keep(next, precondition(step))))
                .toList();
    }

    private static Precondition precondition(Step step) {
        return step.now()
                .map(stored -> Precondition.revision(stored.revision()))
                .orElse(Precondition.ABSENT);
    }
}
