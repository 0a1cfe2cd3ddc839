package dev.parc.assessment.register;

import static dev.parc.assessment.Assessments.HOSTILE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.HeldLedger;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Ledger.Book;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.check.Asking;
import dev.parc.check.Check;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Severity;
import dev.parc.check.Verdict;
import dev.parc.facts.Attestation;
import dev.parc.facts.Facts;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttestationsTest {

    private static final LocalDate UNTIL = LocalDate.of(2026, 12, 31);

    private final HeldLedger ledger = new HeldLedger();
    private Instant now = Instant.parse("2026-09-01T12:00:00.123456Z");

    @RoadmapItem(
            id = "S2-90",
            title = "The same item in a later version",
            version = 2,
            severity = Severity.LOW,
            needs = {},
            attests = {"The plan exists", "The plan is tested twice a year"})
    private record OtherWords() implements Check {
        @Override
        public Verdict evaluate(Facts facts) {
            return Verdict.attest("seen", List.of());
        }
    }

    @RoadmapItem(
            id = "S2-91",
            title = "Asks for nothing",
            severity = Severity.LOW,
            needs = {})
    private record Silent() implements Check {
        @Override
        public Verdict evaluate(Facts facts) {
            return Verdict.pass("seen");
        }
    }

    private Attestations attestations() {
        return attestations(new Asking.TwoStatements());
    }

    private Attestations attestations(Check check) {
        return new Attestations(ledger, List.of(check, new Silent()), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Revision<SignedStatement> attest(String item, int statement, String by) {
        return attestations().attest(item, statement, by, UNTIL, Optional.empty(), "", Precondition.NONE);
    }

    @Test
    void whatIsAttestedIsGivenWithWhoWhenAndUntilWhen() {
        Revision<SignedStatement> kept = attestations()
                .attest(
                        "s2-90",
                        1,
                        " Ann ",
                        UNTIL,
                        Optional.of("https://wiki.example.com/plan?x=1"),
                        "read it all",
                        Precondition.NONE);

        assertThat(attestations().given())
                .containsExactly(new Attestation(
                        "S2-90",
                        1,
                        "Ann",
                        Instant.parse("2026-09-01T12:00:00.123Z"),
                        UNTIL,
                        Optional.of("https://wiki.example.com/plan?x=1"),
                        "read it all"));
        assertThat(attestations().find("S2-90", 1)).contains(kept);
        assertThat(kept.revision()).isEqualTo(1);
    }

    @Test
    void theNewestWordCountsAndTheEarlierOnesAreKept() {
        attest("S2-90", 1, "Ann");
        now = now.plusSeconds(60);
        attest("S2-90", 1, "Ben");
        attest("S2-90", 2, "Cid");

        assertThat(attestations().given()).extracting(Attestation::by).containsExactly("Ben", "Cid");
        assertThat(attestations().history("S2-90", 1, 10))
                .extracting(kept -> kept.value().attestation().by())
                .containsExactly("Ben", "Ann");
    }

    @Test
    void whatIsWithdrawnIsNotGivenAndStaysInTheHistory() {
        attest("S2-90", 1, "Ann");

        Revision<SignedStatement> gone =
                attestations().withdraw("S2-90", 1, "Ben", Precondition.NONE).orElseThrow();

        assertThat(attestations().given()).isEmpty();
        assertThat(gone.withdrawal()).map(Revision.Withdrawal::by).contains("Ben");
        assertThat(attestations().history("S2-90", 1, 10)).hasSize(2).first().isEqualTo(gone);
        assertThat(attestations().withdraw("S2-90", 1, "Ben", Precondition.NONE))
                .as("nothing is left to take back")
                .isEmpty();
        attest("S2-90", 1, "Ann");
        assertThat(attestations().given()).hasSize(1);
    }

    @Test
    void nobodyAttestsWordsThatWereOtherOnes() {
        attest("S2-90", 1, "Ann");
        attest("S2-90", 2, "Ann");

        assertThat(attestations(new OtherWords()).given())
                .extracting(Attestation::statement)
                .containsExactly(1);
        assertThat(attestations(new Silent()).given()).isEmpty();
    }

    @Test
    void whoDidNotSeeTheNewestRevisionChangesNothing() {
        attest("S2-90", 1, "Ann");
        attest("S2-90", 1, "Ben");

        assertThatExceptionOfType(ChangedException.class)
                .isThrownBy(() ->
                        attestations().attest("S2-90", 1, "Cid", UNTIL, Optional.empty(), "", Precondition.revision(1)))
                .withMessage("the record S2-90.1 is at revision 2");
        assertThatExceptionOfType(ChangedException.class)
                .isThrownBy(() ->
                        attestations().attest("S2-90", 1, "Cid", UNTIL, Optional.empty(), "", Precondition.ABSENT));
        assertThatExceptionOfType(ChangedException.class)
                .isThrownBy(() -> attestations().withdraw("S2-90", 2, "Cid", Precondition.revision(1)))
                .withMessage("there is no record S2-90.2");
        attestations().withdraw("S2-90", 1, "Cid", Precondition.revision(2));
        assertThat(attestations()
                        .attest("S2-90", 1, "Cid", UNTIL, Optional.empty(), "", Precondition.ABSENT)
                        .revision())
                .isEqualTo(4);
    }

    @Test
    void anItemThatDoesNotAskIsRefusedWithThoseThatDo() {
        for (String item : List.of("S2-91", "S9-99", "", "../S2-90", "S2-90.1", HOSTILE)) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> attest(item, 1, "Ann"))
                    .withMessage("this item has no statements to attest; the items that have some are S2-90");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3, Integer.MAX_VALUE})
    void aStatementThatTheItemDoesNotHaveIsRefused(int statement) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> attest("S2-90", statement, "Ann"))
                .withMessage("S2-90 has the statements 1 to 2");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> attestations().withdraw("S2-90", statement, "Ann", Precondition.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-01, false",
        "2026-09-02, true",
        "2027-10-06, true",
        "2027-10-07, false",
        "-999999999-01-01, false",
        "+999999999-12-31, false"
    })
    void theLastDayIsAfterTodayAndAtMostFourHundredDaysAhead(LocalDate until, boolean taken) {
        if (taken) {
            attestations().attest("S2-90", 1, "Ann", until, Optional.empty(), "", Precondition.NONE);
        } else {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() ->
                            attestations().attest("S2-90", 1, "Ann", until, Optional.empty(), "", Precondition.NONE))
                    .withMessage("the last day must be from 2026-09-02 to 2027-10-06, at most 400 days ahead");
        }
        assertThat(attestations().given()).hasSize(taken ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://wiki.example.com",
                "javascript:alert(1)",
                "https:///path",
                "https://user:password@wiki.example.com",
                "wiki.example.com",
                "https://wiki.example.com/a b",
                "https://wiki.example.com/\"onclick=x",
                "data:text/html,x",
                "file:///etc/passwd",
                "https://wiki.example.com/\u202e"
            })
    void evidenceIsAnHttpsLink(String link) {
        assertThatThrownBy(
                        () -> attestations().attest("S2-90", 1, "Ann", UNTIL, Optional.of(link), "", Precondition.NONE))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("the evidence must be ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "Ann\nBen", "Ann\u0000", "Ann\u202eneB", "Ann\u001b[31m", "\ud83d"})
    void whoAttestsIsANameInOneLine(String by) {
        assertThatThrownBy(() -> attest("S2-90", 1, by))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("the person who attests it ");
        assertThat(ledger.newest(Book.ATTESTATIONS)).isEmpty();
    }

    @Test
    void lengthsAreBounded() {
        attest("S2-90", 1, "n".repeat(200));
        assertThatThrownBy(() -> attest("S2-90", 1, "n".repeat(201)))
                .hasMessage("the person who attests it can have at most 200 characters");
        attestations().attest("S2-90", 1, "Ann", UNTIL, Optional.empty(), "n".repeat(2000), Precondition.NONE);
        assertThatThrownBy(() -> attestations()
                        .attest("S2-90", 1, "Ann", UNTIL, Optional.empty(), "n".repeat(2001), Precondition.NONE))
                .hasMessage("the note can have at most 2,000 characters");
        assertThatThrownBy(() -> attestations()
                        .attest(
                                "S2-90",
                                1,
                                "Ann",
                                UNTIL,
                                Optional.of("https://a.example/" + "n".repeat(2000)),
                                "",
                                Precondition.NONE))
                .hasMessage("the evidence can have at most 2,000 characters");
    }

    @Test
    void whatIsKeptAndBrokenIsNamed() {
        ledger.append(Book.ATTESTATIONS, new Ledger.Entry("S2-90.1", 1, "{\"schema\":\"parc-attestation/1\"}"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> attestations().given())
                .withMessage("Revision 1 of S2-90.1 in the stored attestations is damaged (\"item\" must be a"
                        + " string): restore or delete it");
    }
}
