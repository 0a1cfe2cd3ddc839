package dev.parc.collect.recording;

import dev.parc.facts.ConsumerMail;
import dev.parc.facts.MicrosoftDomains;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
    private static final String GUEST = "#EXT#";
    private static final String ROUTING = ".mail"; // what Exchange puts between a tenant and its hybrid mail

    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> domains = new HashMap<>();
    private final Map<String, String> persons = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();
    private final Pattern anyDomain;

    /**
     * @param ids every id that occurs
     * @param publicIds those of them that mean the same in every tenant
     * @param domains the tenant's domains
     */
    Pseudonyms(Collection<String> ids, Set<String> publicIds, Collection<String> domains) {
        List<String> ordered = ids.stream().distinct().sorted().toList();
        for (int rank = 0; rank < ordered.size(); rank++) {
            String id = ordered.get(rank);
            boolean meansTheSame = publicIds.contains(id) || id.startsWith("00000000-0000-");
            this.ids.put(id, meansTheSame ? id : "%08x-0000-4000-8000-%012x".formatted(rank + 1, rank + 1));
        }
        Set<String> lower =
                domains.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        lower.stream().sorted().forEach(this::domain);
        String alternatives = lower.stream()
                .filter(name -> !isPublic(name))
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.anyDomain = Pattern.compile(
                alternatives.isEmpty() ? "(?!)" : "(?<![\\p{L}\\p{N}-])(" + alternatives + ")(?![\\p{L}\\p{N}-])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** A text in which ids, addresses and domains are replaced wherever they stand. */
    String inText(String text) {
        String withoutIds = GUID.matcher(text)
                .replaceAll(found -> ids.getOrDefault(found.group().toLowerCase(Locale.ROOT), found.group()));
        String withoutAddresses = ADDRESS.matcher(withoutIds).replaceAll(found -> {
            String standIn =
                    person(found.group(1)) + "@" + domain(found.group(2).toLowerCase(Locale.ROOT));
            return Matcher.quoteReplacement(standIn);
        });
        return anyDomain
                .matcher(withoutAddresses)
                .replaceAll(found -> domain(found.group().toLowerCase(Locale.ROOT)));
    }

    /** A name of anything; an address stays an address, and an id an id. */
    String name(String text) {
        if (text.isBlank()) {
            return text;
        }
        Matcher address = WHOLE_ADDRESS.matcher(text);
        if (address.matches()) {
            return address.group(1) + person(address.group(2)) + "@"
                    + domain(address.group(3).toLowerCase(Locale.ROOT));
        }
        return GUID.matcher(text).matches()
                ? inText(text)
                : names.computeIfAbsent(text, key -> "name " + (names.size() + 1));
    }

    /** A token or composed id that nobody reads. */
    String token(String text) {
        return tokens.computeIfAbsent(text, key -> "token-" + (tokens.size() + 1));
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
