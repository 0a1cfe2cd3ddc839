package dev.parc.facts.roles;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What PIM demands before a role, or membership of a group, is active, and who hears of it. The rules have the same ids
 * for roles and groups: <a
 * href="https://learn.microsoft.com/graph/identity-governance-pim-rules-overview">rules in PIM</a>.
 */
public record PimSettings(Map<String, PimRule> rules) {

    /** The longest that an activation should last, which is what PIM sets at first: a working day. */
    public static final Duration WORKING_DAY = Duration.ofHours(8);

    private static final Pattern DURATION =
            Pattern.compile("P(?=.)(\\d{1,5}D)?(T(?=.)(\\d{1,5}H)?(\\d{1,5}M)?(\\d{1,5}S)?)?");

    /** A change of which administrators should hear. */
    public enum Change {
        ASSIGNED("Notification_Admin_Admin_Assignment", "is assigned the role"),
        MADE_ELIGIBLE("Notification_Admin_Admin_Eligibility", "is made eligible for it"),
        ACTIVATED("Notification_Admin_EndUser_Assignment", "activates it");

        private final String rule;
        private final String words;

        Change(String rule, String words) {
            this.rule = rule;
            this.words = words;
        }

        /** In words, to stand after "when somebody". */
        public String words() {
            return words;
        }
    }

    public PimSettings {
        rules = Map.copyOf(rules);
    }

    /** Whether activation takes MFA by PIM's own rule; an authentication context is {@link #context}. */
    public boolean demandsMfa() {
        return demands("MultiFactorAuthentication");
    }

    /** The authentication context that activation takes; empty for none. */
    public Optional<String> context() {
        return rule("AuthenticationContext_EndUser_Assignment")
                .filter(PimRule::enabled)
                .map(PimRule::claimValue)
                .filter(claim -> !claim.isBlank());
    }

    /** Whether activation takes a justification or the number of a ticket. */
    public boolean demandsReason() {
        return demands("Justification") || demands("Ticketing");
    }

    /** Whether somebody must approve an activation. */
    public boolean demandsApproval() {
        return rule("Approval_EndUser_Assignment").filter(PimRule::enabled).isPresent();
    }

    /** Whether an active assignment must have an end. */
    public boolean activeAssignmentsEnd() {
        return rule("Expiration_Admin_Assignment").filter(PimRule::enabled).isPresent();
    }

    /** The longest that an activation may last; empty if the rule does not tell. */
    public Optional<Duration> longestActivation() {
        return rule("Expiration_EndUser_Assignment")
                .map(PimRule::maximumDuration)
                .filter(text -> DURATION.matcher(text).matches())
                .map(Duration::parse);
    }

    /** What to say of activations that outlast a working day, or may; empty if none does. */
    public Optional<String> lastsTooLong() {
        Optional<Duration> longest = longestActivation();
        if (longest.isEmpty()) {
            return Optional.of("does not tell how long an activation lasts");
        }
        return longest.filter(it -> it.compareTo(WORKING_DAY) > 0)
                .map(it -> "lets an activation last %s hours, more than %d"
                        .formatted(
                                it.toMinutes() % 60 == 0 ? it.toHours() : "%.1f".formatted(it.toMinutes() / 60.0),
                                WORKING_DAY.toHours()));
    }

    /** The rule by which administrators hear of the change; empty if there is none. */
    public Optional<PimRule> notice(Change change) {
        return rule(change.rule);
    }

    private boolean demands(String what) {
        return rule("Enablement_EndUser_Assignment")
                .map(PimRule::enabledRules)
                .orElse(Set.of())
                .contains(what);
    }

    private Optional<PimRule> rule(String id) {
        return Optional.ofNullable(rules.get(id));
    }
}
