package dev.parc.collect.reading;

import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.SyncState;
import java.util.Optional;

/** What the answers about roles, groups and accounts have in common. */
public final class Principals {

    private Principals() {}

    /** What is asked of the principal of an assignment, which would come whole: with address, phone and everything else. */
    public static String[] expanded() {
        return new String[] {"principal($select=id,displayName,userPrincipalName)"};
    }

    /**
     * The type that {@code @odata.type} names, one that derives from it included: an agent is a service principal or a user. UNKNOWN
     * where there is none, or one that is not known yet; its object is then found where those of its base type are.
     */
    public static PrincipalType type(Optional<Item> principal) {
        return principal
                .flatMap(it -> it.firstText("@odata.type"))
                .map(type -> switch (type) {
                    case "#microsoft.graph.user", "#microsoft.graph.agentUser" -> PrincipalType.USER;
                    case "#microsoft.graph.group" -> PrincipalType.GROUP;
                    case "#microsoft.graph.servicePrincipal",
                            "#microsoft.graph.agentIdentity",
                            "#microsoft.graph.agentIdentityBlueprintPrincipal" -> PrincipalType.SERVICE_PRINCIPAL;
                    default -> PrincipalType.UNKNOWN;
                })
                .orElse(PrincipalType.UNKNOWN);
    }

    /** The name by which people know it, or its id. */
    public static String name(Optional<Item> principal, String id) {
        return principal
                .flatMap(it -> it.firstText("userPrincipalName", "displayName", "appDisplayName"))
                .orElse(id);
    }

    /** The expanded principal of an assignment; empty if Graph gave none. */
    public static Optional<Item> of(Item assignment) {
        return assignment.has("principal") ? assignment.item("principal") : Optional.empty();
    }

    public static SyncState sync(Item item) {
        return item.flag("onPremisesSyncEnabled")
                .map(on -> on ? SyncState.SYNCED : SyncState.NO_LONGER_SYNCED)
                .orElse(SyncState.NEVER_SYNCED);
    }
}
