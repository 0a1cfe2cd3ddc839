package dev.parc.functions.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The kinds of RFC 9457 problem that the API answers. The {@code type} of each is stable: clients rely on it. */
public enum Problem {
    INVALID_REQUEST(400, "The request is not valid"),
    UNAUTHENTICATED(401, "The caller is not authenticated"),
    FORBIDDEN(403, "The caller is not allowed to do this"),
    UNKNOWN_STAGE(404, "Unknown stage"),
    UNKNOWN_CHECK(404, "Unknown item"),
    UNKNOWN_STATEMENT(404, "Unknown statement"),
    UNKNOWN_ACCOUNT(404, "Unknown administrator"),
    UNKNOWN_WAIVER(404, "Unknown waiver"),
    UNKNOWN_ACKNOWLEDGEMENT(404, "Unknown acknowledgement"),
    UNKNOWN_RUN(404, "Unknown run"),
    UNKNOWN_WHAT_IF(404, "Unknown proof of a change"),
    UNKNOWN_ROUTE(404, "Nothing at this address"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    RUN_NOT_ENDED(409, "The run is still in progress"),
    PRECONDITION_FAILED(412, "It has changed since it was read"),
    TOO_LARGE(413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The content type is not supported"),
    UNKNOWN_HOST(421, "The request is for another host"),
    PRECONDITION_REQUIRED(428, "If-Match or If-None-Match is required"),
    INTERNAL(500, "Unexpected error"),
    SETTINGS(500, "A setting is invalid"),
    BUSY(503, "Too many requests"),
    TENANT_UNREACHABLE(503, "The tenant cannot be reached"),
    STORE_UNREACHABLE(503, "The store cannot be reached");

    /** The content type of a problem document. */
    public static final String CONTENT_TYPE = "application/problem+json";

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status that goes with it as a rule. */
    public int status() {
        return status;
    }

    /** The reply with this problem; the detail is one line that says what to do. */
    public Reply reply(String detail) {
        return reply(status, detail);
    }

    /** The same with another status. */
    public Reply reply(int otherStatus, String detail) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "type",
                        "urn:parc:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("title", title)
                .put("status", otherStatus)
                .put("detail", detail);
        return new Reply(otherStatus, CONTENT_TYPE, document.toString());
    }
}
