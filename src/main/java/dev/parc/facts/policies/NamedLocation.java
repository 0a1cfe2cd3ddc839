package dev.parc.facts.policies;

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

    /**
     * Addresses from which nobody signs in, because Microsoft sees the address by which a network connects to the
     * internet: private, shared, loopback, link-local, multicast and reserved ones. Sources: "Conditional Access: Network
     * assignment"; IANA's registries of special-purpose addresses.
     */
    public static final List<String> NOT_ON_THE_INTERNET = List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "224.0.0.0/3",
            "::/127",
            "fc00::/7",
            "fe80::/10",
            "ff00::/8");

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
