package dev.parc.functions.page;

import com.microsoft.azure.functions.HttpRequestMessage;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.ProblemException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a form sent. */
final class Form {

    /** All statements of a stage with long notes, and room to spare. */
    static final int MOST_BYTES = 512 * 1024;

    private static final int MOST_FIELDS = 2_000;
    private static final int LONGEST = 4_000;

    private final Map<String, List<String>> fields;

    private Form(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /**
     * That of a request.
     *
     * @throws ProblemException with 415 if it is none, with 413 if it is too large, with 400 if it is broken
     */
    static Form of(HttpRequestMessage<Optional<String>> request) {
        if (!Http.contentType(request).equals("application/x-www-form-urlencoded")) {
            throw new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE.reply(
                    "Send a form: Content-Type: application/x-www-form-urlencoded."));
        }
        String body = request.getBody().orElse("");
        if (body.length() > MOST_BYTES) {
            throw new ProblemException(Problem.TOO_LARGE.reply("Send at most 512 KiB."));
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int count = 0;
        for (String pair : body.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            count++;
            String[] parts = pair.split("=", 2);
            String value = decoded(parts.length == 2 ? parts[1] : "");
            if (count > MOST_FIELDS || value.length() > LONGEST) {
                throw invalid(
                        "A form can have at most %,d fields of %,d characters each.".formatted(MOST_FIELDS, LONGEST));
            }
            fields.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>()).add(value);
        }
        return new Form(fields);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("The form is not encoded correctly.");
        }
    }

    /** A problem with what was sent. */
    static ProblemException invalid(String detail) {
        return new ProblemException(Problem.INVALID_REQUEST.reply(detail));
    }

    /** A field's first value, without blanks around it; empty if it is not there or blank. */
    Optional<String> text(String name) {
        return all(name).stream().findFirst().map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A field that must be there. */
    String required(String name) {
        return text(name).orElseThrow(() -> invalid("The field " + name + " is missing."));
    }

    /** All values of a field, in their order. */
    List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** All fields in the order in which they came. */
    Map<String, List<String>> fields() {
        return fields;
    }
}
