package dev.parc.facts.directory;

/**
 * One direct, active member of a group that leads to a role.
 *
 * @param termKnown whether what PIM for Groups says of this group was read: without it nobody can tell for how long
 */
public record GroupMember(
        String groupId,
        String groupName,
        String principalId,
        PrincipalType principalType,
        String principalName,
        boolean termKnown) {

    /** One of a group of which it is known what PIM for Groups says. */
    public GroupMember(
            String groupId, String groupName, String principalId, PrincipalType principalType, String principalName) {
        this(groupId, groupName, principalId, principalType, principalName, true);
    }
}
