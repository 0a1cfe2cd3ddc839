package dev.parc.report.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page of a check: why, what is asked, what it cannot see, how to put it right.
 *
 * @param markdown the whole page
 */
public record CheckPage(String markdown) {

    private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9]-\\d{2}");

    /** The page of the check with this id, as it ships with PARC; empty if there is none. */
    public static Optional<CheckPage> of(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        try (InputStream page = CheckPage.class.getResourceAsStream("/checks/" + id + ".md")) {
            return page == null
                    ? Optional.empty()
                    : Optional.of(new CheckPage(new String(page.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Markdown under the second-level heading, without the heading; empty if the page has no such section. */
    public Optional<String> section(String heading) {
        Matcher section = Pattern.compile(
                        "^## " + Pattern.quote(heading) + "[ \\t]*\\R(.*?)(?=^## |\\z)",
                        Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(markdown);
        return section.find() ? Optional.of(section.group(1).strip()) : Optional.empty();
    }
}
