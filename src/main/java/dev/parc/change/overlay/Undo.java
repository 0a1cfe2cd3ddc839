package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.Change;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeRequest;
import dev.parc.change.ChangeRequest.Method;
import dev.parc.change.ChangeUrl;
import dev.parc.change.ChangeUrl.Service;
import dev.parc.change.JsonTexts;
import dev.parc.change.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The inverse of a change, from the objects as they were: the last request is taken back first. */
public final class Undo {

    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "createdDateTime",
            "modifiedDateTime",
            "deletedDateTime",
            "templateId",
            "policyType",
            "requirementsSatisfied",
            "times",
            "deviceStates");

    private final List<ChangeRequest> requests = new ArrayList<>();
    /** What comes back comes back with another id, which the request that brings it back will tell. */
    private final Map<String, String> broughtBack = new LinkedHashMap<>();

    private Undo() {}

    /**
     * The inverse of a change.
     *
     * @param touched what the change touches, in its order
     * @throws ChangeException if something of it cannot be taken back by a request
     */
    public static Change of(List<ChangedObject> touched) {
        Undo undo = new Undo();
        for (int place = touched.size() - 1; place >= 0; place--) {
            undo.back(touched.get(place));
        }
        return new Change(undo.requests);
    }

    private void back(ChangedObject one) {
        boolean made = one.before().isEmpty();
        boolean gone = one.after().isEmpty();
        switch (one.kind()) {
            case POLICY -> object(one, "/identity/conditionalAccess/policies", made, gone);
            case NAMED_LOCATION -> location(one, made, gone);
            case STRENGTH -> strength(one, made, gone);
            case SECURITY_DEFAULTS, METHOD, METHODS_POLICY, PIM_RULE, USER -> {
                if (gone) {
                    throw irreversible(one);
                }
                patch(one);
            }
            case ROLE_ASSIGNMENT -> role(one, "roleAssignment", made);
            case ROLE_ELIGIBILITY_REQUESTS -> role(one, "roleEligibility", made);
            case GROUP -> {
                if (gone) {
                    throw irreversible(one);
                }
                add(one, Method.DELETE, one.url(), Optional.empty());
            }
            case GROUP_MEMBERS, GROUP_OWNERS -> add(one, Method.DELETE, one.url(), Optional.empty());
            case GROUP_MEMBER, GROUP_OWNER -> {
                String[] parts = one.url().split("/", -1);
                add(
                        one,
                        Method.POST,
                        "/groups/" + parts[2] + "/" + parts[3] + "/$ref",
                        Optional.of(node().put(
                                        "@odata.id", "https://graph.microsoft.com/v1.0/directoryObjects/" + parts[4])));
            }
            case DIRECTORY_EXPORT, SUBSCRIPTION_EXPORT, AZURE_ROLE -> azure(one, made);
            default -> throw irreversible(one);
        }
    }

    private static ChangeException irreversible(ChangedObject one) {
        return ChangeException.of(one.request(), "no request can restore what this change deletes, so it has no undo");
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private void add(ChangedObject one, Method method, String path, Optional<ObjectNode> body) {
        ChangeUrl url = one.request().url();
        requests.add(new ChangeRequest(
                id(one),
                method,
                new ChangeUrl(url.service(), url.version(), renamed(path)),
                body.map(this::renamed),
                List.of(),
                "takes back request " + one.request().id()
                        + (method == Method.DELETE
                                        && url.service() == Service.GRAPH
                                        && !one.url().contains("$ref")
                                ? "; put in the id that it was told when it was created"
                                : "")));
    }

    private String id(ChangedObject one) {
        String id = "undo-" + one.request().id();
        String shorter = id.length() > 58 ? id.substring(0, 58) : id;
        long before = requests.stream()
                .filter(request -> request.id().equals(shorter) || request.id().startsWith(shorter + "."))
                .count();
        return before == 0 ? shorter : shorter + "." + before;
    }

    private String renamed(String text) {
        String renamed = text;
        for (Map.Entry<String, String> one : broughtBack.entrySet()) {
            renamed = renamed.replace(one.getKey(), one.getValue());
        }
        return renamed;
    }

    private ObjectNode renamed(ObjectNode body) {
        ObjectNode copy = body.deepCopy();
        JsonTexts.replace(copy, this::renamed);
        return copy;
    }

    private void object(ChangedObject one, String list, boolean made, boolean gone) {
        if (made) {
            add(one, Method.DELETE, one.url(), Optional.empty());
        } else if (gone) {
            String id = one.before().orElseThrow().path("id").asText();
            String by = id(one);
            add(one, Method.POST, list, Optional.of(written(one.before().orElseThrow())));
            broughtBack.put(id, "${" + by + ".id}");
        } else {
            patch(one);
        }
    }

    private void location(ChangedObject one, boolean made, boolean gone) {
        if (made && one.after().orElseThrow().path("isTrusted").asBoolean()) {
            add(
                    one,
                    Method.PATCH,
                    one.url(),
                    Optional.of(node().put("@odata.type", "#microsoft.graph.ipNamedLocation")
                            .put("isTrusted", false)));
        }
        object(one, "/identity/conditionalAccess/namedLocations", made, gone);
    }

    private void strength(ChangedObject one, boolean made, boolean gone) {
        boolean combinations = one.request().url().path().endsWith("/updateAllowedCombinations");
        if (combinations) {
            ObjectNode body = node();
            body.set("allowedCombinations", one.before().orElseThrow().path("allowedCombinations"));
            add(one, Method.POST, one.request().url().path(), Optional.of(body));
        } else {
            object(one, "/policies/authenticationStrengthPolicies", made, gone);
        }
    }

    private void patch(ChangedObject one) {
        ObjectNode body =
                inverse(one.request().body().orElseThrow(), one.before().orElseThrow());
        add(one, Method.PATCH, one.url(), Optional.of(body));
    }

    /** What was at the places that a body names. */
    private static ObjectNode inverse(ObjectNode body, ObjectNode before) {
        ObjectNode inverse = node();
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            String name = member.getKey();
            JsonNode was = before.path(name);
            if (name.startsWith("@odata") || name.equals("id")) {
                inverse.set(name, member.getValue());
            } else if (was.isMissingNode()) {
                inverse.putNull(name);
            } else if (name.equals("authenticationMethodConfigurations")) {
                inverse.set(name, methods(member.getValue(), was));
            } else if (member.getValue() instanceof ObjectNode inside
                    && was instanceof ObjectNode object
                    && !name.equals("authenticationStrength")) {
                inverse.set(name, inverse(inside, object));
            } else {
                inverse.set(name, was instanceof ObjectNode object ? writtenAt(name, object) : was);
            }
        }
        return inverse;
    }

    private static ArrayNode methods(JsonNode named, JsonNode all) {
        ArrayNode methods = JsonNodeFactory.instance.arrayNode();
        named.forEach(one -> all.forEach(was -> {
            if (was.path("id").asText().equalsIgnoreCase(one.path("id").asText())) {
                methods.add(inverse((ObjectNode) one, (ObjectNode) was));
            }
        }));
        return methods;
    }

    /** An object as it is written to create it again. */
    private static ObjectNode written(ObjectNode object) {
        ObjectNode written = node();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            boolean annotation = name.contains("@odata.") && !name.equals("@odata.type");
            if (!READ_ONLY.contains(name) && !annotation) {
                written.set(
                        name,
                        member.getValue() instanceof ObjectNode inside ? writtenAt(name, inside) : member.getValue());
            }
        }
        return written;
    }

    private static ObjectNode writtenAt(String name, ObjectNode object) {
        return name.equals("authenticationStrength")
                ? node().put("id", object.path("id").asText())
                : written(object);
    }

    private void role(ChangedObject one, String list, boolean made) {
        ObjectNode row = one.after().or(one::before).orElseThrow();
        ObjectNode body = node();
        for (String name : List.of("principalId", "roleDefinitionId", "directoryScopeId")) {
            body.set(name, row.path(name));
        }
        boolean byRequest = one.request().url().path().endsWith("ScheduleRequests");
        if (!byRequest) {
            add(
                    one,
                    made ? Method.DELETE : Method.POST,
                    made ? one.url() : "/roleManagement/directory/roleAssignments",
                    made ? Optional.empty() : Optional.of(body));
            return;
        }
        body.put("action", made ? "adminRemove" : "adminAssign");
        if (!made) {
            ObjectNode expiration = body.putObject("scheduleInfo").putObject("expiration");
            if (row.path("endDateTime").isTextual()) {
                expiration.put("type", "afterDateTime").set("endDateTime", row.path("endDateTime"));
            } else {
                expiration.put("type", "noExpiration");
            }
        }
        add(one, Method.POST, "/roleManagement/directory/" + list + "ScheduleRequests", Optional.of(body));
    }

    private void azure(ChangedObject one, boolean made) {
        if (made) {
            add(one, Method.DELETE, one.url(), Optional.empty());
            return;
        }
        ObjectNode before = one.before().orElseThrow();
        ObjectNode properties = node();
        if (one.kind() == Kind.AZURE_ROLE) {
            for (String name : List.of("principalId", "principalType", "roleDefinitionId", "condition")) {
                if (!before.path(name).asText("").isEmpty()) {
                    properties.set(name, before.path(name));
                }
            }
        } else if (before.path("properties") instanceof ObjectNode was) {
            properties = was.deepCopy();
        }
        ObjectNode body = node();
        body.set("properties", properties);
        add(one, Method.PUT, one.url(), Optional.of(body));
    }
}
