package dev.parc.facts.directory;

/** An application permission of Microsoft Graph that leads to Global Administrator, and who was granted it. */
public record GraphAppRole(String principalId, String principalName, GraphPermission permission) {}
