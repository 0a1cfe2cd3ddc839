package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.NodePackages;
import dev.parc.app.DeskHost;
import dev.parc.app.FakeTenant;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both documents by the validator of APIDevTools, and the connector by what Logic Apps take. */
class ValidatorsTest {

    static final Path FOLDER = Path.of("target", "openapi");

    private static JsonNode openApi;
    private static JsonNode connector;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        install();
        try (DeskHost.Serving serving = ServeHostTest.serve(new FakeTenant(), data)) {
            Client client = new Client(serving.address());
            openApi = json(client.get("/api/openapi.json"));
            connector = json(client.get("/api/connector.json"));
        }
    }

    static void install() throws IOException, InterruptedException {
        NodePackages.install(Path.of("src", "test", "openapi"), FOLDER);
    }

    private static String validated(JsonNode document) throws IOException, InterruptedException {
        Path file = Files.createTempFile(FOLDER, "document", ".json");
        Files.writeString(file, document.toString());
        return node("validate.mjs", file.getFileName().toString());
    }

    /** Runs a script; the exit code and what it says. */
    static String node(String... arguments) throws IOException, InterruptedException {
        return run(Stream.concat(Stream.of("node"), Stream.of(arguments)).toList());
    }

    /** Runs a command in the folder; the exit code and what it says. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " " + said.strip();
    }

    @Test
    void bothDocumentsAreValid() throws Exception {
        assertThat(validated(openApi))
                .isEqualTo("0 3.0.3 " + openApi.path("paths").size());
        assertThat(validated(connector))
                .isEqualTo("0 2.0 " + connector.path("paths").size());
    }

    @Test
    void theValidatorSeesWhatIsWrong() throws Exception {
        ObjectNode broken = openApi.deepCopy();
        ((ObjectNode) broken.at("/paths/~1runs/post/responses/200")).remove("description");
        assertThat(validated(broken)).startsWith("1 ");

        ObjectNode dangling = connector.deepCopy();
        ((ObjectNode) dangling.path("definitions")).remove("Run");
        assertThat(validated(dangling)).startsWith("1 ");
    }

    @Test
    void theConnectorHasEveryOperationButWhatItCannotUse() {
        Set<String> told = operations(openApi);
        told.removeAll(Set.of(
                "GetOpenApi",
                "GetConnector",
                "UnsubscribeCallback",
                "DecideInReport",
                "GetReportOfAccount",
                "WatchRun"));

        assertThat(operations(connector)).isEqualTo(told);
    }

    private static Set<String> operations(JsonNode document) {
        return new TreeSet<>(document.path("paths").findValuesAsText("operationId"));
    }

    @Test
    void whatIsShownToPeopleHasAName() {
        List<String> unnamed = new ArrayList<>();
        connector
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .findValues("parameters")
                        .forEach(parameters -> parameters.forEach(parameter -> {
                            if (!parameter.path("in").asText().equals("body")
                                    && parameter.path("x-ms-summary").asText().isEmpty()) {
                                unnamed.add(path.getKey() + " " + parameter.path("name"));
                            }
                        })));
        connector
                .path("definitions")
                .properties()
                .forEach(definition -> definition
                        .getValue()
                        .path("properties")
                        .properties()
                        .forEach(property -> {
                            if (!property.getValue().has("$ref")
                                    && !property.getValue().has("x-ms-summary")) {
                                unnamed.add(definition.getKey() + " " + property.getKey());
                            }
                        }));

        assertThat(unnamed).isEmpty();
        assertThat(connector.findValuesAsText("x-ms-summary"))
                .allSatisfy(name -> assertThat(name).hasSizeBetween(1, 80).matches("[A-Z].*"));
    }

    @Test
    void aWebhookTriggerSubscribesAndIsToldWhatItWillGet() {
        JsonNode subscribe = connector.at("/paths/~1hooks/post");

        assertThat(subscribe.path("x-ms-trigger").asText()).isEqualTo("single");
        assertThat(connector
                        .at("/definitions/HookOrder/properties/callbackUrl/x-ms-notification-url")
                        .asBoolean())
                .isTrue();
        assertThat(connector
                        .at("/definitions/HookOrder/properties/callbackUrl/x-ms-visibility")
                        .asText())
                .isEqualTo("internal");
        assertThat(connector
                        .at("/paths/~1hooks/x-ms-notification-content/schema/$ref")
                        .asText())
                .isEqualTo("#/definitions/ChangeEvent");
        assertThat(subscribe.at("/responses/201/headers/Location/type").asText())
                .isEqualTo("string");
        assertThat(connector
                        .at("/paths/~1hooks~1{hookId}/delete/x-ms-visibility")
                        .asText())
                .isEqualTo("internal");
    }

    @Test
    void aPollingTriggerBeginsWithNothingSeen() {
        JsonNode poll = connector.at("/paths/~1changes/get");

        assertThat(poll.path("x-ms-trigger").asText()).isEqualTo("batch");
        assertThat(poll.path("parameters")).anySatisfy(parameter -> {
            assertThat(parameter.path("name").asText()).isEqualTo("triggerState");
            assertThat(parameter.path("required").asBoolean()).isTrue();
            assertThat(parameter.path("default").asText()).isEqualTo("new");
            assertThat(parameter.path("x-ms-visibility").asText()).isEqualTo("internal");
        });
    }

    /** What is chosen from a list is read from an operation of the connector that gives such a list. */
    @Test
    void listsToChooseFromAreThere() {
        List<JsonNode> lists = connector.findValues("x-ms-dynamic-values");

        assertThat(lists).isNotEmpty().allSatisfy(list -> {
            JsonNode operation = connector.path("paths").findParents("operationId").stream()
                    .filter(one -> one.has("responses"))
                    .filter(one -> one.path("operationId").equals(list.path("operationId")))
                    .findFirst()
                    .orElseThrow();
            JsonNode answer = connector.at(
                    operation.at("/responses/200/schema/$ref").asText().substring(1));
            JsonNode elements =
                    answer.path("properties").path(list.path("value-collection").asText());
            JsonNode element = connector.at(elements.at("/items/$ref").asText().substring(1));
            assertThat(element.path("properties").has(list.path("value-path").asText()))
                    .isTrue();
            assertThat(element.path("properties").has(list.path("value-title").asText()))
                    .isTrue();
        });
    }

    /** What OpenAPI 2.0 does not have, and Logic Apps refuse. */
    @Test
    void nothingOfAnotherVersionIsLeft() {
        assertThat(connector.toString())
                .doesNotContain("#/components/", "\"nullable\"", "\"oneOf\"", "\"anyOf\"", "requestBody");
        assertThat(connector.path("host").asText()).startsWith("127.0.0.1:");
        assertThat(connector.path("basePath").asText()).isEqualTo("/api");
        assertThat(connector.path("securityDefinitions").fieldNames())
                .toIterable()
                .containsExactly("key");
    }
}
