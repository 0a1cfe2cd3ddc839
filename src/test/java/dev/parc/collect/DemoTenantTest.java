package dev.parc.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.EscalationPath;
import dev.parc.analysis.administrators.EscalationPaths;
import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.check.Verdict;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTenantTest {

    private static final Path SHIPPED = Path.of("src/main/resources/demo");

    private static Facts facts() {
        SnapshotTenant demo = SnapshotTenant.demo();
        return demo.collect(FactKind.OF_TENANT, demo.designations(), phrase -> {})
                .facts()
                .only(FactKind.OF_TENANT);
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        }
        return files;
    }

    /** Written anew by {@code mvn test -Dtest=DemoTenantTest -Ddemo=write}. */
    @Test
    void whatShipsIsWhatTheTenantAnswers(@TempDir Path folder) throws IOException {
        if ("write".equals(System.getProperty("demo"))) {
            DemoTenant.write(SHIPPED);
        }
        DemoTenant.write(folder.resolve("demo"));
        assertThat(files(SHIPPED))
                .as("written anew with -Ddemo=write after every change")
                .isEqualTo(files(folder.resolve("demo")));
    }

    @Test
    void onlyTheRegistrationsAreMissing() {
        assertThat(UnseenHolders.gaps(facts()))
                .singleElement()
                .asString()
                .startsWith(
                        "administrators' MFA registrations: permission UserAuthenticationMethod.Read.All is missing");
    }

    @Test
    void fourteenAdministratorsOfEveryKindAreFound() {
        Facts facts = facts();
        Map<String, AssignmentKind> kinds = Administrators.of(facts).all().stream()
                .collect(Collectors.toMap(
                        administrator -> facts.account(administrator.id())
                                .map(Account::displayName)
                                .orElse(administrator.name()),
                        Administrator::kind));
        assertThat(kinds)
                .containsOnly(
                        Map.entry("Break Glass One", AssignmentKind.PERMANENT),
                        Map.entry("Break Glass Two", AssignmentKind.PERMANENT),
                        Map.entry("Adele Vance (admin)", AssignmentKind.ELIGIBLE),
                        Map.entry("Marco Keller (admin)", AssignmentKind.PERMANENT),
                        Map.entry("Priya Nair", AssignmentKind.PERMANENT),
                        Map.entry("Sam Okoro (admin)", AssignmentKind.TIME_BOUND),
                        Map.entry("Lena Fischer (admin)", AssignmentKind.PERMANENT),
                        Map.entry("Tomas Berg (admin)", AssignmentKind.PERMANENT),
                        Map.entry("Ines Costa (admin)", AssignmentKind.PERMANENT),
                        Map.entry("Jonas Weber (admin)", AssignmentKind.ELIGIBLE),
                        Map.entry("Dana Reyes (Fabrikam)", AssignmentKind.TIME_BOUND),
                        Map.entry("Hana Sato", AssignmentKind.ELIGIBLE),
                        Map.entry("Contoso Mail Archive", AssignmentKind.PERMANENT),
                        Map.entry("func-joiner-leaver", AssignmentKind.PERMANENT));
    }

    @Test
    void whoHoldsNoRoleAndHasAWayInIsToldApart() {
        assertThat(EscalationPaths.of(facts()))
                .extracting(EscalationPath::principalName, EscalationPath::leadsTo, EscalationPath::path)
                .containsExactly(
                        tuple(
                                "employee-07@contosopharma.com",
                                "SharePoint Administrator",
                                "as owner of group 'sg-role-sharepoint-administrators'"),
                        tuple(
                                "Contoso Onboarding Portal",
                                "Global Administrator",
                                "by the permission AppRoleAssignment.ReadWrite.All: it can grant itself every other"
                                        + " permission"),
                        tuple(
                                "employee-21@contosopharma.com",
                                "Global Administrator",
                                "as owner of application 'Contoso Onboarding Portal', which has the permission"
                                        + " AppRoleAssignment.ReadWrite.All and so can grant itself every other"
                                        + " permission"));
    }

    @Test
    void theDemoHasRolesInAzureOfEveryKind() {
        Administrators administrators = Administrators.of(facts());
        assertThat(administrators.inAzure().stream().map(administrators::inWords))
                .containsExactlyInAnyOrder(
                        "User Access Administrator (permanent, directly, at the root scope / of Azure, above every"
                                + " management group)",
                        "Owner (activated, directly, on management group 'Platform')",
                        "Owner (eligible, as eligible member of group 'sg-role-sharepoint-administrators', on"
                                + " subscription 'Laboratory')",
                        "Role Based Access Control Administrator (permanent, directly, on subscription 'Production')",
                        "Contributor (active, directly, on a resource group in subscription 'Production')",
                        "Owner (eligible, directly, on subscription 'Production')",
                        "Contributor (permanent, directly, on subscription 'Laboratory')",
                        "Virtual Machine Administrator Login (active, directly, on a resource in subscription"
                                + " 'Production')");
    }

    @Test
    void whatTheDemoKnowsOfOnPremisesHasSomethingToMend() {
        Facts facts = withNothingAttested();
        assertThat(verdict(facts, "S2-11").summary())
                .isEqualTo("password hashes are synchronised; hashes last came on 2026-09-01");
        assertThat(verdict(facts, "S2-14").summary())
                .isEqualTo(
                        "Secure Score is 61.3 % (37.4 of 61 points) and fell by 9.34 percentage points since 2026-08-02, compared by the 7 controls of both days");
        assertThat(verdict(facts, "S2-18").findings()).hasSize(2);
        assertThat(verdict(facts, "S3-10").summary())
                .isEqualTo("1 of 2 Defender for Identity sensors is healthy, and 1 health issue is open; 1 server"
                        + " has no sensor");
        assertThat(verdict(facts, "S4-02").outcome()).isEqualTo(Outcome.FAIL);
    }

    private static Verdict verdict(Facts facts, String id) {
        return Roadmap.checks().stream()
                .filter(check -> Check.card(check).id().equals(id))
                .map(check -> Assessor.assess(check, facts))
                .findFirst()
                .orElseThrow();
    }

    private static Facts withNothingAttested() {
        return facts().with(Map.of(FactKind.ATTESTATIONS, new Reading.Read(List.of(), List.of())));
    }

    private static Map<String, Outcome> outcomes() {
        Facts facts = withNothingAttested();
        Map<String, Outcome> outcomes = new TreeMap<>();
        for (Check check : Roadmap.checks()) {
            outcomes.put(Check.card(check).id(), Assessor.assess(check, facts).outcome());
        }
        return outcomes;
    }

    @Test
    void signInIsAnsweredAsTheDemoWants() {
        assertThat(outcomes())
                .containsEntry("S2-12", Outcome.FAIL)
                .containsEntry("S2-13", Outcome.FAIL)
                .containsEntry("S3-03", Outcome.FAIL)
                .containsEntry("S3-04", Outcome.FAIL)
                .containsEntry("S3-07", Outcome.FAIL);
    }

    @Test
    void accessToApplicationsIsAnsweredAsTheDemoWants() {
        assertThat(outcomes())
                .containsEntry("S2-22", Outcome.FAIL)
                .containsEntry("S3-15", Outcome.FAIL)
                .containsEntry("S3-16", Outcome.REVIEW)
                .containsEntry("S3-17", Outcome.PASS)
                .containsEntry("S3-18", Outcome.REVIEW);
    }

    @Test
    void azureIsAnsweredAsTheDemoWants() {
        assertThat(outcomes())
                .containsEntry("S2-17", Outcome.FAIL)
                .containsEntry("S2-19", Outcome.PASS)
                .containsEntry("S2-20", Outcome.FAIL)
                .containsEntry("S2-21", Outcome.FAIL)
                .containsEntry("S3-11", Outcome.FAIL)
                .containsEntry("S3-12", Outcome.REVIEW)
                .containsEntry("S3-14", Outcome.FAIL)
                .containsEntry("S4-07", Outcome.FAIL)
                .containsEntry("S4-08", Outcome.FAIL)
                .containsEntry("BG-01", Outcome.REVIEW);
    }

    @Test
    void stageOneIsAnsweredAsTheDemoWants() {
        assertThat(outcomes())
                .containsEntry("S1-01", Outcome.PASS)
                .containsEntry("S1-02", Outcome.REVIEW)
                .containsEntry("S1-03", Outcome.FAIL)
                .containsEntry("S1-04", Outcome.PASS)
                .containsEntry("S1-05", Outcome.NOT_ASSESSED)
                .containsEntry("S1-06", Outcome.FAIL)
                .containsEntry("S1-07", Outcome.PASS)
                .containsEntry("S2-05", Outcome.FAIL)
                .containsEntry("S3-02", Outcome.FAIL)
                .containsEntry("S3-06", Outcome.FAIL)
                .containsEntry("S4-06", Outcome.FAIL);
    }
}
