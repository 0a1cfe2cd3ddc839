package dev.parc.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows of GitHub Actions, PARC's own and the sample: they parse, pin what they use, and name only what exists. */
class PipelinesTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path SAMPLE = Path.of("docs", "samples", "weekly-assessment.yml");

    /** Files of the repository that a step calls. */
    private static final Pattern CALLED = Pattern.compile("(?m)(?:^|\\s)((?:\\.ci|infra|docs|src)/[\\w./-]+)");

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(".github", "workflows"))) {
            return Stream.concat(files, Stream.of(SAMPLE)).sorted().toList();
        }
    }

    private static JsonNode read(Path workflow) throws IOException {
        return YAML.readTree(Files.readString(workflow));
    }

    private static List<JsonNode> steps(JsonNode workflow) {
        return workflow.path("jobs")
                .valueStream()
                .flatMap(job -> job.path("steps").valueStream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void itIsAWorkflowOfPinnedActionsWithNoMoreRightsThanItNeeds(Path file) throws IOException {
        JsonNode workflow = read(file);

        assertThat(workflow.path("permissions").toString()).isEqualTo("{\"contents\":\"read\"}");
        assertThat(workflow.path("jobs").valueStream().toList()).isNotEmpty().allSatisfy(job -> {
            assertThat(job.path("runs-on").asText()).matches("(ubuntu|windows)-\\d[\\d.]*");
            assertThat(job.path("timeout-minutes").asInt()).isPositive();
        });
        assertThat(steps(workflow)).isNotEmpty().allSatisfy(step -> {
            assertThat(step.has("uses") ^ step.has("run")).as(step.toString()).isTrue();
            if (step.has("uses")) {
                assertThat(step.path("uses").asText()).matches("[\\w-]+/[\\w-]+(/[\\w-]+)?@(v\\d+|[0-9a-f]{40})");
            }
            // what others can name, such as a branch, never becomes part of a script
            assertThat(step.path("run").asText()).doesNotContain("${{ github.");
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void itCallsOnlyWhatExists(Path file) throws IOException {
        for (JsonNode step : steps(read(file))) {
            CALLED.matcher(step.path("run").asText())
                    .results()
                    .forEach(call -> assertThat(Path.of(call.group(1))).exists());
        }
    }

    @Test
    void theReleaseHasWhatTheBuildMakes() throws IOException {
        JsonNode release = read(Path.of(".github", "workflows", "release.yml"));
        String pom = Files.readString(Path.of("pom.xml"));
        String collect = steps(release).stream()
                .map(step -> step.path("run").asText())
                .filter(run -> run.contains("sha256sum"))
                .findFirst()
                .orElseThrow();

        assertThat(collect)
                .contains("parc-$version.zip", "parc-$version-cli.zip", "parc-$version-sbom.json")
                .contains("parc-$version-main.json", "parc-$version-app.json");
        assertThat(pom)
                .contains("<finalName>${project.artifactId}-${project.version}</finalName>")
                .contains("<finalName>${project.artifactId}-${project.version}-cli</finalName>")
                .contains("<outputName>${project.artifactId}-${project.version}-sbom</outputName>");
        assertThat(release.at("/jobs/release/permissions").toString())
                .contains("\"attestations\":\"write\"", "\"id-token\":\"write\"");
        assertThat(steps(release))
                .anyMatch(step -> step.path("uses").asText().startsWith("actions/attest-build-provenance@"));
    }

    @Test
    void theSampleIsDocumentedAndAssesses() throws IOException {
        String sample = Files.readString(SAMPLE);

        assertThat(sample)
                .contains("cron:", "parc assess --sarif", "codeql-action/upload-sarif", "gh attestation verify");
        assertThat(Files.readString(Path.of("docs", "pipeline.md"))).contains("samples/weekly-assessment.yml");
    }
}
