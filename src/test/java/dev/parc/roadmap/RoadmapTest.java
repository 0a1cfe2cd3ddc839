package dev.parc.roadmap;

import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.GoodTenant;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Stage;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every check, said once. */
class RoadmapTest {

    private static final Path DOCS = Path.of("docs/checks");

    static Stream<Check> checks() {
        return Roadmap.checks().stream();
    }

    /** All but the signals. */
    static Stream<Arguments> checksWithEachFactTheyRead() {
        return checks().flatMap(check -> Assessor.reads(check).stream()
                .filter(kind -> !List.of(item(check).signals()).contains(kind))
                .map(kind -> Arguments.of(check, kind)));
    }

    @Test
    void everyCheckClassIsListed() {
        assertThat(Roadmap.checks())
                .extracting(check -> check.getClass().getName())
                .containsExactlyInAnyOrderElementsOf(new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages("dev.parc.roadmap")
                                .stream()
                                .filter(type -> type.isAssignableTo(Check.class))
                                .map(JavaClass::getName)
                                .toList());
    }

    @Test
    void idsAreInOrderAndUsedOnce() {
        assertThat(checks().map(check -> item(check).id()).toList())
                .isSortedAccordingTo(Comparator.comparing(Stage::ofItem).thenComparing(Comparator.naturalOrder()))
                .doesNotHaveDuplicates();
    }

    /** How many items the published roadmap has in each stage; their numbers run from 1. */
    private static final Map<Stage, Integer> ITEMS =
            Map.of(Stage.S1, 7, Stage.S2, 23, Stage.S3, 19, Stage.S4, 8, Stage.BG, 2);

    @Test
    void everyIdIsOneOfTheFiftyNineOfThePublishedRoadmap() {
        List<String> published = ITEMS.entrySet().stream()
                .flatMap(stage -> IntStream.rangeClosed(1, stage.getValue())
                        .mapToObj(number -> "%s-%02d".formatted(stage.getKey().name(), number)))
                .toList();
        assertThat(published).hasSize(59);
        assertThat(checks().map(check -> item(check).id())).isSubsetOf(published);
    }

    @Test
    void noDocPageIsOrphaned() throws IOException {
        try (Stream<Path> pages = Files.walk(DOCS)) {
            assertThat(pages.filter(Files::isRegularFile)
                            .map(page -> page.toFile().getName()))
                    .containsExactlyInAnyOrderElementsOf(
                            checks().map(check -> item(check).id() + ".md").toList());
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void theClassNameStartsWithTheId(Check check) {
        assertThat(check.getClass().getSimpleName()).startsWith(item(check).id().replace("-", ""));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void theCardSaysWhatToDoInOneLine(Check check) {
        assertThat(item(check).remedy()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
        assertThat(item(check).remedy().length()).isLessThanOrEqualTo(160);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void theDocPageHasTheSameTitleAndNoEmptySection(Check check) {
        List<String> page = lines(DOCS.resolve(item(check).id() + ".md"));
        assertThat(page)
                .first()
                .isEqualTo("# " + item(check).id() + " " + item(check).title());
        assertThat(page)
                .contains("## Why", "## What is asked", "## What it cannot see", "## To put it right", "## Source");
        assertThat(String.join("\n", page)).doesNotContain("TODO").doesNotContainPattern("(?m)^## .*\\n+(## |\\z)");
    }

    @ParameterizedTest
    @MethodSource("checks")
    void aTestStandsBesideIt(Check check) {
        assertThat(Path.of("src/test/java", check.getClass().getName().replace('.', '/') + "Test.java"))
                .exists();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void theGoodTenantPasses(Check check) {
        Verdict verdict = Assessor.assess(check, GoodTenant.build().facts());
        assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Outcome.PASS);
    }

    @ParameterizedTest
    @MethodSource("checksWithEachFactTheyRead")
    void whatCouldNotBeReadIsNeverAPass(Check check, FactKind kind) {
        Verdict verdict = Assessor.assess(
                check,
                GoodTenant.build().unread(kind, "permission X is missing").facts());
        assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Outcome.NOT_ASSESSED);
        assertThat(verdict.reasons()).contains(kind.title() + ": permission X is missing");
        assertThat(verdict.summary()).startsWith("not assessed, because ");
    }

    @ParameterizedTest
    @MethodSource("checksWithEachFactTheyRead")
    void whatWasReadInPartIsNeverAPass(Check check, FactKind kind) {
        Verdict verdict = Assessor.assess(
                check, GoodTenant.build().gap(kind, "page 2 was throttled").facts());
        assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Outcome.NOT_ASSESSED);
        assertThat(verdict.reasons()).contains(kind.title() + ": page 2 was throttled");
    }

    @ParameterizedTest
    @MethodSource("checksWithEachFactTheyRead")
    void aMissingLicenceForWhatItNeedsIsNamedAndIsNeitherFailNorPass(Check check, FactKind kind) {
        if (kind.licence().isEmpty() || !List.of(item(check).needs()).contains(kind)) {
            return;
        }
        Licence licence = kind.licence().get();
        Verdict verdict =
                Assessor.assess(check, GoodTenant.build().without(licence).facts());
        assertThat(verdict).isEqualTo(Verdict.notApplicable("the tenant has no " + licence.title() + " licence"));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void anEmptyTenantNeverPasses(Check check) {
        Outcome outcome = Assessor.assess(check, tenant().facts()).outcome();
        assertThat(outcome).isNotEqualTo(Outcome.PASS);
        if (item(check).administrators()) {
            assertThat(outcome).isIn(Outcome.NOT_ASSESSED, Outcome.FAIL);
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void whatAPersonMustSayIsNeverAPassUnsaid(Check check) {
        Verdict verdict =
                Assessor.assess(check, GoodTenant.build().nothingAttested().facts());
        if (verdict.word() == Verdict.Word.AWAITED) {
            assertThat(verdict.outcome()).isEqualTo(Outcome.REVIEW);
            assertThat(verdict.reasons())
                    .hasSizeGreaterThanOrEqualTo(item(check).attests().length);
        } else {
            assertThat(verdict)
                    .isEqualTo(Assessor.assess(check, GoodTenant.build().facts()));
        }
    }

    @ParameterizedTest
    @MethodSource("checks")
    void aSignalThatCouldNotBeReadIsNamedAndDecidesNothing(Check check) {
        for (FactKind kind : item(check).signals()) {
            Verdict verdict = Assessor.assess(
                    check,
                    GoodTenant.build().unread(kind, "permission X is missing").facts());
            assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Outcome.PASS);
            assertThat(verdict.reasons()).contains(kind.title() + ": permission X is missing");
        }
    }

    private static RoadmapItem item(Check check) {
        return Assessor.card(check);
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
