package dev.parc.facts;

/**
 * One principal that a kind of fact tells nothing of, though the kind was read: one holder in the dark, and not the end of
 * the list.
 *
 * @param principalId the object id of a holder, or of a group that leads to a role
 * @param reason why, to stand after the name: what was answered, and what to do about it
 */
public record Unseen(String principalId, Cause cause, String reason) {

    /** Of something that nothing of this directory has the id of. */
    public static Unseen unresolved(String principalId) {
        return new Unseen(
                principalId,
                Cause.UNRESOLVED,
                "is no user, group or service principal of this directory: it is a partner's, left over, or of a type that"
                        + " PARC does not know; ask before you remove it");
    }

    /** Whether there will ever be more to see. */
    public enum Cause {
        /**
         * Nothing of this directory has the id: it is a partner's, or left over, or of a type that PARC does not know. That is
         * an answer, and no permission changes it.
         */
        UNRESOLVED,
        /** It was refused, cut off or unusable; another run may read it. */
        UNREAD
    }
}
