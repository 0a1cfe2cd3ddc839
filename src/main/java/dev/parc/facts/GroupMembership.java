package dev.parc.facts;

import java.util.Set;

/**
 * Which of the groups that Conditional Access policies name hold an account, directly or nested.
 *
 * @param groupIds those of the groups asked about that hold it
 */
public record GroupMembership(String accountId, Set<String> groupIds) implements OfPrincipal {

    public GroupMembership {
        groupIds = Set.copyOf(groupIds);
    }

    @Override
    public String principalId() {
        return accountId;
    }
}
