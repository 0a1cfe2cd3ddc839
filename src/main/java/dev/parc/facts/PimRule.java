package dev.parc.facts;

import java.util.List;
import java.util.Set;

/**
 * One rule of a PIM policy; what its kind of rule does not have is empty or false.
 *
 * @param enabled isEnabled, isApprovalRequired or isExpirationRequired, whichever the rule has
 * @param defaultRecipients whether a notification goes to its default recipients
 * @param recipients further recipients of a notification
 * @param maximumDuration ISO 8601 duration, or empty text
 * @param enabledRules Justification, MultiFactorAuthentication, Ticketing
 * @param claimValue the authentication context that is asked for, or empty text
 */
public record PimRule(
        String id,
        boolean enabled,
        boolean defaultRecipients,
        List<String> recipients,
        String maximumDuration,
        Set<String> enabledRules,
        String claimValue) {

    public PimRule {
        recipients = List.copyOf(recipients);
        enabledRules = Set.copyOf(enabledRules);
    }
}
