package dev.parc.roadmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Verdict;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All items over {@link ReportedTenants}, with the answers that a person gave by hand. */
class ReportedTenantsTest {

    private static Map<String, Verdict> answers(ReportedTenants.Reported reported) {
        FactKind[] kinds = Stream.of(FactKind.values())
                .filter(kind -> !FactKind.OWN.contains(kind))
                .toArray(FactKind[]::new);
        Facts read =
                Readings.of(reported.tenant(), reported.designations(), kinds).facts(reported.designations());
        Map<FactKind, Reading> own = new EnumMap<>(FactKind.class);
        FactKind.OWN.forEach(kind -> own.put(kind, new Reading.Read(List.of(), List.of())));
        Map<String, Verdict> answers = new TreeMap<>();
        for (Check check : Roadmap.checks()) {
            answers.put(Check.card(check).id(), Assessor.assess(check, read.with(own)));
        }
        return answers;
    }

    private static String with(Map<String, Verdict> answers, Outcome outcome) {
        return answers.entrySet().stream()
                .filter(answer -> answer.getValue().outcome() == outcome)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" "));
    }

    private static List<String> subjects(Verdict verdict) {
        return verdict.findings().stream().map(Finding::subjectName).toList();
    }

    /** Service accounts without MFA are for a person; that the block of legacy sign-in holds them is known. */
    @Test
    void aSmallCompanyThatExcludesItsEmergencyAccountsOneByOne() {
        Map<String, Verdict> answers = answers(ReportedTenants.smallCompany());
        assertThat(with(answers, Outcome.PASS)).isEqualTo("S1-04 S1-07");
        assertThat(with(answers, Outcome.FAIL))
                .isEqualTo("BG-01 S2-02 S2-08 S2-13 S2-17 S3-01 S3-02 S3-03 S3-04 S3-14 S3-16 S3-17 S4-02 S4-06 S4-07");
        assertThat(subjects(answer(answers, "S2-12"))).contains("group ServiceaccountsNoMFA");
        assertThat(subjects(answer(answers, "S3-07"))).doesNotContain("group ServiceaccountsNoMFA");
        assertThat(answer(answers, "S3-07").word()).isEqualTo(Verdict.Word.FACTS);
    }

    /** The account of synchronisation is a program, the emergency group is nobody else's to change. */
    @Test
    void aCompanyWhoseSignInsAnotherVendorAnswers() {
        Map<String, Verdict> answers = answers(ReportedTenants.federatedCompany());
        assertThat(with(answers, Outcome.PASS)).isEqualTo("S1-03 S1-04 S1-05 S1-07 S2-06 S2-11 S2-13 S3-02 S3-07");
        assertThat(with(answers, Outcome.FAIL))
                .isEqualTo("BG-01 S2-02 S2-08 S2-17 S2-23 S3-01 S3-04 S3-14 S3-16 S3-17 S4-02 S4-07");
        assertThat(subjects(answer(answers, "S2-12")))
                .containsExactly("Sync_AADC01_1a2b3c@northwindrail.onmicrosoft.com");
        assertThat(subjects(answer(answers, "S2-03"))).containsExactly("olsen@northwindrail.com");
    }

    /** A watchlist watches both, an application that is used is needed, and one with Owner at the root is for a person. */
    @Test
    void aCompanyInALandingZone() {
        Map<String, Verdict> answers = answers(ReportedTenants.landingZone());
        assertThat(with(answers, Outcome.PASS))
                .isEqualTo("S1-03 S1-04 S1-05 S1-07 S2-03 S2-06 S2-07 S2-09 S2-12 S2-19 S2-20 S2-23 S3-02 S3-07 S4-05");
        assertThat(with(answers, Outcome.FAIL)).isEqualTo("S2-13 S2-17 S3-03 S3-04 S3-11 S3-17 S4-02 S4-08");
        assertThat(subjects(answer(answers, "BG-01")))
                .containsExactly("ea-one@litware.onmicrosoft.com", "ea-two@litware.onmicrosoft.com");
        assertThat(subjects(answer(answers, "S3-13"))).containsExactly("sp-alz-deploy");
    }

    private static Verdict answer(Map<String, Verdict> answers, String id) {
        return Optional.ofNullable(answers.get(id)).orElseThrow();
    }
}
