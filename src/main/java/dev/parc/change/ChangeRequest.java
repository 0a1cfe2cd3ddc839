package dev.parc.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * One request of a change.
 *
 * @param id by which others of the same change name it
 * @param url where it goes; may hold {@code ${id.id}} for the id of what an earlier request creates
 * @param body the object to send; empty where there is none. Not to be changed
 * @param dependsOn ids of the requests that must come before it
 * @param why for a person to read; empty where nobody said
 */
public record ChangeRequest(
        String id, Method method, ChangeUrl url, Optional<ObjectNode> body, List<String> dependsOn, String why) {

    /** The methods that change something. */
    public enum Method {
        POST,
        PATCH,
        PUT,
        DELETE
    }

    public ChangeRequest {
        dependsOn = List.copyOf(dependsOn);
    }

    /** The same to another place with another body. */
    public ChangeRequest with(ChangeUrl otherUrl, Optional<ObjectNode> otherBody) {
        return new ChangeRequest(id, method, otherUrl, otherBody, dependsOn, why);
    }

    /** It in words, to begin a line about it. */
    public String inWords() {
        return "request " + id + " (" + method + " " + url.shown() + ")";
    }
}
