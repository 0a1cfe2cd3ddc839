package dev.parc.assessment.decision;

import dev.parc.check.MergedStatement;
import dev.parc.check.RoadmapItem;
import dev.parc.facts.Attestation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A statement that an item wants attested, at one moment: a merged statement instead of its parts as long as none of them
 * is attested, and the parts where some are, or where what was read makes some of an item's needless.
 *
 * @param item the item that it is kept under, another one than asks where a statement serves more than one
 * @param said the last word on it, whether it still counts or not
 */
public record Question(String item, int statement, String words, Optional<Attestation> said) {

    /** Whether it is attested at this moment. */
    public boolean isAnsweredAt(Instant moment) {
        return said.filter(last -> last.isValidAt(moment)).isPresent();
    }

    /**
     * What an item wants attested.
     *
     * @param places those of the card's statements that are left to a person; none stands for all
     * @param given all attestations that stand, of every item
     */
    public static List<Question> of(RoadmapItem card, Set<Integer> places, List<Attestation> given, Instant now) {
        List<Question> questions = new ArrayList<>();
        Set<MergedStatement> met = EnumSet.noneOf(MergedStatement.class);
        List<Integer> left = places(card)
                .filter(place -> places.isEmpty() || places.contains(place))
                .toList();
        for (int place : left) {
            Optional<MergedStatement> merged = MergedStatement.saying(card.id(), place);
            if (merged.isEmpty()) {
                questions.add(own(card, place, given));
            } else if (met.add(merged.get())) {
                questions.addAll(of(merged.get(), card, left, given, now));
            }
        }
        return questions;
    }

    /** What an item wants attested of a tenant where nobody has attested anything. */
    public static List<Question> unsaid(RoadmapItem card) {
        return of(card, Set.of(), List.of(), Instant.EPOCH);
    }

    private static Stream<Integer> places(RoadmapItem card) {
        return IntStream.rangeClosed(1, card.attests().length).boxed();
    }

    /** The highest number of a statement that is kept under an item, its merged ones among them. */
    public static int most(RoadmapItem card) {
        return card.attests().length + MergedStatement.of(card.id()).size();
    }

    /** The words of a statement that is kept under an item, be it merged, part of a merged one, or neither. */
    public static Optional<String> words(RoadmapItem card, int statement) {
        return statement >= 1 && statement <= card.attests().length
                ? Optional.of(card.attests()[statement - 1])
                : MergedStatement.at(card.id(), statement).map(MergedStatement::words);
    }

    /** Whether these are the words of a statement, as it reads now or as it read before, when it asked for the same. */
    public static boolean isAskedIn(String words, RoadmapItem card, int statement) {
        return words(card, statement)
                .filter(now -> now.equals(words) || FormerWording.had(key(card.id(), statement), words))
                .isPresent();
    }

    /** The last word on a statement. */
    private static Optional<Attestation> last(String item, int statement, List<Attestation> given) {
        return given.stream()
                .filter(one -> one.statement() == statement && one.item().equals(item))
                .max(Comparator.comparing(Attestation::at));
    }

    private static List<Question> of(
            MergedStatement merged, RoadmapItem card, List<Integer> left, List<Attestation> given, Instant now) {
        Optional<Attestation> whole = last(merged.item(), merged.statement(), given);
        List<Integer> ofCard = places(card)
                .filter(place -> merged.parts().contains(Question.key(card.id(), place)))
                .toList();
        List<Question> parts = ofCard.stream()
                .filter(left::contains)
                .map(place -> own(card, place, given))
                .toList();
        boolean partsHold = parts.stream().allMatch(part -> part.isAnsweredAt(now));
        if (whole.filter(it -> it.isValidAt(now) && !(partsHold && end(parts).isAfter(it.validUntil())))
                .isPresent()) {
            return List.of(new Question(merged.item(), merged.statement(), merged.words(), whole));
        }
        boolean someHold = given.stream()
                .anyMatch(one ->
                        one.isValidAt(now) && merged.parts().contains(Question.key(one.item(), one.statement())));
        if (someHold || parts.size() < ofCard.size()) {
            return parts;
        }
        boolean partsWereSaid = parts.stream().allMatch(part -> part.said().isPresent());
        return List.of(new Question(
                merged.item(),
                merged.statement(),
                merged.words(),
                whole.or(() ->
                        partsWereSaid ? saidOf(parts).max(Comparator.comparing(Attestation::validUntil)) : none())));
    }

    private static Optional<Attestation> none() {
        return Optional.empty();
    }

    private static Question own(RoadmapItem card, int place, List<Attestation> given) {
        return new Question(card.id(), place, card.attests()[place - 1], last(card.id(), place, given));
    }

    private static LocalDate end(List<Question> parts) {
        return saidOf(parts)
                .map(Attestation::validUntil)
                .min(Comparator.naturalOrder())
                .orElse(LocalDate.MIN);
    }

    private static Stream<Attestation> saidOf(List<Question> parts) {
        return parts.stream().flatMap(part -> part.said().stream());
    }

    /** What the word on a statement is kept under. */
    public static String key(String item, int statement) {
        return item + "." + statement;
    }
}
