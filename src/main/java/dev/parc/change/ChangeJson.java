package dev.parc.change;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Change files: schema {@code parc-change/1}, and the body of a {@code $batch} of Microsoft Graph, however long. What is not
 * as it must be is refused in one line.
 */
public final class ChangeJson {

    /** The schema of a change file. */
    public static final String SCHEMA = "parc-change/1";

    /** The most characters that a file may have. */
    public static final int MOST_CHARACTERS = 16 << 20;

    private static final int LONGEST_WHY = 1_000;
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_SHOWN = 60;
    private static final int MOST_OBJECTS = 10_000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}");

    /** What stands for the id of something that an earlier request creates. */
    static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}?)\\.id}");

    private static final Set<String> CHANGE = Set.of("schema", "requests", "provedOn");
    private static final Set<String> BATCH = Set.of("requests", "@odata.context");
    private static final Set<String> REQUEST = Set.of("id", "method", "url", "body", "dependsOn", "why");
    private static final Set<String> BATCHED = Set.of("id", "method", "url", "body", "dependsOn", "headers");
    /** Headers that change nothing about what a request does. */
    private static final Set<String> HEADERS = Set.of("content-type", "accept", "consistencylevel", "prefer");

    private static final JsonMapper JSON = JsonMapper.builder(
                    new JsonFactoryBuilder().highestNonEscapedChar(0xD7FF).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private ChangeJson() {}

    /**
     * The change of a file's text.
     *
     * @throws ChangeException if it is none, in one line
     */
    public static Change read(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new ChangeException("the change file has more than " + (MOST_CHARACTERS >> 20) + " MB of text");
        }
        ObjectNode file = object(text);
        boolean batch = !file.has("schema");
        if (!batch && !file.path("schema").asText().equals(SCHEMA)) {
            throw new ChangeException(
                    "the change file must name the schema " + SCHEMA + ", or be the body of a $batch");
        }
        onlyKnown(file, batch ? BATCH : CHANGE, "the change file");
        if (!(file.path("requests") instanceof ArrayNode list)) {
            throw new ChangeException("the change file has no list \"requests\"");
        }
        if (list.isEmpty()) {
            throw new ChangeException("the change file has no requests");
        }
        if (list.size() > Change.MOST_REQUESTS) {
            throw new ChangeException("the change file has %,d requests; the maximum is %,d"
                    .formatted(list.size(), Change.MOST_REQUESTS));
        }
        Map<String, ChangeRequest> requests = new LinkedHashMap<>();
        for (int place = 0; place < list.size(); place++) {
            ChangeRequest request = request(list.get(place), place + 1, batch);
            if (requests.put(request.id(), request) != null) {
                throw new ChangeException("two requests have the id " + request.id());
            }
        }
        return new Change(
                inOrder(requests), Optional.ofNullable(file.get("provedOn")).map(ChangeJson::provedOn));
    }

    /** The request with no more of its reason than a file may hold. */
    public static ChangeRequest writable(ChangeRequest request) {
        return request.why().length() <= LONGEST_WHY
                ? request
                : new ChangeRequest(
                        request.id(),
                        request.method(),
                        request.url(),
                        request.body(),
                        request.dependsOn(),
                        request.why().substring(0, LONGEST_WHY - 1) + "…");
    }

    private static ObjectNode object(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new ChangeException("the change file is not whole JSON, in line " + line, e);
        }
        throw new ChangeException("the change file is no JSON object");
    }

    private static void onlyKnown(JsonNode object, Set<String> known, String what) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!known.contains(member.getKey())) {
                throw new ChangeException(
                        what + " has a member \"" + shown(member.getKey()) + "\", which PARC does not know");
            }
        }
    }

    private static String shown(String text) {
        return ChangeException.shown(text, LONGEST_SHOWN);
    }

    private static ChangeRequest request(JsonNode node, int place, boolean batch) {
        String nth = "request number " + place;
        if (!node.isObject()) {
            throw new ChangeException(nth + " is no object");
        }
        String id = node.path("id").isTextual() ? node.path("id").textValue() : "";
        if (!ID.matcher(id).matches()) {
            throw new ChangeException(
                    nth + " needs an \"id\" of at most 64 letters, digits, dots, dashes and underscores");
        }
        String what = "request " + id;
        onlyKnown(node, batch ? BATCHED : REQUEST, what);
        checkHeaders(node.path("headers"), what);
        if (!node.path("method").isTextual()) {
            throw new ChangeException(what + " needs a \"method\"");
        }
        ChangeRequest.Method method = Arrays.stream(ChangeRequest.Method.values())
                .filter(known ->
                        known.name().equals(node.path("method").textValue().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ChangeException(what + " has the method "
                        + shown(node.path("method").textValue()) + "; use POST, PATCH, PUT or DELETE"));
        ChangeUrl url;
        try {
            url = ChangeUrl.of(node.path("url").isTextual() ? node.path("url").textValue() : "");
        } catch (IllegalArgumentException e) {
            throw new ChangeException(what + " cannot be sent: " + e.getMessage(), e);
        }
        JsonNode body = node.path("body");
        boolean none = body.isMissingNode() || body.isNull();
        if (!none && !body.isObject()) {
            throw new ChangeException(what + " has a body that is no JSON object");
        }
        if (none && method != ChangeRequest.Method.DELETE) {
            throw new ChangeException(what + " needs a body");
        }
        if (!none && method == ChangeRequest.Method.DELETE) {
            throw new ChangeException(what + " deletes and has a body");
        }
        String why = text(node, "why", LONGEST_WHY, what);
        return new ChangeRequest(
                id, method, url, none ? Optional.empty() : Optional.of((ObjectNode) body), dependsOn(node, what), why);
    }

    private static void checkHeaders(JsonNode headers, String what) {
        for (Map.Entry<String, JsonNode> header : headers.properties()) {
            if (!HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                throw new ChangeException(
                        what + " has a header " + shown(header.getKey()) + ", which may change what it does");
            }
        }
    }

    private static List<String> dependsOn(JsonNode node, String what) {
        JsonNode list = node.path("dependsOn");
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        if (!list.isArray() || list.size() > Change.MOST_REQUESTS) {
            throw new ChangeException(what + " has a \"dependsOn\" that is no list of ids");
        }
        for (JsonNode id : list) {
            if (!id.isTextual()) {
                throw new ChangeException(what + " has a \"dependsOn\" that is no list of ids");
            }
            ids.add(id.textValue());
        }
        return ids;
    }

    private static String text(JsonNode node, String name, int longest, String what) {
        JsonNode text = node.path(name);
        if (text.isMissingNode() || text.isNull()) {
            return "";
        }
        if (!text.isTextual() || text.textValue().length() > longest) {
            throw new ChangeException(
                    "%s has a \"%s\" that is not a string of at most %,d characters".formatted(what, name, longest));
        }
        return text.textValue();
    }

    /** The requests so that none comes before one that it depends on; as they stand otherwise. */
    private static List<ChangeRequest> inOrder(Map<String, ChangeRequest> requests) {
        Map<String, Set<String>> needs = new HashMap<>();
        requests.forEach((id, request) -> needs.put(id, needs(request, requests)));
        List<ChangeRequest> ordered = new ArrayList<>();
        Set<String> done = new HashSet<>();
        List<ChangeRequest> open = new ArrayList<>(requests.values());
        while (!open.isEmpty()) {
            int before = open.size();
            for (ChangeRequest request : List.copyOf(open)) {
                if (done.containsAll(needs.getOrDefault(request.id(), Set.of()))) {
                    ordered.add(request);
                    done.add(request.id());
                    open.remove(request);
                }
            }
            if (open.size() == before) {
                throw new ChangeException("request " + open.get(0).id() + " depends on itself, by what it depends on");
            }
        }
        return ordered;
    }

    private static Set<String> needs(ChangeRequest request, Map<String, ChangeRequest> requests) {
        Set<String> needs = new LinkedHashSet<>(request.dependsOn());
        needs.addAll(references(request));
        for (String id : needs) {
            if (!requests.containsKey(id)) {
                throw new ChangeException(
                        "request " + request.id() + " depends on " + shown(id) + ", and no request has this id");
            }
        }
        return needs;
    }

    /** The ids of the requests whose creations a request names. */
    static Set<String> references(ChangeRequest request) {
        Set<String> ids = new LinkedHashSet<>();
        Matcher inUrl = REFERENCE.matcher(request.url().path());
        while (inUrl.find()) {
            ids.add(inUrl.group(1));
        }
        request.body().ifPresent(body -> {
            Matcher inBody = REFERENCE.matcher(body.toString());
            while (inBody.find()) {
                ids.add(inBody.group(1));
            }
        });
        return ids;
    }

    private static ProofBasis provedOn(JsonNode node) {
        try {
            JsonNode objects = node.path("objects");
            if (!node.path("tenantId").isTextual() || !objects.isArray() || objects.size() > MOST_OBJECTS) {
                throw new ChangeException("the change file does not say what it was checked against");
            }
            List<ProofBasis.State> states = new ArrayList<>();
            for (JsonNode one : objects) {
                if (!one.path("url").isTextual() || !one.path("digest").isTextual()) {
                    throw new ChangeException("the change file does not say which objects it was checked against");
                }
                states.add(new ProofBasis.State(
                        text(one, "url", LONGEST_NAME, "an object that the change was proved on"),
                        text(one, "name", LONGEST_NAME, "an object that the change was proved on"),
                        one.path("modified").isTextual()
                                ? Optional.of(one.path("modified").textValue())
                                : Optional.empty(),
                        text(one, "digest", LONGEST_NAME, "an object that the change was proved on")));
            }
            return new ProofBasis(
                    text(node, "tenantId", LONGEST_NAME, "the change file"),
                    Instant.parse(node.path("takenAt").asText()),
                    states);
        } catch (DateTimeException e) {
            throw new ChangeException("the change file does not say when it was checked", e);
        }
    }

    /** A change file. */
    public static String write(Change change) {
        ObjectNode file = JSON.createObjectNode().put("schema", SCHEMA);
        change.provedOn().ifPresent(proved -> {
            ObjectNode on = file.putObject("provedOn")
                    .put("tenantId", proved.tenantId())
                    .put("takenAt", proved.takenAt().toString());
            ArrayNode objects = on.putArray("objects");
            proved.objects().forEach(state -> {
                ObjectNode one = objects.addObject().put("url", state.url()).put("name", state.name());
                state.modified().ifPresent(modified -> one.put("modified", modified));
                one.put("digest", state.digest());
            });
        });
        ArrayNode requests = file.putArray("requests");
        change.requests().forEach(request -> {
            ObjectNode one = requests.addObject()
                    .put("id", request.id())
                    .put("method", request.method().name())
                    .put("url", request.url().absolute());
            request.body().ifPresent(body -> one.set("body", body));
            if (!request.dependsOn().isEmpty()) {
                request.dependsOn().forEach(one.putArray("dependsOn")::add);
            }
            if (!request.why().isEmpty()) {
                one.put("why", request.why());
            }
        });
        return file.toPrettyString() + "\n";
    }
}
