package dev.parc.facts;

/**
 * A subscription that PARC's identity sees.
 *
 * @param tenantId the tenant it belongs to; another one where it is delegated to this tenant
 * @param directoryOnly whether it is the old one by which Azure gave access to a directory; it can hold nothing
 */
public record AzureSubscription(String id, String displayName, String tenantId, State state, boolean directoryOnly) {

    /** What Azure says of its life. */
    public enum State {
        ENABLED,
        /** Soon to be disabled; everything runs until then. */
        WARNED,
        /** Not paid; everything runs for now. */
        PAST_DUE,
        /** Nothing runs and nothing can be made, but what is there can be read, and who has rights keeps them. */
        DISABLED,
        /** As disabled, and gone soon. */
        DELETED,
        /** Something that PARC does not know. */
        OTHER
    }

    /** An enabled subscription. */
    public AzureSubscription(String id, String displayName, String tenantId) {
        this(id, displayName, tenantId, State.ENABLED, false);
    }

    /** Its scope, as Azure Resource Manager writes it. */
    public String scope() {
        return "/subscriptions/" + id;
    }

    /** Whether something can run in it: neither disabled nor deleted, nor there for the directory only. */
    public boolean running() {
        return state != State.DISABLED && state != State.DELETED && !directoryOnly;
    }
}
