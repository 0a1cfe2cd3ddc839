package dev.parc.facts.azure;

import java.util.List;

/**
 * The management groups above a subscription.
 *
 * @param groups their names, the nearest first and the root last, lower case
 */
public record AzureAncestors(String subscriptionId, List<String> groups) {
    public AzureAncestors {
        groups = List.copyOf(groups);
    }
}
