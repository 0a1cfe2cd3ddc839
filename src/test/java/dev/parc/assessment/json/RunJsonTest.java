package dev.parc.assessment.json;

import static dev.parc.assessment.Assessments.HOSTILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunJsonTest {

    private static final String RUN = "20260131T080000Z-0a1b2c3d";
    private static final RunRequest REQUEST = new RunRequest(
            RUN,
            Instant.parse("2026-01-31T08:00:00Z"),
            List.of(Stage.S1, Stage.BG),
            List.of("S2-01"),
            Assessment.Trigger.TIMER);
    private static final String MESSAGE = "{\"schema\":\"parc-run-request/1\",\"runId\":\"" + RUN
            + "\",\"requestedAt\":\"2026-01-31T08:00:00Z\",\"stages\":[\"S1\",\"BG\"],\"checks\":[\"S2-01\"],"
            + "\"trigger\":\"timer\"}";

    @Test
    void theMessageIsTheOneThatIsPublished() {
        assertThat(RunJson.write(REQUEST)).isEqualTo(MESSAGE);
        assertThat(RunJson.readRequest(MESSAGE)).isEqualTo(REQUEST);
    }

    @Test
    void theHostMayIndentAndLaterVersionsMayAdd() {
        String message =
                MESSAGE.replaceFirst("\\{", "{\r\n  \"later\": [{}],\r\n  ").replace(",", ",\r\n  ");

        assertThat(RunJson.readRequest(message)).isEqualTo(REQUEST);
    }

    @Test
    void whatIsAskedTwiceIsAskedOnce() {
        RunRequest request = RunJson.readRequest(
                MESSAGE.replace("[\"S1\",\"BG\"]", "[\"S1\",\"S1\"]").replace("\"S2-01\"", "\"S2-01\",\"S2-01\""));

        assertThat(request.stages()).containsExactly(Stage.S1);
        assertThat(request.checks()).containsExactly("S2-01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "parc-run-request/1"          | "parc-run-request/9"      | schema
                    "parc-run-request/1"          | 1                         | schema
                    "20260131T080000Z-0a1b2c3d"   | "20260131T080000Z-0A1B2C3D" | runId
                    "20260131T080000Z-0a1b2c3d"   | 7                         | runId
                    "2026-01-31T08:00:00Z"        | "31.1.2026"               | requestedAt
                    ["S1","BG"]                   | ["S1","S5"]               | stages
                    ["S1","BG"]                   | ["S1",null]               | stages
                    ["S1","BG"]                   | {}                        | stages
                    ["S2-01"]                     | ["S2-01","../x"]          | item
                    ["S2-01"]                     | ["S2-01\\u0000"]          | item
                    "checks":                     | "cheques":                | checks
                    "timer"                       | "cron"                    | trigger
                    "timer"}                      | "timer"}}                 | JSON
                    "timer"}                      | "timer","trigger":"cli"}  | JSON
                    """)
    void whatIsWrongIsNamed(String right, String wrong, String named) {
        assertThat(MESSAGE).contains(right);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunJson.readRequest(MESSAGE.replace(right, wrong)))
                .withMessageContaining(named)
                .withMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "hello", "{}", "[{}]", "\u0000", "{\"schema\":\"parc-run-request/1\"}"})
    void whatIsNoMessageIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunJson.readRequest(text))
                .withMessageNotContaining("\n");
    }

    @Test
    void aMessageThatNoQueueHoldsIsRefused() {
        String longest = MESSAGE + " ".repeat(48 * 1024 - MESSAGE.length());
        String inTwoByteLetters = MESSAGE.replaceFirst("\\{", "{\"later\":\"" + "é".repeat(25_000) + "\",");

        assertThat(RunJson.readRequest(longest)).isEqualTo(REQUEST);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunJson.readRequest(longest + " "))
                .withMessageContaining("49152");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunJson.readRequest(inTwoByteLetters))
                .withMessageContaining("49152");
    }

    @Test
    void aRecordComesBackAsItWas() {
        RunRecord run = new RunRecord(REQUEST, RunRecord.State.FAILED, HOSTILE, Instant.MAX);

        assertThat(RunJson.readRecord(RunJson.write(run))).isEqualTo(run);
    }

    @Test
    void anEntryOfTheHistoryComesBackAsItWas() {
        HistoryEntry entry = new HistoryEntry(
                RUN, Instant.MIN, Outcome.NOT_APPLICABLE, Integer.MAX_VALUE, HOSTILE, CheckResult.Basis.WAIVED);

        assertThat(RunJson.readHistory(RunJson.write(entry))).isEqualTo(entry);
    }
}
