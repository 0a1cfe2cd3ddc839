package dev.parc.assessment.webhook;

import dev.parc.assessment.change.Change;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import java.util.Set;

/**
 * Which changes a subscriber wants to hear of.
 *
 * @param stages of these stages; of all if empty
 * @param severities of items of these severities; of all if empty
 * @param kinds of these kinds; of all if empty
 */
public record WebhookFilter(Set<Stage> stages, Set<Severity> severities, Set<Change.Kind> kinds) {

    /** Everything. */
    public static final WebhookFilter ALL = new WebhookFilter(Set.of(), Set.of(), Set.of());

    public WebhookFilter {
        stages = Set.copyOf(stages);
        severities = Set.copyOf(severities);
        kinds = Set.copyOf(kinds);
    }

    /** Whether it lets the change through. */
    public boolean takes(Change change) {
        return (stages.isEmpty() || stages.contains(change.stage()))
                && (severities.isEmpty() || severities.contains(change.severity()))
                && (kinds.isEmpty() || kinds.contains(change.kind()));
    }
}
