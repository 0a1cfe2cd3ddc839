package dev.parc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentLinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");

    static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static List<String> links(String text) {
        return LINK.matcher(CODE.matcher(text).replaceAll(""))
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();
    }

    @Test
    void linksAreFoundAndCodeIsLeftOut() {
        assertThat(links("[a](docs/a.md#b) ![p](p.png)\n```\n[no](no.md)\n```\n[c](https://c.example)"))
                .containsExactly("docs/a.md#b", "p.png", "https://c.example");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsToAFileOrGoesOutByHttps(Path document) throws IOException {
        for (String link : links(Files.readString(document))) {
            if (link.contains("://")) {
                assertThat(link).as(document.toString()).startsWith("https://");
            } else if (!link.startsWith("#") && !link.startsWith("mailto:")) {
                assertThat(document.resolveSibling(link.replaceFirst("#.*", "")).normalize())
                        .as(document + " links " + link)
                        .exists();
            }
        }
    }

    private static Set<String> headings(Path document) throws IOException {
        return Pattern.compile("(?m)^#+ +(.+)$")
                .matcher(CODE.matcher(Files.readString(document)).replaceAll(""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyFragmentIsAHeading(Path document) throws IOException {
        for (String link : links(Files.readString(document))) {
            String[] parts = link.split("#", 2);
            if (parts.length == 2 && !link.contains("://") && (parts[0].isEmpty() || parts[0].endsWith(".md"))) {
                Path target = parts[0].isEmpty()
                        ? document
                        : document.resolveSibling(parts[0]).normalize();
                assertThat(headings(target)).as(document + " links " + link).contains(parts[1]);
            }
        }
    }

    @Test
    void everyLinkOfTheReportLeadsSomewhere(@TempDir Path folder) throws IOException {
        String page = Files.readString(DemoPage.write(folder));
        Set<String> ids = Pattern.compile("\\bid=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(id -> id.group(1))
                .collect(Collectors.toSet());
        List<String> links = Pattern.compile("(?:href|src|action)=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(links)
                .hasSizeGreaterThan(100)
                .allMatch(link ->
                        link.startsWith("https://") || (link.startsWith("#") && ids.contains(link.substring(1))));
    }
}
