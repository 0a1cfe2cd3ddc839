package dev.parc.assessment.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.Check;
import dev.parc.check.RoadmapItem;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An attestation that was given for a statement counts after the statement was reworded. */
class FormerWordingTest {

    private static final Map<String, RoadmapItem> CARDS =
            Roadmap.checks().stream().map(Check::card).collect(Collectors.toMap(RoadmapItem::id, card -> card));

    private static RoadmapItem cardOf(String item) {
        return Objects.requireNonNull(CARDS.get(item));
    }

    private record Said(String key, RoadmapItem card, int statement, String words) {

        static Said of(String key, String words) {
            int dot = key.indexOf('.');
            return new Said(key, cardOf(key.substring(0, dot)), Integer.parseInt(key.substring(dot + 1)), words);
        }

        boolean isAsked() {
            return Question.isAskedIn(words, card, statement);
        }
    }

    private static List<Said> before() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/statements-of-the-release-before.txt")).stream()
                .map(line -> line.split(" ", 2))
                .map(parts -> Said.of(parts[0], parts[1]))
                .toList();
    }

    @Test
    void whateverTheReleaseBeforeAskedForIsStillAskedFor() throws IOException {
        assertThat(before()).hasSizeGreaterThan(60).allMatch(Said::isAsked);
    }

    @Test
    void theWordsOfOneStatementAreNotThoseOfAnother() throws IOException {
        for (Said said : before()) {
            String others = said.words().replace("The ", "No ").replace("We ", "Nobody ") + " Not.";

            assertThat(Question.isAskedIn(others, said.card(), said.statement()))
                    .as(said.key())
                    .isFalse();
            assertThat(Question.isAskedIn(said.words(), cardOf("S3-18"), 1))
                    .as(said.key())
                    .isEqualTo(said.key().equals("S3-18.1"));
        }
    }

    @Test
    void formerWordsAreOfStatementsThatReadOtherwiseNow() {
        FormerWording.all()
                .forEach((key, wordings) -> wordings.forEach(words -> {
                    Said said = Said.of(key, words);
                    assertThat(Question.words(said.card(), said.statement()))
                            .as(key)
                            .isPresent()
                            .get()
                            .isNotEqualTo(words);
                }));
    }
}
