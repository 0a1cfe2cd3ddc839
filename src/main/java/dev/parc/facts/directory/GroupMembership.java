package dev.parc.facts.directory;

import java.util.Set;

/**
 * Which of the groups that Conditional Access policies name hold an account, the group of highly exposed users,
 * or a group that somebody joins by PIM for Groups, directly or nested.
 *
 * @param principalId the account, or one of these groups
 * @param groupIds those of the groups asked about that hold it
 * @param joinable the groups that enabled policies exclude, and those nested in them, in which it can activate membership by
 *     PIM for Groups, or ownership, with which it can add itself
 */
public record GroupMembership(String principalId, Set<String> groupIds, Set<String> joinable) implements PrincipalFact {

    public GroupMembership {
        groupIds = Set.copyOf(groupIds);
        joinable = Set.copyOf(joinable);
    }

    /** The membership of a principal that can activate none. */
    public GroupMembership(String principalId, Set<String> groupIds) {
        this(principalId, groupIds, Set.of());
    }
}
