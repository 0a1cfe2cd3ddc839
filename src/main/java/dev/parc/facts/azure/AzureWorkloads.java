package dev.parc.facts.azure;

import java.util.Set;

/**
 * What kinds of things a subscription hosts, as far as a plan of Defender for Cloud protects them.
 *
 * @param types of resources, lower case, for example {@code microsoft.keyvault/vaults}
 * @param clusterGroups the resource groups that hold the nodes of its AKS clusters, lower case
 */
public record AzureWorkloads(String subscriptionId, Set<String> types, Set<String> clusterGroups) {
    public AzureWorkloads {
        types = Set.copyOf(types);
        clusterGroups = Set.copyOf(clusterGroups);
    }
}
