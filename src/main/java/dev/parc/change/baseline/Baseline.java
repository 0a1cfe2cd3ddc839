package dev.parc.change.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.change.Change;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeRequest;
import dev.parc.change.ChangeRequest.Method;
import dev.parc.change.ChangeUrl;
import dev.parc.change.JsonTexts;
import dev.parc.change.LocationRules;
import dev.parc.change.PolicyRules;
import dev.parc.change.Shape;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.policies.PolicyObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The change that adopting a baseline would be. Groups, locations and strengths are matched with those of the tenant by what the
 * operator says, else by id, else by name; what is matched with nothing is created, a group empty.
 */
public final class Baseline {

    private static final String POLICIES = "/identity/conditionalAccess/policies";
    private static final String LOCATIONS = "/identity/conditionalAccess/namedLocations";
    private static final String STRENGTHS = "/policies/authenticationStrengthPolicies";
    private static final Set<String> KEPT_BY_GRAPH = Set.of(
            "id", "createdDateTime", "modifiedDateTime", "deletedDateTime", "templateId", "partialEnablementStrategy");
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";
    private static final Set<String> LITERALS = Set.of("All", "AllTrusted");

    private final BaselineFolder folder;
    private final Facts facts;
    private final Map<String, String> map = new HashMap<>();
    private final List<ChangeRequest> requests = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<String> newGroups = new LinkedHashSet<>();
    private final Map<String, String> known = new LinkedHashMap<>();
    private final Map<String, String> groups = new HashMap<>();
    private final Map<String, String> locations = new HashMap<>();
    private final Map<String, String> strengths = new HashMap<>();

    /**
     * What adopting a baseline would be.
     *
     * @param notes what was matched with nothing, what is left out, what PARC does not know, a sentence each
     */
    public record Adoption(Change change, List<String> notes) {
        public Adoption {
            notes = List.copyOf(notes);
        }
    }

    /**
     * How a baseline is to be adopted.
     *
     * @param replace whether the tenant's own policies go
     * @param enforce whether report-only policies of the baseline are switched on
     * @param map by an id or name of the baseline the id of the tenant that stands for it
     */
    public record Options(boolean replace, boolean enforce, Map<String, String> map) {
        public Options {
            map = Map.copyOf(map);
        }
    }

    private Baseline(BaselineFolder folder, Facts facts, Options options) {
        this.folder = folder;
        this.facts = facts;
        options.map().forEach((from, to) -> map.put(key(from), to));
        facts.excludedGroups().stream()
                .filter(ExcludedGroup::exists)
                .forEach(group -> known.putIfAbsent(group.id(), group.displayName()));
        values(FactKind.POLICY_OBJECTS, PolicyObject.class).stream()
                .filter(object ->
                        object.kind() == PolicyObject.Kind.GROUP && object.state() == PolicyObject.State.THERE)
                .forEach(object -> known.putIfAbsent(object.id(), object.name()));
        values(FactKind.GROUP_MEMBERS, GroupMember.class)
                .forEach(member -> known.putIfAbsent(member.groupId(), member.groupName()));
    }

    private <T> List<T> values(FactKind kind, Class<T> type) {
        return facts.reading(kind) instanceof Reading.Read read
                ? read.values().stream().map(type::cast).toList()
                : List.of();
    }

    private static String key(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * The requests that adopt a baseline.
     *
     * @param facts of the tenant
     * @throws ChangeException if something is mapped to what is no object id
     */
    public static Adoption adopt(BaselineFolder folder, Facts facts, Options options) {
        options.map().values().stream()
                .filter(to -> !Shape.GUID.matcher(to).matches())
                .findFirst()
                .ifPresent(to -> {
                    throw new ChangeException("--map has a target that is not an object id");
                });
        Baseline baseline = new Baseline(folder, facts, options);
        return baseline.adopted(options);
    }

    private Adoption adopted(Options options) {
        List<ChangeRequest> policies = new ArrayList<>();
        int number = 0;
        for (ObjectNode exported : folder.policies()) {
            number++;
            policy(exported, "policy-" + number, options.enforce()).ifPresent(policies::add);
        }
        requests.addAll(policies);
        if (options.replace()) {
            int gone = 0;
            for (ConditionalAccessPolicy policy : ConditionalAccess.of(facts).policies()) {
                gone++;
                requests.add(request(
                        "replaced-" + gone,
                        Method.DELETE,
                        "v1.0",
                        POLICIES + "/" + policy.id(),
                        Optional.empty(),
                        "is replaced: " + policy.displayName()));
            }
        }
        if (requests.isEmpty()) {
            throw new ChangeException("no policy of the folder can be adopted: " + String.join("; ", notes));
        }
        List<String> all = new ArrayList<>(notes);
        all.addAll(newGroups);
        return new Adoption(new Change(requests), all);
    }

    private static ChangeRequest request(
            String id, Method method, String version, String path, Optional<ObjectNode> body, String why) {
        String shorter = why.length() > 500 ? why.substring(0, 500) : why;
        return new ChangeRequest(
                id, method, new ChangeUrl(ChangeUrl.Service.GRAPH, version, path), body, List.of(), shorter);
    }

    private Optional<ChangeRequest> policy(ObjectNode exported, String id, boolean enforce) {
        ObjectNode policy = written(exported);
        String name = exported.path("displayName").asText();
        if (enforce && policy.path("state").asText().equals("enabledForReportingButNotEnforced")) {
            policy.put("state", "enabled");
        }
        JsonNode grant = policy.path("grantControls");
        if (!grant.path("termsOfUse").isEmpty() && !mapped((ArrayNode) grant.path("termsOfUse"))) {
            notes.add(
                    "'" + name + "' is left out: it asks for terms of use that the tenant does not have; name yours by"
                            + " --map");
            return Optional.empty();
        }
        JsonNode users = policy.path("conditions").path("users");
        for (String list : List.of("includeGroups", "excludeGroups")) {
            replace(users.path(list), group -> Optional.of(group(group)));
        }
        for (String list : List.of("includeUsers", "excludeUsers")) {
            replace(users.path(list), user -> Optional.ofNullable(map.getOrDefault(key(user), user)));
        }
        JsonNode named = policy.path("conditions").path("locations");
        for (String list : List.of("includeLocations", "excludeLocations")) {
            if (!replace(named.path(list), this::location)) {
                notes.add("'" + name + "' is left out: it names a location that the tenant does not have and no request"
                        + " creates; name yours by --map");
                return Optional.empty();
            }
        }
        if (grant.path("authenticationStrength") instanceof ObjectNode strength) {
            ((ObjectNode) grant)
                    .set(
                            "authenticationStrength",
                            JsonNodeFactory.instance.objectNode().put("id", strength(strength)));
        }
        Optional<String> beyond = PolicyRules.refuses(resolvable(policy), false);
        beyond.ifPresent(what -> notes.add("'" + name + "' has settings that PARC does not know (" + what
                + "), so whatever depends on it is undecided"));
        return Optional.of(request(
                id,
                Method.POST,
                beyond.isPresent() ? "beta" : "v1.0",
                POLICIES,
                Optional.of(policy),
                "of the baseline: " + name));
    }

    /** The policy with an object id wherever one of something new will stand. */
    private static JsonNode resolvable(ObjectNode policy) {
        ObjectNode copy = policy.deepCopy();
        JsonTexts.replace(copy, text -> text.startsWith("${") ? NOBODY : text);
        return copy;
    }

    /** What somebody would write to get this: without marks, what Graph keeps itself, and what says nothing. */
    private static ObjectNode written(ObjectNode exported) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : exported.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (name.contains("@odata.") || name.startsWith("#") || KEPT_BY_GRAPH.contains(name) || value.isNull()) {
                continue;
            }
            if (name.equals("authenticationStrength")) {
                written.set(name, value);
            } else if (value instanceof ObjectNode inside) {
                ObjectNode further = written(inside);
                if (!further.isEmpty()) {
                    written.set(name, further);
                }
            } else if (!(value.isArray() && value.isEmpty())) {
                written.set(name, value.deepCopy());
            }
        }
        return written;
    }

    private boolean mapped(ArrayNode ids) {
        return replace(ids, id -> Optional.ofNullable(map.get(key(id))));
    }

    /** Puts others in the place of ids; false if there is none for one of them. */
    private static boolean replace(JsonNode ids, Function<String, Optional<String>> by) {
        if (ids instanceof ArrayNode array) {
            for (int place = 0; place < array.size(); place++) {
                String id = array.get(place).asText();
                Optional<String> other = LITERALS.contains(id) ? Optional.of(id) : by.apply(id);
                if (other.isEmpty()) {
                    return false;
                }
                array.set(place, other.get());
            }
        }
        return true;
    }

    private String group(String id) {
        String key = key(id);
        String told = groups.get(key);
        if (told == null) {
            told = matchedGroup(key);
            groups.put(key, told);
        }
        return told;
    }

    private String matchedGroup(String id) {
        String name = folder.groups().getOrDefault(id, "");
        String said = map.getOrDefault(id, map.getOrDefault(key(name), ""));
        if (!said.isEmpty()) {
            return said.toLowerCase(Locale.ROOT);
        }
        if (known.containsKey(id)) {
            return id;
        }
        List<String> alike = name.isEmpty()
                ? List.of()
                : known.entrySet().stream()
                        .filter(one -> one.getValue().equalsIgnoreCase(name))
                        .map(Map.Entry::getKey)
                        .toList();
        if (alike.size() == 1) {
            return alike.get(0);
        }
        String shown = name.isEmpty() ? id : name;
        newGroups.add("group '" + shown + "' is in nothing that was read"
                + (alike.size() > 1 ? " under one id" : "")
                + "; it is taken as new and empty, unless --map names yours");
        String request = "group-" + (groups.size() + 1);
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("displayName", shown.length() > 256 ? shown.substring(0, 256) : shown)
                .put("mailEnabled", false)
                .put("mailNickname", request)
                .put("securityEnabled", true);
        requests.add(
                request(request, Method.POST, "v1.0", "/groups", Optional.of(body), "a group of the baseline, empty"));
        return "${" + request + ".id}";
    }

    private Optional<String> location(String id) {
        String key = key(id);
        String told = locations.get(key);
        if (told == null) {
            told = matchedLocation(key);
            locations.put(key, told);
        }
        return Optional.of(told).filter(text -> !text.isEmpty());
    }

    private String matchedLocation(String id) {
        Optional<ObjectNode> exported = Optional.ofNullable(folder.locations().get(id));
        String name = exported.map(one -> one.path("displayName").asText()).orElse("");
        String said = map.getOrDefault(id, map.getOrDefault(key(name), ""));
        if (!said.isEmpty()) {
            return said;
        }
        List<NamedLocation> here = ConditionalAccess.of(facts).namedLocations();
        Optional<String> found = here.stream()
                .filter(one -> one.id().equalsIgnoreCase(id)
                        || (!name.isEmpty() && one.displayName().equalsIgnoreCase(name)))
                .map(NamedLocation::id)
                .findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        if (exported.isEmpty()) {
            return "";
        }
        ObjectNode body = written(exported.get());
        body.set("@odata.type", exported.get().path("@odata.type"));
        ranges(exported.get(), body);
        if (LocationRules.refuses(body, Optional.empty()).isPresent()) {
            return "";
        }
        String request = "location-" + (locations.size() + 1);
        requests.add(request(request, Method.POST, "v1.0", LOCATIONS, Optional.of(body), "of the baseline: " + name));
        return "${" + request + ".id}";
    }

    private static void ranges(ObjectNode exported, ObjectNode body) {
        if (exported.path("ipRanges").isArray()) {
            ArrayNode ranges = body.putArray("ipRanges");
            exported.path("ipRanges").forEach(range -> {
                ObjectNode one = ranges.addObject();
                one.set("@odata.type", range.path("@odata.type"));
                one.set("cidrAddress", range.path("cidrAddress"));
            });
        }
    }

    private String strength(ObjectNode exported) {
        String id = key(exported.path("id").asText());
        String told = strengths.get(id);
        if (told == null) {
            told = matchedStrength(id, exported);
            strengths.put(id, told);
        }
        return told;
    }

    private String matchedStrength(String id, ObjectNode exported) {
        String name = exported.path("displayName").asText();
        String said = map.getOrDefault(id, map.getOrDefault(key(name), ""));
        if (!said.isEmpty()) {
            return said;
        }
        Optional<String> found = values(FactKind.AUTHENTICATION_STRENGTHS, AuthenticationStrength.class).stream()
                .filter(one ->
                        one.id().equalsIgnoreCase(id) || one.displayName().equalsIgnoreCase(name))
                .map(AuthenticationStrength::id)
                .findFirst();
        if (found.isPresent()) {
            return found.get();
        }
        String request = "strength-" + (strengths.size() + 1);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("displayName", name);
        body.set("allowedCombinations", exported.path("allowedCombinations"));
        requests.add(request(request, Method.POST, "v1.0", STRENGTHS, Optional.of(body), "of the baseline: " + name));
        return "${" + request + ".id}";
    }
}
