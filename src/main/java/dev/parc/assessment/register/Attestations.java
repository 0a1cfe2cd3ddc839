package dev.parc.assessment.register;

import dev.parc.assessment.decision.Question;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.InputText;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.Revision;
import dev.parc.check.Check;
import dev.parc.check.MergedStatement;
import dev.parc.check.RoadmapItem;
import dev.parc.facts.Attestation;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What people attest, kept in a ledger: for each statement of an item what was said last, and what was said before. */
public final class Attestations {

    /** How many days ahead somebody may attest or waive. */
    public static final int MOST_DAYS = InputText.MOST_DAYS;

    private static final String RECORDED_BY = ", recorded by ";

    private final RevisionedStore<SignedStatement> register;
    private final Map<String, RoadmapItem> asking;
    private final Clock clock;

    /** @param checks all checks of this version, which tell what can be attested */
    public Attestations(Ledger ledger, List<Check> checks, Clock clock) {
        this.register =
                RevisionedStore.of(ledger, Ledger.Book.ATTESTATIONS, "parc-attestation/1", SignedStatement.class);
        this.asking = checks.stream()
                .map(Check::card)
                .filter(card -> card.attests().length > 0)
                .collect(Collectors.toMap(RoadmapItem::id, card -> card));
        this.clock = clock;
    }

    /** What is attested and not taken back, for the checks: only statements that still ask for what they did. */
    public List<Attestation> given() {
        return register.inForce().stream()
                .map(Revision::value)
                .filter(this::isStillAsked)
                .map(SignedStatement::attestation)
                .toList();
    }

    /** Whether the item still asks for the statement, in the words that were attested or in others that ask for the same. */
    public boolean isStillAsked(SignedStatement signed) {
        RoadmapItem card = asking.get(signed.attestation().item());
        return card != null
                && Question.isAskedIn(signed.words(), card, signed.attestation().statement());
    }

    /** What an item wants attested now. */
    public List<Question> questions(RoadmapItem card) {
        return Question.of(card, Set.of(), given(), clock.instant());
    }

    /** What all items want attested now, each once. */
    public List<Question> questions() {
        List<Attestation> given = given();
        Instant now = clock.instant();
        return asking.values().stream()
                .flatMap(card -> Question.of(card, Set.of(), given, now).stream())
                .distinct()
                .toList();
    }

    /** The newest word on every statement, in the order of the items; those that take it back too. */
    public List<Revision<SignedStatement>> newest() {
        return register.newest();
    }

    /** What was said of one statement, newest first. */
    public List<Revision<SignedStatement>> history(String item, int statement, int limit) {
        return register.history(Question.key(card(item).id(), statement), limit);
    }

    /** The newest word on one statement. */
    public Optional<Revision<SignedStatement>> find(String item, int statement) {
        return register.find(Question.key(card(item).id(), statement));
    }

    /**
     * Keeps that somebody attests a statement from now on.
     *
     * @param item the id of an item that asks for it, in upper or lower case
     * @param statement from 1
     * @throws RefusedException if it cannot be kept, saying why
     * @throws ChangedException if the precondition does not hold
     */
    public Revision<SignedStatement> attest(
            String item,
            int statement,
            String by,
            LocalDate validUntil,
            Optional<String> evidence,
            String note,
            Precondition precondition) {
        return keep(sign(item, statement, by, validUntil, evidence, note), precondition);
    }

    /**
     * What {@link #attest} would keep; nothing is kept.
     *
     * @throws RefusedException if it cannot be kept, saying why
     */
    public SignedStatement sign(
            String item, int statement, String by, LocalDate validUntil, Optional<String> evidence, String note) {
        RoadmapItem card = card(item);
        String words = words(card, statement);
        Instant now = now();
        return new SignedStatement(
                new Attestation(
                        card.id(),
                        statement,
                        InputText.required("the person who attests it", by, InputText.LONGEST_NAME),
                        now,
                        InputText.until("the last day", validUntil, now),
                        InputText.link("the evidence", evidence),
                        InputText.line("the note", note, InputText.LONGEST_TEXT)),
                words);
    }

    /**
     * Keeps what {@link #sign} gave.
     *
     * @throws ChangedException if the precondition does not hold
     */
    public Revision<SignedStatement> keep(SignedStatement signed, Precondition precondition) {
        Attestation attestation = signed.attestation();
        return register.put(Question.key(attestation.item(), attestation.statement()), signed, precondition);
    }

    /** Who attests, as it is kept: with who wrote it down, if that is somebody else. */
    public static String recorded(String by, String caller) {
        return by.equals(caller) ? by : by + RECORDED_BY + caller;
    }

    /** Who attested, without who wrote it down. */
    public static String speaker(Attestation said) {
        int end = said.by().indexOf(RECORDED_BY);
        return end < 0 ? said.by() : said.by().substring(0, end);
    }

    /** What a statement says that is kept under an item; empty if the item asks for none under this number. */
    public Optional<String> words(String item, int statement) {
        return Optional.ofNullable(asking.get(item)).flatMap(card -> Question.words(card, statement));
    }

    /**
     * Takes back what stands of a statement, and of all its parts: what was withdrawn is not to count by way of them.
     *
     * @return the word that was taken back, that of a part where only parts stood; empty if nothing stands
     * @throws RefusedException if the item asks for no such statement, or it would still be attested as a part of another
     * @throws ChangedException if the precondition does not hold
     */
    public Optional<Revision<SignedStatement>> withdraw(
            String item, int statement, String by, Precondition precondition) {
        RoadmapItem card = card(item);
        words(card, statement);
        MergedStatement.saying(card.id(), statement)
                .filter(merged -> register.find(Question.key(merged.item(), merged.statement()))
                        .filter(Revision::stands)
                        .filter(kept -> isStillAsked(kept.value()))
                        .isPresent())
                .ifPresent(merged -> {
                    throw new RefusedException("it is attested as part of statement %d of %s: withdraw that one"
                            .formatted(merged.statement(), merged.item()));
                });
        Revision.Withdrawal withdrawal = new Revision.Withdrawal(
                InputText.required("the person who withdraws", by, InputText.LONGEST_NAME), now());
        Optional<Revision<SignedStatement>> withdrawn =
                register.withdraw(Question.key(card.id(), statement), withdrawal, precondition);
        Optional<Revision<SignedStatement>> first = Optional.empty();
        for (String part : MergedStatement.at(card.id(), statement)
                .map(MergedStatement::parts)
                .orElse(List.of())) {
            Optional<Revision<SignedStatement>> ofPart = register.withdraw(part, withdrawal, Precondition.NONE);
            first = first.or(() -> ofPart);
        }
        return withdrawn.isPresent() ? withdrawn : first;
    }

    /**
     * The card of an item that asks for a word.
     *
     * @throws RefusedException if there is none, naming those that do
     */
    public RoadmapItem card(String item) {
        RoadmapItem card = asking.get(item.strip().toUpperCase(Locale.ROOT));
        if (card == null) {
            throw new RefusedException("this item has no statements to attest; the items that have some are "
                    + asking.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return card;
    }

    private static String words(RoadmapItem card, int statement) {
        return Question.words(card, statement)
                .orElseThrow(() -> new RefusedException(
                        Question.most(card) == 1
                                ? card.id() + " has one statement, number 1"
                                : "%s has the statements 1 to %d".formatted(card.id(), Question.most(card))));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
