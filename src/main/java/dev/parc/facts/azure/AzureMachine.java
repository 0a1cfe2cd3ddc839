package dev.parc.facts.azure;

import java.util.Optional;
import java.util.Set;

/**
 * A virtual machine, or a scale set of machines made alike.
 *
 * @param localAdministrator the account that it was made with; empty if it was made from a disk that had its own
 * @param entraLogin whether the extension is on it that lets people of the directory sign in
 */
public record AzureMachine(
        String id,
        String name,
        String subscriptionId,
        String operatingSystem,
        Optional<String> localAdministrator,
        boolean entraLogin) {

    /** The types of resources that are machines, lower case. */
    public static final Set<String> TYPES =
            Set.of("microsoft.compute/virtualmachines", "microsoft.compute/virtualmachinescalesets");
}
