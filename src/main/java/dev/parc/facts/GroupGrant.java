package dev.parc.facts;

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
}
