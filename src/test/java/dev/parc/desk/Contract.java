package dev.parc.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the OpenAPI document says that the API answers. Objects are taken to have no property but those that it names, so
 * that nothing is answered which the document leaves out.
 */
final class Contract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");

    private final JsonNode document;
    private final JsonNode schemas;
    private final Map<String, Schema> compiled = new HashMap<>();

    Contract(JsonNode document) {
        this.document = document;
        this.schemas = closed(document.path("components").path("schemas"));
    }

    /** A method of a path. */
    record Operation(String method, String path, JsonNode node) {

        String id() {
            return node.path("operationId").asText();
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .forEach(entry ->
                                operations.add(new Operation(entry.getKey(), path.getKey(), entry.getValue()))));
        return operations;
    }

    Operation operation(String id) {
        return operations().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The parameters of an operation, references followed. */
    List<JsonNode> parameters(Operation operation) {
        List<JsonNode> parameters = new ArrayList<>();
        operation.node().path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
        return parameters;
    }

    /** What a reference leads to; the node itself if it is none. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** What of an answer the document does not allow. */
    List<String> violations(Operation operation, HttpResponse<String> answer) {
        JsonNode response = resolved(operation.node().path("responses").path(Integer.toString(answer.statusCode())));
        if (response.isMissingNode()) {
            return List.of("the status " + answer.statusCode() + " is not told: " + answer.body());
        }
        List<String> violations = new ArrayList<>();
        answer.headers().map().keySet().stream()
                .filter(Set.of("location", "etag", "retry-after", "preference-applied")::contains)
                .filter(header -> names(response.path("headers")).stream().noneMatch(header::equals))
                .forEach(header -> violations.add("the header " + header + " is not told"));
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            if (!answer.body().isEmpty()) {
                violations.add("a body is not told: " + answer.body());
            }
            return violations;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
        JsonNode media = content.path(type);
        if (media.isMissingNode()) {
            violations.add("the type " + type + " is not told");
        } else if (type.endsWith("json")) {
            schema(media.path("schema"))
                    .validate(
                            answer.body(),
                            InputFormat.JSON,
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                    .stream()
                    .map(Error::toString)
                    .limit(5)
                    .forEach(violations::add);
        }
        return violations;
    }

    private static Set<String> names(JsonNode headers) {
        Set<String> names = new TreeSet<>();
        headers.fieldNames().forEachRemaining(name -> names.add(name.toLowerCase(Locale.ROOT)));
        return names;
    }

    private Schema schema(JsonNode schema) {
        return compiled.computeIfAbsent(schema.toString(), text -> {
            ObjectNode whole = (ObjectNode) closed(schema);
            whole.putObject("components").set("schemas", schemas);
            try {
                return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(JSON.writeValueAsString(whole));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The schema in JSON Schema: what may be null in its words, and objects closed that name their properties. */
    private static JsonNode closed(JsonNode schema) {
        if (schema instanceof ArrayNode array) {
            ArrayNode all = JSON.createArrayNode();
            array.forEach(element -> all.add(closed(element)));
            return all;
        }
        if (!(schema instanceof ObjectNode)) {
            return schema;
        }
        ObjectNode closed = JSON.createObjectNode();
        schema.properties().forEach(entry -> closed.set(entry.getKey(), closed(entry.getValue())));
        if (schema.path("type").isTextual() && schema.path("properties").isObject()) {
            closed.put("additionalProperties", false);
        }
        if (!schema.path("nullable").asBoolean(false)) {
            return closed;
        }
        closed.remove("nullable");
        ObjectNode either = JSON.createObjectNode();
        either.putArray("anyOf").add(closed).addObject().put("type", "null");
        return either;
    }

    /** The operation that answers this; empty if there is none. */
    Optional<Operation> find(String method, String path) {
        return operations().stream()
                .filter(one -> one.method().equalsIgnoreCase(method)
                        && path.split("\\?", 2)[0].matches(one.path().replaceAll("\\{[^}]+}", "[^/]+")))
                .findFirst();
    }
}
