package dev.parc.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.Shape.Flag;
import dev.parc.change.Shape.Many;
import dev.parc.change.Shape.Members;
import dev.parc.change.Shape.OneOf;
import dev.parc.change.Shape.ReadOnly;
import dev.parc.change.Shape.Text;
import dev.parc.change.Shape.That;
import java.util.Optional;
import java.util.Set;

/**
 * What Microsoft Graph takes as a named location, and as security defaults. Source: resource types ipNamedLocation,
 * countryNamedLocation and identitySecurityDefaultsEnforcementPolicy.
 */
public final class LocationRules {

    private static final String IP = "#microsoft.graph.ipNamedLocation";
    private static final String COUNTRY = "#microsoft.graph.countryNamedLocation";

    private static final Members COMMON = Shape.object()
            .with("@odata.type", new OneOf(Set.of(IP, COUNTRY)))
            .with("displayName", new Text(256))
            .with("id", new ReadOnly())
            .with("createdDateTime", new ReadOnly())
            .with("modifiedDateTime", new ReadOnly())
            .with("deletedDateTime", new ReadOnly());

    private static final Members OF_ADDRESSES = COMMON.with("isTrusted", new Flag())
            .with(
                    "ipRanges",
                    new Many(Shape.object()
                            .with(
                                    "@odata.type",
                                    new OneOf(
                                            Set.of("#microsoft.graph.iPv4CidrRange", "#microsoft.graph.iPv6CidrRange")))
                            .with(
                                    "cidrAddress",
                                    new That(
                                            "addresses like 203.0.113.0/24",
                                            text -> text.matches("[0-9a-fA-F:.]{2,45}/\\d{1,3}")))));

    private static final Members OF_COUNTRIES = COMMON.with(
                    "countriesAndRegions",
                    new Many(new That("a country of two letters", text -> text.matches("[A-Z]{2}"))))
            .with("includeUnknownCountriesAndRegions", new Flag())
            .with("countryLookupMethod", new OneOf(Set.of("clientIpAddress", "authenticatorAppGps")));

    private static final Members DEFAULTS = Shape.object().with("isEnabled", new Flag());

    private LocationRules() {}

    /**
     * Why Graph would refuse a body; empty if it would not.
     *
     * @param before the location that it changes; empty if it creates one
     */
    public static Optional<String> refuses(JsonNode body, Optional<ObjectNode> before) {
        String type = body.path("@odata.type")
                .asText(before.map(one -> one.path("@odata.type").asText()).orElse(""));
        if (before.isPresent() && !type.equals(before.get().path("@odata.type").asText())) {
            return Optional.of("\"@odata.type\" is not that of the location");
        }
        Optional<String> refused = switch (type) {
            case IP -> OF_ADDRESSES.refuses("", body);
            case COUNTRY -> OF_COUNTRIES.refuses("", body);
            default -> Optional.of("\"@odata.type\" must be " + IP + " or " + COUNTRY);
        };
        if (refused.isPresent() || before.isPresent()) {
            return refused;
        }
        String must = type.equals(IP) ? "ipRanges" : "countriesAndRegions";
        return body.path("displayName").asText().isBlank()
                ? Optional.of("\"displayName\" is missing")
                : body.path(must).isEmpty() ? Optional.of("\"" + must + "\" is missing") : Optional.empty();
    }

    /** A new location as Graph tells it. */
    public static ObjectNode created(ObjectNode body) {
        ObjectNode location = body.deepCopy();
        if (location.path("@odata.type").asText().equals(IP)) {
            return location.has("isTrusted") ? location : location.put("isTrusted", false);
        }
        if (!location.has("includeUnknownCountriesAndRegions")) {
            location.put("includeUnknownCountriesAndRegions", false);
        }
        return location.has("countryLookupMethod") ? location : location.put("countryLookupMethod", "clientIpAddress");
    }

    /** Why Graph would refuse a change of security defaults; empty if it would not. */
    public static Optional<String> refusesDefaults(JsonNode body) {
        Optional<String> refused = DEFAULTS.refuses("", body);
        return refused.isPresent() || body.has("isEnabled") ? refused : Optional.of("\"isEnabled\" is missing");
    }
}
