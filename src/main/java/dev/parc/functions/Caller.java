package dev.parc.functions;

/**
 * Who calls the API.
 *
 * @param name to record beside what they write: an object id with its name, or the kind of key
 * @param role what they may do
 */
public record Caller(String name, Role role) {

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
