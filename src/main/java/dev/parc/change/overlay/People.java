package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeRequest;
import dev.parc.change.DirectoryRules;
import dev.parc.change.Kind;
import dev.parc.change.Merge;
import dev.parc.change.References;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.collect.recording.RememberedWire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Users and groups: who is in which group directly and owns it, who is disabled, what is gone. Who is in a group by others is
 * worked out from the answers as they came, and read where nobody asked.
 */
final class People implements Layer {

    private static final String MEMBERS_QUERY = "?$select=id,displayName,userPrincipalName&$top=999";
    private static final Pattern OF_GROUP = Pattern.compile("/v1\\.0/groups/([^/]+)(?:/(.+))?");
    private static final Pattern OF_USER = Pattern.compile("/(?:v1\\.0|beta)/users/([^/]+)(?:/(.+))?");
    private static final Pattern DELETED = Pattern.compile("/v1\\.0/directory/deletedItems/([^/]+)");
    private static final Pattern PIM = Pattern.compile(
            "/v1\\.0/identityGovernance/privilegedAccess/group/(?:assignment|eligibility)ScheduleInstances");
    private static final Pattern GROUP_FILTER = Pattern.compile("groupId eq '([^']+)'");
    private static final String BY_IDS = "/v1.0/directoryObjects/getByIds";
    private static final String USERS = "/v1.0/users";
    private static final String REGISTRATIONS = "/v1.0/reports/authenticationMethods/userRegistrationDetails";

    private final Base base;
    private final Directory directory;
    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, ObjectNode> created = new LinkedHashMap<>();
    private final Map<String, ObjectNode> gone = new LinkedHashMap<>();
    private final Set<String> goneGroups = new HashSet<>();
    /** What the change creates and deletes. */
    private final Set<String> neverThere = new HashSet<>();

    private final Map<String, ObjectNode> patches = new HashMap<>();
    private final Map<String, Optional<List<ObjectNode>>> members = new ConcurrentHashMap<>();

    /**
     * A direct membership or ownership that comes or goes.
     *
     * @param object the member as a list tells it
     */
    private record Edge(boolean owner, boolean comes, String groupId, String memberId, ObjectNode object) {}

    People(Base base, Directory directory) {
        this.base = base;
        this.directory = directory;
    }

    ChangedObject apply(ChangeRequest request, Kind kind, Roles roles) {
        return switch (kind) {
            case GROUPS -> createGroup(request);
            case GROUP -> delete(request, kind, "groups", roles);
            case GROUP_MEMBERS, GROUP_OWNERS -> join(request, kind);
            case GROUP_MEMBER, GROUP_OWNER -> leave(request, kind);
            case USER ->
                request.method() == ChangeRequest.Method.DELETE
                        ? delete(request, kind, "users", roles)
                        : patch(request);
            default -> throw new IllegalArgumentException(kind + " is about no user or group");
        };
    }

    /**
     * The user, group or service principal with this id, as a list tells it; empty where nothing told.
     *
     * @throws ChangeException if the directory has none
     */
    Optional<ObjectNode> find(String id, ChangeRequest request) {
        if (gone.containsKey(id)) {
            throw ChangeException.of(request, "an earlier request deletes " + id);
        }
        ObjectNode made = created.get(id);
        if (made != null) {
            return Optional.of(shell(made, "group"));
        }
        boolean everywhere = true;
        for (String list : List.of("users", "groups", "servicePrincipals")) {
            WireResponse response = existing(list, id);
            if (response.status() == 200) {
                return JsonBody.parse(response.body())
                        .map(object -> shell(object, list.substring(0, list.length() - 1)));
            }
            everywhere &= response.status() == 404;
        }
        if (everywhere) {
            throw ChangeException.of(
                    request, "the directory has no user, group or service principal with the id " + id);
        }
        return told(id);
    }

    private WireResponse existing(String list, String id) {
        String path = "/v1.0/" + list + "/" + id;
        return base.asked(path).stream()
                .filter(one -> one.method().equals("GET"))
                .map(RememberedWire.Asked::answer)
                .filter(answer -> answer.status() == 404
                        || (answer.status() == 200 && answer.body().contains("\"displayName\"")))
                .findFirst()
                .orElseGet(() -> base.fetch(path
                        + (list.equals("users")
                                ? "?$select=id,displayName,userPrincipalName"
                                : "?$select=id,displayName")));
    }

    /** What the lists of role assignments tell of their principal. */
    private Optional<ObjectNode> told(String id) {
        return List.of("roleAssignments", "roleAssignmentScheduleInstances", "roleEligibilityScheduleInstances")
                .stream()
                .flatMap(list -> base.askedUnder("/v1.0/roleManagement/directory/" + list).stream())
                .flatMap(body -> body.path("value").valueStream())
                .filter(row -> row.path("principalId").asText().equalsIgnoreCase(id))
                .map(row -> row.path("principal"))
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .findFirst();
    }

    private static ObjectNode shell(ObjectNode object, String type) {
        ObjectNode shell = JsonNodeFactory.instance
                .objectNode()
                .put("@odata.type", object.path("@odata.type").asText("#microsoft.graph." + type))
                .put("id", object.path("id").asText());
        for (String name : List.of("displayName", "userPrincipalName")) {
            if (object.has(name)) {
                shell.set(name, object.path(name));
            } else {
                shell.putNull(name);
            }
        }
        return shell;
    }

    private ObjectNode group(String id, ChangeRequest request) {
        if (gone.containsKey(id)) {
            throw ChangeException.of(request, "an earlier request deletes the group");
        }
        ObjectNode made = created.get(id);
        if (made != null) {
            return made;
        }
        WireResponse response = existing("groups", id);
        if (response.status() == 404) {
            throw ChangeException.of(request, "the directory has no group with the id " + id);
        }
        return JsonBody.told(response)
                .orElseGet(() ->
                        JsonNodeFactory.instance.objectNode().put("id", id).put("displayName", id));
    }

    private ChangedObject createGroup(ChangeRequest request) {
        ObjectNode body = Requests.body(request, Kind.GROUPS);
        String id = References.standIn(request);
        ObjectNode group = JsonNodeFactory.instance
                .objectNode()
                .put("@odata.type", "#microsoft.graph.group")
                .put("id", id)
                .put("isAssignableToRole", false)
                .put("isManagementRestricted", false)
                .putNull("membershipRule")
                .putNull("onPremisesSyncEnabled")
                .putNull("userPrincipalName");
        Merge.into(group, body);
        created.put(id, group);
        return new ChangedObject(request, Kind.GROUP, "/groups/" + id, Optional.empty(), Optional.of(group));
    }

    private ChangedObject join(ChangeRequest request, Kind kind) {
        ObjectNode body = Requests.body(request, kind);
        String groupId = kind.keys(request).get(0);
        ObjectNode group = group(groupId, request);
        if (group.path("membershipRule").isTextual() && kind == Kind.GROUP_MEMBERS) {
            throw Requests.refused(request, "a rule decides who is in this group");
        }
        String member =
                DirectoryRules.referenced(body.path("@odata.id").asText()).orElseThrow();
        ObjectNode object = find(member, request)
                .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("id", member));
        boolean owner = kind == Kind.GROUP_OWNERS;
        if (direct(groupId, owner).filter(list -> has(list, member)).isPresent()) {
            throw Requests.refused(request, "it is " + (owner ? "an owner" : "a member") + " already");
        }
        edges.add(new Edge(owner, true, groupId, member, object));
        return new ChangedObject(
                request,
                kind,
                "/groups/" + groupId + (owner ? "/owners/" : "/members/") + member + "/$ref",
                Optional.empty(),
                Optional.of(object));
    }

    private ChangedObject leave(ChangeRequest request, Kind kind) {
        String groupId = kind.keys(request).get(0);
        String member = kind.keys(request).get(1);
        boolean owner = kind == Kind.GROUP_OWNER;
        group(groupId, request);
        Optional<List<ObjectNode>> now = direct(groupId, owner);
        if (now.isPresent() && !has(now.get(), member)) {
            throw Requests.refused(request, "it is no " + (owner ? "owner" : "direct member") + " of the group");
        }
        ObjectNode object = now.stream()
                .flatMap(List::stream)
                .filter(one -> one.path("id").asText().equalsIgnoreCase(member))
                .findFirst()
                .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("id", member));
        edges.add(new Edge(owner, false, groupId, member, object));
        return new ChangedObject(
                request,
                kind,
                "/groups/" + groupId + (owner ? "/owners/" : "/members/") + member + "/$ref",
                Optional.of(object),
                Optional.empty());
    }

    private static boolean has(List<ObjectNode> list, String id) {
        return list.stream().anyMatch(one -> one.path("id").asText().equalsIgnoreCase(id));
    }

    private ChangedObject patch(ChangeRequest request) {
        ObjectNode body = Requests.body(request, Kind.USER);
        String id = Kind.USER.keys(request).get(0);
        ObjectNode before = user(id, request);
        Optional.ofNullable(patches.get(id)).ifPresent(patch -> Merge.into(before, patch));
        Merge.into(patches.computeIfAbsent(id, key -> JsonNodeFactory.instance.objectNode()), body);
        ObjectNode after = before.deepCopy();
        Merge.into(after, body);
        return new ChangedObject(request, Kind.USER, "/users/" + id, Optional.of(before), Optional.of(after));
    }

    private ObjectNode user(String id, ChangeRequest request) {
        if (gone.containsKey(id)) {
            throw ChangeException.of(request, "an earlier request deletes the user");
        }
        for (ObjectNode known : base.askedUnder("/v1.0/users/" + id)) {
            if (known.has("accountEnabled")) {
                return known;
            }
        }
        WireResponse response =
                base.fetch("/v1.0/users/" + id + "?$select=id,displayName,userPrincipalName,accountEnabled");
        if (response.status() == 404) {
            throw ChangeException.of(request, "the directory has no user with this id");
        }
        return JsonBody.told(response)
                .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("id", id));
    }

    private ChangedObject delete(ChangeRequest request, Kind kind, String list, Roles roles) {
        String id = kind.keys(request).get(0);
        ObjectNode before = list.equals("users") ? user(id, request) : group(id, request);
        gone.put(id, before);
        if (created.remove(id) != null) {
            neverThere.add(id);
        } else if (kind == Kind.GROUP) {
            goneGroups.add(id);
        }
        edges.removeIf(edge -> edge.groupId().equals(id) || edge.memberId().equals(id));
        roles.forget(id);
        return new ChangedObject(request, kind, "/" + list + "/" + id, Optional.of(before), Optional.empty());
    }

    // --- answering --------------------------------------------------------------------------------------------------

    private boolean isIdle() {
        return edges.isEmpty() && created.isEmpty() && gone.isEmpty() && patches.isEmpty();
    }

    @Override
    public boolean concerns(WireRequest request, RequestTarget target) {
        if (isIdle()) {
            return false;
        }
        String path = target.path();
        return path.equals(BY_IDS)
                || path.equals(USERS)
                || path.equals(REGISTRATIONS)
                || OF_GROUP.matcher(path).matches()
                || OF_USER.matcher(path).matches()
                || DELETED.matcher(path).matches()
                || PIM.matcher(path).matches();
    }

    @Override
    public WireResponse answer(WireRequest request, RequestTarget target, Supplier<WireResponse> beneath) {
        String path = target.path();
        try {
            Matcher ofGroup = OF_GROUP.matcher(path);
            if (ofGroup.matches()) {
                return ofGroup(
                        ofGroup.group(1).toLowerCase(Locale.ROOT),
                        Optional.ofNullable(ofGroup.group(2)).orElse(""),
                        request,
                        beneath);
            }
            Matcher ofUser = OF_USER.matcher(path);
            if (ofUser.matches()) {
                return ofUser(
                        ofUser.group(1), Optional.ofNullable(ofUser.group(2)).orElse(""), request, beneath);
            }
            Matcher deleted = DELETED.matcher(path);
            if (deleted.matches()) {
                ObjectNode object = gone.get(deleted.group(1).toLowerCase(Locale.ROOT));
                return object == null ? beneath.get() : ok(object);
            }
            if (path.equals(BY_IDS)) {
                return byIds(request, beneath);
            }
            return path.equals(USERS) ? users(beneath) : rows(target, beneath);
        } catch (Directory.Unanswered e) {
            return e.response();
        }
    }

    private static WireResponse ok(JsonNode body) {
        return new WireResponse(200, Map.of(), body.toString());
    }

    private static WireResponse list(List<? extends JsonNode> items) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode value = body.putArray("value");
        items.forEach(value::add);
        return ok(body);
    }

    private WireResponse ofGroup(String id, String what, WireRequest request, Supplier<WireResponse> beneath) {
        if (gone.containsKey(id)) {
            return Overlay.notFound();
        }
        ObjectNode made = created.get(id);
        return switch (what) {
            case "" -> made == null ? beneath.get() : ok(made);
            case "members" -> touches(id, false) ? answered(direct(id, false)) : withoutGone(beneath.get());
            case "owners" -> touches(id, true) ? answered(direct(id, true)) : withoutGone(beneath.get());
            case "transitiveMembers" -> isAffected(id) ? transitive(id, false) : beneath.get();
            case "transitiveMembers/graph.group", "transitiveMembers/microsoft.graph.group" ->
                isAffected(id) ? transitive(id, true) : beneath.get();
            case "checkMemberGroups" -> check(id, false, request, beneath);
            default -> beneath.get();
        };
    }

    private static WireResponse answered(Optional<List<ObjectNode>> items) {
        return items.map(People::list).orElseGet(People::notTold);
    }

    private boolean touches(String groupId, boolean owner) {
        return created.containsKey(groupId)
                || edges.stream()
                        .anyMatch(
                                edge -> edge.owner() == owner && edge.groupId().equals(groupId));
    }

    private WireResponse withoutGone(WireResponse response) {
        Optional<ObjectNode> body = JsonBody.told(response);
        if (gone.isEmpty() || body.isEmpty() || !(body.get().path("value") instanceof ArrayNode items)) {
            return response;
        }
        ArrayNode left = body.get().putArray("value");
        items.forEach(item -> {
            if (!gone.containsKey(ObjectList.id(item))) {
                left.add(item);
            }
        });
        return new WireResponse(200, response.headers(), body.get().toString());
    }

    private WireResponse ofUser(String key, String what, WireRequest request, Supplier<WireResponse> beneath) {
        String id = key.toLowerCase(Locale.ROOT);
        if (gone.containsKey(id) || gone.values().stream().anyMatch(object -> isCalled(object, id))) {
            return Overlay.notFound();
        }
        if (what.equals("checkMemberGroups")) {
            return check(id, true, request, beneath);
        }
        WireResponse response = beneath.get();
        Optional<ObjectNode> body = what.isEmpty() ? JsonBody.told(response) : Optional.empty();
        return body.filter(this::patch).map(People::ok).orElse(response);
    }

    /** Users who are asked for in blocks; whoever is gone is in none. */
    private WireResponse users(Supplier<WireResponse> beneath) {
        WireResponse response = withoutGone(beneath.get());
        Optional<ObjectNode> body = JsonBody.told(response);
        boolean changed = false;
        for (JsonNode one : body.map(all -> all.path("value")).orElse(MissingNode.getInstance())) {
            changed |= one instanceof ObjectNode user && patch(user);
        }
        return changed ? ok(body.orElseThrow()) : response;
    }

    /** Changes what is told of a user, if something of it is; gives whether it is. */
    private boolean patch(ObjectNode user) {
        ObjectNode patch = patches.get(ObjectList.id(user));
        if (patch == null || !user.has("accountEnabled")) {
            return false;
        }
        Merge.into(user, patch);
        return true;
    }

    private static boolean isCalled(ObjectNode user, String name) {
        return user.path("userPrincipalName").asText().equalsIgnoreCase(name);
    }

    private WireResponse byIds(WireRequest request, Supplier<WireResponse> beneath) {
        WireResponse response = withoutGone(beneath.get());
        Optional<ObjectNode> body = JsonBody.told(response);
        Optional<ObjectNode> asked = JsonBody.parse(request.body());
        if (body.isEmpty() || asked.isEmpty() || !(body.get().path("value") instanceof ArrayNode found)) {
            return response;
        }
        asked.get().path("ids").forEach(id -> {
            ObjectNode made = created.get(id.asText().toLowerCase(Locale.ROOT));
            if (made != null) {
                found.add(shell(made, "group"));
            }
        });
        return ok(body.get());
    }

    /** Rows about principals that are gone, and about groups that are new or gone, of which there are none. */
    private WireResponse rows(RequestTarget target, Supplier<WireResponse> beneath) {
        Matcher filter = GROUP_FILTER.matcher(target.query().getOrDefault("$filter", ""));
        if (filter.matches()) {
            String group = filter.group(1).toLowerCase(Locale.ROOT);
            if (created.containsKey(group) || gone.containsKey(group)) {
                return list(List.of());
            }
        }
        WireResponse response = withoutGone(beneath.get());
        Optional<ObjectNode> body = JsonBody.told(response);
        if (body.isEmpty() || !(body.get().path("value") instanceof ArrayNode items)) {
            return response;
        }
        ArrayNode left = body.get().putArray("value");
        items.forEach(item -> {
            if (!gone.containsKey(item.path("principalId").asText().toLowerCase(Locale.ROOT)) && !hasLeft(item)) {
                left.add(item);
            }
        });
        return new WireResponse(200, response.headers(), body.get().toString());
    }

    /** Whether a row of PIM for Groups is of a membership or ownership that the change ends. */
    private boolean hasLeft(JsonNode row) {
        return row.path("assignmentType").asText().equalsIgnoreCase("assigned")
                && edges.stream()
                        .anyMatch(edge -> !stands(edge)
                                && edge.groupId()
                                        .equalsIgnoreCase(row.path("groupId").asText())
                                && edge.memberId()
                                        .equalsIgnoreCase(
                                                row.path("principalId").asText())
                                && edge.owner() == row.path("accessId").asText().equals("owner"));
    }

    // --- who is in a group ------------------------------------------------------------------------------------------

    /** The direct members or owners of a group with the change; empty where they were not told. */
    private Optional<List<ObjectNode>> direct(String groupId, boolean owner) {
        if (gone.containsKey(groupId)) {
            return Optional.of(List.of());
        }
        Optional<List<ObjectNode>> was = created.containsKey(groupId)
                ? Optional.of(List.of())
                : members.computeIfAbsent(
                        groupId + owner,
                        key -> (owner ? Optional.<List<ObjectNode>>empty() : flat(groupId))
                                .or(() -> base.list(
                                        "/v1.0/groups/" + groupId + (owner ? "/owners" : "/members"), MEMBERS_QUERY)));
        return was.map(list -> {
            Map<String, ObjectNode> now = new LinkedHashMap<>();
            list.forEach(one -> now.put(ObjectList.id(one), one));
            now.keySet().removeAll(gone.keySet());
            for (Edge edge : edges) {
                if (edge.owner() == owner && edge.groupId().equals(groupId)) {
                    if (edge.comes()) {
                        now.put(edge.memberId(), edge.object());
                    } else {
                        now.remove(edge.memberId());
                    }
                }
            }
            return List.copyOf(now.values());
        });
    }

    /** The members of a group without groups in it, which are all direct ones, where its members were told in whole. */
    private Optional<List<ObjectNode>> flat(String groupId) {
        for (ObjectNode answer : base.askedUnder("/v1.0/groups/" + groupId + "/transitiveMembers")) {
            List<ObjectNode> inside = new ArrayList<>();
            answer.path("value").forEach(member -> inside.add((ObjectNode) member));
            boolean whole = answer.path("value").isArray()
                    && !answer.has("@odata.nextLink")
                    && answer.path("@odata.count").asInt(inside.size()) == inside.size();
            if (whole && inside.stream().allMatch(member -> member.has("@odata.type") && !isGroup(member))) {
                return Optional.of(inside);
            }
        }
        return Optional.empty();
    }

    /**
     * The direct members of a group with the change.
     *
     * @throws Directory.Unanswered if they were not told
     */
    private List<ObjectNode> members(String groupId) {
        return direct(groupId, false).orElseThrow(() -> new Directory.Unanswered(notTold()));
    }

    private static WireResponse notTold() {
        return WireResponse.unanswered("who is in a group that the change is about was not read");
    }

    private boolean isAffected(String groupId) {
        if (created.containsKey(groupId)
                || gone.keySet().stream()
                        .filter(id -> !neverThere.contains(id))
                        .anyMatch(id -> was(id, !goneGroups.contains(id), Set.of(groupId))
                                .contains(groupId))) {
            return true;
        }
        return edges.stream()
                .filter(edge -> !edge.owner())
                .anyMatch(edge -> edge.groupId().equals(groupId)
                        || effective(edge.groupId(), false, Set.of(groupId), new HashSet<>())
                                .contains(groupId)
                        || was(edge.groupId(), false, Set.of(groupId)).contains(groupId));
    }

    /** Everybody in a group, however deep, from its direct members down. */
    private WireResponse transitive(String groupId, boolean groupsOnly) {
        Map<String, ObjectNode> inside = new LinkedHashMap<>();
        collect(groupId, inside, new HashSet<>());
        inside.values().removeIf(member -> groupsOnly && !isGroup(member));
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("@odata.count", inside.size());
        ArrayNode value = body.putArray("value");
        inside.values().forEach(value::add);
        return ok(body);
    }

    private void collect(String groupId, Map<String, ObjectNode> inside, Set<String> seen) {
        if (!seen.add(groupId)) {
            return;
        }
        for (ObjectNode member : members(groupId)) {
            String id = ObjectList.id(member);
            inside.putIfAbsent(id, member);
            if (isGroup(member)) {
                collect(id, inside, seen);
            }
        }
    }

    private static boolean isGroup(ObjectNode member) {
        return member.path("@odata.type").asText().equals("#microsoft.graph.group");
    }

    private WireResponse check(String id, boolean user, WireRequest request, Supplier<WireResponse> beneath) {
        Optional<ObjectNode> body = JsonBody.parse(request.body());
        if (body.isEmpty()) {
            return beneath.get();
        }
        Set<String> wanted = new LinkedHashSet<>();
        body.get().path("groupIds").forEach(group -> wanted.add(group.asText().toLowerCase(Locale.ROOT)));
        if (wanted.stream().anyMatch(gone::containsKey)) {
            return Overlay.notFound();
        }
        boolean touched = edges.stream().anyMatch(edge -> !edge.owner())
                || !goneGroups.isEmpty()
                || created.containsKey(id)
                || wanted.stream().anyMatch(created::containsKey);
        if (!touched) {
            return beneath.get();
        }
        Set<String> held = effective(id, user, wanted, new HashSet<>());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode value = answer.putArray("value");
        wanted.stream().filter(held::contains).forEach(value::add);
        return ok(answer);
    }

    /** Which of these groups, and of those that the change is about, held a principal before. */
    private Set<String> was(String id, boolean user, Set<String> targets) {
        if (created.containsKey(id) || neverThere.contains(id)) {
            return Set.of();
        }
        Set<String> asked = new LinkedHashSet<>(targets);
        for (Edge edge : edges) {
            if (!edge.owner()) {
                asked.add(edge.groupId());
                if (!edge.comes() || isGroup(edge.object())) {
                    asked.add(edge.memberId());
                }
            }
        }
        asked.removeAll(created.keySet());
        asked.removeAll(neverThere);
        asked.addAll(goneGroups);
        asked.remove(id);
        asked.removeIf(one -> edges.stream().anyMatch(edge -> edge.memberId().equals(one) && !isGroup(edge.object())));
        return directory.memberships("/v1.0/" + (user ? "users/" : "groups/") + id + "/checkMemberGroups", asked);
    }

    /** Which of these groups, and of those that the change is about, hold a principal with the change. */
    private Set<String> effective(String id, boolean user, Set<String> targets, Set<String> above) {
        if (!above.add(id)) {
            return Set.of();
        }
        Set<String> before = was(id, user, targets);
        Set<String> now = new HashSet<>(before);
        boolean loses = before.stream().anyMatch(goneGroups::contains)
                || edges.stream()
                        .anyMatch(edge -> !edge.owner()
                                && !edge.comes()
                                && (edge.memberId().equals(id) || before.contains(edge.memberId())));
        if (loses) {
            now.removeIf(group -> !isIn(group, id, new HashSet<>()));
        }
        boolean more = true;
        while (more) {
            more = false;
            for (Edge edge : edges) {
                boolean joins = !edge.owner()
                        && edge.comes()
                        && (edge.memberId().equals(id) || now.contains(edge.memberId()))
                        && stands(edge);
                if (joins && now.add(edge.groupId())) {
                    now.addAll(effective(edge.groupId(), false, targets, new HashSet<>(above)));
                    more = true;
                }
            }
        }
        now.removeAll(goneGroups);
        return Set.copyOf(now);
    }

    /** Whether no later request takes the membership back. */
    private boolean stands(Edge edge) {
        Edge last = edge;
        for (Edge other : edges) {
            if (other.owner() == edge.owner()
                    && other.groupId().equals(edge.groupId())
                    && other.memberId().equals(edge.memberId())) {
                last = other;
            }
        }
        return last.comes();
    }

    /** Whether a group holds a principal with the change, found from its direct members down. */
    private boolean isIn(String groupId, String id, Set<String> seen) {
        if (!seen.add(groupId)) {
            return false;
        }
        for (ObjectNode member : members(groupId)) {
            String one = ObjectList.id(member);
            if (one.equals(id) || (isGroup(member) && isIn(one, id, seen))) {
                return true;
            }
        }
        return false;
    }
}
