package dev.parc.facts;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the operator says about accounts; no API knows it.
 *
 * @param emergencyAccounts object ids or user principal names, lower case
 * @param categories category by object id, lower case; wins over what PARC would infer
 */
public record Designations(Set<String> emergencyAccounts, Map<String, Category> categories) {

    /** Nothing designated. */
    public static final Designations NONE = new Designations(Set.of(), Map.of());

    public Designations {
        emergencyAccounts = Set.copyOf(emergencyAccounts);
        categories = Map.copyOf(categories);
    }

    /** Whether the operator named the account, by id or by sign-in name. */
    public boolean isEmergency(Account account) {
        return emergencyAccounts.contains(account.id().toLowerCase(Locale.ROOT))
                || emergencyAccounts.contains(account.signInName().toLowerCase(Locale.ROOT));
    }
}
