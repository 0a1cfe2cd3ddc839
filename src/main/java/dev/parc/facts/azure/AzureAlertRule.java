package dev.parc.facts.azure;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A rule of Azure Monitor that raises alerts: on events of the Activity Log, or on what a query finds in a workspace.
 *
 * @param notifies whether it has an action group, without which an alert tells nobody
 * @param scopes the resources that it watches, lower case
 * @param conditions what an event of the Activity Log must meet, all of them; empty for a rule on a query
 * @param queries what is asked of the workspaces; empty for a rule on the Activity Log
 */
public record AzureAlertRule(
        String id,
        String name,
        boolean enabled,
        boolean notifies,
        Set<String> scopes,
        List<Condition> conditions,
        List<Query> queries) {

    /**
     * What is asked of the workspaces.
     *
     * @param anyRow whether one row that is found is enough, and no time is left out between one question and the next
     * @param every how often it is asked
     */
    public record Query(String text, boolean anyRow, Duration every) {

        /** How often a rule asks that does not say so: too seldom for any of its times to count. */
        private static final Duration UNTOLD = Duration.ofDays(365);

        /**
         * One that is asked at times.
         *
         * @param every how often, as ISO 8601 writes it
         * @param back how far it looks back, likewise: not as far as the time before leaves time out
         * @param oneIsEnough whether one row raises the alert
         */
        public static Query asked(String text, String every, String back, boolean oneIsEnough) {
            try {
                Duration pause = Duration.parse(every);
                return new Query(text, oneIsEnough && Duration.parse(back).compareTo(pause) >= 0, pause);
            } catch (DateTimeParseException e) {
                return new Query(text, false, UNTOLD);
            }
        }
    }

    /**
     * One condition on an event: any of its alternatives.
     *
     * @param anyOf at least one
     */
    public record Condition(List<Alternative> anyOf) {
        public Condition {
            anyOf = List.copyOf(anyOf);
        }
    }

    /**
     * A property of an event and the values that fit, both lower case.
     *
     * @param parts whether it is enough that a value occurs in the property
     */
    public record Alternative(String field, Set<String> values, boolean parts) {
        public Alternative {
            values = Set.copyOf(values);
        }
    }

    public AzureAlertRule {
        scopes = Set.copyOf(scopes);
        conditions = List.copyOf(conditions);
        queries = List.copyOf(queries);
    }

    /** Whether it works and tells somebody. */
    public boolean works() {
        return enabled && notifies;
    }

    /**
     * Whether it tells somebody whenever this operation is done in the subscription. A condition on anything that such an
     * event need not have makes it a no.
     *
     * @param operation for example {@code Microsoft.Authorization/roleAssignments/write}
     */
    public boolean tellsOf(String operation, AzureSubscription subscription) {
        return works()
                && scopes.contains(subscription.scope().toLowerCase(Locale.ROOT))
                && !conditions.isEmpty()
                && conditions.stream()
                        .allMatch(condition -> condition.anyOf().stream()
                                .anyMatch(it -> fits(it, operation.toLowerCase(Locale.ROOT))));
    }

    private static boolean fits(Alternative alternative, String operation) {
        String provider = operation.substring(0, operation.indexOf('/'));
        Map<String, Set<String>> event = Map.of(
                "category", Set.of("administrative"),
                "operationname", Set.of(operation),
                "resourceprovider", Set.of(provider),
                "resourcetype", Set.of(operation.substring(0, operation.lastIndexOf('/'))),
                "level", Set.of("informational"),
                "status", Set.of("started", "succeeded"));
        return event.getOrDefault(alternative.field(), Set.of()).stream()
                .anyMatch(is -> alternative.values().stream()
                        .anyMatch(value -> alternative.parts() ? is.contains(value) : is.equals(value)));
    }
}
