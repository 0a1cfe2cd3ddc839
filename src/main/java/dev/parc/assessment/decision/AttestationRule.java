package dev.parc.assessment.decision;

import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Summary;
import dev.parc.check.Verdict;
import dev.parc.facts.Attestation;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What people attest about one item, and what that makes of an answer that waits for it. */
public final class AttestationRule {

    /** How long before its end an attestation or a waiver is announced. */
    public static final int DAYS_AHEAD = 14;

    private static final int LONGEST_NAMES = 60;

    private final RoadmapItem item;
    private final List<Attestation> given;
    private final Instant now;

    private AttestationRule(RoadmapItem item, List<Attestation> given, Instant now) {
        this.item = item;
        this.given = given;
        this.now = now;
    }

    public static AttestationRule of(RoadmapItem item, Facts facts) {
        boolean asked = item.attests().length > 0 && facts.reading(FactKind.ATTESTATIONS) instanceof Reading.Read;
        return new AttestationRule(item, asked ? facts.attestations() : List.of(), facts.takenAt());
    }

    /** What is given, by statement, with the statement's words. */
    public List<SignedStatement> signed() {
        return Question.of(item, Set.of(), given, now).stream()
                .flatMap(question ->
                        question.said().map(said -> new SignedStatement(said, wordsOf(question, said))).stream())
                .toList();
    }

    /** Those of the part where a part is the last that was said of a merged statement. */
    private String wordsOf(Question question, Attestation said) {
        return said.item().equals(question.item()) && said.statement() == question.statement()
                ? question.words()
                : item.attests()[said.statement() - 1];
    }

    /**
     * The answer as it stands with what is attested.
     *
     * @throws IllegalStateException if the check waits for a word that its card does not ask for
     */
    public Verdict settle(Verdict verdict) {
        if (verdict.word() != Verdict.Word.AWAITED) {
            return verdict;
        }
        if (item.attests().length == 0) {
            throw new IllegalStateException(
                    item.id() + " leaves its result to a person but has no statement to attest");
        }
        List<String> open = new ArrayList<>();
        List<String> ending = new ArrayList<>();
        TreeSet<String> people = new TreeSet<>();
        LocalDate until = LocalDate.MAX;
        List<Question> questions = Question.of(item, verdict.statements(), given, now);
        for (Question question : questions) {
            String statement = "\"" + question.words() + "\"" + place(question);
            Optional<Attestation> last = question.said();
            if (last.isEmpty()) {
                open.add(statement + " is not attested");
            } else if (!last.get().isValidAt(now)) {
                open.add(statement + " was attested by " + last.get().by() + " until "
                        + last.get().validUntil() + ", which has passed");
            } else {
                people.add(last.get().by());
                until = last.get().validUntil().isBefore(until) ? last.get().validUntil() : until;
                if (last.get().endsWithin(DAYS_AHEAD, now)) {
                    ending.add(statement + " is attested until " + last.get().validUntil() + " only: attest it again");
                }
            }
        }
        return open.isEmpty()
                ? new Verdict(
                        Outcome.PASS,
                        Summary.of(verdict.summary(), "; attested by " + named(people) + " until " + until),
                        joined(ending, verdict.reasons()),
                        verdict.findings(),
                        Verdict.Word.GIVEN,
                        verdict.statements())
                : new Verdict(
                        Outcome.REVIEW,
                        Summary.of(
                                verdict.summary(),
                                questions.size() == 1
                                        ? "; 1 statement to attest"
                                        : "; %d of %d statements to attest".formatted(open.size(), questions.size())),
                        joined(open, joined(ending, verdict.reasons())),
                        verdict.findings(),
                        Verdict.Word.AWAITED,
                        verdict.statements());
    }

    private static String named(SortedSet<String> people) {
        String names = String.join(", ", people);
        return people.size() == 1 || names.length() <= LONGEST_NAMES ? names : people.size() + " people";
    }

    /** Where a statement is attested that serves other items too. */
    private String place(Question question) {
        return question.item().equals(item.id())
                ? ""
                : " (statement " + question.statement() + " of " + question.item() + ")";
    }

    private static List<String> joined(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }
}
