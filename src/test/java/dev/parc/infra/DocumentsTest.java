package dev.parc.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A new administrator's dry run of the documents: what they tell to run, set or read is there. */
class DocumentsTest {

    private static final Path DEPLOY = Path.of("docs/deploy.md");
    private static final Path OPERATIONS = Path.of("docs/operations.md");
    private static final Set<String> ROUTES = routes();
    private static final Set<String> CLASSES = classes();
    private static final Set<String> WRITTEN = written();

    /** Names of Microsoft's, of the JVM's and of libraries that PARC does without. */
    private static final Set<String> FOREIGN = Set.of(
            "AllAgentIdResources",
            "AllAgentIdUsers",
            "AllTrusted",
            "DnsResolver",
            "HttpOnly",
            "LogicApps",
            "MapFunctionRoute",
            "MicrosoftAdminPortals",
            "SameSite",
            "SecurityInsights",
            "TieredStopAtLevel",
            "UserAuthenticationMethod",
            "WebScriptHostHttpRoutesManager");

    /** The documents that people read, without those that the build writes and the pages of the checks. */
    static List<String> documents() throws IOException {
        try (Stream<Path> root = Files.list(Path.of("."));
                Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(root.map(Path::getFileName), docs)
                    .map(Path::toString)
                    .filter(file -> file.endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
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

    /** Names in camel case are classes of PARC, or what its code, its templates or somebody else calls so. */
    @ParameterizedTest
    @MethodSource("documents")
    void everyClassThatIsNamedExists(String document) {
        String prose = Template.read(Path.of(document)).replaceAll("(?s)```.*?```", "");
        for (MatchResult span : find("`([^`\\n]+)`", prose)) {
            for (MatchResult name : find("(?<![\\w./-])((?:[A-Z][a-z0-9]+){2,}[A-Z]?)(?![\\w-])", span.group(1))) {
                assertThat(CLASSES.contains(name.group(1))
                                || WRITTEN.contains(name.group(1))
                                || FOREIGN.contains(name.group(1)))
                        .as("%s: %s", document, name.group(1))
                        .isTrue();
            }
        }
    }

    /** The packages in the first column of a table. */
    @ParameterizedTest
    @ValueSource(strings = {"CONTRIBUTING.md", "docs/architecture.md"})
    void everyPackageThatIsExplainedExists(String document) {
        List<MatchResult> rows = find("(?m)^\\| ((?:`[a-z0-9.]+`(?:, )?)+) \\|", Template.read(Path.of(document)));

        assertThat(rows).hasSizeGreaterThan(10);
        for (MatchResult row : rows) {
            for (MatchResult name : find("`([^`]+)`", row.group(1))) {
                assertThat(Path.of("src/main/java/dev/parc", name.group(1).split("\\.")))
                        .as(document)
                        .isDirectory();
            }
        }
    }

    private static Set<String> classes() {
        Set<String> names = new TreeSet<>();
        new ClassFileImporter().importPackages("dev.parc").forEach(type -> names.add(type.getSimpleName()));
        return names;
    }

    /** What stands in quotation marks in the code, a function's name for example, or in a template. */
    private static Set<String> written() {
        Set<String> names = new TreeSet<>();
        for (String folder : List.of("src/main/java", "infra")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> find("[\"']([A-Z]\\w+)[\"']", Template.read(file))
                                .forEach(name -> names.add(name.group(1))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    /** Requests as a reader sees them, with or without the prefix of all addresses. */
    @ParameterizedTest
    @MethodSource("documents")
    void everyRequestToTheApiExists(String document) {
        for (MatchResult request : find(
                "\\b(GET|PUT|POST|DELETE)(?:\\|(GET|PUT|POST|DELETE))* (?:/api)?(/[a-z][\\w/{}.-]*)",
                Template.read(Path.of(document)))) {
            assertThat(ROUTES).as(document).contains(template(request.group(1) + " " + request.group(3)));
        }
    }

    private static Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        new ClassFileImporter()
                .importPackages("dev.parc.functions").stream()
                        .flatMap(functions -> functions.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(FunctionName.class))
                        .map(JavaMethod::reflect)
                        .flatMap(method -> Stream.of(method.getParameters()))
                        .flatMap(parameter -> Stream.ofNullable(parameter.getAnnotation(HttpTrigger.class)))
                        .forEach(trigger -> Stream.of(trigger.methods())
                                .forEach(method -> routes.add(template(method + " /" + trigger.route()))));
        return routes;
    }

    private static String template(String request) {
        // a name in braces, or the id of an item for example
        return request.replaceAll("\\{\\w+\\??}|(?<=/)(?:S\\d|BG)-\\d\\d", "{}");
    }

    /** What a reader is told to set is read by the code, a template or a script. */
    @ParameterizedTest
    @MethodSource("documents")
    void everySettingExists(String document) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String folder : List.of("src/main/java", "infra")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(Files::isRegularFile).forEach(file -> all.append(Template.read(file)));
            }
        }
        assertThat(find("\\bPARC_[A-Z0-9_]*[A-Z0-9]", Template.read(Path.of(document))))
                .allSatisfy(setting -> assertThat(all.toString()).contains(setting.group()));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyTestProfileAndClassOfACommandExists(String document) throws IOException {
        String text = Template.read(Path.of(document));
        String pom = Files.readString(Path.of("pom.xml"));
        for (MatchResult profile : find("mvn .*-P([\\w-]+)", text)) {
            assertThat(pom).contains("<id>" + profile.group(1) + "</id>");
        }
        Set<String> classes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            files.forEach(file -> classes.add(file.getFileName().toString()));
        }
        for (MatchResult test : find("-Dtest=(\\w+)|`dev\\.parc\\.[a-z.]*\\.([A-Z]\\w+)`", text)) {
            assertThat(classes).contains((test.group(1) == null ? test.group(2) : test.group(1)) + ".java");
        }
    }

    @Test
    void everyParameterOfATemplateThatIsNamedExists() {
        for (Path document : List.of(DEPLOY, OPERATIONS)) {
            assertThat(find("parameter `(\\w+)`", Template.read(document)))
                    .allSatisfy(parameter ->
                            assertThat(Template.of("main.bicep").parameters()).contains(parameter.group(1)));
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
        for (Path document : List.of(DEPLOY, OPERATIONS)) {
            assertThat(find("azd env set (PARC_\\w+)", Template.read(document)))
                    .allSatisfy(set -> assertThat(settable()).contains(set.group(1)));
        }
    }

    /** Those of the templates, and the one that the hook reads. */
    private static Set<String> settable() {
        Set<String> settable = new TreeSet<>(BicepTest.variables().keySet());
        settable.add("PARC_PERMISSION_SET");
        return settable;
    }

    @Test
    void everyVariableOfAzdIsExplained() {
        assertThat(settable())
                .allSatisfy(variable -> assertThat(Template.read(OPERATIONS)).contains("`" + variable + "`"));
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

        String settings = Template.read(OPERATIONS).split("(?m)^## What azd deploys", 2)[0];
        assertThat(find("(?m)^\\| `((?:PARC|AZURE)_\\w+)` \\|", settings).stream()
                        .map(setting -> setting.group(1)))
                .containsExactlyInAnyOrderElementsOf(example);
    }

    @Test
    void everyTableIsSaidToBeKept() {
        assertThat(Deployment.of("default").names("Microsoft.Storage/storageAccounts/tableServices/tables"))
                .allSatisfy(table -> assertThat(Template.read(OPERATIONS)).contains("`" + table + "`"));
    }

    @Test
    void everyAlertHasItsAdvice() {
        assertThat(Template.of("modules/alerts.bicep").groups("title: '([^']+)'"))
                .hasSize(5)
                .allSatisfy(title -> assertThat(Template.read(OPERATIONS)).contains("| *" + title + "* |"));
    }

    private static List<MatchResult> find(String expression, String text) {
        return Pattern.compile(expression).matcher(text).results().toList();
    }
}
