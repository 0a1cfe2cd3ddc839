package dev.parc.collect.graph;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.SECURE_SCORES;

import dev.parc.facts.Reading;
import dev.parc.facts.SecureScore;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads Secure Score, newest first, one a day. Graph keeps 90 days; a day is some hundred kilobytes, and 31 of them are
 * enough to compare with a month ago.
 */
final class SecureScoreReader {

    private static final int DAYS = 31;

    private final ReadingContext context;

    SecureScoreReader(ReadingContext context) {
        this.context = context;
    }

    Reading read() {
        return ReadingBuilder.ofCollection(
                SECURE_SCORES,
                context.graph()
                        .ask(GraphRequest.of(V1.security()
                                        .secureScores()
                                        .toGetRequestInformation(it -> it.queryParameters.top = DAYS))
                                .firstPage()),
                "scores",
                SecureScoreReader::score);
    }

    private static SecureScore score(Item item) {
        Map<String, Double> controls = new HashMap<>();
        item.items("controlScores")
                .forEach(control -> controls.merge(
                        control.requiredText("controlName"), control.requiredNumber("score"), Double::sum));
        return new SecureScore(
                item.time("createdDateTime").orElseThrow(() -> item.malformed("createdDateTime")),
                item.requiredNumber("currentScore"),
                item.requiredNumber("maxScore"),
                controls);
    }
}
