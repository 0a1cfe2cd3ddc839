package dev.parc.collect.http;

import java.util.Map;
import java.util.Optional;

/**
 * A whole answer.
 *
 * @param status of HTTP, or {@link #NO_ANSWER}
 * @param headers single-valued, by lower-case name
 * @param body as text; empty if there is none
 */
public record WireResponse(int status, Map<String, String> headers, String body) {

    /**
     * The status where there is no answer and asking again would not bring one; {@code error.message} of the body is
     * the reason, a phrase to stand after "because". A transport that can be asked again throws instead.
     */
    public static final int NO_ANSWER = 0;

    public WireResponse {
        headers = Map.copyOf(headers);
    }

    /**
     * There is no answer, and asking again would not bring one.
     *
     * @param reason a phrase to stand after "because"
     */
    public static WireResponse unanswered(String reason) {
        return new WireResponse(
                NO_ANSWER,
                Map.of(),
                JsonBody.object(Map.of("error", Map.of("message", reason))).toString());
    }

    /** The value of a header, by its lower-case name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
