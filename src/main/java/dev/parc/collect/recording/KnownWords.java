package dev.parc.collect.recording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Words that say nothing of a tenant, because they are published: names, values and types of Microsoft Graph, and whatever
 * PARC's own readers and questions compare with. The resource is generated, and compared with its sources in each build.
 */
final class KnownWords {

    /** The resource, beside this class. */
    static final String RESOURCE = "published.txt";

    /** What a part of the resource holds; its name in brackets is above it. */
    enum Part {
        /** Names of properties, values of enumerations and types, from the models of the Graph SDK. */
        PUBLISHED,
        /** Texts that the readers and questions of PARC compare with, ids too. */
        OWN,
        /** Words of the languages that PARC takes apart: queries, rules, conditions, operations. */
        LANGUAGE
    }

    /** Of an authentication context, of which there are ninety-nine. */
    private static final Pattern CONTEXT = Pattern.compile("c[0-9]{1,2}");

    /** How the ids of the authentication strengths begin that every tenant has. */
    private static final String BUILT_IN_STRENGTH = "00000000-0000-0000-0000-00000000000";

    private final Map<Part, Set<String>> words;

    private KnownWords(Map<Part, Set<String>> words) {
        this.words = words;
    }

    static KnownWords load() {
        Map<Part, Set<String>> words = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            words.put(part, new HashSet<>());
        }
        try (InputStream stream = KnownWords.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing in this build");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            Set<String> into = new HashSet<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("[")) {
                    into = words.computeIfAbsent(
                            Part.valueOf(line.substring(1, line.length() - 1)), part -> new HashSet<>());
                } else {
                    into.add(line.toLowerCase(Locale.ROOT));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new KnownWords(words);
    }

    /** Whether it is the name of a property that is published, or that PARC asks for. */
    boolean isName(String name) {
        return has(Part.PUBLISHED, name) || has(Part.OWN, name);
    }

    /** Whether the whole text is a published value, or one that PARC compares with. */
    boolean isWord(String text) {
        return isName(text) || CONTEXT.matcher(text).matches();
    }

    /** Whether a word may stand in a query, rule, condition or operation, whatever the tenant. */
    boolean isOfLanguage(String word) {
        return word.length() == 1 || has(Part.LANGUAGE, word) || isWord(word);
    }

    /** Whether an id means the same in every tenant: that of a built-in role, a licence, a permission, an application. */
    boolean isPublicId(String id) {
        return has(Part.OWN, id) || id.startsWith(BUILT_IN_STRENGTH);
    }

    private boolean has(Part part, String text) {
        Set<String> all = words.get(part);
        return all != null && all.contains(text.toLowerCase(Locale.ROOT));
    }
}
