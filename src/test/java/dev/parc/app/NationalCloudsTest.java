package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessor;
import dev.parc.check.Verdict;
import dev.parc.collect.Tenant;
import dev.parc.collect.snapshot.SnapshotTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant of another cloud differs by the domain that it was created with, and gets the same answers. */
class NationalCloudsTest {

    private static final Path DEMO = Path.of("src/main/resources/demo");
    private static final String COMMERCIAL = "contosopharma.onmicrosoft.com";

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
            answers.put(Assessor.card(check).id(), verdict.toString());
        });
        return answers;
    }
}
