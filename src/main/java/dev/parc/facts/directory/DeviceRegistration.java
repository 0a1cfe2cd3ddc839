package dev.parc.facts.directory;

/**
 * The tenant's device registration policy, as far as it makes local administrators.
 *
 * @param joining who may join devices to Microsoft Entra ID
 * @param joinerIsAdministrator whose devices make the user who joins them a local administrator
 * @param globalAdministratorsAreLocal whether Global Administrators become local administrators of devices joined from now on
 * @param localPasswordsKept whether Windows LAPS may back local administrator passwords up to Microsoft Entra ID
 */
public record DeviceRegistration(
        Scope joining, Scope joinerIsAdministrator, boolean globalAdministratorsAreLocal, boolean localPasswordsKept) {

    /** Whom a part of the policy is about. */
    public enum Scope {
        NOBODY,
        SELECTED,
        EVERYBODY
    }
}
