package dev.parc.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One delivery, signed as <a href="https://www.standardwebhooks.com/">Standard Webhooks</a> asks: the same id at every
 * attempt, so that a receiver can drop what it has, and a signature over id, time and body.
 *
 * @param id of the delivery
 * @param body JSON
 */
record Delivery(String id, String body) {

    private static final String ALGORITHM = "HmacSHA256";

    /**
     * The headers that let the receiver check it.
     *
     * @param key base64
     */
    Map<String, String> headers(String key, Instant now) {
        String seconds = Long.toString(now.getEpochSecond());
        return Map.of(
                "webhook-id", id,
                "webhook-timestamp", seconds,
                "webhook-signature", "v1," + signature(key, id + "." + seconds + "." + body));
    }

    private static String signature(String key, String content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
