package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Requests made up from the OpenAPI document, in part as it says and in part not, the same in every run: none is answered
 * with a failure of the service, or with anything that the document does not tell.
 */
class ApiFuzzTest {

    private static final int REQUESTS_AN_OPERATION = 12;
    private static final long SEED = 20_260_901;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "0",
            "-1",
            "99999999999",
            "1e9",
            "null",
            "true",
            "..",
            "../../etc/passwd",
            "a' or PartitionKey ne '",
            "{{x}}",
            "${jndi:ldap://x}",
            "<script>alert(1)</script>",
            "\u0000",
            "\u202e\ud83d\ude80 漢字",
            "x".repeat(5000),
            "%25",
            "2026-02-30",
            "9999-12-31",
            "-999999999-01-01T00:00:00Z",
            "20260131T080000Z-00000001",
            "20269931T080000Z-00000001",
            "aaaaaaaa-0000-0000-0000-000000000000",
            "S1-04",
            "S1-99",
            "bg-01.x",
            "https://127.0.0.1/",
            "https://contoso.com/");

    private static DemoServing demo;
    private static Client client;
    private static Contract contract;
    private static Map<String, List<String>> known;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void start() throws Exception {
        demo = new DemoServing();
        client = demo.client();
        contract = new Contract(json(client.get("/api/openapi.json")));
        known = Map.of(
                "runId", List.of(demo.runId()),
                "run", List.of(demo.runId()),
                "since", List.of(demo.runId()),
                "triggerState", List.of("new", demo.runId()),
                "accountId", json(client.get("/api/accounts")).path("accounts").findValuesAsText("id"),
                "checkId", List.of("S1-04", "s1-05", "S2-15", "BG-02"),
                "waiverId", List.of("S1-04", "S1-05.aaaaaaaa-0000-0000-0000-000000000000"),
                "key", List.of("aaaaaaaa-0000-0000-0000-000000000000.aaaaaaaa-0000-0000-0000-000000000000"));
    }

    @AfterAll
    static void stop() throws Exception {
        demo.close();
    }

    @Test
    void nothingIsAnsweredThatIsNotTold() throws Exception {
        List<String> wrong = new ArrayList<>();
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (Contract.Operation operation : contract.operations()) {
            for (int number = 0; number < REQUESTS_AN_OPERATION; number++) {
                Made made = made(operation);
                HttpResponse<String> answer = client.send(
                        made.method(), made.path(), made.body(), made.headers().toArray(String[]::new));
                statuses.merge(answer.statusCode() / 100, 1, Integer::sum);
                List<String> violations = contract.violations(operation, answer);
                boolean failed = answer.statusCode() >= 500 && !operation.id().equals("Health");
                if (failed || !violations.isEmpty()) {
                    wrong.add(made + " -> " + answer.statusCode() + " " + violations);
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(statuses.get(2)).as("requests that are as they must be").isGreaterThan(150);
        assertThat(statuses.get(4)).as("requests that are not").isGreaterThan(80);
    }

    private record Made(String method, String path, String body, List<String> headers) {}

    private Made made(Contract.Operation operation) {
        String path = "/api" + operation.path();
        StringBuilder query = new StringBuilder();
        List<String> headers = new ArrayList<>();
        for (JsonNode parameter : contract.parameters(operation)) {
            String name = parameter.path("name").asText();
            switch (parameter.path("in").asText()) {
                case "path" -> {
                    String value = value(name, parameter);
                    path = path.replace("{" + name + "}", encoded(value.isBlank() ? "x" : value));
                }
                case "query" -> {
                    if (random.nextInt(3) == 0) {
                        query.append(query.isEmpty() ? "?" : "&")
                                .append(name)
                                .append("=")
                                .append(encoded(value(name, parameter)));
                    }
                }
                default -> {
                    if (random.nextInt(2) == 0) {
                        headers.addAll(List.of(name, header(name)));
                    }
                }
            }
        }
        JsonNode schema = operation.node().at("/requestBody/content/application~1json/schema");
        return new Made(
                operation.method().toUpperCase(java.util.Locale.ROOT),
                path + query,
                schema.isMissingNode() ? "" : body(operation, schema),
                headers);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String value(String name, JsonNode parameter) {
        if (random.nextInt(3) == 0) {
            return one(HOSTILE);
        }
        if (known.containsKey(name)) {
            return one(known.getOrDefault(name, List.of()));
        }
        JsonNode schema = contract.resolved(parameter.path("schema"));
        return text(schema).asText();
    }

    /** What a header may carry. */
    private String header(String name) {
        return one(
                name.equals("Prefer")
                        ? List.of("wait=0", "wait=x", "return=minimal")
                        : List.of("*", "\"1\"", "\"2\"", "\"99999999999\"", "1", "W/\"1\"", "x"));
    }

    private String body(Contract.Operation operation, JsonNode schema) {
        if (random.nextInt(8) == 0) {
            return one(List.of("{", "[]", "\"x\"", "7", "{\"x\":1}", "{}", "[".repeat(2000), "{\"a\":1,\"a\":2}"));
        }
        JsonNode body = generated(contract.resolved(schema), 0);
        if (operation.id().equals("StartRun") && body instanceof ObjectNode order) {
            // a few short runs are enough
            order.putArray("checks").add(one(List.of("S2-14", "S1-99", "")));
            order.remove("stages");
        }
        return body.toString();
    }

    private JsonNode generated(JsonNode given, int depth) {
        JsonNode schema = contract.resolved(given);
        if (random.nextInt(12) == 0) {
            return one(List.of(
                    JsonNodeFactory.instance.nullNode(),
                    JsonNodeFactory.instance.numberNode(-1),
                    JsonNodeFactory.instance.booleanNode(true),
                    JSON.createArrayNode(),
                    JSON.createObjectNode()));
        }
        return switch (schema.path("type").asText()) {
            case "object" -> {
                ObjectNode object = JSON.createObjectNode();
                schema.path("properties").properties().forEach(property -> {
                    if (random.nextInt(8) != 0) {
                        object.set(property.getKey(), generated(property.getValue(), depth + 1));
                    }
                });
                yield object;
            }
            case "array" -> {
                ArrayNode array = JSON.createArrayNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    array.add(generated(schema.path("items"), depth + 1));
                }
                yield array;
            }
            default -> random.nextInt(4) == 0 ? JsonNodeFactory.instance.textNode(one(HOSTILE)) : text(schema);
        };
    }

    /** A value as the schema of a text, a number or a flag has it. */
    private JsonNode text(JsonNode schema) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (schema.path("enum").size() > 0) {
            return schema.path("enum").path(random.nextInt(schema.path("enum").size()));
        }
        if (schema.has("example")) {
            return schema.path("example");
        }
        return switch (schema.path("type").asText() + " "
                + schema.path("format").asText()) {
            case "boolean " -> make.textNode(Boolean.toString(random.nextBoolean()));
            case "integer " -> make.numberNode(1 + random.nextInt(5));
            case "string date" ->
                make.textNode(java.time.LocalDate.now(java.time.ZoneOffset.UTC)
                        .plusDays(1 + random.nextInt(300))
                        .toString());
            case "string uri" -> make.textNode("https://contoso.com/" + random.nextInt(9));
            default -> make.textNode("words " + random.nextInt(99));
        };
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
