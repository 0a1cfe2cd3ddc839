package dev.parc.change.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeRequest;
import dev.parc.change.Kind;
import dev.parc.change.LocationRules;
import dev.parc.change.Merge;
import dev.parc.change.PolicyRules;
import dev.parc.change.References;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Conditional Access policies, what they refer to, and security defaults. */
final class Policies {

    private static final String POLICIES = "/identity/conditionalAccess/policies";
    private static final String LOCATIONS = "/identity/conditionalAccess/namedLocations";
    private static final String STRENGTHS = "/policies/authenticationStrengthPolicies";
    private static final String DEFAULTS = "/policies/identitySecurityDefaultsEnforcementPolicy";

    private static final List<String> LOCATION_LISTS = List.of("includeLocations", "excludeLocations");

    /** What stands among locations and is none of the tenant's. */
    private static final Set<String> NO_LOCATIONS = Set.of("All", "AllTrusted", "00000000-0000-0000-0000-000000000000");

    private final Base base;
    private final Instant at;
    private final ObjectList policies = new ObjectList("/v1.0" + POLICIES);
    private final ObjectList inBeta = new ObjectList("/beta" + POLICIES);
    private final ObjectList locations = new ObjectList("/v1.0" + LOCATIONS);
    private final ObjectList strengths = new ObjectList("/v1.0" + STRENGTHS);
    private final OneObject defaults = new OneObject("/v1.0" + DEFAULTS);

    Policies(Base base, Instant at) {
        this.base = base;
        this.at = at;
    }

    List<Layer> layers() {
        return List.of(policies, inBeta, locations, strengths, defaults);
    }

    ChangedObject apply(ChangeRequest request, Kind kind) {
        return switch (kind) {
            case POLICIES -> createPolicy(request);
            case POLICY -> changePolicy(request);
            case NAMED_LOCATIONS -> createLocation(request);
            case NAMED_LOCATION -> changeLocation(request);
            case SECURITY_DEFAULTS -> changeDefaults(request);
            case STRENGTHS -> createStrength(request);
            case STRENGTH, STRENGTH_COMBINATIONS -> changeStrength(request, kind);
            default -> throw new IllegalArgumentException(kind + " is about no policy");
        };
    }

    private static boolean beta(ChangeRequest request) {
        return request.url().version().equals("beta");
    }

    private List<ObjectNode> policiesNow() {
        return policies.of(base.whole("/v1.0" + POLICIES, "Conditional Access policies"));
    }

    private List<ObjectNode> betaNow() {
        return inBeta.of(base.list("/beta" + POLICIES).orElse(List.of()));
    }

    private static Optional<ObjectNode> find(List<ObjectNode> objects, String id) {
        return objects.stream()
                .filter(object -> object.path("id").asText().equalsIgnoreCase(id))
                .findFirst();
    }

    private ChangedObject createPolicy(ChangeRequest request) {
        ObjectNode body = Requests.body(request);
        Requests.unlessRefused(request, PolicyRules.refuses(body, beta(request)));
        policiesNow();
        String id = References.standIn(request);
        ObjectNode policy = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("createdDateTime", at.toString())
                .putNull("modifiedDateTime");
        Merge.into(policy, PolicyRules.created(body));
        complete(policy, body, request);
        Requests.unlessRefused(request, PolicyRules.refusesWhole(policy));
        unlessDefaultsAreOn(request, policy);
        // version 1.0 leaves out a policy with settings that only beta knows
        if (PolicyRules.refuses(body, false).isEmpty()) {
            policies.create(id, policy);
        }
        inBeta.create(id, policy);
        return new ChangedObject(request, Kind.POLICY, POLICIES + "/" + id, Optional.empty(), Optional.of(policy));
    }

    private ChangedObject changePolicy(ChangeRequest request) {
        String id = Kind.POLICY.keys(request).get(0);
        Optional<ObjectNode> known = find(policiesNow(), id);
        ObjectNode before = known.or(() -> find(betaNow(), id))
                .orElseThrow(
                        () -> ChangeException.of(request, "the tenant has no Conditional Access policy with this id"));
        String url = POLICIES + "/" + id;
        if (request.method() == ChangeRequest.Method.DELETE) {
            policies.remove(id);
            inBeta.remove(id);
            return new ChangedObject(request, Kind.POLICY, url, Optional.of(before), Optional.empty());
        }
        ObjectNode body = Requests.body(request);
        Requests.unlessRefused(request, PolicyRules.refuses(body, beta(request)));
        ObjectNode after = before.deepCopy();
        patch(after, body, request);
        Requests.unlessRefused(request, PolicyRules.refusesWhole(after));
        if (!isOn(before)) {
            unlessDefaultsAreOn(request, after);
        }
        ObjectNode resolved = body.deepCopy();
        resolveStrength(resolved, request);
        if (PolicyRules.refuses(body, false).isPresent()) {
            policies.remove(id);
        } else {
            policies.change(id, policy -> patchResolved(policy, resolved));
        }
        inBeta.change(id, policy -> patchResolved(policy, resolved));
        return new ChangedObject(request, Kind.POLICY, url, Optional.of(before), Optional.of(after));
    }

    private void patch(ObjectNode policy, ObjectNode body, ChangeRequest request) {
        ObjectNode resolved = body.deepCopy();
        resolveStrength(resolved, request);
        patchResolved(policy, resolved);
        checkLocations(body, request);
    }

    private void patchResolved(ObjectNode policy, ObjectNode body) {
        Merge.into(policy, body);
        PolicyRules.complete(policy);
        policy.put("modifiedDateTime", at.toString());
    }

    private void complete(ObjectNode policy, ObjectNode body, ChangeRequest request) {
        resolveStrength(policy, request);
        PolicyRules.complete(policy);
        checkLocations(body, request);
    }

    /** A policy is told with the whole of its strength, of which a request says the id. */
    private void resolveStrength(ObjectNode policy, ChangeRequest request) {
        JsonNode strength = policy.path("grantControls").path("authenticationStrength");
        if (!strength.isObject()) {
            return;
        }
        String id = ObjectList.id(strength);
        ObjectNode whole = find(strengthsNow(), id)
                .orElseThrow(() -> Requests.refused(
                        request,
                        "\"grantControls.authenticationStrength.id\" is of no"
                                + " authentication strength of the tenant"));
        ((ObjectNode) policy.path("grantControls")).set("authenticationStrength", whole.deepCopy());
    }

    private void checkLocations(ObjectNode body, ChangeRequest request) {
        for (String list : LOCATION_LISTS) {
            named(body, list)
                    .filter(id -> !NO_LOCATIONS.contains(id)
                            && find(locationsNow(), id).isEmpty())
                    .findFirst()
                    .ifPresent(id -> {
                        throw Requests.refused(
                                request,
                                "\"conditions.locations." + list + "\" names " + id
                                        + ", which is not a named location of the tenant");
                    });
        }
    }

    /** What a policy names in one of its lists of locations. */
    private static Stream<String> named(JsonNode policy, String list) {
        return policy.path("conditions")
                .path("locations")
                .path(list)
                .valueStream()
                .map(JsonNode::asText);
    }

    private List<ObjectNode> locationsNow() {
        return locations.of(base.whole("/v1.0" + LOCATIONS, "named locations"));
    }

    private ChangedObject createLocation(ChangeRequest request) {
        ObjectNode body = Requests.body(request);
        Requests.unlessRefused(request, LocationRules.refuses(body, Optional.empty()));
        locationsNow();
        String id = References.standIn(request);
        ObjectNode location = LocationRules.created(body)
                .put("id", id)
                .put("createdDateTime", at.toString())
                .put("modifiedDateTime", at.toString());
        locations.create(id, location);
        return new ChangedObject(
                request, Kind.NAMED_LOCATION, LOCATIONS + "/" + id, Optional.empty(), Optional.of(location));
    }

    private ChangedObject changeLocation(ChangeRequest request) {
        String id = Kind.NAMED_LOCATION.keys(request).get(0);
        ObjectNode before = find(locationsNow(), id)
                .orElseThrow(() -> ChangeException.of(request, "the tenant has no named location with this id"));
        String url = LOCATIONS + "/" + id;
        if (request.method() == ChangeRequest.Method.DELETE) {
            if (before.path("isTrusted").asBoolean()) {
                throw Requests.refused(request, "a trusted location must lose \"isTrusted\" first");
            }
            policiesNow().stream()
                    .filter(policy -> LOCATION_LISTS.stream()
                            .anyMatch(list -> named(policy, list).anyMatch(id::equalsIgnoreCase)))
                    .findFirst()
                    .ifPresent(policy -> {
                        throw Requests.refused(
                                request,
                                "a Conditional Access policy still names it, "
                                        + policy.path("id").asText());
                    });
            locations.remove(id);
            return new ChangedObject(request, Kind.NAMED_LOCATION, url, Optional.of(before), Optional.empty());
        }
        ObjectNode body = Requests.body(request);
        Requests.unlessRefused(request, LocationRules.refuses(body, Optional.of(before)));
        body.remove("@odata.type");
        body.put("modifiedDateTime", at.toString());
        locations.patch(id, body);
        ObjectNode after = before.deepCopy();
        Merge.into(after, body);
        return new ChangedObject(request, Kind.NAMED_LOCATION, url, Optional.of(before), Optional.of(after));
    }

    private List<ObjectNode> strengthsNow() {
        return strengths.of(base.whole("/v1.0" + STRENGTHS, "authentication strengths"));
    }

    private ChangedObject createStrength(ChangeRequest request) {
        ObjectNode body = Requests.body(request, Kind.STRENGTHS);
        strengthsNow();
        if (body.path("allowedCombinations").isEmpty()) {
            throw Requests.refused(request, "\"allowedCombinations\" is empty");
        }
        String id = References.standIn(request);
        ObjectNode strength = JsonNodeFactory.instance.objectNode().put("id", id);
        strength.put("createdDateTime", at.toString()).put("modifiedDateTime", at.toString());
        strength.put("policyType", "custom").put("requirementsSatisfied", "mfa");
        Merge.into(strength, body);
        if (!strength.has("combinationConfigurations")) {
            strength.putArray("combinationConfigurations");
        }
        strengths.create(id, strength);
        return new ChangedObject(request, Kind.STRENGTH, STRENGTHS + "/" + id, Optional.empty(), Optional.of(strength));
    }

    private ChangedObject changeStrength(ChangeRequest request, Kind kind) {
        String id = kind.keys(request).get(0);
        ObjectNode before = find(strengthsNow(), id)
                .orElseThrow(
                        () -> ChangeException.of(request, "the tenant has no authentication strength with this id"));
        String url = STRENGTHS + "/" + id;
        if (before.path("policyType").asText().equalsIgnoreCase("builtIn")) {
            throw Requests.refused(request, "a built-in authentication strength cannot be changed");
        }
        if (request.method() == ChangeRequest.Method.DELETE) {
            for (ObjectNode policy : policiesNow()) {
                if (asksFor(policy, id)) {
                    throw Requests.refused(
                            request,
                            "a Conditional Access policy still asks for it, "
                                    + policy.path("id").asText());
                }
            }
            strengths.remove(id);
            return new ChangedObject(request, Kind.STRENGTH, url, Optional.of(before), Optional.empty());
        }
        ObjectNode body = Requests.body(request, kind);
        if (kind == Kind.STRENGTH_COMBINATIONS
                && body.path("allowedCombinations").isEmpty()) {
            throw Requests.refused(request, "\"allowedCombinations\" is empty");
        }
        strengths.patch(id, body.put("modifiedDateTime", at.toString()));
        ObjectNode after = before.deepCopy();
        Merge.into(after, body);
        // a policy is told with the whole of its strength
        List<String> asking = asking(policiesNow(), id);
        asking.forEach(policy -> policies.change(policy, one -> replaceStrength(one, after)));
        Stream.concat(asking.stream(), asking(betaNow(), id).stream())
                .distinct()
                .forEach(policy -> inBeta.change(policy, one -> replaceStrength(one, after)));
        return new ChangedObject(request, Kind.STRENGTH, url, Optional.of(before), Optional.of(after));
    }

    /** The ids of the policies that ask for a strength. */
    private static List<String> asking(List<ObjectNode> all, String strengthId) {
        return all.stream()
                .filter(policy -> asksFor(policy, strengthId))
                .map(ObjectList::id)
                .toList();
    }

    private static boolean asksFor(ObjectNode policy, String strengthId) {
        return policy.path("grantControls")
                .path("authenticationStrength")
                .path("id")
                .asText()
                .equalsIgnoreCase(strengthId);
    }

    private static void replaceStrength(ObjectNode policy, ObjectNode strength) {
        if (asksFor(policy, strength.path("id").asText())) {
            ((ObjectNode) policy.path("grantControls")).set("authenticationStrength", strength.deepCopy());
        }
    }

    private ChangedObject changeDefaults(ChangeRequest request) {
        ObjectNode body = Requests.body(request);
        Requests.unlessRefused(request, LocationRules.refusesDefaults(body));
        WireResponse told = base.get("/v1.0" + DEFAULTS);
        ObjectNode before = JsonBody.told(told)
                .map(defaults::of)
                .orElseThrow(() ->
                        new TenantException("the change cannot be evaluated: security defaults could not be read"));
        if (body.path("isEnabled").asBoolean() && policiesNow().stream().anyMatch(Policies::isOn)) {
            throw Requests.refused(request, "security defaults cannot be on while a Conditional Access policy is on");
        }
        defaults.patch(body);
        ObjectNode after = before.deepCopy();
        Merge.into(after, body);
        return new ChangedObject(request, Kind.SECURITY_DEFAULTS, DEFAULTS, Optional.of(before), Optional.of(after));
    }

    private static boolean isOn(ObjectNode policy) {
        return policy.path("state").asText().equals("enabled");
    }

    /** Security defaults and a policy that is on exclude each other; a policy in report-only mode may be created beside them. */
    private void unlessDefaultsAreOn(ChangeRequest request, ObjectNode policy) {
        boolean on = isOn(policy)
                && JsonBody.told(base.get("/v1.0" + DEFAULTS))
                        .map(defaults::of)
                        .filter(told -> told.path("isEnabled").asBoolean())
                        .isPresent();
        if (on) {
            throw Requests.refused(
                    request,
                    "security defaults are on, and must be switched off before a Conditional Access policy is switched on");
        }
    }

    /** One object without an id in its path. */
    static final class OneObject implements Layer {

        private final String path;
        private final ObjectNode patches = JsonNodeFactory.instance.objectNode();

        OneObject(String path) {
            this.path = path;
        }

        void patch(ObjectNode body) {
            Merge.into(patches, body);
        }

        ObjectNode of(ObjectNode object) {
            ObjectNode changed = object.deepCopy();
            Merge.into(changed, patches);
            return changed;
        }

        @Override
        public boolean concerns(WireRequest request, RequestTarget target) {
            return !patches.isEmpty()
                    && request.method().equals("GET")
                    && target.path().equals(path);
        }

        @Override
        public WireResponse answer(WireRequest request, RequestTarget target, Supplier<WireResponse> beneath) {
            WireResponse response = beneath.get();
            return JsonBody.told(response)
                    .map(object -> new WireResponse(200, Map.of(), of(object).toString()))
                    .orElse(response);
        }
    }
}
