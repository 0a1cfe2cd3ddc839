package dev.parc.facts.policies;

/**
 * A user, a group, a role, an application or a place that an enabled Conditional Access policy names by its id.
 *
 * @param id the object id of a user or group, the appId of an application, lower case
 * @param name what it is called; the id where it is gone or Graph does not tell
 */
public record PolicyObject(Kind kind, String id, String name, State state) {

    /** What a policy can name by an id that can go. */
    public enum Kind {
        USER("user"),
        GROUP("group"),
        APPLICATION("application"),
        ROLE("role"),
        LOCATION("named location");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** In words. */
        public String title() {
            return title;
        }
    }

    /** Whether the directory has it. */
    public enum State {
        THERE,
        /** It is among the deleted items, and can be restored from there for thirty days. */
        DELETED,
        /** Neither the directory nor its deleted items have it. */
        GONE
    }
}
