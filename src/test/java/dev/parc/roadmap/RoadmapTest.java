package dev.parc.roadmap;

import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parc.assessment.Assessor;
import dev.parc.assessment.decision.Question;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

    static Stream<Arguments> checksWithEachFactThatGapsLeaveOpen() {
        return checksWithEachFactTheyRead()
                .filter(one -> !List.of(item((Check) one.get()[0]).ofAccounts()).contains((FactKind) one.get()[1]));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void whatWasReadOfSomeAccountsOnlyIsTold(Check check) {
        for (FactKind kind : item(check).ofAccounts()) {
            Verdict whole = Assessor.assess(
                    check, GoodTenant.build().gap(kind, "page 2 was throttled").facts());
            assertThat(whole.outcome()).as(whole.toString()).isEqualTo(Outcome.PASS);
            assertThat(whole.reasons()).contains(kind.title() + ": page 2 was throttled");
        }
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

    /** The items of the published roadmap, which are for ever: id and the state asked for. */
    private static final String PUBLISHED = """
            S1-01 Privileged Identity Management is on and role changes are notified
            S1-02 Accounts in the highly privileged roles are listed and categorised
            S1-03 Accounts that are no longer needed are removed from the highly privileged roles
            S1-04 At least two emergency access accounts exist
            S1-05 Highly privileged single-user, non-federated accounts are registered for MFA
            S1-06 MFA is required at every sign-in of permanently assigned highly privileged accounts
            S1-07 There are two to four Global Administrators
            S2-01 Administrators of every service are inventoried
            S2-02 Administrator accounts have working e-mail addresses
            S2-03 All administrator accounts are registered for MFA
            S2-04 The business justification for administrative access is recorded
            S2-05 Administrative access that is not needed is removed from all roles
            S2-06 No personal Microsoft account holds a directory role
            S2-07 Global Administrators have separate accounts for administration
            S2-08 Mail of Global Administrators is forwarded to a working mailbox
            S2-09 Administrators signed in and changed their password in the last 90 days
            S2-10 Passwords of shared administrator accounts were changed recently
            S2-11 Password hash synchronisation is on
            S2-12 MFA is required for all users, privileged and exposed users first
            S2-13 Risk policies respond to sign-in and user risk, and no administrator is at risk
            S2-14 Microsoft Secure Score is available, tracked and not falling
            S2-15 The Microsoft 365 security and compliance guidance is reviewed
            S2-16 Administrators who do not use Microsoft 365 are identified
            S2-17 Owners of the incident and emergency response plan are named and can be reached
            S2-18 On-premises privileged accounts are secured
            S2-19 Azure subscriptions are inventoried and the production ones are known
            S2-20 No personal Microsoft account holds a role in Azure
            S2-21 The Azure Activity Log is monitored
            S2-22 Conditional Access policies cover on-premises and cloud-hosted applications
            S2-23 No synchronised account holds a directory role
            S3-01 Access reviews of the highly privileged roles are set up and completed
            S3-02 Administrators are eligible for their roles instead of permanently assigned
            S3-03 Stronger authentication is rolled out, to highly exposed users first
            S3-04 Administrators use dedicated workstations
            S3-05 NIST SP 800-61 on handling incidents is reviewed
            S3-06 PIM activation requires MFA, a justification and, for the strongest roles, approval, and ends within hours
            S3-07 Legacy authentication with passwords is blocked, and no such sign-in succeeds
            S3-08 Microsoft 365 administrators hold the right roles
            S3-09 Incident management is compared with Microsoft's
            S3-10 Further protection is in place for on-premises privileged accounts
            S3-11 Defender for Cloud watches every subscription
            S3-12 Privileged accounts inside virtual machines are inventoried
            S3-13 Azure administrators are eligible for their roles instead of permanently assigned
            S3-14 Azure logs reach the SIEM
            S3-15 Users are provisioned automatically to connected applications
            S3-16 Information protection is integrated
            S3-17 Conditional Access uses groups, locations and application sensitivity
            S3-18 Activity in connected cloud applications is monitored
            S3-19 New administrators are noticed
            S4-01 Administrators hold only the roles they need
            S4-02 Local administrators of Microsoft Entra joined devices are reviewed
            S4-03 The members of the built-in Microsoft 365 admin roles are reviewed
            S4-04 The incident response plan is validated regularly
            S4-05 Administrators use unprivileged accounts for day-to-day work
            S4-06 Privileged access is granted only when needed and removed afterwards
            S4-07 Audit logs of privileged accounts are kept for a year
            S4-08 Azure subscriptions have known owners, and none can leave the tenant unnoticed
            BG-01 Emergency access accounts are monitored, tested and used for nothing else
            BG-02 An emergency playbook is on file
            """;

    @Test
    void thereAreExactlyTheFiftyNineItemsOfThePublishedRoadmap() {
        assertThat(checks().map(check -> item(check).id() + " " + item(check).title()))
                .hasSize(59)
                .containsExactlyElementsOf(PUBLISHED.lines().toList());
        assertThat(checks().collect(Collectors.groupingBy(
                        check -> Stage.ofItem(item(check).id()),
                        () -> new EnumMap<>(Stage.class),
                        Collectors.counting())))
                .isEqualTo(Map.of(Stage.S1, 7L, Stage.S2, 23L, Stage.S3, 19L, Stage.S4, 8L, Stage.BG, 2L));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void theClassIsInThePackageOfItsStage(Check check) {
        String folder = item(check).id().startsWith("BG")
                ? "breakglass"
                : "stage" + item(check).id().charAt(1);
        assertThat(check.getClass().getPackageName()).isEqualTo("dev.parc.roadmap." + folder);
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
                .contains("## Why", "## What is checked", "## What it cannot see", "## How to fix it", "## Source");
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
        assertThat(verdict.reasons()).contains(kind.title() + ": permission X is missing");
        boolean tells =
                TELL_THAT_IT_EXISTS.getOrDefault(item(check).id(), Set.of()).contains(kind);
        if (standsWithout(check, kind) && !tells) {
            assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Outcome.PASS);
        } else {
            assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Outcome.NOT_ASSESSED);
            assertThat(verdict.summary()).startsWith("not assessed, because ");
        }
    }

    @ParameterizedTest
    @MethodSource("checksWithEachFactThatGapsLeaveOpen")
    void whatWasReadInPartIsNeverAPass(Check check, FactKind kind) {
        Verdict verdict = Assessor.assess(
                check, GoodTenant.build().gap(kind, "page 2 was throttled").facts());
        assertThat(verdict.outcome())
                .as(verdict.toString())
                .isEqualTo(standsWithout(check, kind) ? Outcome.PASS : Outcome.NOT_ASSESSED);
        assertThat(verdict.reasons()).contains(kind.title() + ": page 2 was throttled");
    }

    /** Whether the PASS of the good tenant stands without the kind: what is asked exists, by other kinds. */
    private static boolean standsWithout(Check check, FactKind kind) {
        return item(check).passStands() && FactKind.ADMINISTRATORS.contains(kind);
    }

    /** What tells that something exists, without being a need: unread, nothing is known to exist. */
    private static final Map<String, Set<FactKind>> TELL_THAT_IT_EXISTS =
            Map.of("S1-01", Set.of(FactKind.PIM_ELIGIBILITIES), "S1-04", Set.of(FactKind.PIM_ASSIGNMENTS));

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
                    .hasSizeGreaterThanOrEqualTo(Question.of(item(check), verdict.statements(), List.of(), NOW)
                            .size());
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
        return Check.card(check);
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
