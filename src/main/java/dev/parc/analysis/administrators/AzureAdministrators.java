package dev.parc.analysis.administrators;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzureCustomRole;
import dev.parc.facts.azure.AzureManagementGroup;
import dev.parc.facts.azure.AzurePower;
import dev.parc.facts.azure.AzurePowers;
import dev.parc.facts.azure.AzureRoleAssignment;
import dev.parc.facts.azure.AzureScope;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.RoleAssignment;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who holds which role in Azure, by object id in lower case, with the names to tell it by.
 *
 * @param byPower the same, each with what makes this of it only
 * @param opaqueGroups groups that hold something and could not be looked into
 */
record AzureAdministrators(
        Map<String, Administrator> byId,
        Map<AzurePower, Map<String, Administrator>> byPower,
        Map<String, Administrator> opaqueGroups,
        Map<String, String> roleNames,
        Map<String, String> scopeNames) {

    /**
     * Puts together what was read. An active assignment whose term is not known is permanent where the tenant has no PIM.
     *
     * @param facts with the terms of active assignments, custom roles and conditions at hand or not
     * @param directory the administrators of the directory, whose names are known
     */
    static AzureAdministrators of(Facts facts, Map<String, Administrator> directory) {
        List<AzureRoleAssignment> rows = rows(facts);
        Map<String, String> names = new HashMap<>();
        directory.forEach((id, administrator) -> names.put(id, administrator.name()));
        rows.stream()
                .filter(row -> !row.principalName().equals(row.principalId()))
                .forEach(row -> names.putIfAbsent(key(row.principalId()), row.principalName()));
        boolean noPim = facts.lacksLicenceFor(FactKind.AZURE_ELIGIBILITIES).isPresent();
        AzurePowers powers = new AzurePowers(optional(facts, FactKind.AZURE_CUSTOM_ROLES));
        Map<AzurePower, List<RoleAssignment>> byPower = rows.stream()
                .collect(groupingBy(
                        powers::of,
                        () -> new EnumMap<>(AzurePower.class),
                        mapping(row -> plain(row, names, noPim), toList())));
        Map<AzurePower, Map<String, Administrator>> resolved = new EnumMap<>(AzurePower.class);
        byPower.forEach((power, some) -> resolved.put(
                power, Administrators.resolved(some, facts, List.of()).byId()));
        Administrators.Resolved all = Administrators.resolved(
                rows.stream().map(row -> plain(row, names, noPim)).toList(), facts, List.of());
        return new AzureAdministrators(
                all.byId(), resolved, all.opaqueGroups(), roleNames(facts, rows), scopeNames(facts));
    }

    /** The rows of all lists. */
    private static List<AzureRoleAssignment> rows(Facts facts) {
        return Stream.concat(
                        AzureRoleAssignment.joined(
                                facts.list(FactKind.AZURE_ROLE_ASSIGNMENTS),
                                optional(facts, FactKind.AZURE_FURTHER_ASSIGNMENTS),
                                optional(facts, FactKind.AZURE_PIM_ASSIGNMENTS))
                                .stream(),
                        facts.<AzureRoleAssignment>list(FactKind.AZURE_ELIGIBILITIES).stream())
                .toList();
    }

    /** What was read of a kind that not every check asks for. */
    private static <T> List<T> optional(Facts facts, FactKind kind) {
        return facts.asksFor(kind) ? facts.list(kind) : List.of();
    }

    private static RoleAssignment plain(AzureRoleAssignment row, Map<String, String> names, boolean noPim) {
        return new RoleAssignment(
                row.principalId(),
                row.principalType(),
                names.getOrDefault(key(row.principalId()), row.principalName()),
                row.roleId(),
                row.scope(),
                noPim && row.kind() == AssignmentKind.ACTIVE ? AssignmentKind.PERMANENT : row.kind(),
                row.endsAt());
    }

    private static Map<String, String> roleNames(Facts facts, List<AzureRoleAssignment> rows) {
        Map<String, String> names = new HashMap<>();
        AzureAdministrators.<AzureCustomRole>optional(facts, FactKind.AZURE_CUSTOM_ROLES)
                .forEach(role -> names.put(role.id(), role.name()));
        rows.forEach(row ->
                names.merge(key(row.roleId()), row.roleName(), (one, other) -> one.equals(row.roleId()) ? other : one));
        return names;
    }

    private static Map<String, String> scopeNames(Facts facts) {
        Map<String, String> names = new HashMap<>();
        facts.<AzureManagementGroup>list(FactKind.AZURE_MANAGEMENT_GROUPS)
                .forEach(group -> names.put(key(group.name()), group.displayName()));
        facts.<AzureSubscription>list(FactKind.AZURE_SUBSCRIPTIONS)
                .forEach(subscription -> names.put(key(subscription.id()), subscription.displayName()));
        return names;
    }

    /** The name of a role that somebody holds in Azure; empty for any other. */
    Optional<String> roleName(String roleId) {
        return Optional.ofNullable(roleNames.get(key(roleId)));
    }

    String scopeInWords(String scope) {
        return AzureScope.inWords(scope, scopeNames);
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
