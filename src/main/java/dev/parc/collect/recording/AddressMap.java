package dev.parc.collect.recording;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other ranges of addresses for those of a tenant. Two ranges that begin alike begin alike afterwards, as far as they did, so that what
 * lies inside, overlaps or fills the whole space still does; nothing else of an address stays. Which it becomes depends on a key
 * that is thrown away.
 */
final class AddressMap {

    private static final Pattern RANGE = Pattern.compile("([0-9.]{7,15}|[0-9A-Fa-f:.]{2,45})/([0-9]{1,3})");
    private static final int KEY_BYTES = 32;

    private final byte[] key = new byte[KEY_BYTES];

    AddressMap() {
        new SecureRandom().nextBytes(key);
    }

    /** The range that stands for this one; empty for what is no range. */
    Optional<String> of(String range) {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            byte[] address = InetAddress.getByName(matcher.group(1)).getAddress(); // digits: no name is looked up
            int length = Integer.parseInt(matcher.group(2));
            if (length > address.length * Byte.SIZE) {
                return Optional.empty();
            }
            return Optional.of(InetAddress.getByAddress(mapped(address, length)).getHostAddress() + "/" + length);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private byte[] mapped(byte[] address, int length) {
        byte[] mapped = new byte[address.length];
        StringBuilder before = new StringBuilder(address.length == 4 ? "4:" : "6:");
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            boolean set = (address[bit / Byte.SIZE] & mask) != 0;
            if (set != flips(before.toString())) {
                mapped[bit / Byte.SIZE] |= (byte) mask;
            }
            before.append(set ? '1' : '0');
        }
        return mapped;
    }

    private boolean flips(String before) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key);
            return (digest.digest(before.getBytes(StandardCharsets.UTF_8))[0] & 1) != 0;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
