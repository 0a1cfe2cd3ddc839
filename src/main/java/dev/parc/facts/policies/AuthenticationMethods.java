package dev.parc.facts.policies;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The authentication methods policy.
 *
 * @param enabled the methods that are enabled for anybody, by Graph's ids: Fido2, X509Certificate, Sms ...
 * @param known every method that the policy told of, enabled or not
 * @param targets by method, for whom it is enabled; one that is missing was not told
 * @param migrated whether nothing but this policy allows methods; until then the legacy policies for MFA and for password
 *     reset do so too, which no interface tells
 */
public record AuthenticationMethods(
        Set<String> enabled, Set<String> known, Map<String, Targets> targets, boolean migrated) {

    /** Stands among the ids of groups for everybody. */
    public static final String EVERYBODY = "all_users";

    private static final String PASSKEYS = "Fido2";
    private static final String CERTIFICATES = "X509Certificate";

    /**
     * For whom a method is enabled. Exclusion wins. Source: "Manage authentication methods for Microsoft Entra ID".
     *
     * @param include ids of groups, or {@link #EVERYBODY}
     * @param exclude ids of groups
     */
    public record Targets(Set<String> include, Set<String> exclude) {
        public Targets {
            include = Set.copyOf(include);
            exclude = Set.copyOf(exclude);
        }
    }

    public AuthenticationMethods {
        enabled = Set.copyOf(enabled);
        known = Set.copyOf(known);
        targets = Map.copyOf(targets);
    }

    /** Whether passkeys (FIDO2) may be registered and used by anybody. */
    public boolean passkeys() {
        return enabled.contains(PASSKEYS);
    }

    /** Whether certificates may be used by anybody. */
    public boolean certificates() {
        return enabled.contains(CERTIFICATES);
    }

    /**
     * Whether the policy lets somebody sign in with a certificate.
     *
     * @param groups those of the {@link #groups} that hold him; empty if that was not read
     */
    public Match certificatesFor(Optional<Set<String>> groups) {
        return enables(CERTIFICATES, groups);
    }

    /** The ids of the groups for which methods are enabled or which are left out, in order. */
    public Set<String> groups() {
        Set<String> groups = new TreeSet<>();
        enabled.forEach(method -> Optional.ofNullable(targets.get(method)).ifPresent(of -> {
            groups.addAll(of.include());
            groups.addAll(of.exclude());
        }));
        groups.remove(EVERYBODY);
        return groups;
    }

    /**
     * Whether the policy enables the method for somebody.
     *
     * @param groups those of the {@link #groups} that hold him; empty if that was not read
     */
    public Match enables(String method, Optional<Set<String>> groups) {
        if (!known.contains(method)) {
            return Match.MAYBE;
        }
        Targets of = targets.get(method);
        if (!enabled.contains(method)) {
            return Match.NO;
        }
        if (of == null) {
            return Match.MAYBE;
        }
        Match included = of.include().contains(EVERYBODY) ? Match.YES : among(of.include(), groups);
        return included.and(among(of.exclude(), groups).not());
    }

    private static Match among(Set<String> wanted, Optional<Set<String>> groups) {
        if (wanted.isEmpty()) {
            return Match.NO;
        }
        return groups.map(in -> Match.of(in.stream().anyMatch(wanted::contains)))
                .orElse(Match.MAYBE);
    }
}
