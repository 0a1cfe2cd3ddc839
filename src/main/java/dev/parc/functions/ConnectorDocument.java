package dev.parc.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The API as a custom connector of Logic Apps and Power Automate: the OpenAPI 3.0 document told in OpenAPI 2.0, which is
 * all that these take, with what they need to know beside it. Source: <a
 * href="https://learn.microsoft.com/connectors/custom-connectors/openapi-extensions">Use OpenAPI extensions in a custom
 * connector</a>.
 */
final class ConnectorDocument {

    private static final String SCHEMAS = "#/components/schemas/";
    private static final String VALUES = "x-ms-dynamic-values";
    private static final String SUMMARY = "x-ms-summary";

    /** Given instead of a default where only a connector has one. */
    private static final String DEFAULT = "x-ms-connector-default";

    /** The documents themselves, what is for the HTTP Webhook trigger, which needs no connector, and pages for people. */
    private static final Set<String> LEFT_OUT = Set.of(
            "GetOpenApi", "GetConnector", "UnsubscribeCallback", "DecideInReport", "GetReportOfAccount", "WatchRun");

    /** What a parameter of OpenAPI 2.0 has itself, and one of 3.0 in its schema. */
    private static final Set<String> OF_A_PARAMETER =
            Set.of("type", "format", "enum", "default", "minimum", "maximum", "pattern", "maxLength", "items");

    private final ObjectNode openApi;
    private final URI address;
    private final Optional<URI> authority;

    private ConnectorDocument(ObjectNode openApi, URI address, Optional<URI> authority) {
        this.openApi = openApi;
        this.address = address;
        this.authority = authority;
    }

    /**
     * The connector.
     *
     * @param openApi the document in OpenAPI 3.0
     * @param address where the API is reached
     * @param authority where callers sign in with Microsoft Entra ID, for example https://login.microsoftonline.com;
     *     empty if they have a key
     */
    static ObjectNode of(ObjectNode openApi, URI address, Optional<URI> authority) {
        return new ConnectorDocument(openApi, address, authority).document();
    }

    private ObjectNode document() {
        ObjectNode document = Views.object().put("swagger", "2.0");
        document.set("info", openApi.path("info"));
        document.put("host", address.getAuthority()).put("basePath", address.getPath());
        document.putArray("schemes").add(address.getScheme());
        document.putArray("consumes").add("application/json");
        document.putArray("produces").add("application/json");
        ObjectNode security = document.putObject("securityDefinitions");
        if (authority.isPresent()) {
            String common = authority.get().resolve("/common/oauth2/").toString();
            security.putObject("entra")
                    .put("type", "oauth2")
                    .put("flow", "accessCode")
                    .put("authorizationUrl", common + "authorize")
                    .put("tokenUrl", common + "token")
                    .putObject("scopes");
        } else {
            security.putObject("key").put("type", "apiKey").put("in", "header").put("name", "x-functions-key");
        }
        document.putArray("security").addObject().putArray(authority.isPresent() ? "entra" : "key");
        ObjectNode paths = document.putObject("paths");
        for (Map.Entry<String, JsonNode> path : openApi.path("paths").properties()) {
            ObjectNode item = Views.object();
            path.getValue().properties().forEach(entry -> {
                if (entry.getKey().startsWith("x-")) {
                    item.set(entry.getKey(), told(entry.getValue()));
                } else if (!LEFT_OUT.contains(
                        entry.getValue().path("operationId").asText())) {
                    item.set(entry.getKey(), operation(entry.getValue()));
                }
            });
            if (!item.isEmpty()) {
                paths.set(path.getKey(), item);
            }
        }
        ObjectNode definitions = document.putObject("definitions");
        openApi.path("components").path("schemas").properties().forEach(schema -> {
            JsonNode told = told(schema.getValue());
            name(told);
            definitions.set(schema.getKey(), told);
        });
        return document;
    }

    private ObjectNode operation(JsonNode operation) {
        ObjectNode told = Views.object();
        for (Map.Entry<String, JsonNode> entry : operation.properties()) {
            if (!Set.of("parameters", "requestBody", "responses", "security").contains(entry.getKey())) {
                told.set(entry.getKey(), entry.getValue());
            }
        }
        if (operation.path("security").isArray()) {
            told.putArray("security");
        }
        ArrayNode parameters = told.putArray("parameters");
        operation.path("parameters").forEach(parameter -> parameters.add(parameter(resolved(parameter))));
        JsonNode body = operation.path("requestBody").path("content").path("application/json");
        if (body.has("schema")) {
            parameters
                    .addObject()
                    .put("name", "body")
                    .put("in", "body")
                    .put("required", true)
                    .set("schema", told(body.path("schema")));
        }
        ObjectNode responses = told.putObject("responses");
        List<String> types = new ArrayList<>();
        operation.path("responses").properties().forEach(response -> {
            if (response.getKey().startsWith("2")) {
                JsonNode content = response.getValue().path("content");
                content.fieldNames().forEachRemaining(types::add);
                responses.set(response.getKey(), response(response.getValue(), content));
            }
        });
        responses
                .putObject("default")
                .put("description", "An error.")
                .putObject("schema")
                .put("$ref", "#/definitions/Problem");
        if (types.stream().anyMatch(type -> !type.equals("application/json"))) {
            ArrayNode produces = told.putArray("produces");
            types.stream().distinct().forEach(produces::add);
        }
        return told;
    }

    private ObjectNode response(JsonNode response, JsonNode content) {
        ObjectNode told =
                Views.object().put("description", response.path("description").asText());
        content.elements().forEachRemaining(media -> told.set("schema", told(media.path("schema"))));
        ObjectNode headers = Views.object();
        response.path("headers").properties().forEach(header -> {
            JsonNode it = resolved(header.getValue());
            ObjectNode one = headers.putObject(header.getKey())
                    .put("description", it.path("description").asText());
            one.set("type", it.path("schema").path("type"));
        });
        if (!headers.isEmpty()) {
            told.set("headers", headers);
        }
        return told;
    }

    private ObjectNode parameter(JsonNode parameter) {
        ObjectNode told = Views.object();
        parameter.properties().forEach(entry -> {
            if (!entry.getKey().equals("schema") && !entry.getKey().equals(DEFAULT)) {
                told.set(entry.getKey(), entry.getValue());
            }
        });
        resolved(parameter.path("schema")).properties().forEach(entry -> {
            if (OF_A_PARAMETER.contains(entry.getKey())) {
                told.set(entry.getKey(), entry.getValue());
            }
        });
        if (parameter.has(VALUES)) {
            told.remove("enum");
        }
        if (parameter.has(DEFAULT)) {
            told.put("required", true).set("default", parameter.path(DEFAULT));
        }
        if (!told.has(SUMMARY)) {
            told.put(SUMMARY, words(parameter.path("name").asText()));
        }
        return told;
    }

    private JsonNode resolved(JsonNode node) {
        return Optional.ofNullable(node.path("$ref").textValue())
                .map(reference -> openApi.at(reference.substring(1)))
                .orElse(node);
    }

    /** A schema with its references, and what may be null, as OpenAPI 2.0 has it. */
    private JsonNode told(JsonNode schema) {
        if (schema.isArray()) {
            ArrayNode told = Views.object().putArray("all");
            schema.forEach(element -> told.add(told(element)));
            return told;
        }
        if (!schema.isObject()) {
            return schema;
        }
        if (schema.path("allOf").size() == 1) {
            return told(schema.path("allOf").path(0));
        }
        ObjectNode told = Views.object();
        schema.properties().forEach(entry -> {
            switch (entry.getKey()) {
                case "$ref" -> told.put("$ref", entry.getValue().asText().replace(SCHEMAS, "#/definitions/"));
                case "nullable" -> told.set("x-nullable", entry.getValue());
                default -> told.set(entry.getKey(), told(entry.getValue()));
            }
        });
        return told;
    }

    /** Gives every property a name for people. */
    private static void name(JsonNode schema) {
        schema.path("properties").properties().forEach(property -> {
            if (property.getValue() instanceof ObjectNode one && !one.has("$ref") && !one.has(SUMMARY)) {
                one.put(SUMMARY, words(property.getKey()));
                name(one);
                name(one.path("items"));
            }
        });
    }

    /** {@code signInName} in words. */
    private static String words(String name) {
        String words = name.replaceAll("([a-z])([A-Z])", "$1 $2")
                .replace('-', ' ')
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\bid\\b", "ID")
                .replaceAll("\\bmfa\\b", "MFA");
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
