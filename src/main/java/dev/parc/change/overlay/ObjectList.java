package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.Merge;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The objects of one list, which have ids: some are new, some changed, some gone. */
final class ObjectList implements Layer {

    /** What becomes of an object: null for gone; of one that was not there, it begins with null. */
    private record Edit(String id, Optional<ObjectNode> created, Optional<Consumer<ObjectNode>> changed) {}

    private final String path;
    private final List<Edit> edits = new ArrayList<>();
    private final Map<String, List<Edit>> byId = new HashMap<>();

    /** @param path with the version */
    ObjectList(String path) {
        this.path = path.toLowerCase(Locale.ROOT);
    }

    void create(String id, ObjectNode whole) {
        add(new Edit(id, Optional.of(whole), Optional.empty()));
    }

    void change(String id, Consumer<ObjectNode> how) {
        add(new Edit(id, Optional.empty(), Optional.of(how)));
    }

    void patch(String id, ObjectNode body) {
        change(id, object -> Merge.into(object, body));
    }

    void remove(String id) {
        add(new Edit(id, Optional.empty(), Optional.empty()));
    }

    private void add(Edit edit) {
        edits.add(edit);
        byId.computeIfAbsent(edit.id(), id -> new ArrayList<>()).add(edit);
    }

    /** The objects as they are with the change, of those as they were. */
    List<ObjectNode> of(List<ObjectNode> items) {
        List<ObjectNode> changed = new ArrayList<>();
        items.forEach(item -> edited(id(item), Optional.of(item)).ifPresent(changed::add));
        created().forEach(changed::add);
        return changed;
    }

    private List<ObjectNode> created() {
        Map<String, Boolean> ids = new LinkedHashMap<>();
        edits.forEach(edit -> ids.putIfAbsent(edit.id(), edit.created().isPresent()));
        List<ObjectNode> created = new ArrayList<>();
        ids.forEach((id, isNew) -> {
            if (isNew) {
                edited(id, Optional.empty()).ifPresent(created::add);
            }
        });
        return created;
    }

    private Optional<ObjectNode> edited(String id, Optional<ObjectNode> item) {
        List<Edit> mine = byId.get(id);
        if (mine == null) {
            return item;
        }
        Optional<ObjectNode> now = item.map(ObjectNode::deepCopy);
        for (Edit edit : mine) {
            if (edit.created().isPresent()) {
                now = edit.created().map(ObjectNode::deepCopy);
            } else if (edit.changed().isPresent()) {
                now.ifPresent(edit.changed().get());
            } else {
                now = Optional.empty();
            }
        }
        return now;
    }

    /** The id of an object, as ids are compared here: in lower case. */
    static String id(JsonNode item) {
        return item.path("id").asText().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean concerns(WireRequest request, RequestTarget target) {
        String asked = target.path().toLowerCase(Locale.ROOT);
        return !edits.isEmpty()
                && request.method().equals("GET")
                && asked.startsWith(path)
                && (asked.length() == path.length()
                        || (asked.charAt(path.length()) == '/' && asked.indexOf('/', path.length() + 1) < 0));
    }

    @Override
    public WireResponse answer(WireRequest request, RequestTarget target, Supplier<WireResponse> beneath) {
        return target.path().length() == path.length() ? list(target, beneath.get()) : single(target, beneath);
    }

    private WireResponse list(RequestTarget target, WireResponse response) {
        Optional<ObjectNode> body = JsonBody.told(response);
        if (body.isEmpty() || !(body.get().path("value") instanceof ArrayNode items)) {
            return response;
        }
        ArrayNode changed = body.get().putArray("value");
        for (JsonNode item : items) {
            if (item instanceof ObjectNode object) {
                edited(id(object), Optional.of(object)).ifPresent(changed::add);
            } else {
                changed.add(item);
            }
        }
        if (target.query().keySet().stream().noneMatch(name -> name.startsWith("$skip"))) {
            created().forEach(changed::add);
        }
        return new WireResponse(200, response.headers(), body.get().toString());
    }

    private WireResponse single(RequestTarget target, Supplier<WireResponse> beneath) {
        String id = target.path().substring(path.length() + 1).toLowerCase(Locale.ROOT);
        if (!byId.containsKey(id)) {
            return beneath.get();
        }
        WireResponse response = beneath.get();
        Optional<ObjectNode> was = JsonBody.told(response);
        return edited(id, was)
                .map(object -> new WireResponse(200, Map.of(), object.toString()))
                .orElseGet(() -> was.isPresent() ? Overlay.notFound() : response);
    }
}
