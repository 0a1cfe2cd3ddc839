package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.SECURE_SCORES;

import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.SecureScore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Secure Score, newest first, one a day. Graph keeps 90 days; a day is some hundred kilobytes, and 31 of them are
 * enough to compare with a month ago.
 */
public final class SecureScoreReader {

    public static final List<ReadingTask> TASKS =
            List.of(ReadingTask.of(SECURE_SCORES, context -> new SecureScoreReader(context).read()));

    private static final int DAYS = 31;

    private final ReadingContext context;

    public SecureScoreReader(ReadingContext context) {
        this.context = context;
    }

    public Reading read() {
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
