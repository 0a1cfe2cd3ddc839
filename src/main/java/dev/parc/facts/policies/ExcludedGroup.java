package dev.parc.facts.policies;

import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.SyncState;
import java.util.List;
import java.util.Optional;

/**
 * A group that an enabled Conditional Access policy excludes, and what says who may change its members.
 *
 * @param exists whether the directory has it
 * @param roleAssignable whether roles can be assigned to it, so that few may change its members
 * @param managementRestricted whether it is in a restricted management administrative unit
 * @param membershipRule the rule by which members come and go, where it is a dynamic group
 * @param sync whether its members are those of a group on-premises
 * @param owners who can add members without any role
 */
public record ExcludedGroup(
        String id,
        String displayName,
        boolean exists,
        boolean roleAssignable,
        boolean managementRestricted,
        Optional<String> membershipRule,
        SyncState sync,
        List<Principal> owners) {

    /** Somebody by id, type and name. */
    public record Principal(String id, PrincipalType type, String name) {}

    public ExcludedGroup {
        owners = List.copyOf(owners);
    }

    /** One that a policy names and the directory does not have. */
    public static ExcludedGroup deleted(String id) {
        return new ExcludedGroup(id, id, false, false, false, Optional.empty(), SyncState.NEVER_SYNCED, List.of());
    }

    /** Whether only those who may give roles, or administrators of its restricted unit, can change who is in it. */
    public boolean guarded() {
        return roleAssignable || managementRestricted;
    }
}
