package dev.parc.report.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids that are the same whenever the same thing is written: version 5 UUIDs of RFC 9562. */
public final class StableId {

    /** The name space of everything that PARC names; made up once, and never changed. */
    private static final UUID PARC = UUID.fromString("6d0f8a52-6c0e-4f0b-9d8e-3f5a1f6e2b41");

    private StableId() {}

    /** The id of what these words name together. */
    public static String of(String... words) {
        return of(PARC, String.join("\n", words));
    }

    /** The id of a name within a name space. */
    public static String of(UUID space, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer named = ByteBuffer.allocate(16 + bytes.length)
                .putLong(space.getMostSignificantBits())
                .putLong(space.getLeastSignificantBits())
                .put(bytes);
        ByteBuffer digest = ByteBuffer.wrap(sha1(named.array()));
        long most = (digest.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x5000L;
        long least = (digest.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(most, least).toString();
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
