package dev.parc.facts.azure;

import java.util.List;
import java.util.stream.Stream;

/**
 * The settings by which one source sends its logs away; none if the list is empty.
 *
 * @param source the id of a subscription, or {@link #ENTRA_ID}
 */
public record LogExports(String source, List<DiagnosticSetting> settings) {

    /** The directory itself as a source. */
    public static final String ENTRA_ID = "Microsoft Entra ID";

    public LogExports {
        settings = List.copyOf(settings);
    }

    /** Where the logs of a category go, each place once; nowhere if nothing sends them. */
    public List<LogDestination> destinationsOf(String category) {
        return settings.stream()
                .flatMap(setting -> setting.destinationsOf(category))
                .distinct()
                .toList();
    }

    /** Those of the categories that go nowhere. */
    public List<String> missing(List<String> categories) {
        return categories.stream()
                .filter(category -> destinationsOf(category).isEmpty())
                .toList();
    }

    /** Everywhere that any of the categories goes, each place once. */
    public Stream<LogDestination> destinationsOfAny(List<String> categories) {
        return categories.stream()
                .flatMap(category -> destinationsOf(category).stream())
                .distinct();
    }
}
