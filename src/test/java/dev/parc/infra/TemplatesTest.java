package dev.parc.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.parc.app.Doctor;
import dev.parc.app.Settings;
import dev.parc.assessment.EventJson;
import dev.parc.check.Stage;
import dev.parc.functions.HooksApi;
import dev.parc.functions.RunQueue;
import dev.parc.functions.RunsApi;
import dev.parc.functions.Timers;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the templates set is what the code reads, and what the code uses is there. */
class TemplatesTest {

    private static final Path MAIN = Path.of("src/main/java/dev/parc");
    private static final Template FUNCTION_APP = Template.of("modules/function-app.bicep");
    private static final Template STORAGE = Template.of("modules/storage.bicep");

    /** Read by the code, and set by the platform or by nobody in Azure. */
    private static final Set<String> NOT_FOR_A_TEMPLATE =
            Set.of("WEBSITE_HOSTNAME", "WEBSITE_AUTH_ENABLED", "AzureWebJobsStorage");

    /** Read by the Functions host and the Azure libraries. */
    private static final Set<String> READ_BY_OTHERS = Set.of(
            "AzureWebJobsStorage__credential",
            "AzureWebJobsStorage__blobServiceUri",
            "AzureWebJobsStorage__tableServiceUri",
            "APPLICATIONINSIGHTS_CONNECTION_STRING",
            "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
            "AZURE_TOKEN_CREDENTIALS");

    /** Settings that the Flex Consumption plan refuses or ignores. */
    private static final List<String> FORBIDDEN = List.of(
            "FUNCTIONS_WORKER_RUNTIME",
            "FUNCTIONS_EXTENSION_VERSION",
            "WEBSITE_RUN_FROM_PACKAGE",
            "WEBSITE_CONTENT",
            "SCM_DO_BUILD_DURING_DEPLOYMENT",
            "ENABLE_ORYX_BUILD",
            "WEBSITE_TIME_ZONE",
            "'TZ'",
            "basicPublishingCredentialsPolicies",
            "JAVA_OPTS",
            "languageWorkers__java__arguments",
            "linuxFxVersion",
            "alwaysOn");

    @Test
    void theSettingsAreThoseThatTheCodeReads() {
        assertThat(settings())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Stream.concat(readBySettings().stream(), READ_BY_OTHERS.stream())
                        .filter(name -> !NOT_FOR_A_TEMPLATE.contains(name))
                        .toList());
    }

    @Test
    void theExampleHasTheSameSettings() throws IOException {
        JsonNode values = new ObjectMapper()
                .readTree(Path.of("local.settings.json.example").toFile())
                .path("Values");
        Set<String> example = new TreeSet<>();
        values.fieldNames().forEachRemaining(example::add);
        example.removeAll(Set.of("FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage"));

        assertThat(settings().stream()
                        .filter(name -> !READ_BY_OTHERS.contains(name) && !name.startsWith("AzureWebJobsStorage")))
                .containsExactlyInAnyOrderElementsOf(example);
    }

    @Test
    void noSourceReadsASettingOfItsOwn() throws IOException {
        Set<String> named = literals(MAIN, "PARC_[A-Z0-9_]+");
        named.removeAll(readBySettings());

        // what the terminal shows, and the beginning of the name of a schedule
        assertThat(named).containsExactlyInAnyOrder("PARC_DEBUG", "PARC_STAGE");
    }

    @Test
    void everyTimerHasItsScheduleWithTheDefaultOfTheCode() {
        List<String> schedules = annotations(TimerTrigger.class, Timers.class).stream()
                .map(timer -> timer.schedule().replace("%", ""))
                .toList();
        assertThat(schedules)
                .hasSize(Stage.values().length)
                .containsExactlyInAnyOrderElementsOf(settings().stream()
                        .filter(name -> name.endsWith("_SCHEDULE"))
                        .toList());

        Settings byDefault = Settings.of(Map.of());
        for (Stage stage : Stage.values()) {
            String parameter = stage == Stage.BG
                    ? "breakGlassSchedule"
                    : "stage" + stage.name().charAt(1) + "Schedule";
            String schedule = String.valueOf(byDefault.schedules().get(stage));
            assertThat(FUNCTION_APP.text())
                    .contains("{ name: '" + Settings.scheduleSetting(stage) + "', value: " + parameter + " }");
            for (String file : List.of("main.bicep", "app.bicep")) {
                assertThat(Template.of(file).text()).contains("param " + parameter + " string = '" + schedule + "'");
            }
            assertThat(Template.read(Template.INFRA.resolve("main.parameters.json")))
                    .contains("${" + Settings.scheduleSetting(stage) + "=" + schedule + "}");
        }
    }

    @Test
    void theQueuesAreThoseOfTheFunctions() {
        Set<String> queues = new TreeSet<>();
        annotations(QueueTrigger.class, RunQueue.class, HooksApi.class).forEach(queue -> queues.add(queue.queueName()));
        annotations(QueueOutput.class, RunQueue.class, RunsApi.class, Timers.class)
                .forEach(queue -> queues.add(queue.queueName()));

        assertThat(STORAGE.array("queueNames")).containsExactlyElementsOf(queues);
        assertThat(Doctor.QUEUES).containsExactlyInAnyOrderElementsOf(queues);
    }

    @Test
    void theTablesAreThoseOfTheStore() throws IOException {
        assertThat(STORAGE.array("tableNames"))
                .containsExactlyElementsOf(literals(MAIN.resolve("store/table"), "Parc[A-Z][A-Za-z]+"));
    }

    @Test
    void theAlertsAndTheWorkbookReadEventsThatTheCodeWrites() throws IOException {
        String written = Files.readString(MAIN.resolve("assessment/EventJson.java"));
        for (String file : List.of("modules/alerts.bicep", "modules/workbook.json")) {
            String text = Template.of(file).text().replace("\\\"", "\"");
            assertThat(text)
                    .contains(
                            "startswith \"" + EventJson.MARK + "\"",
                            "substring(Message, " + EventJson.MARK.length() + ")");
            assertThat(text.lines()
                            .filter(line -> line.contains("Event.event)"))
                            .map(line -> line.substring(line.indexOf("Event.event)")))
                            .flatMap(line -> matches(line, "\"([a-z]+(?:-[a-z]+)+)\"")))
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(written).contains("\"" + event + "\""));
        }
    }

    @Test
    void noTraceThatAnAlertReadsIsSampledAway() throws IOException {
        JsonNode sampling = new ObjectMapper()
                .readTree(Path.of("host.json").toFile())
                .at("/logging/applicationInsights/samplingSettings/excludedTypes");

        assertThat(sampling.asText().split(";")).contains("Trace");
    }

    @Test
    void nothingIsSetThatThePlanForbids() {
        for (String file : Template.all()) {
            assertThat(Template.of(file).text()).as(file).doesNotContain(FORBIDDEN);
        }
    }

    @Test
    void nothingIsOpenThatNeedNotBe() {
        assertThat(STORAGE.text())
                .contains(
                        "allowSharedKeyAccess: false",
                        "allowBlobPublicAccess: false",
                        "minimumTlsVersion: 'TLS1_2'",
                        "supportsHttpsTrafficOnly: true",
                        "publicAccess: 'None'");
        assertThat(FUNCTION_APP.text()).contains("httpsOnly: true", "type: 'SystemAssigned'");
        assertThat(Template.of("modules/monitoring.bicep").text()).contains("DisableLocalAuth: true");
        for (String file : Template.all()) {
            assertThat(Template.of(file).text())
                    .as(file)
                    .doesNotContain("listKeys", "AccountKey", "@secure", "connectionString:", "listConnectionStrings");
        }
    }

    @Test
    void theParametersFileNamesParametersThatExist() throws IOException {
        JsonNode file = new ObjectMapper()
                .readTree(Template.INFRA.resolve("main.parameters.json").toFile())
                .path("parameters");
        List<String> names = new ArrayList<>();
        file.fieldNames().forEachRemaining(names::add);

        assertThat(Template.of("main.bicep").parameters()).containsAll(names);
        assertThat(names).contains("environmentName", "location");
    }

    /** What nobody sets is the same by azd and by a deployment of the template alone. */
    @Test
    void theDefaultsOfTheParametersFileAreThoseOfTheTemplate() {
        String template = Template.of("main.bicep").text();
        List<MatchResult> defaults = Pattern.compile("\"(\\w+)\": \\{ \"value\": \"\\$\\{\\w+=([^}]*)}\" }")
                .matcher(Template.read(Template.INFRA.resolve("main.parameters.json")))
                .results()
                .toList();

        assertThat(defaults)
                .hasSizeGreaterThan(20)
                .allSatisfy(parameter -> assertThat(template)
                        .containsPattern("(?m)^param " + parameter.group(1) + " \\w+ = '?"
                                + Pattern.quote(parameter.group(2)) + "'?$"));
    }

    @Test
    void whatTheSubscriptionTemplateTakesGoesToTheApp() {
        List<String> app = new ArrayList<>(Template.of("app.bicep").parameters());
        app.remove("tags");
        List<String> main = new ArrayList<>(Template.of("main.bicep").parameters());
        main.removeAll(List.of("environmentName", "resourceGroupName"));

        assertThat(main).containsExactlyInAnyOrderElementsOf(app);
    }

    @ParameterizedTest
    @MethodSource("files")
    void aModuleIsGivenEveryParameterThatItNeedsAndNoOther(String file) {
        Template template = Template.of(file);
        for (MatchResult module : Pattern.compile("(?ms)^module \\w+ '([^']+)' = (?:if \\(.*?\\) )?\\{(.*?)^\\}")
                .matcher(template.text())
                .results()
                .toList()) {
            Path path = Template.INFRA.resolve(file).resolveSibling(module.group(1));
            Template called = new Template(Template.read(path));
            List<String> given = new Template(module.group(2)).groups("(?m)^    (\\w+): ");
            List<String> needed = called.groups("(?m)^param (\\w+) \\w+$");
            assertThat(given).as(module.group(1)).containsAll(needed);
            assertThat(called.parameters()).as(module.group(1)).containsAll(given);
        }
    }

    static List<String> files() {
        return Template.all();
    }

    private static List<String> settings() {
        return FUNCTION_APP.groups("\\{ name: '(\\w+)', value: ");
    }

    /** The settings that are asked for while they are read. */
    private static Set<String> readBySettings() {
        Set<String> names = new TreeSet<>();
        Map<String, String> environment = new AbstractMap<>() {
            @Override
            public @Nullable String get(Object name) {
                names.add(String.valueOf(name));
                return new HashMap<String, String>().get(name);
            }

            @Override
            public Set<Entry<String, String>> entrySet() {
                return Set.of();
            }
        };
        Settings.of(environment);
        return names;
    }

    private static <A extends Annotation> List<A> annotations(Class<A> type, Class<?>... functions) {
        return Stream.of(functions)
                .flatMap(functionClass -> Stream.of(functionClass.getMethods()))
                .flatMap((Function<Method, Stream<Parameter>>) method -> Stream.of(method.getParameters()))
                .flatMap(parameter -> Stream.of(parameter.getAnnotationsByType(type)))
                .toList();
    }

    /** The texts in quotes below a folder that are like this. */
    private static Set<String> literals(Path folder, String shape) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Template::read)
                    .flatMap(text -> matches(text, "\"(" + shape + ")\""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Stream<String> matches(String text, String expression) {
        return Pattern.compile(expression).matcher(text).results().map(match -> match.group(1));
    }
}
