package dev.parc.facts;

/**
 * A plan of Defender for Cloud in one subscription.
 *
 * @param name as Azure Resource Manager writes it, for example {@code VirtualMachines}
 * @param on whether it is paid for; a free one protects nothing
 */
public record DefenderPlan(String subscriptionId, String name, boolean on) {}
