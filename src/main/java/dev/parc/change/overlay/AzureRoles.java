package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeRequest;
import dev.parc.change.Kind;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Role assignments in Azure, which are told by Azure Resource Graph for subscriptions, by the lists of management groups, and by
 * the instances of PIM; told apart by principal, role and scope, because not all of these tell ids.
 */
final class AzureRoles implements Layer {

    private static final String RESOURCE_GRAPH = "/providers/Microsoft.ResourceGraph/resources";
    private static final String ASSIGNMENTS = "/providers/Microsoft.Authorization/roleAssignments";
    private static final String INSTANCES = "/providers/Microsoft.Authorization/roleAssignmentScheduleInstances";
    private static final Pattern SUBSCRIPTION = Pattern.compile("(?i)/subscriptions/([^/]+).*");

    private final Base base;
    private final People people;
    private final Instant at;
    private final List<Edit> edits = new ArrayList<>();

    /**
     * @param row with id, principalId, principalType, roleDefinitionId and scope, as Azure writes them under properties
     */
    private record Edit(boolean comes, ObjectNode row) {}

    AzureRoles(Base base, People people, Instant at) {
        this.base = base;
        this.people = people;
        this.at = at;
    }

    ChangedObject apply(ChangeRequest request) {
        List<String> keys = Kind.AZURE_ROLE.keys(request);
        String scope = keys.get(0).isEmpty() ? "/" : keys.get(0);
        String path = request.url().path();
        Optional<ObjectNode> before = known(scope).stream()
                .filter(row -> row.path("id").asText().equalsIgnoreCase(path))
                .findFirst();
        if (request.method() == ChangeRequest.Method.DELETE) {
            ObjectNode row = before.orElseThrow(
                    () -> ChangeException.of(request, "no role assignment with this id was read at this scope"));
            edits.add(new Edit(false, row));
            return new ChangedObject(request, Kind.AZURE_ROLE, path, Optional.of(row), Optional.empty());
        }
        ObjectNode properties = (ObjectNode)
                Requests.body(request, Kind.AZURE_ROLE).path("properties").deepCopy();
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("id", path);
        row.setAll(properties);
        row.put("scope", scope);
        if (!row.has("principalType")) {
            row.put("principalType", type(row.path("principalId").asText(), request));
        }
        if (before.isPresent() && !alike(before.get(), row)) {
            throw Requests.refused(request, "a role assignment cannot be changed to another principal or role");
        }
        if (before.isEmpty() && known(scope).stream().anyMatch(known -> alike(known, row))) {
            throw Requests.refused(request, "the principal holds this role there already");
        }
        before.ifPresent(old -> edits.add(new Edit(false, old)));
        edits.add(new Edit(true, row));
        return new ChangedObject(request, Kind.AZURE_ROLE, path, before, Optional.of(row));
    }

    private String type(String principalId, ChangeRequest request) {
        String type = people.find(principalId.toLowerCase(Locale.ROOT), request)
                .map(object -> object.path("@odata.type").asText())
                .orElse("");
        return switch (type) {
            case "#microsoft.graph.group" -> "Group";
            case "#microsoft.graph.servicePrincipal" -> "ServicePrincipal";
            default -> "User";
        };
    }

    /** The assignments that were told at a scope, as they are by now. */
    private List<ObjectNode> known(String scope) {
        List<ObjectNode> rows = new ArrayList<>();
        base.asked(RESOURCE_GRAPH).stream()
                .filter(one -> one.body().contains("roleassignments"))
                .flatMap(one -> JsonBody.told(one.answer()).stream())
                .flatMap(body -> body.path("data").valueStream())
                .filter(ObjectNode.class::isInstance)
                .forEach(row -> rows.add((ObjectNode) row));
        List<String> lists = scope.equals("/")
                ? base.azureGroups().stream().map(group -> group + ASSIGNMENTS).toList()
                : List.of(scope + ASSIGNMENTS);
        lists.stream()
                .flatMap(list -> base.askedUnder(list).stream())
                .flatMap(body -> body.path("value").valueStream())
                .forEach(item -> {
                    ObjectNode row = JsonNodeFactory.instance.objectNode();
                    row.set("id", item.path("id"));
                    if (item.path("properties") instanceof ObjectNode properties) {
                        row.setAll(properties);
                    }
                    rows.add(row);
                });
        for (Edit edit : edits) {
            if (edit.comes()) {
                rows.add(edit.row());
            } else {
                rows.removeIf(row -> alike(row, edit.row()));
            }
        }
        return rows.stream()
                .filter(row -> row.path("scope").asText().equalsIgnoreCase(scope))
                .toList();
    }

    private static boolean alike(JsonNode row, JsonNode other) {
        return row.path("principalId")
                        .asText()
                        .equalsIgnoreCase(other.path("principalId").asText())
                && row.path("scope")
                        .asText()
                        .equalsIgnoreCase(other.path("scope").asText())
                && role(row).equals(role(other));
    }

    private static String role(JsonNode row) {
        String id = row.path("roleDefinitionId").asText();
        return id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean concerns(WireRequest request, RequestTarget target) {
        if (edits.isEmpty()) {
            return false;
        }
        return target.path().equals(RESOURCE_GRAPH)
                ? request.body().contains("roleassignments")
                : target.path().endsWith(ASSIGNMENTS) || target.path().endsWith(INSTANCES);
    }

    @Override
    public WireResponse answer(WireRequest request, RequestTarget target, Supplier<WireResponse> beneath) {
        WireResponse response = beneath.get();
        Optional<ObjectNode> body = JsonBody.told(response);
        if (body.isEmpty()) {
            return response;
        }
        if (target.path().equals(RESOURCE_GRAPH)) {
            resourceGraph(request, body.get());
        } else {
            boolean terms = target.path().endsWith(INSTANCES);
            list(target, body.get(), terms);
        }
        return new WireResponse(200, response.headers(), body.get().toString());
    }

    private void resourceGraph(WireRequest request, ObjectNode body) {
        if (!(body.path("data") instanceof ArrayNode rows)) {
            return;
        }
        JsonNode asked = JsonBody.parse(request.body()).orElseThrow();
        boolean first = asked.path("options").path("$skipToken").isMissingNode();
        String query = asked.path("query").asText().toLowerCase(Locale.ROOT);
        List<JsonNode> now = changed(rows.valueStream(), row -> row, first, row -> {
            boolean user = row.path("principalType").asText().equalsIgnoreCase("User");
            boolean named = query.contains("'" + role(row) + "'");
            boolean further = query.contains("isnotempty(condition)");
            boolean below = SUBSCRIPTION.matcher(row.path("scope").asText()).matches();
            return below
                    && (further
                            ? named
                                    && (!user
                                            || !row.path("condition").asText("").isEmpty())
                            : named || user);
        });
        int difference = now.size() - rows.size();
        ArrayNode data = body.putArray("data");
        now.forEach(row -> data.add(projected(row)));
        body.put("count", data.size());
        if (body.path("totalRecords").isInt()) {
            body.put("totalRecords", body.path("totalRecords").intValue() + difference);
        }
    }

    private static JsonNode projected(JsonNode row) {
        Matcher subscription = SUBSCRIPTION.matcher(row.path("scope").asText());
        if (row.has("subscriptionId") || !subscription.matches()) {
            return row;
        }
        ObjectNode projected = row.deepCopy();
        projected.put("subscriptionId", subscription.group(1).toLowerCase(Locale.ROOT));
        for (String text : new String[] {"description", "createdOn", "condition"}) {
            if (!projected.path(text).isTextual()) {
                projected.put(text, "");
            }
        }
        return projected;
    }

    private void list(RequestTarget target, ObjectNode body, boolean terms) {
        if (!(body.path("value") instanceof ArrayNode items)) {
            return;
        }
        String path = target.path();
        String asked = path.substring(0, path.length() - (terms ? INSTANCES : ASSIGNMENTS).length());
        boolean first = target.query().keySet().stream().noneMatch(name -> name.startsWith("$skip"));
        List<JsonNode> now = changed(items.valueStream(), item -> item.path("properties"), first, row -> {
            String scope = row.path("scope").asText();
            return scope.equals("/")
                    || scope.equalsIgnoreCase(asked)
                    || (terms && scope.toLowerCase(Locale.ROOT).startsWith(asked.toLowerCase(Locale.ROOT) + "/"));
        });
        ArrayNode value = body.putArray("value");
        for (JsonNode one : now) {
            if (one.has("properties")) {
                value.add(one);
            } else {
                ObjectNode properties = one.deepCopy();
                properties.remove("id");
                if (terms) {
                    properties
                            .put("memberType", "Direct")
                            .put("assignmentType", "Assigned")
                            .put("startDateTime", at.toString())
                            .putNull("endDateTime");
                }
                ObjectNode item = JsonNodeFactory.instance.objectNode();
                item.set("id", one.path("id"));
                item.set("properties", properties);
                value.add(item);
            }
        }
    }

    /** The items as they are with the change; those that come are rows. */
    private List<JsonNode> changed(
            Stream<JsonNode> items, UnaryOperator<JsonNode> row, boolean first, Predicate<JsonNode> belongs) {
        List<JsonNode> now = new ArrayList<>(items.toList());
        for (Edit edit : edits) {
            if (!edit.comes()) {
                now.removeIf(item -> alike(row.apply(item), edit.row()) || alike(item, edit.row()));
            } else if (first && belongs.test(edit.row())) {
                now.add(edit.row());
            }
        }
        return now;
    }
}
