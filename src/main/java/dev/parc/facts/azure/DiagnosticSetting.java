package dev.parc.facts.azure;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A setting that sends logs away.
 *
 * @param categories the logs that are sent, lower case; the list is open
 * @param groups groups of logs that are sent, lower case
 */
public record DiagnosticSetting(
        String name, Set<String> categories, Set<String> groups, List<LogDestination> destinations) {

    private static final List<String> OF_EVERYTHING_AUDITED = List.of("alllogs", "audit");

    public DiagnosticSetting {
        categories = Set.copyOf(categories);
        groups = Set.copyOf(groups);
        destinations = List.copyOf(destinations);
    }

    /** Where it sends the logs of a category; nowhere if it does not. */
    Stream<LogDestination> destinationsOf(String category) {
        return categories.contains(category.toLowerCase(Locale.ROOT))
                        || OF_EVERYTHING_AUDITED.stream().anyMatch(groups::contains)
                ? destinations.stream()
                : Stream.empty();
    }
}
