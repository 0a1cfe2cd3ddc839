package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeRequest;
import dev.parc.change.Kind;
import dev.parc.change.Merge;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The authentication methods policy, and diagnostic settings of the directory and of subscriptions. */
final class Settings {

    private static final String METHODS = "/policies/authenticationMethodsPolicy";
    private static final String CONFIGURATIONS = "authenticationMethodConfigurations";

    private final Base base;
    private final Methods methods = new Methods();
    private final Exports exports = new Exports();

    Settings(Base base) {
        this.base = base;
    }

    List<Layer> layers() {
        return List.of(methods, exports);
    }

    ChangedObject apply(ChangeRequest request, Kind kind) {
        return switch (kind) {
            case METHODS_POLICY -> policy(request);
            case METHOD -> method(request);
            case DIRECTORY_EXPORT, SUBSCRIPTION_EXPORT -> export(request, kind);
            default -> throw new IllegalArgumentException(kind + " is no setting");
        };
    }

    private ObjectNode policyNow() {
        WireResponse response = base.get("/v1.0" + METHODS);
        return JsonBody.told(response)
                .map(methods::of)
                .orElseThrow(() -> new TenantException(
                        "the change cannot be evaluated: the authentication methods policy could not be read"));
    }

    private ChangedObject policy(ChangeRequest request) {
        ObjectNode body = Requests.body(request, Kind.METHODS_POLICY);
        ObjectNode before = policyNow();
        JsonNode configurations = body.remove(CONFIGURATIONS);
        if (configurations != null) {
            for (JsonNode one : configurations) {
                String id = one.path("id").asText();
                configuration(before, id, request);
                methods.patchMethod(id, ((ObjectNode) one).deepCopy());
            }
        }
        methods.patchPolicy(body);
        return new ChangedObject(
                request, Kind.METHODS_POLICY, METHODS, Optional.of(before), Optional.of(methods.of(policyNow())));
    }

    private ChangedObject method(ChangeRequest request) {
        ObjectNode body = Requests.body(request, Kind.METHOD);
        String id = Kind.METHOD.keys(request).get(0);
        ObjectNode before = configuration(policyNow(), id, request);
        if (body.has("id") && !body.path("id").asText().equalsIgnoreCase(id)) {
            throw Requests.refused(request, "\"id\" is not that of the method");
        }
        if (body.path("includeTargets").isArray() && body.path("includeTargets").isEmpty()) {
            throw Requests.refused(request, "\"includeTargets\" is empty");
        }
        body.remove("id");
        methods.patchMethod(id, body);
        ObjectNode after = before.deepCopy();
        Merge.into(after, body);
        return new ChangedObject(
                request,
                Kind.METHOD,
                METHODS + "/" + CONFIGURATIONS + "/" + id,
                Optional.of(before),
                Optional.of(after));
    }

    private static ObjectNode configuration(ObjectNode policy, String id, ChangeRequest request) {
        for (JsonNode one : policy.path(CONFIGURATIONS)) {
            if (one.path("id").asText().equalsIgnoreCase(id) && one instanceof ObjectNode object) {
                return object.deepCopy();
            }
        }
        throw ChangeException.of(request, "the authentication methods policy has no method of this id");
    }

    private ChangedObject export(ChangeRequest request, Kind kind) {
        String path = request.url().path();
        String list = path.substring(0, path.lastIndexOf('/'));
        String name = path.substring(path.lastIndexOf('/') + 1);
        List<ObjectNode> now = exports.of(
                list,
                base.azureList(list)
                        .orElseThrow(() -> new TenantException(
                                "the change cannot be evaluated: the diagnostic settings there could not be read")));
        Optional<ObjectNode> before = now.stream()
                .filter(one -> one.path("name").asText().equalsIgnoreCase(name))
                .findFirst();
        if (request.method() == ChangeRequest.Method.DELETE) {
            if (before.isEmpty()) {
                throw ChangeException.of(request, "there is no diagnostic setting of this name");
            }
            exports.put(list, name, Optional.empty());
            return new ChangedObject(request, kind, path, before, Optional.empty());
        }
        ObjectNode body = Requests.body(request, kind);
        ObjectNode after = JsonNodeFactory.instance
                .objectNode()
                .put("id", path)
                .put("name", name)
                .put("type", "Microsoft.Insights/diagnosticSettings");
        after.set("properties", body.path("properties").deepCopy());
        exports.put(list, name, Optional.of(after));
        return new ChangedObject(request, kind, path, before, Optional.of(after));
    }

    /** The authentication methods policy, which holds its methods. */
    private static final class Methods implements Layer {

        private final ObjectNode policy = JsonNodeFactory.instance.objectNode();
        private final Map<String, ObjectNode> byMethod = new LinkedHashMap<>();

        void patchPolicy(ObjectNode body) {
            Merge.into(policy, body);
        }

        void patchMethod(String id, ObjectNode body) {
            Merge.into(
                    byMethod.computeIfAbsent(id.toLowerCase(Locale.ROOT), key -> JsonNodeFactory.instance.objectNode()),
                    body);
        }

        ObjectNode of(ObjectNode object) {
            ObjectNode changed = object.deepCopy();
            Merge.into(changed, policy);
            changed.path(CONFIGURATIONS).forEach(one -> {
                ObjectNode patch = byMethod.get(one.path("id").asText().toLowerCase(Locale.ROOT));
                if (patch != null && one instanceof ObjectNode method) {
                    Merge.into(method, patch);
                }
            });
            return changed;
        }

        @Override
        public boolean concerns(WireRequest request, RequestTarget target) {
            return (!policy.isEmpty() || !byMethod.isEmpty())
                    && target.path().equals("/v1.0" + METHODS)
                    && request.method().equals("GET");
        }

        @Override
        public WireResponse answer(WireRequest request, RequestTarget target, Supplier<WireResponse> beneath) {
            WireResponse response = beneath.get();
            return JsonBody.told(response)
                    .map(object ->
                            new WireResponse(200, response.headers(), of(object).toString()))
                    .orElse(response);
        }
    }

    /** Lists of diagnostic settings, by their path in lower case. */
    private static final class Exports implements Layer {

        private final Map<String, Map<String, Optional<ObjectNode>>> lists = new LinkedHashMap<>();

        void put(String list, String name, Optional<ObjectNode> setting) {
            lists.computeIfAbsent(list.toLowerCase(Locale.ROOT), key -> new LinkedHashMap<>())
                    .put(name.toLowerCase(Locale.ROOT), setting);
        }

        List<ObjectNode> of(String list, List<ObjectNode> settings) {
            Map<String, Optional<ObjectNode>> changed = lists.getOrDefault(list.toLowerCase(Locale.ROOT), Map.of());
            List<ObjectNode> now = new ArrayList<>();
            settings.stream()
                    .filter(one ->
                            !changed.containsKey(one.path("name").asText().toLowerCase(Locale.ROOT)))
                    .forEach(now::add);
            changed.values().forEach(one -> one.ifPresent(now::add));
            return now;
        }

        @Override
        public boolean concerns(WireRequest request, RequestTarget target) {
            return lists.containsKey(target.path().toLowerCase(Locale.ROOT));
        }

        @Override
        public WireResponse answer(WireRequest request, RequestTarget target, Supplier<WireResponse> beneath) {
            WireResponse response = beneath.get();
            Optional<ObjectNode> body = JsonBody.told(response);
            if (body.isEmpty() || !(body.get().path("value") instanceof ArrayNode items)) {
                return response;
            }
            List<ObjectNode> settings = new ArrayList<>();
            items.forEach(item -> settings.add((ObjectNode) item));
            ArrayNode now = body.get().putArray("value");
            of(target.path(), settings).forEach(now::add);
            return new WireResponse(200, response.headers(), body.get().toString());
        }
    }
}
