package dev.parc.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A newcomer's dry run of the documents: what they tell to run, set or read is there. */
class DocumentsTest {

    private static final Path DEPLOY = Path.of("docs/deploy.md");
    private static final Path OPERATIONS = Path.of("docs/operations.md");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docs/deploy.md",
                "docs/operations.md",
                "docs/security.md",
                "SECURITY.md",
                "CHANGELOG.md",
                "README.md"
            })
    void everyFileThatIsNamedExists(String document) {
        Path file = Path.of(document);
        String text = Template.read(file);
        Path folder = file.toAbsolutePath().getParent();
        for (MatchResult link : find("\\]\\(([^)#:]+)(?:#[^)]*)?\\)", text)) {
            assertThat(Path.of(String.valueOf(folder), link.group(1))).exists();
        }
        for (MatchResult path : find("(?<![\\w/.-])((?:infra|docs|src)/[\\w./-]*\\w)", text)) {
            assertThat(Path.of(path.group(1))).as(document).exists();
        }
    }

    @Test
    void everyOptionOfAScriptExists() {
        String shell = Template.read(Template.INFRA.resolve("grant-permissions.sh"));
        String powerShell = Template.read(Template.INFRA.resolve("Grant-Permissions.ps1"));
        for (Path document : List.of(DEPLOY, OPERATIONS, Path.of("docs/security.md"))) {
            for (MatchResult call : find("(?m)^infra/grant-permissions\\.sh (.*)$", Template.read(document))) {
                for (MatchResult option : find("(--[a-z-]+)", call.group(1))) {
                    assertThat(find("(?m)^  " + option.group(1) + "\\b", shell))
                            .as(option.group(1))
                            .isNotEmpty();
                }
            }
            for (MatchResult call : find("(?m)^infra/Grant-Permissions\\.ps1 (.*)$", Template.read(document))) {
                for (MatchResult option : find("-([A-Z][A-Za-z]+)", call.group(1))) {
                    assertThat(powerShell).contains("$" + option.group(1));
                }
            }
        }
    }

    @Test
    void everyVariableOfAzdGoesIntoAParameter() {
        String parameters = Template.read(Template.INFRA.resolve("main.parameters.json"));
        for (Path document : List.of(DEPLOY, OPERATIONS)) {
            assertThat(find("azd env set (PARC_\\w+)", Template.read(document)))
                    .allSatisfy(set -> assertThat(parameters).contains("${" + set.group(1) + "="));
        }
    }

    @Test
    void everyParameterOfADeploymentExists() {
        List<MatchResult> deployments =
                find("--template-file infra/(\\S+)\\s*\\\\?\\s*--parameters ([^\\n]*)", Template.read(DEPLOY));

        assertThat(deployments)
                .hasSize(3)
                .allSatisfy(deployment -> assertThat(
                                Template.of(deployment.group(1)).parameters())
                        .containsAll(find("(?<!\\S)(\\w+)=", deployment.group(2)).stream()
                                .map(parameter -> parameter.group(1))
                                .toList()));
    }

    @Test
    void theSettingsAreThoseOfTheExample() throws IOException {
        Set<String> example = new TreeSet<>();
        new ObjectMapper()
                .readTree(Path.of("local.settings.json.example").toFile())
                .path("Values")
                .fieldNames()
                .forEachRemaining(example::add);
        example.removeAll(Set.of("FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage"));

        assertThat(find("(?m)^\\| `((?:PARC|AZURE)_\\w+)` \\|", Template.read(OPERATIONS)).stream()
                        .map(setting -> setting.group(1)))
                .containsExactlyInAnyOrderElementsOf(example);
    }

    @Test
    void everyTableIsSaidToBeKept() {
        assertThat(Template.of("modules/storage.bicep").array("tableNames"))
                .allSatisfy(table -> assertThat(Template.read(OPERATIONS)).contains("`" + table + "`"));
    }

    @Test
    void everyAlertHasItsAdvice() {
        assertThat(Template.of("modules/alerts.bicep").groups("title: '([^']+)'"))
                .hasSize(3)
                .allSatisfy(title -> assertThat(Template.read(OPERATIONS)).contains("| *" + title + "* |"));
    }

    private static List<MatchResult> find(String expression, String text) {
        return Pattern.compile(expression).matcher(text).results().toList();
    }
}
