package dev.parc.collect.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.facts.Designations;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers from a snapshot, whatever the host that is asked. A request that was recorded in the same words is answered as
 * it was, a refusal too; else one that differs only in {@code $select}, {@code $expand} and {@code $top} answers, and in
 * an export that lists no requests the file of the path, or the object's place in the list it belongs to. What is in none of these is not in the snapshot.
 */
public final class ReplayWire implements Wire {

    private static final Set<String> SHAPE = Set.of("$select", "$expand", "$top", "$count");
    private static final Set<String> FURTHER_PAGE = Set.of("$skiptoken", "$skip", "$deltatoken");
    private static final String ORGANIZATION = "graph/v1.0/organization.json";

    private final SnapshotSource source;
    private final SnapshotHeading heading;
    private final Optional<Map<Recorded, Manifest.File>> files;
    private final Map<String, Map<String, JsonNode>> lists = new ConcurrentHashMap<>();

    /**
     * @param clock gives the time of an export without a manifest, which does not know when it was taken: ages then
     *     count to the moment of replay, so that nothing looks fresher than it is
     * @throws TenantException if the snapshot is broken, or there is none
     */
    public ReplayWire(SnapshotSource source, Clock clock) {
        this.source = source;
        Optional<Manifest> manifest = source.read(Manifest.NAME).map(Manifest::read);
        this.heading = manifest.map(Manifest::heading).orElseGet(() -> headingOfExport(clock));
        this.files = manifest.flatMap(Manifest::files);
    }

    /** What the snapshot says of itself. */
    public SnapshotHeading heading() {
        return heading;
    }

    private SnapshotHeading headingOfExport(Clock clock) {
        Optional<JsonNode> organization = source.read(ORGANIZATION)
                .map(text -> body(ORGANIZATION, text))
                .map(body -> body.path("value").path(0));
        String id = organization.map(found -> found.path("id").asText()).orElse("");
        if (!id.isBlank() && !SnapshotHeading.isTenantId(id)) {
            throw new TenantException("the snapshot's " + ORGANIZATION
                    + " has an id that is neither a GUID nor a domain name: export it again");
        }
        return new SnapshotHeading(id.isBlank() ? "unknown" : id, "", "snapshot", clock.instant(), Designations.NONE);
    }

    @Override
    public WireResponse send(WireRequest request) {
        if (!BatchBody.isBatch(request)) {
            return answer(Recorded.of(request));
        }
        Map<String, WireResponse> answers = new LinkedHashMap<>();
        BatchBody.requests(request).forEach((id, one) -> answers.put(id, answer(Recorded.of(one))));
        return BatchBody.answer(answers);
    }

    private WireResponse answer(Recorded request) {
        return inManifest(request)
                .or(() -> files.isPresent() ? Optional.empty() : inExport(request))
                .orElseGet(() -> WireResponse.unanswered(
                        request.method() + " " + request.target().template() + " is not in the snapshot"));
    }

    private Optional<WireResponse> inManifest(Recorded request) {
        return files.flatMap(known -> Optional.ofNullable(known.get(request)).or(() -> alike(request, known)))
                .map(file -> file.status() == 200
                        ? ok(file.name(), recorded(file.name(), file.status()))
                        : new WireResponse(file.status(), Map.of(), recorded(file.name(), file.status())));
    }

    /** A request that asks for the same objects in another shape; the one that selects most of what is asked. */
    private static Optional<Manifest.File> alike(Recorded request, Map<Recorded, Manifest.File> known) {
        return known.entrySet().stream()
                .filter(entry -> entry.getValue().status() == 200
                        && entry.getKey().method().equals(request.method())
                        && entry.getKey().body().equals(request.body())
                        && entry.getKey()
                                .target()
                                .path()
                                .equals(request.target().path())
                        && objects(entry.getKey().target()).equals(objects(request.target())))
                .max(Comparator.comparingInt(entry -> inCommon(entry.getKey().target(), request.target())))
                .map(Map.Entry::getValue);
    }

    private static SortedMap<String, String> objects(RequestTarget target) {
        SortedMap<String, String> query = new TreeMap<>(target.query());
        query.keySet().removeIf(name -> SHAPE.contains(name.toLowerCase(Locale.ROOT)));
        return query;
    }

    private static int inCommon(RequestTarget one, RequestTarget other) {
        Set<String> common = new HashSet<>(one.selected());
        common.retainAll(other.selected());
        return common.size();
    }

    private Optional<WireResponse> inExport(Recorded request) {
        Optional<String> exact = source.read(request.file());
        if (exact.isPresent()) {
            return Optional.of(ok(request.file(), exact.get()));
        }
        boolean furtherPage = request.target().query().keySet().stream()
                .anyMatch(name -> FURTHER_PAGE.contains(name.toLowerCase(Locale.ROOT)));
        if (!request.method().equals("GET") || furtherPage) {
            return Optional.empty();
        }
        return source.read(request.plainFile())
                .map(text -> ok(request.plainFile(), text))
                .or(() -> itemOfList(request));
    }

    /** One object, out of the list that it is in; one that is not in the list may exist all the same. */
    private Optional<WireResponse> itemOfList(Recorded request) {
        String path = request.target().path();
        int slash = path.lastIndexOf('/');
        String list = Recorded.of("GET", path.substring(0, slash), "").plainFile();
        String id = path.substring(slash + 1).toLowerCase(Locale.ROOT);
        return Optional.ofNullable(lists.computeIfAbsent(list, this::itemsById).get(id))
                .map(item -> new WireResponse(200, Map.of(), item.toString()));
    }

    private Map<String, JsonNode> itemsById(String file) {
        Map<String, JsonNode> items = new HashMap<>();
        source.read(file)
                .ifPresent(text -> body(file, text)
                        .path("value")
                        .forEach(item -> items.put(item.path("id").asText().toLowerCase(Locale.ROOT), item)));
        return items;
    }

    private static WireResponse ok(String file, String text) {
        ObjectNode body = body(file, text);
        return new WireResponse(status(body), Map.of(), body.toString());
    }

    /** The status of an answer that was kept without one: a body that is an error and nothing else was a refusal. */
    private static int status(ObjectNode body) {
        String code = body.size() == 1 ? body.path("error").path("code").asText() : "";
        return switch (code) {
            case "" -> 200;
            case "Authorization_RequestDenied", "AuthorizationFailed", "Forbidden" -> 403;
            case "Request_ResourceNotFound", "ResourceNotFound", "NotFound" -> 404;
            default -> 400;
        };
    }

    private String recorded(String file, int status) {
        String text = source.read(file)
                .orElseThrow(() -> new TenantException("the snapshot's " + file
                        + " is missing although its manifest lists it: take the snapshot again"));
        return status == 200 ? body(file, text).toString() : text;
    }

    private static ObjectNode body(String file, String text) {
        return JsonBody.parse(text)
                .orElseThrow(() -> new TenantException(
                        "the snapshot's " + file + " is not a complete JSON object: take the snapshot again"));
    }
}
