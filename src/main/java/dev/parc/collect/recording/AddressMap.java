package dev.parc.collect.recording;

import dev.parc.facts.policies.NamedLocation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Other ranges of addresses for those of a tenant. Two ranges that begin alike begin alike afterwards, as far as they did, so that what
 * lies inside, overlaps or fills the whole space still does; and what is on the internet, or not, still is. Nothing else of an address stays. Which it becomes depends on a key
 * that is thrown away.
 */
final class AddressMap {

    private static final Pattern RANGE = Pattern.compile("([0-9.]{7,15}|[0-9A-Fa-f:.]{2,45})/([0-9]{1,3})");
    private static final int KEY_BYTES = 32;

    /** The ways to addresses that are not on the internet, bit by bit; they lead there still. */
    private final Set<String> fixed = new HashSet<>();

    private final byte[] key = new byte[KEY_BYTES];

    AddressMap() {
        new SecureRandom().nextBytes(key);
        NamedLocation.NOT_ON_THE_INTERNET.forEach(this::fix);
    }

    /** The range that stands for this one; empty for what is no range. */
    Optional<String> of(String range) {
        return parsed(range)
                .flatMap(parsed ->
                        named(mapped(parsed.address(), parsed.length())).map(name -> name + "/" + parsed.length()));
    }

    @SuppressWarnings("ArrayRecordComponent") // made, taken apart and never compared
    private record Parsed(byte[] address, int length) {}

    private static Optional<Parsed> parsed(String range) {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            byte[] address = InetAddress.getByName(matcher.group(1)).getAddress(); // digits: no name is looked up
            int length = Integer.parseInt(matcher.group(2));
            return length > address.length * Byte.SIZE ? Optional.empty() : Optional.of(new Parsed(address, length));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> named(byte[] address) {
        try {
            return Optional.of(InetAddress.getByAddress(address).getHostAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private void fix(String range) {
        parsed(range).ifPresent(parsed -> {
            StringBuilder before = beginning(parsed.address());
            for (int bit = 0; bit < parsed.length(); bit++) {
                fixed.add(before.toString());
                before.append(isSet(parsed.address(), bit) ? '1' : '0');
            }
        });
    }

    private static StringBuilder beginning(byte[] address) {
        return new StringBuilder(address.length == 4 ? "4:" : "6:");
    }

    private static boolean isSet(byte[] address, int bit) {
        return (address[bit / Byte.SIZE] & 0x80 >> (bit % Byte.SIZE)) != 0;
    }

    private byte[] mapped(byte[] address, int length) {
        byte[] mapped = new byte[address.length];
        StringBuilder before = beginning(address);
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            boolean set = isSet(address, bit);
            if (set != flips(before.toString())) {
                mapped[bit / Byte.SIZE] |= (byte) mask;
            }
            before.append(set ? '1' : '0');
        }
        return mapped;
    }

    private boolean flips(String before) {
        if (fixed.contains(before)) {
            return false;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key);
            return (digest.digest(before.getBytes(StandardCharsets.UTF_8))[0] & 1) != 0;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
