package dev.parc.facts;

import java.time.Instant;
import java.util.Optional;

/**
 * One row of a role assignment list, before groups are resolved.
 *
 * @param principalName the principal's name as the list gave it, or its id where it gave none
 * @param roleId the id of the role definition
 * @param scope {@code /} for the whole tenant, else the administrative unit or application it is limited to
 */
public record RoleAssignment(
        String principalId,
        PrincipalType principalType,
        String principalName,
        String roleId,
        String scope,
        AssignmentKind kind,
        Optional<Instant> endsAt) {}
