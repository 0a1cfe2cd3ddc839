package dev.parc.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.app.CompositionRoot;
import dev.parc.app.DeskHost;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.json.DeliveryJson;
import dev.parc.check.Finding;
import dev.parc.check.Severity;
import dev.parc.check.SubjectType;
import dev.parc.desk.ServeHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The sample workflows: that they are definitions as the schema of Logic Apps wants them, that what they name exists in them, and
 * that PARC answers every request that they make.
 */
class WorkflowsTest {

    private static final Path FOLDER = Template.INFRA.resolve("logic-apps");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADDRESS = "@{parameters('parcAddress')}";
    private static final Set<String> STATUSES = Set.of("Succeeded", "Failed", "Skipped", "TimedOut");
    private static final Set<String> TRIGGERS = Set.of("Recurrence", "HttpWebhook");
    private static final Set<String> ACTIONS =
            Set.of("Http", "ApiConnection", "ApiConnectionWebhook", "If", "Foreach", "Select", "Query", "Compose");
    private static final Set<String> PARTS_OF_AN_ACTION = Set.of(
            "type", "inputs", "runAfter", "actions", "else", "expression", "foreach", "limit", "runtimeConfiguration");

    /** Where an item of a list or the body of a trigger is a change, or the event with its changes. */
    private static final Pattern PATH = Pattern.compile(
            "(triggerBody\\(\\)|item\\(\\)|items\\('\\w+'\\)|body\\('(\\w+)'\\))((?:\\?\\['\\w+'\\])+)");

    @TempDir
    static Path data;

    private static DeskHost.Serving serving;
    private static JsonNode run;

    /** An item for whose first statement nobody attests in the demo tenant. */
    private static String unattested = "";

    @BeforeAll
    static void serve() throws Exception {
        serving = new ServeHost().start(CompositionRoot.demo(data), 0, data);
        HttpResponse<String> answer = send("POST", serving.address() + "/api/runs", "{}", Map.of());
        URI location = URI.create(answer.headers().firstValue("Location").orElseThrow());
        while (answer.statusCode() == 202) {
            Thread.sleep(50);
            answer = send("GET", location.toString(), "", Map.of());
        }
        run = JSON.readTree(answer.body());
        assertThat(run.path("state").asText()).isEqualTo("DONE");
        for (JsonNode statement : JSON.readTree(send("GET", serving.address() + "/api/attestations", "", Map.of())
                        .body())
                .path("statements")) {
            if (!statement.has("attestation") && statement.path("statement").asInt() == 1) {
                unattested = statement.path("checkId").asText();
            }
        }
    }

    @AfterAll
    static void stop() {
        serving.close();
    }

    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode definition(String name) {
        try {
            return (ObjectNode) JSON.readTree(Template.read(FOLDER.resolve(name)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    @Test
    void thereAreFour() {
        assertThat(names())
                .containsExactly(
                        "attestation-approval.json",
                        "new-administrator-ticket.json",
                        "regression-card.json",
                        "weekly-report.json");
    }

    @ParameterizedTest
    @MethodSource("names")
    void itIsADefinitionInWhichEveryNameExists(String name) {
        ObjectNode definition = definition(name);
        assertThat(keys(definition))
                .containsExactlyInAnyOrder("$schema", "contentVersion", "parameters", "triggers", "actions", "outputs");
        assertThat(definition.get("$schema").asText())
                .isEqualTo("https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/"
                        + "workflowdefinition.json#");
        assertThat(definition.get("triggers"))
                .hasSize(1)
                .allSatisfy(trigger ->
                        assertThat(TRIGGERS).contains(trigger.path("type").asText()));
        Map<String, JsonNode> actions = new LinkedHashMap<>();
        siblings(definition.get("actions"), actions);
        String text = definition.toString();
        assertThat(named(text, "(?:body|outputs|items)\\('([^']+)'\\)")).isSubsetOf(actions.keySet());
        Set<String> parameters = keys(definition.get("parameters"));
        assertThat(named(text, "parameters\\('([^']+)'\\)")).isEqualTo(parameters);
        assertThat(text.chars().filter(c -> c == '(').count())
                .isEqualTo(text.chars().filter(c -> c == ')').count());
    }

    /** Actions that stand side by side: each runs after others of them, and not after itself. */
    private static void siblings(JsonNode actions, Map<String, JsonNode> all) {
        Set<String> names = keys(actions);
        actions.properties().forEach(action -> {
            String name = action.getKey();
            JsonNode body = action.getValue();
            assertThat(name).matches("[A-Za-z0-9_]{1,80}");
            assertThat(all.put(name, body)).as("actions with the name " + name).isNull();
            assertThat(ACTIONS).contains(body.path("type").asText());
            assertThat(PARTS_OF_AN_ACTION).containsAll(keys(body));
            assertThat(body.path("runAfter").isObject())
                    .as(name + " has runAfter")
                    .isTrue();
            body.get("runAfter").properties().forEach(before -> {
                assertThat(names).contains(before.getKey());
                assertThat(before.getValue())
                        .isNotEmpty()
                        .allSatisfy(status -> assertThat(STATUSES).contains(status.asText()));
            });
            assertThat(reaches(actions, name, name, new ArrayList<>()))
                    .as(name + " waits for itself")
                    .isFalse();
            Stream.of(body.path("actions"), body.path("else").path("actions"))
                    .filter(JsonNode::isObject)
                    .forEach(inner -> siblings(inner, all));
        });
    }

    private static boolean reaches(JsonNode actions, String from, String to, List<String> seen) {
        for (String before : keys(actions.path(from).path("runAfter"))) {
            if (before.equals(to)) {
                return true;
            }
            if (!seen.contains(before)) {
                seen.add(before);
                if (reaches(actions, before, to, seen)) {
                    return true;
                }
            }
        }
        return false;
    }

    @ParameterizedTest
    @MethodSource("names")
    void itHoldsNoSecretAndItsIdentityCallsParc(String name) {
        ObjectNode definition = definition(name);
        assertThat(definition.toString())
                .doesNotContainIgnoringCase("x-functions-key", "password", "code=", "sig=", "bearer", "secret\"");
        assertThat(requests(definition)).isNotEmpty().allSatisfy(request -> {
            assertThat(request.path("uri").asText()).startsWith(ADDRESS + "/api/");
            assertThat(request.path("authentication").toString())
                    .isEqualTo("{\"type\":\"ManagedServiceIdentity\",\"audience\":\"@parameters('parcAudience')\"}");
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void parcAnswersEveryRequestThatItMakes(String name) throws Exception {
        Map<String, String> values = new LinkedHashMap<>(Map.of(
                ADDRESS,
                serving.address(),
                "@{listCallbackUrl()}",
                "https://prod-01.westeurope.logic.azure.com/workflows/1?sig=x",
                "@{parameters('checkId')}",
                unattested,
                "@{parameters('statement')}",
                "1",
                "@{body('Run_all_stages')?['runId']}",
                run.get("runId").asText(),
                "@{body('Ask_for_approval')?['UserEmailAddress']}",
                "ann@contoso.com",
                "@{addDays(utcNow(), parameters('days'), 'yyyy-MM-dd')}",
                LocalDate.now(ZoneOffset.UTC).plusDays(90).toString()));
        // what makes an attestation comes before what replaces it
        List<JsonNode> requests = requests(definition(name)).stream()
                .sorted(Comparator.comparing(request -> request.toString().contains("If-Match")))
                .toList();
        for (JsonNode request : requests) {
            String text = request.toString();
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace(value.getKey(), value.getValue());
            }
            JsonNode sent = JSON.readTree(text);
            Map<String, String> headers = new LinkedHashMap<>();
            sent.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().asText()));
            String query = sent.path("queries").properties().stream()
                    .map(each -> each.getKey() + "="
                            + URLEncoder.encode(each.getValue().asText(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            String address = sent.path("uri").asText() + (query.isEmpty() ? "" : "?" + query);
            String body = sent.has("body") ? sent.get("body").toString() : "";
            assertThat(address + headers + body).doesNotContain("@{", "@parameters");

            HttpResponse<String> answer = send(sent.path("method").asText(), address, body, headers);

            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            answer.headers()
                    .firstValue("ETag")
                    .ifPresent(tag -> values.put(
                            "@{outputs('Read_the_statement')?['headers']?['ETag']}", tag.replace("\"", "\\\"")));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatItTakesFromAnswersAndEventsIsInThem(String name) throws Exception {
        ObjectNode definition = definition(name);
        Change change = new Change(
                Change.Kind.NEW_ADMINISTRATOR,
                "20260131T080000Z-00000001",
                Instant.EPOCH,
                "S3-19",
                Severity.HIGH,
                Optional.of(new Finding("id", SubjectType.USER, "ada@contoso.com", "is new: Global Administrator")),
                "is new: Global Administrator");
        JsonNode event = JSON.readTree(DeliveryJson.event("contoso.com", change.runId(), List.of(change)));
        JsonNode statement = JSON.readTree(
                send("GET", serving.address() + "/api/attestations/" + unattested + "?statement=1", "", Map.of())
                        .body());
        ObjectNode ended = ((ObjectNode) run.deepCopy()).put("reason", "of a run that failed");
        Map<String, JsonNode> bodies = Map.of("Run_all_stages", ended, "Read_the_statement", statement);
        String text = definition.toString();
        for (MatchResult path : PATH.matcher(text).results().toList()) {
            JsonNode from = path.group(1).startsWith("triggerBody")
                    ? event
                    : path.group(2) == null ? event.get("changes").get(0) : bodies.get(path.group(2));
            if (from == null) {
                continue; // the answer of another service
            }
            for (String part : named(path.group(3), "'(\\w+)'", new ArrayList<>())) {
                from = from.path(part);
            }
            assertThat(from.isMissingNode()).as(path.group()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void theTemplateDeploysItWithEveryValueThatItNeeds(String name) {
        String workflows = Template.of("logic-apps/workflows.bicep").text();
        String module = Pattern.compile("(?ms)^module \\w+ 'workflow.bicep' = if[^{]*\\{(.*?)^\\}")
                .matcher(workflows)
                .results()
                .map(MatchResult::group)
                .filter(text -> text.contains("loadJsonContent('" + name + "')"))
                .findFirst()
                .orElseThrow();
        ObjectNode definition = definition(name);
        definition.get("parameters").properties().stream()
                .filter(parameter -> !parameter.getValue().has("defaultValue"))
                .map(Map.Entry::getKey)
                .filter(parameter -> !parameter.startsWith("parcA"))
                .forEach(parameter -> assertThat(module).contains(parameter + ": { value: "));
        assertThat(named(definition.toString(), "\\$connections'\\)\\['([a-z0-9-]+)'\\]"))
                .isNotEmpty()
                .allSatisfy(
                        connection -> assertThat(module).contains(connection).contains("connections: {"));
        assertThat(Template.read(Path.of("docs/logic-apps.md"))).contains("`" + name.replace(".json", "") + "`");
        assertThat(Template.of("logic-apps/workflow.bicep").text()).contains("state: state", "'SystemAssigned'");
    }

    /** The requests to PARC: the inputs of HTTP actions, and what webhook triggers subscribe and unsubscribe with. */
    private static List<JsonNode> requests(JsonNode definition) {
        List<JsonNode> requests = new ArrayList<>();
        for (JsonNode trigger : definition.get("triggers")) {
            if (trigger.path("type").asText().equals("HttpWebhook")) {
                requests.add(trigger.path("inputs").path("subscribe"));
                requests.add(trigger.path("inputs").path("unsubscribe"));
            }
        }
        Map<String, JsonNode> actions = new LinkedHashMap<>();
        siblings(definition.get("actions"), actions);
        actions.values().stream()
                .filter(action -> action.path("type").asText().equals("Http"))
                .forEach(action -> requests.add(action.get("inputs")));
        return requests;
    }

    private static HttpResponse<String> send(String method, String address, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        if (!body.isEmpty()) {
            request.setHeader("Content-Type", "application/json");
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Set<String> keys(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static Set<String> named(String text, String expression) {
        return Set.copyOf(named(text, expression, new ArrayList<>()));
    }

    private static List<String> named(String text, String expression, List<String> names) {
        Pattern.compile(expression).matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }
}
