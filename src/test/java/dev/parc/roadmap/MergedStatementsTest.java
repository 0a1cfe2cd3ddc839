package dev.parc.roadmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessor;
import dev.parc.assessment.decision.Question;
import dev.parc.check.Check;
import dev.parc.check.GoodTenant;
import dev.parc.check.MergedStatement;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much is asked of people: each thing once, in sentences that somebody can say yes to. */
class MergedStatementsTest {

    private static final Map<String, RoadmapItem> CARDS =
            Roadmap.checks().stream().map(Check::card).collect(Collectors.toMap(RoadmapItem::id, Function.identity()));

    /** The statements that a tenant is asked for where nobody has attested anything. */
    private static Set<String> asked(Facts facts) {
        Set<String> asked = new TreeSet<>();
        for (Check check : Roadmap.checks()) {
            Verdict verdict = Assessor.assess(check, facts);
            if (verdict.word() == Verdict.Word.AWAITED) {
                Question.of(Check.card(check), verdict.statements(), List.of(), facts.takenAt())
                        .forEach(question -> asked.add(question.item() + "." + question.statement()));
            }
        }
        return asked;
    }

    @Test
    void theDemoTenantIsAskedForThirtyAtMost() {
        SnapshotTenant demo = SnapshotTenant.demo();
        Facts facts = demo.collect(FactKind.OF_TENANT, demo.designations(), phrase -> {})
                .facts()
                .with(Map.of(FactKind.ATTESTATIONS, new Reading.Read(List.of(), List.of())));

        assertThat(asked(facts)).hasSizeBetween(5, 30);
    }

    @Test
    void aTenantThatDoesWhatMicrosoftSaysIsAskedForFifteenAtMostAndFailsNothing() {
        Facts facts = GoodTenant.asMicrosoftSays().nothingAttested().facts();

        assertThat(Roadmap.checks()).allSatisfy(check -> {
            Verdict verdict = Assessor.assess(check, facts);
            assertThat(verdict.outcome())
                    .as(Check.card(check).id() + ": " + verdict)
                    .isIn(
                            verdict.word() == Verdict.Word.AWAITED
                                    ? List.of(Outcome.REVIEW)
                                    : List.of(Outcome.PASS, Outcome.NOT_APPLICABLE));
        });
        assertThat(asked(facts)).hasSizeBetween(5, 15);
    }

    @Test
    void andPassesWithTheirWord() {
        Facts facts = GoodTenant.asMicrosoftSays().facts();

        assertThat(Roadmap.checks()).allSatisfy(check -> {
            Verdict verdict = Assessor.assess(check, facts);
            assertThat(verdict.outcome())
                    .as(Check.card(check).id() + ": " + verdict)
                    .isIn(Outcome.PASS, Outcome.NOT_APPLICABLE);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aMergedStatementIsOneSentence(MergedStatement merged) {
        assertThat(merged.words()).endsWith(".").doesNotContain(". ");
        assertThat(merged.parts()).hasSizeGreaterThan(1).allSatisfy(part -> {
            String item = part.substring(0, part.indexOf('.'));
            assertThat(CARDS)
                    .hasEntrySatisfying(
                            item,
                            card -> assertThat(Integer.parseInt(part.substring(part.indexOf('.') + 1)))
                                    .isBetween(1, card.attests().length));
        });
    }

    @ParameterizedTest
    @EnumSource
    void thePageOfEachPartNamesIt(MergedStatement merged) {
        for (String part : merged.parts()) {
            assertThat(Path.of("docs/checks", part.substring(0, part.indexOf('.')) + ".md"))
                    .content()
                    .contains("**statement " + merged.statement() + " of " + merged.item() + "**");
        }
    }

    @Test
    void nineteenStatementsAreAllThatAnybodyIsAskedFor() {
        assertThat(CARDS.values().stream()
                        .flatMap(card -> Question.unsaid(card).stream())
                        .distinct())
                .hasSize(19);
    }

    @Test
    void noPartIsInTwo() {
        assertThat(Stream.of(MergedStatement.values()).flatMap(merged -> merged.parts().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void theirNumbersFollowThoseOfTheCard() {
        CARDS.values()
                .forEach(card -> assertThat(MergedStatement.of(card.id()))
                        .extracting(MergedStatement::statement)
                        .containsExactlyElementsOf(IntStream.rangeClosed(card.attests().length + 1, Question.most(card))
                                .boxed()
                                .toList()));
    }
}
