package dev.parc.change.fix.policies;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Applications;
import dev.parc.facts.policies.ConditionalAccessPolicy.Grant;
import dev.parc.facts.policies.ConditionalAccessPolicy.Guests;
import dev.parc.facts.policies.ConditionalAccessPolicy.Scope;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.policies.ConditionalAccessPolicy.Users;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Conditional Access policies as Microsoft Graph takes them: a new one whole, of one that is there only what is put otherwise.
 * What the facts do not have, such as session controls, is never written.
 */
final class PolicyBody {

    private PolicyBody() {}

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The body that creates a policy. */
    static ObjectNode whole(ConditionalAccessPolicy policy) {
        ObjectNode body = node().put("displayName", policy.displayName()).put("state", state(policy.state()));
        ObjectNode conditions = body.putObject("conditions");
        ObjectNode users = conditions.putObject("users");
        Users whom = policy.users();
        some(users, "includeUsers", whom.includeUsers());
        some(users, "excludeUsers", whom.excludeUsers());
        some(users, "includeGroups", whom.includeGroups());
        some(users, "excludeGroups", whom.excludeGroups());
        some(users, "includeRoles", whom.includeRoles());
        some(users, "excludeRoles", whom.excludeRoles());
        ObjectNode applications = conditions.putObject("applications");
        some(applications, "includeApplications", policy.applications().include());
        some(applications, "excludeApplications", policy.applications().exclude());
        list(conditions, "clientAppTypes", policy.clientAppTypes());
        some(conditions, "signInRiskLevels", policy.signInRisks());
        some(conditions, "userRiskLevels", policy.userRisks());
        if (!policy.authenticationFlows().isEmpty()) {
            conditions
                    .putObject("authenticationFlows")
                    .put(
                            "transferMethods",
                            policy.authenticationFlows().stream().sorted().collect(Collectors.joining(",")));
        }
        policy.grant().ifPresent(grant -> grant(body.putObject("grantControls"), grant));
        return body;
    }

    private static void grant(ObjectNode body, Grant grant) {
        body.put("operator", grant.all() ? "AND" : "OR");
        list(body, "builtInControls", grant.controls());
        grant.strength()
                .ifPresent(strength -> body.putObject("authenticationStrength").put("id", strength.id()));
    }

    /** The body that changes a policy from one to the other; of the lists that differ all. */
    static ObjectNode change(ConditionalAccessPolicy before, ConditionalAccessPolicy after) {
        ObjectNode body = node();
        if (before.state() != after.state()) {
            body.put("state", state(after.state()));
        }
        ObjectNode conditions = node();
        ObjectNode users = users(before.users(), after.users());
        if (!users.isEmpty()) {
            conditions.set("users", users);
        }
        ObjectNode applications = applications(before.applications(), after.applications());
        if (!applications.isEmpty()) {
            conditions.set("applications", applications);
        }
        differing(conditions, "clientAppTypes", before.clientAppTypes(), after.clientAppTypes());
        dropped(conditions, "platforms", before.platforms(), after.platforms());
        dropped(conditions, "locations", before.locations(), after.locations());
        if (!before.deviceFilter().equals(after.deviceFilter())) {
            conditions.putNull("devices");
        }
        differing(conditions, "signInRiskLevels", before.signInRisks(), after.signInRisks());
        differing(conditions, "userRiskLevels", before.userRisks(), after.userRisks());
        if (!conditions.isEmpty()) {
            body.set("conditions", conditions);
        }
        return body;
    }

    private static ObjectNode users(Users before, Users after) {
        ObjectNode users = node();
        differing(users, "includeUsers", before.includeUsers(), after.includeUsers());
        differing(users, "excludeUsers", before.excludeUsers(), after.excludeUsers());
        differing(users, "includeGroups", before.includeGroups(), after.includeGroups());
        differing(users, "excludeGroups", before.excludeGroups(), after.excludeGroups());
        differing(users, "includeRoles", before.includeRoles(), after.includeRoles());
        differing(users, "excludeRoles", before.excludeRoles(), after.excludeRoles());
        gone(users, "includeGuestsOrExternalUsers", before.includeGuests(), after.includeGuests());
        gone(users, "excludeGuestsOrExternalUsers", before.excludeGuests(), after.excludeGuests());
        return users;
    }

    private static ObjectNode applications(Applications before, Applications after) {
        ObjectNode applications = node();
        differing(applications, "includeApplications", before.include(), after.include());
        differing(applications, "excludeApplications", before.exclude(), after.exclude());
        return applications;
    }

    private static void gone(ObjectNode body, String name, Optional<Guests> before, Optional<Guests> after) {
        if (!before.equals(after)) {
            body.putNull(name);
        }
    }

    private static void dropped(ObjectNode body, String name, Scope before, Scope after) {
        if (!before.equals(after)) {
            body.putNull(name);
        }
    }

    private static void differing(ObjectNode body, String name, Set<String> before, Set<String> after) {
        if (!before.equals(after)) {
            list(body, name, after);
        }
    }

    private static void some(ObjectNode body, String name, Set<String> values) {
        if (!values.isEmpty()) {
            list(body, name, values);
        }
    }

    private static void list(ObjectNode body, String name, Set<String> values) {
        values.stream().sorted().forEach(body.putArray(name)::add);
    }

    private static String state(State state) {
        return switch (state) {
            case ENABLED -> "enabled";
            case REPORT_ONLY -> "enabledForReportingButNotEnforced";
            case DISABLED, UNKNOWN -> "disabled";
        };
    }
}
