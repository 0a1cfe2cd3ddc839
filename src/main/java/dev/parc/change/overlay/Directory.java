package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.recording.RememberedWire;
import dev.parc.collect.wire.JsonBody;
import dev.parc.collect.wire.RequestTarget;
import dev.parc.collect.wire.WireRequest;
import dev.parc.collect.wire.WireResponse;
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
 * them together otherwise, so each is answered from what was told of each object, whatever it was asked with; only what was
 * never told is asked for.
 */
final class Directory implements Layer {

    private static final Pattern MEMBERSHIP = Pattern.compile("/v1\\.0/(?:users|groups)/([^/]+)/checkMemberGroups");
    private static final String BY_IDS = "/v1.0/directoryObjects/getByIds";
    private static final String APPLICATIONS = "/v1.0/servicePrincipals";
    private static final String REGISTRATIONS = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
    private static final Pattern APP_IDS = Pattern.compile("appId in \\(('[^']*'(?:,'[^']*')*)\\)");
    private static final Pattern USERS = Pattern.compile("id eq '[^']*'(?: or id eq '[^']*')*");
    private static final Pattern LITERAL = Pattern.compile("'([^']*)'");

    private final Base base;

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

    /** The ids that a filter asks for one by one; none if it does not. */
    private static Set<String> literals(RequestTarget target) {
        String filter = target.query().getOrDefault("$filter", "");
        Pattern form =
                target.path().equals(APPLICATIONS) ? APP_IDS : target.path().equals(REGISTRATIONS) ? USERS : null;
        if (form == null || !form.matcher(filter).matches()) {
            return Set.of();
        }
        Set<String> literals = new LinkedHashSet<>();
        Matcher matcher = LITERAL.matcher(filter);
        while (matcher.find()) {
            literals.add(matcher.group(1).toLowerCase(Locale.ROOT));
        }
        return literals;
    }

    @Override
    public WireResponse answer(WireRequest request, RequestTarget target, Supplier<WireResponse> beneath) {
        if (request.method().equals("GET")) {
            boolean applications = target.path().equals(APPLICATIONS);
            return pieces(
                    target,
                    literals(target),
                    asked -> literals(asked.target()),
                    applications ? "appId" : "id",
                    open -> new WireRequest(
                            "GET",
                            base.graph()
                                    .resolve(new RequestTarget(target.path(), filtered(target, open, applications))
                                            .toString()),
                            request.headers(),
                            ""),
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

    private static SortedMap<String, String> filtered(RequestTarget target, List<String> ids, boolean applications) {
        SortedMap<String, String> query = new TreeMap<>(target.query());
        query.put(
                "$filter",
                applications
                        ? ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(",", "appId in (", ")"))
                        : ids.stream().map(id -> "id eq '" + id + "'").collect(Collectors.joining(" or ")));
        return query;
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
        Map<String, Optional<JsonNode>> told = new HashMap<>();
        for (RememberedWire.Asked asked : base.asked(target.path())) {
            Optional<ObjectNode> body = JsonBody.told(asked.answer());
            if (body.isPresent()
                    && body.get().path("value").isArray()
                    && !body.get().has("@odata.nextLink")) {
                tell(told, askedFor.apply(asked), body.get().path("value"), key);
            }
        }
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
