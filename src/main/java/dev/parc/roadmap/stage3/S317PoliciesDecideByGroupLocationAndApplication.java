package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.policies.NamedLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Looks for enabled policies that treat groups, places and applications differently; one policy may do all three. What only
 * controls the session lets everybody in, and so decides nothing.
 */
@RoadmapItem(
        id = "S3-17",
        title = "Conditional Access uses groups, locations and application sensitivity",
        severity = MEDIUM,
        effort = DAYS,
        remedy = "Add Conditional Access policies based on group, location and application sensitivity",
        needs = {
            SERVICE_PLANS,
            CONDITIONAL_ACCESS_POLICIES,
            NAMED_LOCATIONS,
            AUTHENTICATION_STRENGTHS,
            SECURITY_DEFAULTS
        })
public final class S317PoliciesDecideByGroupLocationAndApplication implements Check {

    private static final int MOST_NAMES = 3;

    /** What a policy can decide by, and whether one does. */
    private enum Basis {
        GROUP("group", "includeUsers"),
        LOCATION("location", "locations"),
        APPLICATION("application", "includeApplications");

        private final String title;
        private final String part;

        Basis(String title, String part) {
            this.title = title;
            this.part = part;
        }
    }

    @Override
    public Verdict evaluate(Facts facts) {
        ConditionalAccess conditionalAccess = ConditionalAccess.of(facts);
        Optional<Licence> lacking = facts.lacksLicenceForPolicies();
        if (lacking.isPresent()) {
            return Verdict.without(lacking.get());
        }
        List<String> met = new ArrayList<>();
        List<Finding> missing = new ArrayList<>();
        List<Finding> perhaps = new ArrayList<>();
        List<Finding> doubtful = conditionalAccess.enabled().stream()
                .filter(policy -> policy.grant().isPresent())
                .filter(policy -> !named(policy).isEmpty())
                .map(policy -> Finding.of(policy, Details.of("S3-17.unknown-locations")))
                .toList();
        for (Basis basis : Basis.values()) {
            List<String> by =
                    names(conditionalAccess, State.ENABLED, policy -> decides(policy, basis, conditionalAccess));
            List<Finding> unread = conditionalAccess.policies().stream()
                    .filter(ConditionalAccessPolicy::mayBeEnabled)
                    .filter(policy -> policy.doubtfulIn(basis.part))
                    .map(policy ->
                            Finding.of(policy, Details.of("S3-17.perhaps").with("basis", basis.title)))
                    .toList();
            if (by.isEmpty() && basis == Basis.LOCATION && !doubtful.isEmpty()) {
                met.add("perhaps by location");
            } else if (by.isEmpty() && !unread.isEmpty()) {
                perhaps.addAll(unread);
                met.add("perhaps by " + basis.title);
            } else if (by.isEmpty()) {
                missing.add(Finding.ofTenant(Details.of("S3-17.no-policy")
                        .with("basis", basis.title)
                        .with(
                                "reportOnly",
                                shortened(names(
                                        conditionalAccess,
                                        State.REPORT_ONLY,
                                        policy -> decides(policy, basis, conditionalAccess))))));
            } else {
                doubtful = basis == Basis.LOCATION ? List.of() : doubtful;
                met.add(Counted.say("by " + basis.title + " (%d [policy|policies])", by.size()));
            }
        }
        if (!missing.isEmpty()) {
            return Verdict.fail(
                    "Conditional Access decides by %d of group, location and application"
                            .formatted(Basis.values().length - missing.size()),
                    missing);
        }
        String summary = "Conditional Access decides " + String.join(", ", met);
        perhaps.addAll(doubtful);
        return perhaps.isEmpty() ? Verdict.pass(summary) : Verdict.review(summary, perhaps);
    }

    private static List<String> names(
            ConditionalAccess conditionalAccess, State state, Predicate<ConditionalAccessPolicy> decides) {
        return conditionalAccess.policies().stream()
                .filter(policy -> policy.state() == state && policy.forSomebody())
                .filter(policy -> policy.grant().isPresent())
                .filter(decides)
                .map(ConditionalAccessPolicy::displayName)
                .sorted()
                .toList();
    }

    private static boolean decides(ConditionalAccessPolicy policy, Basis basis, ConditionalAccess conditionalAccess) {
        return switch (basis) {
            case GROUP -> !policy.users().includeGroups().isEmpty();
            case LOCATION -> named(policy).stream().anyMatch(id -> exists(id, conditionalAccess));
            case APPLICATION ->
                policy.applications().include().stream().anyMatch(id -> !id.equals("All") && !id.equals("None"))
                        || !policy.applications().authenticationContexts().isEmpty()
                        || policy.notModelled().contains("applicationFilter");
        };
    }

    private static Set<String> named(ConditionalAccessPolicy policy) {
        Set<String> named = new TreeSet<>(policy.locations().include());
        named.addAll(policy.locations().exclude());
        named.remove("All");
        return named;
    }

    private static boolean exists(String id, ConditionalAccess conditionalAccess) {
        return id.equals("AllTrusted")
                ? conditionalAccess.namedLocations().stream().anyMatch(NamedLocation::trusted)
                : conditionalAccess.location(id).isPresent();
    }

    private static String shortened(List<String> names) {
        String first =
                names.stream().limit(MOST_NAMES).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? first + " and " + (names.size() - MOST_NAMES) + " more" : first;
    }
}
