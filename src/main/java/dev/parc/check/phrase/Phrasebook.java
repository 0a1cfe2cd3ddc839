package dev.parc.check.phrase;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The templates of what findings say, {@code phrases.properties} beside this class: the one place where their words stand.
 * <p>In a template, <code>{role}</code> stands for the detail of that name. <code>[days:day|days]</code> is the first of the two
 * where the number of that name is one. {@code <; holds {roles}>} is left out where one of its details is not
 * there or is empty.
 */
public final class Phrasebook {

    /** The book that PARC speaks by. */
    public static final Phrasebook ENGLISH = load();

    private static final String NAME = "[a-zA-Z]+";
    private static final Pattern PART = Pattern.compile("\\{(" + NAME + ")}|\\[(" + NAME + "):([^|\\]]*)\\|([^\\]]*)]");
    private static final Pattern OPTIONAL = Pattern.compile("<([^<>]*)>");

    private final Map<String, String> templates;

    /**
     * A book.
     *
     * @param templates by their keys
     */
    Phrasebook(Map<String, String> templates) {
        this.templates = new TreeMap<>(templates);
    }

    /** The keys of all phrases, in order. */
    public Set<String> keys() {
        return new TreeSet<>(templates.keySet());
    }

    /**
     * The sentence, to stand after the name of the finding's subject.
     *
     * @throws IllegalArgumentException if the book has no such phrase, or the phrase asks for a detail that is not there
     */
    String say(Details details) {
        String template = templates.get(details.phrase());
        if (template == null) {
            throw new IllegalArgumentException("no phrase " + details.phrase());
        }
        Map<String, Detail> values =
                details.values().stream().collect(Collectors.toMap(Detail::name, Function.identity()));
        StringBuilder said = new StringBuilder();
        Matcher optional = OPTIONAL.matcher(template);
        int end = 0;
        while (optional.find()) {
            said.append(fill(template.substring(end, optional.start()), values, details.phrase()));
            if (names(optional.group(1)).stream()
                    .allMatch(name ->
                            values.containsKey(name) && !values.get(name).text().isEmpty())) {
                said.append(fill(optional.group(1), values, details.phrase()));
            }
            end = optional.end();
        }
        return said.append(fill(template.substring(end), values, details.phrase()))
                .toString();
    }

    /** The names of the details that a template asks for. */
    static Set<String> names(String template) {
        return PART.matcher(template)
                .results()
                .map(part -> part.group(1) == null ? part.group(2) : part.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String fill(String text, Map<String, Detail> values, String phrase) {
        return PART.matcher(text).replaceAll(part -> {
            String name = part.group(1) == null ? part.group(2) : part.group(1);
            Detail value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("no detail " + name + " for the phrase " + phrase);
            }
            return Matcher.quoteReplacement(
                    part.group(1) != null
                            ? value.text()
                            : value.count().orElse(0) == 1 ? part.group(3) : part.group(4));
        });
    }

    private static Phrasebook load() {
        ResourceBundle read = ResourceBundle.getBundle(
                Phrasebook.class.getPackageName() + ".phrases",
                Locale.ROOT,
                Phrasebook.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        return new Phrasebook(read.keySet().stream().collect(Collectors.toMap(Function.identity(), read::getString)));
    }
}
