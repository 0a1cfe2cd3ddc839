package dev.parc.facts.roles;

/** Whose holders an item asks about: a holder of other roles cannot change its answer. */
public enum RelevantRoles {
    /** Every role that the item's facts tell of. */
    ALL,
    /** {@link DirectoryRole#HIGHLY_PRIVILEGED}. */
    HIGHLY_PRIVILEGED,
    GLOBAL_ADMINISTRATOR,
    /** Roles in Azure alone. */
    AZURE,
    /** None: what it asks, it asks of accounts that the operator named. */
    NONE;

    public boolean inAzure() {
        return this == ALL || this == AZURE;
    }

    /**
     * Whether the item asks for the directory role.
     *
     * @param templateId of a directory role
     */
    public boolean contains(String templateId) {
        return switch (this) {
            case ALL -> true;
            case HIGHLY_PRIVILEGED ->
                DirectoryRole.HIGHLY_PRIVILEGED.stream()
                        .anyMatch(role -> role.templateId().equals(templateId));
            case GLOBAL_ADMINISTRATOR ->
                DirectoryRole.GLOBAL_ADMINISTRATOR.templateId().equals(templateId);
            case AZURE, NONE -> false;
        };
    }
}
