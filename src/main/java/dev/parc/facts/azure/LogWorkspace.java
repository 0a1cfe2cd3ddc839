package dev.parc.facts.azure;

/**
 * A Log Analytics workspace.
 *
 * @param id as Azure Resource Manager writes it, lower case
 * @param retentionDays how long it keeps a table for which nothing else is set
 * @param sentinelSolution whether the solution of Microsoft Sentinel is on it, which alone onboards nothing: {@link
 *     SentinelOnboarding} decides
 * @param path its id as Azure wrote it, to ask for what belongs to it
 */
public record LogWorkspace(String id, String name, int retentionDays, boolean sentinelSolution, String path) {}
