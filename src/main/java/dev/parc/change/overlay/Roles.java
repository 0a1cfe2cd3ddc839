package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeRequest;
import dev.parc.change.Kind;
import dev.parc.change.Merge;
import dev.parc.change.References;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Role assignments and eligibility in the directory, and the settings of PIM. */
final class Roles {

    private static final String ASSIGNMENTS = "/roleManagement/directory/roleAssignments";
    private static final String ACTIVE = "/roleManagement/directory/roleAssignmentScheduleInstances";
    private static final String ELIGIBLE = "/roleManagement/directory/roleEligibilityScheduleInstances";
    private static final String SETTINGS = "/v1.0/policies/roleManagementPolicyAssignments";

    private final Base base;
    private final People people;
    private final Instant at;
    private final ObjectList assignments = new ObjectList("/v1.0" + ASSIGNMENTS);
    private final ObjectList active = new ObjectList("/v1.0" + ACTIVE);
    private final ObjectList eligible = new ObjectList("/v1.0" + ELIGIBLE);
    private final Rules rules = new Rules();

    Roles(Base base, People people, Instant at) {
        this.base = base;
        this.people = people;
        this.at = at;
    }

    List<Layer> layers() {
        return List.of(assignments, active, eligible, rules);
    }

    ChangedObject apply(ChangeRequest request, Kind kind) {
        return switch (kind) {
            case ROLE_ASSIGNMENTS -> assign(request, Requests.body(request, kind), Optional.empty());
            case ROLE_ASSIGNMENT ->
                remove(request, Kind.ROLE_ASSIGNMENT.keys(request).get(0));
            case ROLE_ASSIGNMENT_REQUESTS, ROLE_ELIGIBILITY_REQUESTS -> schedule(request, kind);
            case PIM_RULE -> rule(request);
            default -> throw new IllegalArgumentException(kind + " is about no role");
        };
    }

    /** What a deleted principal takes along. */
    void forget(String principalId) {
        Map.of(ASSIGNMENTS, assignments, ACTIVE, active, ELIGIBLE, eligible)
                .forEach((path, list) -> base.list("/v1.0" + path).map(list::of).orElse(List.of()).stream()
                        .filter(row -> row.path("principalId").asText().equalsIgnoreCase(principalId))
                        .forEach(row -> list.remove(ObjectList.id(row))));
    }

    private List<ObjectNode> assignmentsNow() {
        return assignments.of(base.whole("/v1.0" + ASSIGNMENTS, "role assignments"));
    }

    private static boolean alike(ObjectNode row, ObjectNode body) {
        return List.of("principalId", "roleDefinitionId", "directoryScopeId").stream()
                .allMatch(name ->
                        row.path(name).asText().equalsIgnoreCase(body.path(name).asText()));
    }

    private ObjectNode row(ChangeRequest request, ObjectNode body) {
        String principal = body.path("principalId").asText().toLowerCase(Locale.ROOT);
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("id", References.standIn(request))
                .put("principalId", principal)
                .put("roleDefinitionId", body.path("roleDefinitionId").asText().toLowerCase(Locale.ROOT))
                .put("directoryScopeId", body.path("directoryScopeId").asText())
                .putNull("appScopeId");
        people.find(principal, request)
                .ifPresentOrElse(object -> row.set("principal", object), () -> row.putNull("principal"));
        return row;
    }

    private ChangedObject assign(ChangeRequest request, ObjectNode body, Optional<Instant> end) {
        if (assignmentsNow().stream().anyMatch(row -> alike(row, body))) {
            throw Requests.refused(request, "the principal holds this role there already");
        }
        ObjectNode row = row(request, body);
        assignments.create(ObjectList.id(row), row);
        if (base.list("/v1.0" + ACTIVE).isPresent()) {
            ObjectNode instance = row.deepCopy()
                    .put("assignmentType", "Assigned")
                    .put("memberType", "Direct")
                    .put("startDateTime", at.toString());
            end.ifPresentOrElse(
                    time -> instance.put("endDateTime", time.toString()), () -> instance.putNull("endDateTime"));
            active.create(ObjectList.id(instance), instance);
        }
        return new ChangedObject(
                request,
                Kind.ROLE_ASSIGNMENT,
                ASSIGNMENTS + "/" + ObjectList.id(row),
                Optional.empty(),
                Optional.of(row));
    }

    private ChangedObject remove(ChangeRequest request, String id) {
        ObjectNode before = assignmentsNow().stream()
                .filter(row -> ObjectList.id(row).equals(id.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> ChangeException.of(request, "the tenant has no role assignment with this id"));
        return removed(request, before);
    }

    private ChangedObject removed(ChangeRequest request, ObjectNode before) {
        assignments.remove(ObjectList.id(before));
        ObjectNode whole = before.deepCopy();
        base.list("/v1.0" + ACTIVE).map(active::of).orElse(List.of()).stream()
                .filter(row -> alike(row, before)
                        && row.path("assignmentType").asText().equalsIgnoreCase("Assigned"))
                .forEach(row -> {
                    active.remove(ObjectList.id(row));
                    whole.set("endDateTime", row.path("endDateTime"));
                });
        return new ChangedObject(
                request,
                Kind.ROLE_ASSIGNMENT,
                ASSIGNMENTS + "/" + ObjectList.id(before),
                Optional.of(whole),
                Optional.empty());
    }

    private ChangedObject schedule(ChangeRequest request, Kind kind) {
        ObjectNode body = Requests.body(request, kind);
        boolean assigns = body.path("action").asText().equals("adminAssign");
        if (kind == Kind.ROLE_ASSIGNMENT_REQUESTS) {
            if (assigns) {
                return assign(request, body, end(request, body));
            }
            return removed(
                    request,
                    assignmentsNow().stream()
                            .filter(row -> alike(row, body))
                            .findFirst()
                            .orElseThrow(
                                    () -> Requests.refused(request, "the principal does not hold this role there")));
        }
        List<ObjectNode> rows = eligible.of(base.whole("/v1.0" + ELIGIBLE, "eligible role assignments"));
        Optional<ObjectNode> known =
                rows.stream().filter(row -> alike(row, body)).findFirst();
        if (assigns) {
            if (known.isPresent()) {
                throw Requests.refused(request, "the principal is eligible for this role there already");
            }
            ObjectNode row = row(request, body).put("memberType", "Direct").put("startDateTime", at.toString());
            end(request, body)
                    .ifPresentOrElse(time -> row.put("endDateTime", time.toString()), () -> row.putNull("endDateTime"));
            eligible.create(ObjectList.id(row), row);
            return new ChangedObject(
                    request,
                    Kind.ROLE_ELIGIBILITY_REQUESTS,
                    ELIGIBLE + "/" + ObjectList.id(row),
                    Optional.empty(),
                    Optional.of(row));
        }
        ObjectNode before =
                known.orElseThrow(() -> Requests.refused(request, "the principal is not eligible for this role there"));
        rows.stream().filter(row -> alike(row, body)).forEach(row -> eligible.remove(ObjectList.id(row)));
        return new ChangedObject(
                request,
                Kind.ROLE_ELIGIBILITY_REQUESTS,
                ELIGIBLE + "/" + ObjectList.id(before),
                Optional.of(before),
                Optional.empty());
    }

    /** When an assignment ends; empty for never. */
    private Optional<Instant> end(ChangeRequest request, ObjectNode body) {
        try {
            Optional<Instant> given = Optional.of(
                            body.path("scheduleInfo").path("startDateTime").asText(""))
                    .filter(text -> !text.isEmpty() && !text.equals("null"))
                    .map(text -> OffsetDateTime.parse(text).toInstant());
            if (given.filter(at::isBefore).isPresent()) {
                throw ChangeException.of(
                        request, "it takes effect only at " + given.get() + "; PARC proves what is in force at once");
            }
            Instant start = given.orElse(at);
            var expiration = body.path("scheduleInfo").path("expiration");
            return switch (expiration.path("type").asText("noExpiration")) {
                case "afterDateTime" ->
                    Optional.of(
                            OffsetDateTime.parse(expiration.path("endDateTime").asText())
                                    .toInstant());
                case "afterDuration" ->
                    Optional.of(start.plus(
                            Duration.parse(expiration.path("duration").asText())));
                default -> Optional.empty();
            };
        } catch (DateTimeException e) {
            throw Requests.refused(request, "\"scheduleInfo\" holds what is no time");
        }
    }

    private ChangedObject rule(ChangeRequest request) {
        ObjectNode body = Requests.body(request, Kind.PIM_RULE);
        String policyId = Kind.PIM_RULE.keys(request).get(0);
        String ruleId = Kind.PIM_RULE.keys(request).get(1);
        ObjectNode before = base.askedUnder(SETTINGS).stream()
                .flatMap(answer -> answer.path("value").valueStream())
                .filter(row -> row.path("policyId")
                                .asText(row.path("policy").path("id").asText())
                                .equalsIgnoreCase(policyId)
                        || row.path("policy").path("id").asText().equalsIgnoreCase(policyId))
                .flatMap(row -> row.path("policy").path("rules").valueStream())
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .filter(one -> one.path("id").asText().equals(ruleId))
                .findFirst()
                .map(one -> rules.of(policyId, one))
                .orElseThrow(() -> ChangeException.of(request, "no PIM settings that were read have this rule"));
        if (body.has("id") && !body.path("id").asText().equals(ruleId)) {
            throw Requests.refused(request, "\"id\" is not that of the rule");
        }
        if (body.has("@odata.type")
                && before.has("@odata.type")
                && !body.path("@odata.type").equals(before.path("@odata.type"))) {
            throw Requests.refused(request, "\"@odata.type\" is not that of the rule");
        }
        rules.patch(policyId, ruleId, body);
        return new ChangedObject(
                request,
                Kind.PIM_RULE,
                request.url().path(),
                Optional.of(before),
                Optional.of(rules.of(policyId, before)));
    }

    /** Rules of PIM's settings, which are told inside of the assignment of their policy. */
    private static final class Rules implements Layer {

        private final Map<String, Map<String, ObjectNode>> patches = new LinkedHashMap<>();

        void patch(String policyId, String ruleId, ObjectNode body) {
            Merge.into(
                    patches.computeIfAbsent(policyId.toLowerCase(Locale.ROOT), id -> new LinkedHashMap<>())
                            .computeIfAbsent(ruleId, id -> JsonNodeFactory.instance.objectNode()),
                    body);
        }

        ObjectNode of(String policyId, ObjectNode rule) {
            ObjectNode changed = rule.deepCopy();
            Optional.ofNullable(patches.getOrDefault(policyId.toLowerCase(Locale.ROOT), Map.of())
                            .get(rule.path("id").asText()))
                    .ifPresent(patch -> Merge.into(changed, patch));
            return changed;
        }

        @Override
        public boolean concerns(WireRequest request, RequestTarget target) {
            return !patches.isEmpty() && target.path().equals(SETTINGS);
        }

        @Override
        public WireResponse answer(WireRequest request, RequestTarget target, Supplier<WireResponse> beneath) {
            WireResponse response = beneath.get();
            Optional<ObjectNode> body = JsonBody.told(response);
            if (body.isEmpty()) {
                return response;
            }
            body.get().path("value").forEach(row -> {
                String policyId = row.path("policy").path("id").asText();
                if (patches.keySet().containsAll(Set.of(policyId.toLowerCase(Locale.ROOT)))) {
                    row.path("policy").path("rules").forEach(rule -> {
                        if (rule instanceof ObjectNode object) {
                            object.setAll(of(policyId, object));
                        }
                    });
                }
            });
            return new WireResponse(200, response.headers(), body.get().toString());
        }
    }
}
