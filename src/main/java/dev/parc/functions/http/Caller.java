package dev.parc.functions.http;

/**
 * Who calls the API.
 *
 * @param name to record beside what they write: an object id with its name, or the kind of key
 * @param id to tell in the log, which has no names: an object id, or the kind of key
 * @param role what they may do
 */
public record Caller(String name, String id, Role role) {

    /** One without a name of its own. */
    public Caller(String name, Role role) {
        this(name, name, role);
    }

    /** What a caller may do; each may what those before it may. */
    public enum Role {
        READER,
        OPERATOR
    }

    /** Whether the caller may do what takes this role. */
    public boolean may(Role wanted) {
        return role.compareTo(wanted) >= 0;
    }
}
