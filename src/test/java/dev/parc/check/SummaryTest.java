package dev.parc.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final String NAME = "CA001 " + "Require MFA ".repeat(30);

    @Test
    void aLineThatFitsIsLeftAsItIs() {
        String line = "x".repeat(Summary.LONGEST);

        assertThat(Summary.of(line)).isEqualTo(line);
        assertThat(Summary.of(line + "x")).hasSize(Summary.LONGEST).endsWith("x…");
    }

    @Test
    void aLineThatIsTooLongEndsAfterAWord() {
        assertThat(Summary.of(NAME))
                .hasSizeLessThanOrEqualTo(Summary.LONGEST)
                .matches("CA001 (Require MFA )*Require( MFA)?…");
    }

    @Test
    void whatComesLastIsNotLost() {
        assertThat(Summary.of(NAME, "; 1 statement to attest"))
                .hasSizeLessThanOrEqualTo(Summary.LONGEST)
                .startsWith("CA001 Require")
                .endsWith("…; 1 statement to attest");
        assertThat(Summary.of(NAME, NAME))
                .hasSizeLessThanOrEqualTo(Summary.LONGEST)
                .startsWith("CA001 Require MFA");
    }

    @Test
    void noCharacterIsCutInTwo() {
        String emoji = "\ud83d\ude80".repeat(100);
        String odd = Summary.of("x" + emoji);
        String even = Summary.of(emoji);

        assertThat(odd).doesNotContainPattern("[\\ud800-\\udbff](?![\\udc00-\\udfff])");
        assertThat(even).matches("(\\ud83d\\ude80)+…");
    }

    @Test
    void anAnswerIsNeverLongerWhateverIsInIt() {
        assertThat(Verdict.pass(NAME).summary()).hasSizeLessThanOrEqualTo(Summary.LONGEST);
        assertThat(Verdict.notAssessed(List.of(NAME)).summary()).hasSizeLessThanOrEqualTo(Summary.LONGEST);
    }

    @Test
    void aReasonThatTheSummarySaysInFullStaysTheFirst() {
        Verdict verdict = Verdict.notAssessed(List.of("x")).withReasons(List.of("y", "x"));

        assertThat(verdict.reasonInSummary()).isTrue();
        assertThat(verdict.reasons()).containsExactly("x", "y");
    }

    @Test
    void aReasonThatTheSummaryCutsIsSaidBesideIt() {
        assertThat(Verdict.notAssessed(List.of(NAME)).reasonInSummary()).isFalse();
        assertThat(Verdict.notApplicable("x").reasonInSummary()).isTrue();
        assertThat(Verdict.pass("x").withReasons(List.of("x")).reasonInSummary())
                .isFalse();
    }
}
