package dev.parc.facts.roles;

import dev.parc.facts.directory.PrincipalType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * One row of a role assignment list, before groups are resolved.
 *
 * @param principalName the principal's name as the list gave it, or its id where it gave none
 * @param roleId the id of the role definition
 * @param scope {@code /} for the whole tenant, else the administrative unit or application it is limited to
 * @param beganAt since when somebody is eligible; empty where that was not told, and for what is no eligibility
 */
public record RoleAssignment(
        String principalId,
        PrincipalType principalType,
        String principalName,
        String roleId,
        String scope,
        AssignmentKind kind,
        Optional<Instant> endsAt,
        Optional<Instant> beganAt) {

    /** One of which it is not told when it began. */
    public RoleAssignment(
            String principalId,
            PrincipalType principalType,
            String principalName,
            String roleId,
            String scope,
            AssignmentKind kind,
            Optional<Instant> endsAt) {
        this(principalId, principalType, principalName, roleId, scope, kind, endsAt, Optional.empty());
    }

    /**
     * One that is not in force yet: it counts for nothing until it begins.
     *
     * @param assignment as it will be then
     */
    public record Later(RoleAssignment assignment, Instant beginsAt) {

        /** What it will be and from when, to stand after the name of the role. */
        public String inWords() {
            return inWords(assignment.kind(), assignment.scope(), beginsAt, assignment.endsAt());
        }

        public static String inWords(AssignmentKind kind, String scope, Instant beginsAt, Optional<Instant> endsAt) {
            return "%s, begins on %s%s%s"
                    .formatted(
                            kind.title(),
                            day(beginsAt),
                            endsAt.map(end -> " and ends on " + day(end)).orElse(""),
                            scope.equals("/") ? "" : ", limited to " + scope);
        }

        private static LocalDate day(Instant at) {
            return at.atOffset(ZoneOffset.UTC).toLocalDate();
        }
    }
}
