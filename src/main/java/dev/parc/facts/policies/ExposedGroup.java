package dev.parc.facts.policies;

/**
 * The group of highly exposed users that the operator designated.
 *
 * @param exists whether the tenant has it
 */
public record ExposedGroup(String id, boolean exists) {}
