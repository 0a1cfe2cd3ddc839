package dev.parc.facts;

import dev.parc.facts.directory.Account;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator says about the tenant; no API knows it.
 *
 * @param emergencyAccounts object ids or user principal names, lower case
 * @param categories category by object id, lower case; wins over what PARC would infer
 * @param exposedUsersGroup the object id of the group of highly exposed users
 * @param productionSubscriptions ids of the subscriptions that host production, lower case
 * @param workstationFilter the device filter rule by which Conditional Access knows a privileged access workstation,
 *     like {@code device.extensionAttribute1 -eq "PAW"}
 */
public record Designations(
        Set<String> emergencyAccounts,
        Map<String, Category> categories,
        Optional<String> exposedUsersGroup,
        Set<String> productionSubscriptions,
        Optional<String> workstationFilter) {

    /** Nothing designated. */
    public static final Designations NONE = new Designations(Set.of(), Map.of());

    public Designations {
        emergencyAccounts = Set.copyOf(emergencyAccounts);
        categories = Map.copyOf(categories);
        productionSubscriptions = Set.copyOf(productionSubscriptions);
    }

    /** Designates accounts only. */
    public Designations(Set<String> emergencyAccounts, Map<String, Category> categories) {
        this(emergencyAccounts, categories, Optional.empty(), Set.of(), Optional.empty());
    }

    /** The same with this group of highly exposed users. */
    public Designations withExposedUsersGroup(Optional<String> id) {
        return new Designations(emergencyAccounts, categories, id, productionSubscriptions, workstationFilter);
    }

    /** The same with these production subscriptions. */
    public Designations withProductionSubscriptions(Set<String> ids) {
        return new Designations(emergencyAccounts, categories, exposedUsersGroup, ids, workstationFilter);
    }

    /** The same with this device filter rule for privileged access workstations. */
    public Designations withWorkstationFilter(Optional<String> rule) {
        return new Designations(emergencyAccounts, categories, exposedUsersGroup, productionSubscriptions, rule);
    }

    /** The same with these categories too; they win over those that are there. */
    public Designations withCategories(Map<String, Category> more) {
        Map<String, Category> all = new HashMap<>(categories);
        all.putAll(more);
        return new Designations(emergencyAccounts, all, exposedUsersGroup, productionSubscriptions, workstationFilter);
    }

    /** What the operator says that the account is for; empty if nothing. */
    public Optional<Category> category(String accountId) {
        return Optional.ofNullable(categories.get(accountId.toLowerCase(Locale.ROOT)));
    }

    /** Whether the operator named the account, by id or by sign-in name. */
    public boolean isEmergency(Account account) {
        return isEmergency(account.id(), account.signInName());
    }

    /** Whether the operator named the user with this id and sign-in name. */
    public boolean isEmergency(String id, String signInName) {
        return emergencyAccounts.contains(id.toLowerCase(Locale.ROOT))
                || emergencyAccounts.contains(signInName.toLowerCase(Locale.ROOT));
    }
}
