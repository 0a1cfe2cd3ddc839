package dev.parc.facts.roles;

import dev.parc.facts.directory.PrincipalType;

/** One PIM for Groups assignment: membership or ownership of a group, active or eligible. */
public record GroupGrant(
        String groupId,
        String groupName,
        String principalId,
        PrincipalType principalType,
        String principalName,
        Access access,
        AssignmentKind kind) {

    /** What is granted; an owner is no member but can make itself one. */
    public enum Access {
        MEMBER,
        OWNER
    }

    /** Whether it has to be activated, or has an end: who has it is not in the group for good. */
    public boolean ends() {
        return kind != AssignmentKind.PERMANENT;
    }
}
