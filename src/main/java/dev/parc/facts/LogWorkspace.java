package dev.parc.facts;

/**
 * A Log Analytics workspace.
 *
 * @param id as Azure Resource Manager writes it, lower case
 * @param retentionDays how long it keeps a table for which nothing else is set
 * @param sentinel whether Microsoft Sentinel works on it
 */
public record LogWorkspace(String id, String name, int retentionDays, boolean sentinel) {}
