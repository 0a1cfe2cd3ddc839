package dev.parc.facts;

/** One direct, active member of a group that leads to a role. */
public record GroupMember(
        String groupId, String groupName, String principalId, PrincipalType principalType, String principalName) {}
