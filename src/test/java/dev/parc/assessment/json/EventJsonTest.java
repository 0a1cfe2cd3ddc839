package dev.parc.assessment.json;

import static dev.parc.assessment.Assessments.HOSTILE;
import static dev.parc.assessment.Assessments.assessment;
import static dev.parc.assessment.Assessments.findings;
import static dev.parc.assessment.Assessments.result;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.check.Outcome;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    private static final String RUN = "20260131T080000000Z-0123456789abcdef";

    @Test
    void aFinishedRunTellsScoresAndCountsAndNoNames() throws Exception {
        String line = EventJson.finished(assessment(
                RUN,
                result("S1-01", Outcome.PASS),
                result("S1-02", Outcome.FAIL, findings(2)),
                result("S1-03", Outcome.NOT_ASSESSED)));

        assertThat(line)
                .isEqualTo("parc-event {\"event\":\"run-finished\",\"runId\":\"" + RUN
                        + "\",\"trigger\":\"http\",\"seconds\":7,\"stages\":[\"S1\"],\"score\":{\"S1\":50},"
                        + "\"counts\":{\"PASS\":1,\"FAIL\":1,\"REVIEW\":0,\"NOT_APPLICABLE\":0,\"NOT_ASSESSED\":1}}");
    }

    @Test
    void aStageOfWhichNothingIsAssessedHasNoScore() throws Exception {
        assertThat(event(EventJson.finished(assessment(RUN, result("S1-01", Outcome.NOT_ASSESSED))))
                        .path("score"))
                .isEmpty();
    }

    @Test
    void itemsOfAStageThatWasNotCoveredMakeNoScoreOfIt() throws Exception {
        assertThat(event(EventJson.finished(assessment(RUN, result("S2-01", Outcome.PASS))))
                        .path("score"))
                .isEmpty();
    }

    @Test
    void aReasonStaysOneLineOfJsonWhateverIsInIt() throws Exception {
        String line = EventJson.failed(RUN, HOSTILE.repeat(100));

        assertThat(line).startsWith(EventJson.MARK).doesNotContain("\n", "\r");
        assertThat(event(line).path("event").asText()).isEqualTo("run-failed");
        assertThat(event(line).path("reason").asText()).hasSize(1003).startsWith(HOSTILE.substring(0, 60));
        JsonNode unreadable = event(EventJson.unreadable("parc-runs-unreadable", "why"));
        assertThat(unreadable.path("event").asText()).isEqualTo("message-unreadable");
        assertThat(unreadable.path("queue").asText()).isEqualTo("parc-runs-unreadable");
        assertThat(unreadable.path("reason").asText()).isEqualTo("why");
    }

    private static JsonNode event(String line) throws JsonProcessingException {
        return new ObjectMapper().readTree(line.substring(EventJson.MARK.length()));
    }
}
