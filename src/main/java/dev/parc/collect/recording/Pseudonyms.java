package dev.parc.collect.recording;

import dev.parc.facts.directory.ConsumerMail;
import dev.parc.facts.directory.MicrosoftDomains;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One stand-in for each thing that tells who somebody is; the same for the same thing wherever it occurs. Ids keep their
 * order, so that requests which list ids in order stay the same requests.
 */
final class Pseudonyms {

    static final Pattern GUID =
            Pattern.compile("(?<![0-9a-fA-F])[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![0-9a-fA-F])");

    /** A mail address or user principal name; the mark of a guest is part of what comes before the @. */
    static final Pattern ADDRESS =
            Pattern.compile("([\\p{L}\\p{N}._%+#-]+)@([\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+)");

    private static final Pattern WHOLE_ADDRESS = Pattern.compile("((?i:smtp:|sip:)?)([^\\s@]+)@([^\\s@]+)");
    private static final Pattern DOMAIN = Pattern.compile("[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+");
    private static final int ID_BITS = 128;
    private static final int HEXADECIMAL = 16;
    private static final String GUEST = "#EXT#";
    private static final String ROUTING = ".mail"; // what Exchange puts between a tenant and its hybrid mail

    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> domains = new HashMap<>();
    private final Map<String, String> persons = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();

    /**
     * @param ids every id that occurs
     * @param publicIds those of them that mean the same in every tenant
     * @param domains the tenant's domains
     */
    Pseudonyms(Collection<String> ids, Set<String> publicIds, Collection<String> domains) {
        this.ids.putAll(inOrder(new TreeSet<>(ids), publicIds));
        domains.stream().map(name -> name.toLowerCase(Locale.ROOT)).sorted().forEach(this::domain);
    }

    /**
     * A stand-in for each id, and public ids as they are, all in the order of the originals: between two public ids stand-ins are
     * spread evenly, so that they tell nothing but the order.
     */
    private static Map<String, String> inOrder(SortedSet<String> ids, Set<String> publicIds) {
        Map<String, String> standIns = new HashMap<>();
        List<String> between = new ArrayList<>();
        BigInteger from = BigInteger.ONE.negate();
        for (String id : ids) {
            if (publicIds.contains(id)) {
                BigInteger to = number(id);
                spread(between, from, to, standIns);
                between.clear();
                standIns.put(id, id);
                from = to;
            } else {
                between.add(id);
            }
        }
        spread(between, from, BigInteger.ONE.shiftLeft(ID_BITS), standIns);
        return standIns;
    }

    private static void spread(List<String> ids, BigInteger from, BigInteger to, Map<String, String> standIns) {
        BigInteger parts = BigInteger.valueOf(ids.size() + 1L);
        for (int rank = 0; rank < ids.size(); rank++) {
            BigInteger number = from.add(
                    to.subtract(from).multiply(BigInteger.valueOf(rank + 1L)).divide(parts));
            String digits = "%032x".formatted(number);
            standIns.put(
                    ids.get(rank),
                    String.join(
                            "-",
                            digits.substring(0, 8),
                            digits.substring(8, 12),
                            digits.substring(12, 16),
                            digits.substring(16, 20),
                            digits.substring(20)));
        }
    }

    private static BigInteger number(String id) {
        return new BigInteger(id.replace("-", ""), HEXADECIMAL);
    }

    /** The stand-in of an id; of one that occurs nowhere else, none. */
    Optional<String> id(String text) {
        return Optional.ofNullable(ids.get(text.toLowerCase(Locale.ROOT)));
    }

    /** A mail address or sign-in name. */
    Optional<String> address(String text) {
        Matcher address = WHOLE_ADDRESS.matcher(text);
        return address.matches()
                ? Optional.of(address.group(1) + person(address.group(2)) + "@"
                        + domain(address.group(3).toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /** A domain, whosever it is. */
    Optional<String> domainName(String text) {
        return DOMAIN.matcher(text).matches() ? Optional.of(domain(text.toLowerCase(Locale.ROOT))) : Optional.empty();
    }

    /** A name of anything; an address stays an address, and an id an id. */
    String name(String text) {
        if (text.isBlank()) {
            return text;
        }
        return address(text)
                .or(() -> id(text))
                .orElseGet(() -> names.computeIfAbsent(text, key -> "name " + (names.size() + 1)));
    }

    /** A token or composed id that nobody reads. */
    String token(String text) {
        return tokens.computeIfAbsent(text, key -> "redacted" + (tokens.size() + 1));
    }

    /** Of an invited account too, whose name is made from the address it was invited by: {@code ann_fabrikam.com#EXT#}. */
    private String person(String local) {
        if (local.toUpperCase(Locale.ROOT).endsWith(GUEST)) {
            String invited = local.substring(0, local.length() - GUEST.length());
            int at = invited.lastIndexOf('_');
            return (at < 0
                            ? person(invited)
                            : person(invited.substring(0, at)) + "_"
                                    + domain(invited.substring(at + 1).toLowerCase(Locale.ROOT)))
                    + GUEST;
        }
        return persons.computeIfAbsent(local.toLowerCase(Locale.ROOT), key -> "user" + (persons.size() + 1));
    }

    /** Anybody may have an address there, so it tells nothing; and it tells a Microsoft account from a guest. */
    private static boolean isPublic(String domain) {
        return domain.equals("microsoft.com") || ConsumerMail.holds(domain);
    }

    private String domain(String name) {
        if (isPublic(name)) {
            return name;
        }
        return domains.computeIfAbsent(name, key -> {
            String suffix = MicrosoftDomains.ending(key)
                    .map(ending -> key.endsWith(ROUTING + ending) ? ROUTING + ending : ending)
                    .orElse(".example");
            return "domain" + (domains.size() + 1) + suffix;
        });
    }
}
