package dev.parc.collect.recording;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.JsonBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Answers as one text that a store can keep: JSON, packed, in ASCII. */
final class PackedAnswers {

    private static final int MOST_BYTES = 256 * 1024 * 1024;

    private PackedAnswers() {}

    static String pack(Map<Recorded, RecordedAnswer> answers) {
        List<Map<String, Object>> list = new ArrayList<>();
        answers.forEach((request, answer) -> list.add(Map.of(
                "method", request.method(),
                "request", request.target().toString(),
                "asked", request.body(),
                "status", answer.status(),
                "body", answer.body())));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write(JsonBody.object(Map.of("answers", list)).toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** @throws TenantException if the text is broken */
    static Map<Recorded, RecordedAnswer> unpack(String text) {
        try (InputStream packed =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            byte[] bytes = packed.readNBytes(MOST_BYTES);
            Map<Recorded, RecordedAnswer> answers = new HashMap<>();
            for (JsonNode one :
                    JsonBody.whole(new String(bytes, StandardCharsets.UTF_8)).path("answers")) {
                answers.put(
                        Recorded.of(
                                one.path("method").asText(),
                                one.path("request").asText(),
                                one.path("asked").asText()),
                        new RecordedAnswer(
                                one.path("status").asInt(), one.path("body").asText()));
            }
            return answers;
        } catch (IOException | IllegalArgumentException e) {
            throw new TenantException("the data read for a block of subscriptions is damaged: start another run", e);
        }
    }
}
