package dev.parc.facts;

import java.util.List;
import java.util.Set;

/**
 * A named location of Conditional Access.
 *
 * @param ranges CIDR ranges of an IP location
 * @param countries ISO 3166 two-letter codes of a country location
 * @param unknownCountries whether addresses of no known country are in it too
 */
public record NamedLocation(
        String id,
        String displayName,
        Kind kind,
        boolean trusted,
        List<String> ranges,
        Set<String> countries,
        boolean unknownCountries) {

    /** What decides that an address is in the location. {@code OTHER}: something this record has no place for. */
    public enum Kind {
        IP,
        COUNTRY,
        OTHER
    }

    public NamedLocation {
        ranges = List.copyOf(ranges);
        countries = Set.copyOf(countries);
    }
}
