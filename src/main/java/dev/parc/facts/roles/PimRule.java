package dev.parc.facts.roles;

import java.util.List;
import java.util.Set;

/**
 * One rule of a PIM policy; what its kind of rule does not have is empty or false.
 *
 * @param enabled isEnabled, isApprovalRequired or isExpirationRequired, whichever the rule has
 * @param defaultRecipients whether a notification goes to its default recipients
 * @param recipients further recipients of a notification; blank ones are nobody and left out
 * @param maximumDuration ISO 8601 duration, or empty text
 * @param enabledRules Justification, MultiFactorAuthentication, Ticketing
 * @param claimValue the authentication context that is asked for, or empty text
 * @param level which mail a notification is for
 */
public record PimRule(
        String id,
        boolean enabled,
        boolean defaultRecipients,
        List<String> recipients,
        String maximumDuration,
        Set<String> enabledRules,
        String claimValue,
        Level level) {

    /** Which mail a notification is for. */
    public enum Level {
        NONE,
        /** Only mail that asks for an action. */
        CRITICAL,
        ALL
    }

    public PimRule {
        recipients = recipients.stream().filter(one -> !one.isBlank()).toList();
        enabledRules = Set.copyOf(enabledRules);
    }

    /** A rule that, if it is one of a notification, is for all mail. */
    public PimRule(
            String id,
            boolean enabled,
            boolean defaultRecipients,
            List<String> recipients,
            String maximumDuration,
            Set<String> enabledRules,
            String claimValue) {
        this(id, enabled, defaultRecipients, recipients, maximumDuration, enabledRules, claimValue, Level.ALL);
    }

    /** Whether it sends mail to anybody, be there such a mailbox or not. */
    public boolean notifies() {
        return level != Level.NONE && (defaultRecipients || !recipients.isEmpty());
    }
}
