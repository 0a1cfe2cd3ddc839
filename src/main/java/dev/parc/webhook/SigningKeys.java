package dev.parc.webhook;

import java.security.SecureRandom;
import java.util.Base64;

/** Keys that sign deliveries. */
public final class SigningKeys {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SigningKeys() {}

    /** A new key, base64. */
    public static String next() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
