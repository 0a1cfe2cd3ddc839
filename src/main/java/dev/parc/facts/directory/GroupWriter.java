package dev.parc.facts.directory;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An application that may change the members of any group that carries no roles, by an application permission of Microsoft
 * Graph. Groups to which roles can be assigned, and those under restricted management, are out of its reach.
 *
 * @param permission the name of the permission
 */
public record GroupWriter(String principalId, String principalName, String permission) {

    /** By the id of the app role on Microsoft Graph. Source: "Microsoft Graph permissions reference". */
    private static final Map<String, String> PERMISSIONS = Map.of(
            "62a82d76-70ea-41e2-9197-370581804d09", "Group.ReadWrite.All",
            "dbaae8cf-10b5-4b86-a4a1-f871c94c6695", "GroupMember.ReadWrite.All",
            "19dbc75e-c2e2-444c-a770-ec69d8559fc7", "Directory.ReadWrite.All");

    /** Whether it reaches the rules of dynamic groups too, and not only whom somebody put into a group. */
    public boolean changesRules() {
        return !permission.startsWith("GroupMember.");
    }

    /** The permission of this app role id; empty for one by which no group changes. */
    public static Optional<String> permission(String appRoleId) {
        return Optional.ofNullable(PERMISSIONS.get(appRoleId.toLowerCase(Locale.ROOT)));
    }
}
