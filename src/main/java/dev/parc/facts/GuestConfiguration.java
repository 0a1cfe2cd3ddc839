package dev.parc.facts;

import java.util.Optional;

/**
 * What Azure Policy found inside a machine about its group of administrators.
 *
 * @param machineId as Azure Resource Manager writes it, lower case
 * @param compliant whether the group was as the policy asks; empty if that is not known yet
 */
public record GuestConfiguration(String machineId, String name, Optional<Boolean> compliant) {}
