package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.collect.recording.RememberedWire;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Questions about many objects at once: which of these groups hold somebody, what these ids are. A change makes readers put
 * them together otherwise, so each is answered from what was told of each object, with whichever others it was asked; only what was
 * never told is asked for.
 */
final class Directory implements Layer {

    private static final Pattern MEMBERSHIP = Pattern.compile("/v1\\.0/(?:users|groups)/([^/]+)/checkMemberGroups");
    private static final String BY_IDS = "/v1.0/directoryObjects/getByIds";
    private static final List<Filter> FILTERS = List.of(
            new Filter("/v1.0/servicePrincipals", "appId", true),
            new Filter("/v1.0/users", "id", true),
            new Filter("/v1.0/reports/authenticationMethods/userRegistrationDetails", "id", false),
            new Filter("/beta/reports/servicePrincipalSignInActivities", "appId", false));
    private static final Pattern LITERAL = Pattern.compile("'([^']*)'");

    private final Base base;
    private final Map<String, Told> byQuestion = new HashMap<>();

    /**
     * A list that is asked for objects one by one.
     *
     * @param key by which they are asked for
     * @param in whether by a list of keys, or else by one comparison each
     */
    private record Filter(String path, String key, boolean in) {

        private boolean matches(String filter) {
            String one = "'[^']*'";
            return filter.matches(
                    in
                            ? key + " in \\(" + one + "(," + one + ")*\\)"
                            : key + " eq " + one + "( or " + key + " eq " + one + ")*");
        }

        private String of(List<String> keys) {
            return in
                    ? keys.stream().map(id -> "'" + id + "'").collect(Collectors.joining(",", key + " in (", ")"))
                    : keys.stream().map(id -> key + " eq '" + id + "'").collect(Collectors.joining(" or "));
        }
    }

    /** What answers to one question told, by the key of each object, and how many of them were taken apart. */
    private static final class Told {
        private final Map<String, Optional<JsonNode>> byKey = new HashMap<>();
        private int answers;
    }

    Directory(Base base) {
        this.base = base;
    }

    @Override
    public boolean concerns(WireRequest request, RequestTarget target) {
        if (request.method().equals("POST")) {
            return target.path().equals(BY_IDS)
                    || MEMBERSHIP.matcher(target.path()).matches();
        }
        return request.method().equals("GET") && !literals(target).isEmpty();
    }

    private static Optional<Filter> filter(RequestTarget target) {
        return FILTERS.stream()
                .filter(filter -> filter.path().equals(target.path())
                        && filter.matches(target.query().getOrDefault("$filter", "")))
                .findFirst();
    }

    /** The ids that a filter asks for one by one; none if it does not. */
    private static Set<String> literals(RequestTarget target) {
        Set<String> literals = new LinkedHashSet<>();
        if (filter(target).isPresent()) {
            Matcher matcher = LITERAL.matcher(target.query().getOrDefault("$filter", ""));
            while (matcher.find()) {
                literals.add(matcher.group(1).toLowerCase(Locale.ROOT));
            }
        }
        return literals;
    }

    /** What is asked of each object. */
    private static String question(RequestTarget target) {
        SortedMap<String, String> query = new TreeMap<>(target.query());
        query.remove("$filter");
        return new RequestTarget(target.path(), query).toString();
    }

    @Override
    public WireResponse answer(WireRequest request, RequestTarget target, Supplier<WireResponse> beneath) {
        Optional<Filter> filter = filter(target);
        if (filter.isPresent()) {
            return pieces(
                    target,
                    literals(target),
                    asked -> literals(asked.target()),
                    filter.get().key(),
                    open -> {
                        SortedMap<String, String> query = new TreeMap<>(target.query());
                        query.put("$filter", filter.get().of(open));
                        return new WireRequest(
                                "GET",
                                base.graph().resolve(new RequestTarget(target.path(), query).toString()),
                                request.headers(),
                                "");
                    },
                    beneath);
        }
        boolean membership = !target.path().equals(BY_IDS);
        String member = membership ? "groupIds" : "ids";
        Optional<ObjectNode> body = JsonBody.parse(request.body());
        if (body.isEmpty()) {
            return beneath.get();
        }
        Set<String> wanted = texts(body.get().path(member));
        if (membership && wanted.stream().anyMatch(this::isGone)) {
            return Overlay.notFound();
        }
        return pieces(
                target,
                wanted,
                asked -> JsonBody.parse(asked.body())
                        .map(it -> texts(it.path(member)))
                        .orElse(Set.of()),
                membership ? "" : "id",
                open -> {
                    ObjectNode smaller = body.get().deepCopy();
                    ArrayNode ids = smaller.putArray(member);
                    open.forEach(ids::add);
                    return new WireRequest(
                            request.method(), request.uri(), request.headers(), smaller.toString(), request.users());
                },
                beneath);
    }

    /**
     * Which of these groups hold a principal, directly or nested, as it was.
     *
     * @param path of the question, with the version
     * @throws Unanswered if that is not told
     */
    Set<String> memberships(String path, Set<String> groups) {
        if (groups.isEmpty()) {
            return Set.of();
        }
        ObjectNode body = JsonBody.object(Map.of("groupIds", groups));
        WireRequest request = new WireRequest(
                "POST", base.graph().resolve(path), Map.of("content-type", "application/json"), body.toString());
        RequestTarget target = RequestTarget.of(request.uri());
        WireResponse response = answer(request, target, () -> base.send(request));
        Optional<ObjectNode> told = JsonBody.told(response);
        return told.map(it -> texts(it.path("value"))).orElseThrow(() -> new Unanswered(response));
    }

    /** Something that the change makes a difference to was not answered. */
    static final class Unanswered extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient WireResponse response;

        Unanswered(WireResponse response) {
            super("not answered", null, false, false);
            this.response = response;
        }

        WireResponse response() {
            return response;
        }
    }

    /** Whether a group is known to be gone, because the directory said so. */
    private boolean isGone(String groupId) {
        return base.asked("/v1.0/groups/" + groupId).stream()
                .anyMatch(asked -> asked.answer().status() == 404);
    }

    private WireResponse pieces(
            RequestTarget target,
            Set<String> wanted,
            Function<RememberedWire.Asked, Set<String>> askedFor,
            String key,
            Function<List<String>, WireRequest> smaller,
            Supplier<WireResponse> beneath) {
        Map<String, Optional<JsonNode>> told = told(target, wanted, askedFor, key);
        List<String> open =
                wanted.stream().filter(id -> !told.containsKey(id)).sorted().toList();
        if (open.size() == wanted.size()) {
            return beneath.get();
        }
        if (!open.isEmpty()) {
            WireResponse response = base.send(smaller.apply(open));
            Optional<ObjectNode> body = JsonBody.told(response);
            if (body.isEmpty()
                    || !body.get().path("value").isArray()
                    || body.get().has("@odata.nextLink")) {
                return response;
            }
            tell(told, Set.copyOf(open), body.get().path("value"), key);
        }
        ObjectNode whole = JsonBody.object(Map.of());
        ArrayNode value = whole.putArray("value");
        wanted.forEach(id -> told.getOrDefault(id, Optional.empty()).ifPresent(value::add));
        return new WireResponse(200, Map.of(), whole.toString());
    }

    /** What was told of these by now; each answer is taken apart once. */
    private synchronized Map<String, Optional<JsonNode>> told(
            RequestTarget target,
            Set<String> wanted,
            Function<RememberedWire.Asked, Set<String>> askedFor,
            String key) {
        String question = question(target);
        Told known = byQuestion.computeIfAbsent(question, none -> new Told());
        List<RememberedWire.Asked> answers = List.copyOf(base.asked(target.path()));
        for (RememberedWire.Asked asked : answers.subList(known.answers, answers.size())) {
            Optional<JsonNode> value = JsonBody.told(asked.answer())
                    .filter(body -> body.path("value").isArray() && !body.has("@odata.nextLink"))
                    .map(body -> body.path("value"));
            if (value.isPresent() && question(asked.target()).equals(question)) {
                tell(known.byKey, askedFor.apply(asked), value.get(), key);
            }
        }
        known.answers = answers.size();
        Map<String, Optional<JsonNode>> told = new HashMap<>();
        wanted.forEach(id -> Optional.ofNullable(known.byKey.get(id)).ifPresent(one -> told.put(id, one)));
        return told;
    }

    private static void tell(Map<String, Optional<JsonNode>> told, Set<String> asked, JsonNode value, String key) {
        Set<String> open = new HashSet<>(asked);
        for (JsonNode item : value) {
            String id = (key.isEmpty() ? item : item.path(key)).asText().toLowerCase(Locale.ROOT);
            if (open.remove(id)) {
                told.put(id, Optional.of(item));
            }
        }
        open.forEach(id -> told.putIfAbsent(id, Optional.empty()));
    }

    private static Set<String> texts(JsonNode list) {
        Set<String> texts = new LinkedHashSet<>();
        list.forEach(text -> texts.add(text.asText().toLowerCase(Locale.ROOT)));
        return texts;
    }
}
