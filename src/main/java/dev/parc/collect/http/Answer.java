package dev.parc.collect.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.AwaitedPermissions;
import java.util.Optional;
import java.util.Set;

/** What became of one request to Graph, after retries and paging. */
public sealed interface Answer {

    /** The whole body; of a collection, {@code value} holds the items of every page. */
    record Value(JsonNode body) implements Answer {}

    /**
     * Graph answered with an error that no retry will change.
     *
     * @param code {@code error.code}, for example Authorization_RequestDenied; empty text where there is none
     * @param held the application permissions of Microsoft Graph that the identity had when it asked; empty if nothing tells
     * @param awaited what was granted and was not held yet; empty if nothing tells
     */
    record Refused(
            int status, String code, String message, Optional<Set<String>> held, Optional<AwaitedPermissions> awaited)
            implements Answer {

        public Refused {
            held = held.map(Set::copyOf);
        }

        /** Where nothing tells what the identity had. */
        public Refused(int status, String code, String message) {
            this(status, code, message, Optional.empty(), Optional.empty());
        }

        /** The same, asked with these permissions. */
        public Refused with(Optional<Set<String>> permissions, Optional<AwaitedPermissions> granted) {
            return new Refused(status, code, message, permissions, granted);
        }
    }

    /**
     * No usable answer: throttled to the end of the budget, unreachable, cut off, not in the snapshot.
     *
     * @param reason a phrase to stand after "because"
     */
    record Failed(String reason) implements Answer {}
}
