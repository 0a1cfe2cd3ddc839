package dev.parc.facts.policies;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of IPv4 or IPv6 addresses in CIDR notation: all addresses from the first to the last. */
public record AddressRange(boolean six, Address first, Address last) {

    /** An address as an unsigned number of 128 bits. */
    public record Address(long high, long low) implements Comparable<Address> {

        private static final Comparator<Address> ORDER = Comparator.comparing(Address::high, Long::compareUnsigned)
                .thenComparing(Address::low, Long::compareUnsigned);

        @Override
        public int compareTo(Address other) {
            return ORDER.compare(this, other);
        }

        /** The next higher address; meaningless for the highest. */
        public Address next() {
            return new Address(low == -1 ? high + 1 : high, low + 1);
        }

        private Address with(Address bits) {
            return new Address(high | bits.high, low | bits.low);
        }

        private Address without(Address bits) {
            return new Address(high & ~bits.high, low & ~bits.low);
        }
    }

    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9A-Fa-f]{1,4}");

    /**
     * The range; empty for anything but a complete address, a slash and a length. Bits beyond the length say nothing: the
     * range is that of the prefix. Source: RFC 4632, 3.1.
     */
    public static Optional<AddressRange> parse(String cidr) {
        String[] parts = cidr.split("/", -1);
        if (parts.length != 2 || !DECIMAL.matcher(parts[1]).matches()) {
            return Optional.empty();
        }
        boolean six = parts[0].contains(":");
        int free = (six ? 128 : 32) - Integer.parseInt(parts[1]);
        if (free < 0) {
            return Optional.empty();
        }
        Address rest = lowest(free);
        return (six ? six(parts[0]) : four(parts[0]))
                .map(address -> address.without(rest))
                .map(address -> new AddressRange(six, address, address.with(rest)));
    }

    public boolean isLastOfAll() {
        return six ? last.equals(lowest(128)) : last.equals(lowest(32));
    }

    private static Address lowest(int bits) {
        return new Address(
                bits <= 64 ? 0 : bits == 128 ? -1 : (1L << (bits - 64)) - 1, bits >= 64 ? -1 : (1L << bits) - 1);
    }

    private static Optional<Address> four(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        long value = 0;
        for (String part : parts) {
            if (!DECIMAL.matcher(part).matches() || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            value = value << 8 | Integer.parseInt(part);
        }
        return Optional.of(new Address(0, value));
    }

    private static Optional<Address> six(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            String[] groups = text.split(":", -1);
            return groups.length == 8 ? address(groups, new String[0]) : Optional.empty();
        }
        String[] before = groups(text.substring(0, gap));
        String[] after = groups(text.substring(gap + 2));
        return before.length + after.length < 8 ? address(before, after) : Optional.empty();
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static Optional<Address> address(String[] before, String[] after) {
        long[] halves = new long[2];
        for (int i = 0; i < before.length + after.length; i++) {
            String group = i < before.length ? before[i] : after[i - before.length];
            if (!HEXADECIMAL.matcher(group).matches()) {
                return Optional.empty();
            }
            int place = i < before.length ? i : 8 - after.length + i - before.length;
            halves[place / 4] |= Long.parseLong(group, 16) << (48 - 16 * (place % 4));
        }
        return Optional.of(new Address(halves[0], halves[1]));
    }
}
