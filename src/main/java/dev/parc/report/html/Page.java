package dev.parc.report.html;

import dev.parc.assessment.ledger.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of HTML with its own style and script in it, which loads nothing and runs nothing else: a policy in the page itself names
 * them by their hashes.
 */
public final class Page {

    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");

    private Page() {}

    /**
     * What a page may do and load, as it says itself; for the header {@code Content-Security-Policy}.
     *
     * @param forms what it has of forms: without any, nothing can be sent anywhere
     */
    public static String policy(Forms forms) {
        return "default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action %s;%s"
                        .formatted(
                                hashes(STYLE, forms.style()),
                                hashes(SCRIPT, forms.script()),
                                forms.served() ? "'self'" : "'none'",
                                forms.served() ? " connect-src 'self';" : "")
                + " require-trusted-types-for 'script'; trusted-types 'none'";
    }

    /**
     * The whole document, to be encoded in UTF-8.
     *
     * @param head more for the head of the document
     * @param body what stands in its body
     */
    public static String html(String title, Html head, Html body, Forms forms) {
        return Html.of(
                        """
                        <!doctype html>
                        <html lang="en">
                        <head>
                        <meta charset="utf-8">
                        <meta http-equiv="Content-Security-Policy" content="{}">
                        <meta name="viewport" content="width=device-width, initial-scale=1">
                        <meta name="referrer" content="{}">
                        <meta name="color-scheme" content="light dark">
                        <title>{}</title>
                        {}{}</head>
                        <body>
                        {}{}</body>
                        </html>
                        """,
                        new Html(policy(forms)),
                        referrer(forms),
                        title,
                        inlines("style", STYLE, forms.style()),
                        head,
                        body,
                        inlines("script", SCRIPT, forms.script()))
                .markup();
    }

    /** Whom a browser tells where a request comes from: the app itself, which asks where what is sent comes from, or nobody. */
    public static String referrer(Forms forms) {
        return forms.served() ? "same-origin" : "no-referrer";
    }

    private static Html inlines(String element, String... contents) {
        return Stream.of(contents)
                .filter(content -> !content.isEmpty())
                .map(content -> new Html("<%s>%s</%s>\n".formatted(element, content, element)))
                .collect(Html.joined());
    }

    private static String hashes(String... contents) {
        return List.of(contents).stream()
                .filter(content -> !content.isEmpty())
                .map(content -> "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(content)) + "'")
                .collect(Collectors.joining(" "));
    }

    /** A text file beside this class, which is in every build. */
    static String resource(String name) {
        try (InputStream resource = Page.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the build");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
