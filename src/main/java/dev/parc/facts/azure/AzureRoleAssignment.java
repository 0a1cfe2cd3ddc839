package dev.parc.facts.azure;

import dev.parc.facts.FactKind;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.RoleAssignment;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One role assignment of Azure, before groups are resolved: active or eligible.
 *
 * @param principalName the principal's name as Azure gave it, or its id where it gave none
 * @param roleId the GUID of the role definition
 * @param roleName the role's name, or its id where neither Azure nor PARC has one
 * @param scope as Azure Resource Manager writes it; {@code /} is the root scope
 * @param convertedClassicAdministrator whether Azure made the assignment itself when it retired classic administrators;
 *     its description says so
 * @param kind ACTIVE where it is not known for how long, as Azure Resource Graph does not tell
 * @param custom whether Azure said that the role is one of the tenant's own; it does not always say
 * @param condition what limits the assignment, as Azure writes it; empty too where the list does not tell conditions
 */
public record AzureRoleAssignment(
        String principalId,
        PrincipalType principalType,
        String principalName,
        String roleId,
        String roleName,
        String scope,
        AssignmentKind kind,
        Optional<Instant> endsAt,
        boolean convertedClassicAdministrator,
        boolean custom,
        Optional<String> condition) {

    /** One of a built-in role, without a condition. */
    public AzureRoleAssignment(
            String principalId,
            PrincipalType principalType,
            String principalName,
            String roleId,
            String roleName,
            String scope,
            AssignmentKind kind,
            Optional<Instant> endsAt,
            boolean convertedClassicAdministrator) {
        this(
                principalId,
                principalType,
                principalName,
                roleId,
                roleName,
                scope,
                kind,
                endsAt,
                convertedClassicAdministrator,
                false,
                Optional.empty());
    }

    /**
     * What the lists of active assignments say together, each assignment once: by the list that tells its term where that
     * has it, and under its condition whichever list tells that.
     *
     * @param plain {@link FactKind#AZURE_ROLE_ASSIGNMENTS}
     * @param further {@link FactKind#AZURE_FURTHER_ASSIGNMENTS}, or none
     * @param terms {@link FactKind#AZURE_PIM_ASSIGNMENTS}, or none
     */
    public static List<AzureRoleAssignment> joined(
            List<AzureRoleAssignment> plain, List<AzureRoleAssignment> further, List<AzureRoleAssignment> terms) {
        Map<String, String> conditions = new HashMap<>();
        Stream.of(plain, further, terms)
                .flatMap(List::stream)
                .forEach(row -> row.condition().ifPresent(condition -> conditions.put(row.key(), condition)));
        Set<String> told = keys(terms);
        Set<String> known = keys(plain);
        return Stream.of(
                        plain.stream().filter(row -> !told.contains(row.key())),
                        further.stream().filter(row -> !told.contains(row.key()) && !known.contains(row.key())),
                        terms.stream())
                .flatMap(all -> all)
                .map(row -> Optional.ofNullable(conditions.get(row.key()))
                        .map(row::under)
                        .orElse(row))
                .toList();
    }

    private static Set<String> keys(List<AzureRoleAssignment> rows) {
        return rows.stream().map(AzureRoleAssignment::key).collect(Collectors.toSet());
    }

    private String key() {
        return (principalId + "|" + roleId + "|" + scope).toLowerCase(Locale.ROOT);
    }

    /** The same under a condition that another list tells. */
    private AzureRoleAssignment under(String condition) {
        return new AzureRoleAssignment(
                principalId,
                principalType,
                principalName,
                roleId,
                roleName,
                scope,
                kind,
                endsAt,
                convertedClassicAdministrator,
                custom,
                Optional.of(condition));
    }

    /** How far up it is. */
    public AzureScope level() {
        return AzureScope.of(scope);
    }

    /** The same without what only Azure tells. */
    public RoleAssignment plain() {
        return new RoleAssignment(principalId, principalType, principalName, roleId, scope, kind, endsAt);
    }
}
