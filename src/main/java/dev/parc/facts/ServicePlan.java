package dev.parc.facts;

/**
 * A service plan inside a subscription that the tenant holds.
 *
 * @param id the plan's well-known id, the same in every tenant
 * @param provisioned whether it is usable: its subscription is enabled or in grace, and provisioning succeeded
 */
public record ServicePlan(String id, String name, boolean provisioned) {}
