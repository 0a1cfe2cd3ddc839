package dev.parc.facts.directory;

/**
 * A domain of the tenant.
 *
 * @param name its DNS name, lower case
 * @param federated whether sign-ins go to a federated identity provider (authenticationType Federated)
 * @param initial whether the tenant was created with it, like {@code contoso.onmicrosoft.com}
 */
public record Domain(String name, boolean federated, boolean initial, boolean verified) {}
