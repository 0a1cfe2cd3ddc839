package dev.parc.facts.azure;

import java.util.List;
import java.util.Set;

/**
 * Whom Defender for Cloud tells of alerts in one subscription.
 *
 * @param emails addresses, as they are written there
 * @param roles roles in the subscription whose holders are told, for example Owner
 */
public record AzureSecurityContacts(String subscriptionId, List<String> emails, Set<String> roles) {

    public AzureSecurityContacts {
        emails = List.copyOf(emails);
        roles = Set.copyOf(roles);
    }
}
