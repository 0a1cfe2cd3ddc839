package dev.parc.facts.directory;

/** One owner of a group that leads to a role: no member, but able to make itself one. */
public record GroupOwner(
        String groupId, String groupName, String principalId, PrincipalType principalType, String principalName) {}
