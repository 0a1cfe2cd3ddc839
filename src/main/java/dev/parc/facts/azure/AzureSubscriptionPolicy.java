package dev.parc.facts.azure;

/**
 * Who may carry subscriptions over the tenant's border.
 *
 * @param leavingBlocked whether nobody but exempted people may take a subscription to another tenant
 * @param enteringBlocked whether nobody but exempted people may bring one in
 */
public record AzureSubscriptionPolicy(boolean leavingBlocked, boolean enteringBlocked) {}
