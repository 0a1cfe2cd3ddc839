package dev.parc.facts.azure;

/**
 * Whether Microsoft Sentinel works on a workspace that receives logs.
 *
 * @param workspaceId as {@link LogWorkspace#id()}
 */
public record SentinelOnboarding(String workspaceId, boolean onboarded) {}
