package dev.parc.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parc.app.CompositionRoot;
import dev.parc.app.FakeTenant;
import dev.parc.app.Runs;
import dev.parc.app.Settings;
import dev.parc.app.SettingsException;
import dev.parc.app.Stores;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.json.RunJson;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.assessment.run.RunRequest;
import dev.parc.check.Stage;
import dev.parc.functions.http.Problem;
import dev.parc.roadmap.Roadmap;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each function by itself. */
class FunctionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path data;

    private final Map<String, String> put = new HashMap<>();

    @ParameterizedTest
    @CsvSource({"RunStage1, S1", "RunStage2, S2", "RunStage3, S3", "RunStage4, S4", "RunBreakGlass, BG"})
    void aTimerPutsTheRunOfItsStageOnTheQueue(String function, Stage stage) {
        assertThat(call(parc(Map.of()), function, "{}", Map.of())).isNull();

        RunRequest run = RunJson.readRequest(put.getOrDefault("parc-runs", ""));
        assertThat(run.stages()).containsExactly(stage);
        assertThat(run.trigger().name()).isEqualTo("TIMER");
    }

    @Test
    void theScheduleOfATimerIsASetting() {
        assertThat(ServeHost.functions(() -> parc(Map.of())).stream()
                        .flatMap(function -> function.timer().stream())
                        .map(timer -> timer.schedule().replace("%", "")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Stage.values()).map(Settings::scheduleSetting).toList());
    }

    @Test
    void theQueueFunctionDoesTheRun() {
        CompositionRoot parc = parc(Map.of());
        RunRequest run = parc.runs().request(List.of("S1"), List.of(), Trigger.TIMER);

        assertThat(call(parc, "DoRun", RunJson.write(run), Map.of("DequeueCount", 1L)))
                .isNull();

        assertThat(parc.store().results(run.runId()).orElseThrow().results()).hasSize(7);
    }

    @Test
    void aMessageThatIsNoRunFailsWithoutRepeatingIt() {
        assertThatThrownBy(() -> call(parc(Map.of()), "DoRun", "<script>", Map.of("DequeueCount", 1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a message of parc-runs is no run: ")
                .message()
                .doesNotContain("script");
    }

    @Test
    void aMessageWithAnUnknownCheckEndsAsAFailedRun() {
        CompositionRoot parc = parc(Map.of());
        RunRequest known = parc.runs().request(List.of(), List.of("S1-01"), Trigger.HTTP);
        String unknown = RunJson.write(known).replace("S1-01", "S1-99");

        assertThatThrownBy(() -> call(parc, "DoRun", unknown, Map.of("DequeueCount", 5L)))
                .hasMessageStartingWith("Unknown item");

        assertThat(parc.runs().find(known.runId()).orElseThrow().state()).isEqualTo(State.FAILED);
    }

    @Test
    void thePoisonFunctionFailsTheRun() {
        CompositionRoot parc = parc(Map.of());
        RunRequest run = parc.runs().request(List.of("S1"), List.of(), Trigger.HTTP);

        assertThat(call(parc, "GiveUpRun", RunJson.write(run), Map.of())).isNull();

        assertThat(parc.runs().find(run.runId()).orElseThrow()).satisfies(record -> {
            assertThat(record.state()).isEqualTo(State.FAILED);
            assertThat(record.progress()).contains("given up after " + Runs.ATTEMPTS + " attempts");
        });
        assertThat(put).isEmpty();
    }

    @Test
    void aBlockThatIsGivenUpDoesNotFailItsRun() {
        CompositionRoot parc = parc(Map.of());
        RunRequest run = parc.runs().request(List.of("S1"), List.of(), Trigger.HTTP);
        String block = RunJson.write(new RunMessage(run, OptionalInt.of(0)));

        assertThat(call(parc, "GiveUpRun", block, Map.of())).isNull();
        assertThat(parc.runs().find(run.runId()).orElseThrow().state()).isEqualTo(State.QUEUED);
        assertThat(put).isEmpty();

        parc.store().addPart(run.runId(), "plan", "11111111-2222-3333-4444-555555555555");
        assertThat(call(parc, "GiveUpRun", block, Map.of())).isNull();
        assertThat(put).containsExactly(Map.entry("parc-runs", RunJson.write(run)));
    }

    @Test
    void thePoisonFunctionKeepsWhatIsNoRun() {
        assertThat(call(parc(Map.of()), "GiveUpRun", "{broken", Map.of())).isNull();

        assertThat(put).containsExactly(Map.entry("parc-runs-unreadable", "{broken"));
    }

    @Test
    void inAzureTheAddressToFollowIsThatOfTheApp() throws Exception {
        DeskResponse accepted = post(parc(Map.of("WEBSITE_HOSTNAME", "contoso-parc.azurewebsites.net")), "{}");

        assertThat(accepted.getStatusCode()).isEqualTo(202);
        assertThat(accepted.getHeader("Location")).startsWith("https://contoso-parc.azurewebsites.net/api/runs/");
    }

    @Test
    void underTheCoreToolsTheAddressToFollowIsPlainHttp() throws Exception {
        DeskResponse accepted = post(parc(Map.of("WEBSITE_HOSTNAME", "localhost:7071")), "{}");

        assertThat(accepted.getHeader("Location")).startsWith("http://127.0.0.1:7071/api/runs/");
    }

    @Test
    void aRequestThatIsRefusedPutsNothingOnTheQueue() throws Exception {
        assertThat(post(parc(Map.of()), "{\"stages\":[\"S9\"]}").getStatusCode())
                .isEqualTo(400);
        assertThat(put).isEmpty();
    }

    @Test
    void aStoreThatIsDownIsAProblemThatPassesAndNothingIsPutOnTheQueue() throws Exception {
        CompositionRoot parc = CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        FakeTenant::new,
                        tenant -> {
                            throw new StoreException("The table service does not answer: try again");
                        },
                        Roadmap.checks(),
                        Clock.systemUTC())
                .root();

        DeskResponse refused = post(parc, "{}");

        assertThat(refused.getStatusCode()).isEqualTo(503);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("30");
        assertThat(body(refused).get("detail").asText()).isEqualTo("The table service does not answer: try again");
        assertThat(put).isEmpty();
    }

    @Test
    void aDefectShowsNothingOfTheInside() throws Exception {
        CompositionRoot parc = CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        FakeTenant::new,
                        tenant -> {
                            throw new IllegalStateException("jdbc:secret");
                        },
                        Roadmap.checks(),
                        Clock.systemUTC())
                .root();

        DeskResponse refused = post(parc, "{}");

        assertThat(refused.getStatusCode()).isEqualTo(500);
        assertThat(body(refused).get("type").asText()).isEqualTo("urn:parc:problem:internal");
        assertThat(refused.getBody().toString()).doesNotContain("secret").doesNotContain("IllegalState");
    }

    @Test
    void wrongSettingsAreNamedInTheLogAndToNobodyWhoCalls() throws Exception {
        Supplier<CompositionRoot> wrong = () -> {
            throw new SettingsException("PARC_TABLES is not set");
        };

        DeskResponse health = responseOf(wrong, "Health", request("", "/api/health"), Map.of());
        DeskResponse stages = responseOf(wrong, "ListStages", request("", "/api/stages"), Map.of());

        assertThat(health.getStatusCode()).isEqualTo(503);
        assertThat(health.getBody()).isEqualTo("{\"status\":\"misconfigured\"}");
        assertThat(stages.getStatusCode()).isEqualTo(500);
        assertThat(body(stages).get("detail").asText()).isEqualTo("The log says which one, and what is expected.");
    }

    @Test
    void theDeskServesEveryFunctionThatThePlatformWould() {
        Set<String> all = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.parc.functions")
                        .stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(FunctionName.class))
                        .map(method ->
                                method.getAnnotationOfType(FunctionName.class).value())
                        .collect(Collectors.toSet());

        assertThat(ServeHost.functions(() -> parc(Map.of())))
                .extracting(DeskFunction::name)
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void hostJsonAndTheCodeAgree() throws Exception {
        JsonNode extensions =
                JSON.readTree(Files.readString(Path.of("host.json"))).get("extensions");

        assertThat(extensions.get("http").get("routePrefix").asText()).isEqualTo("api");
        assertThat(extensions.get("queues").get("maxDequeueCount").asInt()).isEqualTo(Runs.ATTEMPTS);
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void aProblemHasATypeATitleAStatusAndADetail(Problem problem) throws Exception {
        JsonNode document = JSON.readTree(problem.reply("Do this.").body());

        assertThat(document.get("type").asText()).matches("urn:parc:problem:[a-z-]+");
        assertThat(document.get("status").asInt()).isEqualTo(problem.status());
        assertThat(document.get("title").asText()).isNotBlank();
        assertThat(document.get("detail").asText()).isEqualTo("Do this.");
    }

    private CompositionRoot parc(Map<String, String> environment) {
        return CompositionRoot.Setup.of(
                        Settings.of(environment),
                        FakeTenant::new,
                        tenant -> Stores.files(data, tenant.id()),
                        Roadmap.checks(),
                        Clock.systemUTC())
                .root();
    }

    private DeskResponse post(CompositionRoot parc, String body) {
        return responseOf(() -> parc, "StartRun", request(body, "/api/runs"), Map.of());
    }

    private static DeskRequest request(String body, String path) {
        return new DeskRequest(
                HttpMethod.POST,
                URI.create("http://127.0.0.1:7071" + path),
                Map.of("content-type", "application/json; charset=utf-8"),
                Map.of(),
                Optional.of(body));
    }

    private static JsonNode body(DeskResponse response) throws Exception {
        return JSON.readTree(response.getBody().toString());
    }

    private DeskResponse responseOf(
            Supplier<CompositionRoot> parc, String function, DeskRequest request, Map<String, Object> parts) {
        Object response = call(parc, function, request, parts);
        assertThat(response).isInstanceOf(DeskResponse.class);
        return (DeskResponse) Objects.requireNonNull(response);
    }

    private @Nullable Object call(CompositionRoot parc, String function, Object trigger, Map<String, Object> parts) {
        return call(() -> parc, function, trigger, parts);
    }

    private @Nullable Object call(
            Supplier<CompositionRoot> parc, String function, Object trigger, Map<String, Object> parts) {
        return ServeHost.functions(parc).stream()
                .filter(candidate -> candidate.name().equals(function))
                .findFirst()
                .orElseThrow()
                .call(trigger, parts, put::put);
    }
}
