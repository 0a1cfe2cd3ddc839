package dev.parc.assessment.json;

import static dev.parc.assessment.Assessments.HOSTILE;
import static dev.parc.assessment.Assessments.assessment;
import static dev.parc.assessment.Assessments.findings;
import static dev.parc.assessment.Assessments.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.FindingRecord;
import dev.parc.assessment.change.StagePoint;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendJsonTest {

    private static final String RUN = "20260131T080000Z-00000001";
    private static final Instant AT = Instant.parse("2026-01-31T08:00:02Z");
    private static final Finding HOSTILE_ONE = new Finding(HOSTILE, SubjectType.PRINCIPAL, HOSTILE, HOSTILE);

    @Test
    void changesComeBackAsTheyWere() {
        List<Change> changes = List.of(
                new Change(Change.Kind.NEW, RUN, AT, "S1-04", Severity.CRITICAL, Optional.of(HOSTILE_ONE), HOSTILE),
                new Change(Change.Kind.REGRESSED, RUN, AT, "BG-01", Severity.LOW, Optional.empty(), "not met"));
        assertThat(TrendJson.readChanges(TrendJson.writeChanges(changes))).isEqualTo(changes);
    }

    @Test
    void recordsComeBackAsTheyWere() {
        List<FindingRecord> records = List.of(
                new FindingRecord(HOSTILE_ONE, AT, AT.plusSeconds(9), AT.plusSeconds(1), Optional.empty(), 0),
                new FindingRecord(findings(1)[0], AT, AT, AT, Optional.of(AT.plusSeconds(60)), 7));
        assertThat(TrendJson.readFindings(TrendJson.writeFindings(records))).isEqualTo(records);
    }

    @Test
    void aPointTellsTheScoreTheOutcomesAndWhatWasRemedied() {
        Assessment run = assessment(
                RUN, result("S1-01", Outcome.PASS), result("S1-02", Outcome.FAIL), result("S2-01", Outcome.PASS));
        FindingRecord resolved = new FindingRecord(findings(1)[0], AT, AT, AT, Optional.of(AT.plusSeconds(90)), 0);
        StagePoint point = StagePoint.of(run, Stage.S1, 3, List.of(resolved, resolved));
        assertThat(TrendJson.readPoint(TrendJson.write(point))).isEqualTo(point);
        assertThat(TrendJson.node(point).toString())
                .isEqualTo("{\"runId\":\"" + RUN + "\",\"stage\":\"S1\",\"at\":\"2026-01-31T08:00:02Z\",\"score\":50,"
                        + "\"assessed\":2,\"items\":2,\"counts\":{\"PASS\":1,\"FAIL\":1,\"REVIEW\":0,"
                        + "\"NOT_APPLICABLE\":0,\"NOT_ASSESSED\":0},\"outcomes\":{\"S1-01\":\"PASS\",\"S1-02\":\"FAIL\"},"
                        + "\"waived\":[],\"opened\":3,\"resolved\":2,\"secondsToRemediate\":180}");
    }

    @Test
    void aStageOfWhichNothingCouldBeAssessedHasNoScore() {
        StagePoint point =
                StagePoint.of(assessment(RUN, result("S1-01", Outcome.NOT_ASSESSED)), Stage.S1, 0, List.of());
        assertThat(TrendJson.readPoint(TrendJson.write(point))).isEqualTo(point);
        assertThat(TrendJson.node(point).get("score").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"schema\":\"parc-changes/2\",\"changes\":[]}",
                "{\"schema\":\"parc-changes/1\"}",
                "{\"schema\":\"parc-changes/1\",\"changes\":[{\"kind\":\"OLD\"}]}",
                "{\"schema\":\"parc-changes/1\",\"changes\":[{\"kind\":\"NEW\",\"runId\":\"../..\"}]}"
            })
    void whatIsNoDocumentIsToldInOneLine(String document) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrendJson.readChanges(document))
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }
}
