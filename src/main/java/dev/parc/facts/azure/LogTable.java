package dev.parc.facts.azure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of a workspace that receives logs.
 *
 * @param workspaceId as {@link LogWorkspace#id()}
 * @param name as Azure writes it
 * @param days how long it keeps a row, archive counted in; what the workspace keeps where nothing is set for the table
 */
public record LogTable(String workspaceId, String name, int days) {

    private static final Map<String, String> OF_CATEGORIES =
            Map.of("AuditLogs", "AuditLogs", "SignInLogs", "SigninLogs", "Administrative", "AzureActivity");

    /** The categories whose tables are read. */
    public static List<String> categories() {
        return OF_CATEGORIES.keySet().stream().sorted().toList();
    }

    /** The table that logs of a category land in; empty for a category whose table is not read. */
    public static Optional<String> of(String category) {
        return Optional.ofNullable(OF_CATEGORIES.get(category));
    }
}
