package dev.parc.facts.azure;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A storage account that receives logs, with what its lifecycle rules delete.
 *
 * @param accountId as {@link LogDestination#id()}
 * @param rules those that are on and delete append blobs, which is what logs are written to; none keeps them for good
 */
public record LogStorage(String accountId, List<Rule> rules) {

    public LogStorage {
        rules = List.copyOf(rules);
    }

    /**
     * A rule that deletes.
     *
     * @param prefixes the containers, or parts of them, that it is for; all if there is none
     * @param some whether it asks for more than that, so that it may leave blobs alone
     * @param days how old a blob is when it is deleted, at least
     */
    public record Rule(Set<String> prefixes, boolean some, int days) {

        public Rule {
            prefixes = Set.copyOf(prefixes);
        }

        /** Whether it deletes all of a container. */
        private boolean empties(String container) {
            return !some && (prefixes.isEmpty() || prefixes.stream().anyMatch((container + "/")::startsWith));
        }

        /** Whether it deletes something of a container. */
        private boolean touches(String container) {
            return prefixes.isEmpty()
                    || prefixes.stream()
                            .anyMatch(prefix ->
                                    (container + "/").startsWith(prefix) || prefix.startsWith(container + "/"));
        }
    }

    /** How many days logs of a category are kept at most; empty if nothing deletes all of them. */
    public OptionalInt longest(String category) {
        return rules.stream()
                .filter(rule -> rule.empties(container(category)))
                .mapToInt(Rule::days)
                .min();
    }

    /** After how many days the first logs of a category are deleted; empty if none are. */
    public OptionalInt shortest(String category) {
        return rules.stream()
                .filter(rule -> rule.touches(container(category)))
                .mapToInt(Rule::days)
                .min();
    }

    /** The container that Azure Monitor writes a category to; the Activity Log has one for all of its own. */
    private static String container(String category) {
        return LogTable.of(category).filter("AzureActivity"::equals).isPresent()
                ? "insights-activity-logs"
                : "insights-logs-" + category.toLowerCase(Locale.ROOT);
    }
}
