package dev.parc.facts;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who holds which role in Azure, by object id in lower case, with the names to tell it by. */
record AzureAdministrators(
        Map<String, Administrator> byId, Map<String, String> roleNames, Map<String, String> scopeNames) {

    /**
     * Puts together what was read. An active assignment whose term is not known is standing where the tenant has no PIM.
     *
     * @param facts with the terms of active assignments at hand or not
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
        return new AzureAdministrators(
                Administrators.resolved(
                                rows.stream()
                                        .map(row -> plain(row, names, noPim))
                                        .toList(),
                                facts,
                                List.of())
                        .byId(),
                roleNames(rows),
                scopeNames(facts));
    }

    /** The rows of all lists; of an active assignment that PIM tells the term of, those rows only. */
    private static List<AzureRoleAssignment> rows(Facts facts) {
        List<AzureRoleAssignment> terms =
                facts.asksFor(FactKind.AZURE_PIM_ASSIGNMENTS) ? facts.list(FactKind.AZURE_PIM_ASSIGNMENTS) : List.of();
        Set<String> told = terms.stream().map(AzureAdministrators::key).collect(Collectors.toSet());
        return Stream.of(
                        facts.<AzureRoleAssignment>list(FactKind.AZURE_ROLE_ASSIGNMENTS).stream()
                                .filter(row -> !told.contains(key(row))),
                        terms.stream(),
                        facts.<AzureRoleAssignment>list(FactKind.AZURE_ELIGIBILITIES).stream())
                .flatMap(all -> all)
                .toList();
    }

    private static String key(AzureRoleAssignment row) {
        return key(row.principalId() + "|" + row.roleId() + "|" + row.scope());
    }

    private static RoleAssignment plain(AzureRoleAssignment row, Map<String, String> names, boolean noPim) {
        return new RoleAssignment(
                row.principalId(),
                row.principalType(),
                names.getOrDefault(key(row.principalId()), row.principalName()),
                row.roleId(),
                row.scope(),
                noPim && row.kind() == AssignmentKind.ACTIVE ? AssignmentKind.STANDING : row.kind(),
                row.endsAt());
    }

    private static Map<String, String> roleNames(List<AzureRoleAssignment> rows) {
        Map<String, String> names = new HashMap<>();
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
