package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.check.Verdict;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.Tenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.recording.RecordingWire;
import dev.parc.collect.recording.SnapshotHeading;
import dev.parc.collect.tenant.FactsReading;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.roadmap.Roadmap;
import dev.parc.roadmap.stage1.S104EmergencyAccountsExist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant of another cloud differs by the domain that it was created with, and gets the same answers. */
class NationalCloudsTest {

    private static final Path DEMO = Path.of("src/main/resources/demo");
    private static final String COMMERCIAL = "contosopharma.onmicrosoft.com";

    private static final Instant TAKEN = Instant.parse("2026-09-01T08:00:00Z");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contosopharma.onmicrosoft.us",
                "contosopharma.partner.onmschina.cn",
                "contosopharma.onms.example"
            })
    void theDemoTenantIsAnsweredAlikeInEveryCloud(String initialDomain) throws IOException {
        move(initialDomain);

        Map<String, String> answers = answers(SnapshotTenant.open(folder));

        answers.replaceAll((id, answer) -> answer.replace(initialDomain, COMMERCIAL));
        assertThat(answers).isEqualTo(answers(SnapshotTenant.demo()));
    }

    /** Two emergency accounts as they should be, designated in the snapshot's own manifest by their names in that cloud. */
    private Verdict emergencyAccounts(String initialDomain, String ofAccounts) {
        FakeTenant tenant = FakeTenant.named("Contoso", initialDomain);
        Designations designations = new Designations(Set.of("bg-one@" + ofAccounts, "bg-two@" + ofAccounts), Map.of());
        for (String name : List.of("bg-one", "bg-two")) {
            String id = tenant.user(name, name + "@" + ofAccounts);
            tenant.permanent(id, DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
            tenant.registration(id, true, "fido2SecurityKey");
        }
        tenant.authenticationMethods("Fido2");
        RecordingWire recording = new RecordingWire(tenant);
        Path snapshot = folder.resolve("of " + ofAccounts);
        try (BatchingGraph graph = BatchingGraph.replaying(recording);
                Arm arm = Arm.replaying(recording)) {
            new FactsReading(graph, arm, TAKEN, "Contoso").collect(FactKind.OF_TENANT, designations, phrase -> {});
            recording.write(
                    snapshot, new SnapshotHeading(FakeTenant.TENANT_ID, "Contoso", "snapshot", TAKEN, designations));
        }
        SnapshotTenant kept = SnapshotTenant.open(snapshot);
        assertThat(kept.designations()).isEqualTo(designations);
        return Assessor.assess(
                new S104EmergencyAccountsExist(),
                kept.collect(FactKind.OF_TENANT, kept.designations(), phrase -> {})
                        .facts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"contoso.onmicrosoft.com", "contoso.onmicrosoft.us", "contoso.partner.onmschina.cn"})
    void emergencyAccountsOnTheInitialDomainOfTheCloudAreFound(String initialDomain) {
        assertThat(emergencyAccounts(initialDomain, initialDomain).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void emergencyAccountsOnADomainThatOnlyLooksLikeThatOfAGovernmentCloudAreNot() {
        Verdict verdict = emergencyAccounts("contoso.onmicrosoft.us", "contoso.onmicrosoft.us.example");

        assertThat(verdict.outcome()).isNotEqualTo(Outcome.PASS);
    }

    private void move(String initialDomain) throws IOException {
        try (Stream<Path> paths = Files.walk(DEMO)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(
                        DEMO.relativize(path).toString().replace('\\', '/').replace(COMMERCIAL, initialDomain));
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(path).replace(COMMERCIAL, initialDomain));
            }
        }
    }

    /** Outcome, words, reasons and findings with their subjects, by item. */
    private static Map<String, String> answers(Tenant tenant) {
        Facts facts = tenant.collect(FactKind.OF_TENANT, tenant.designations(), phrase -> {})
                .facts();
        Map<String, String> answers = new TreeMap<>();
        Roadmap.checks().forEach(check -> {
            Verdict verdict = Assessor.assess(check, facts);
            answers.put(Check.card(check).id(), verdict.toString());
        });
        return answers;
    }
}
