package dev.parc.facts;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Built-in roles of Azure, known by the ids that they have in every tenant. */
public enum AzureRole {
    OWNER("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner"),
    USER_ACCESS_ADMINISTRATOR("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator"),
    RBAC_ADMINISTRATOR("f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator"),
    VIRTUAL_MACHINE_ADMINISTRATOR_LOGIN("1c0163c0-47e6-4577-8991-ea5c82e286e4", "Virtual Machine Administrator Login"),
    CONTRIBUTOR("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor"),
    READER("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader");

    /** The roles with which one can give roles, to oneself too. */
    public static final Set<AzureRole> GIVE_ROLES = Set.of(OWNER, USER_ACCESS_ADMINISTRATOR, RBAC_ADMINISTRATOR);

    private final String id;
    private final String title;

    AzureRole(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** The role with this id; empty for a custom role and for one that PARC does not name. */
    public static Optional<AzureRole> of(String id) {
        return Stream.of(values()).filter(role -> role.id.equalsIgnoreCase(id)).findFirst();
    }

    /** The id of its role definition. */
    public String id() {
        return id;
    }

    /** The role's name in English. */
    public String title() {
        return title;
    }
}
