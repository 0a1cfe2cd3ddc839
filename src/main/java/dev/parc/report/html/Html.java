package dev.parc.report.html;

import dev.parc.report.text.VisibleText;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of HTML. The one way to put something into it is {@link #of}: whatever is not HTML already is shown as text, in an
 * element as in a quoted attribute.
 *
 * @param markup HTML that was put together here, or by what makes HTML of Markdown; never a text
 */
public record Html(String markup) {

    /** Nothing. */
    public static final Html NONE = new Html("");

    private static final String PLACE = "{}";

    /**
     * A template with a value in every {@code {}}.
     *
     * @param template written in the source, never made of data
     * @param values HTML as it is, whole numbers with separators, everything else as escaped text
     */
    public static Html of(String template, Object... values) {
        StringBuilder markup = new StringBuilder(template.length() + 32 * values.length);
        int from = 0;
        for (Object value : values) {
            int place = template.indexOf(PLACE, from);
            if (place < 0) {
                throw new IllegalArgumentException("more values than places: " + template);
            }
            markup.append(template, from, place).append(shown(value));
            from = place + PLACE.length();
        }
        if (template.indexOf(PLACE, from) >= 0) {
            throw new IllegalArgumentException("more places than values: " + template);
        }
        return new Html(markup.append(template, from, template.length()).toString());
    }

    private static String shown(Object value) {
        if (value instanceof Html html) {
            return html.markup;
        }
        return value instanceof Integer number ? "%,d".formatted(number) : escaped(VisibleText.of(value.toString()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Text that may hold a name from the tenant, kept apart from the direction of what stands around it. */
    public static Html name(String text) {
        return of("<bdi>{}</bdi>", text);
    }

    /** The same, as a link to its place in a portal if it has one. */
    public static Html name(String text, Optional<String> place) {
        return place.map(address -> of(
                        "<bdi><a class=\"portal\" href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer\">{}</a></bdi>",
                        address,
                        text))
                .orElseGet(() -> name(text));
    }

    /** A link, if it is one that a browser may follow; else its text. */
    public static Html link(String address) {
        return address.regionMatches(true, 0, "https://", 0, "https://".length())
                ? of("<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>", address, address)
                : name(address);
    }

    /** One after the other. */
    public static Html all(Html... parts) {
        return Stream.of(parts).collect(Html.joined());
    }

    /** What the function makes of each, one after the other. */
    public static <T> Html each(Collection<T> all, Function<? super T, Html> one) {
        return all.stream().map(one).collect(joined());
    }

    /** One after the other. */
    public static Collector<Html, ?, Html> joined() {
        return joined("");
    }

    /**
     * One after the other.
     *
     * @param between written in the source
     */
    public static Collector<Html, ?, Html> joined(String between) {
        return Collectors.collectingAndThen(Collectors.mapping(Html::markup, Collectors.joining(between)), Html::new);
    }

    /** This, if it holds. */
    public Html when(boolean holds) {
        return holds ? this : NONE;
    }

    public boolean isEmpty() {
        return markup.isEmpty();
    }
}
