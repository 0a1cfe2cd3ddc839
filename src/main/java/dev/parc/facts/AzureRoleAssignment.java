package dev.parc.facts;

import java.time.Instant;
import java.util.Optional;

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
        boolean convertedClassicAdministrator) {

    /** How far up it is. */
    public AzureScope level() {
        return AzureScope.of(scope);
    }

    /** The same without what only Azure tells. */
    RoleAssignment plain() {
        return new RoleAssignment(principalId, principalType, principalName, roleId, scope, kind, endsAt);
    }
}
