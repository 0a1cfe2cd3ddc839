package dev.parc.collect;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Permissions of Microsoft Graph that were granted to the identity and are not in the token that it asks with.
 *
 * @param until when it asks with another token at the latest
 */
public record AwaitedPermissions(Set<String> permissions, Instant until) {

    public AwaitedPermissions {
        permissions = Set.copyOf(permissions);
    }

    /** When they count, a phrase. */
    public String inWords() {
        return "the token is renewed by " + until.truncatedTo(ChronoUnit.MINUTES) + " at the latest";
    }
}
