package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.ENTERPRISE_APPLICATIONS;
import static dev.parc.facts.FactKind.EXCLUDED_GROUPS;
import static dev.parc.facts.FactKind.EXCLUDED_MEMBERS;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.PUBLISHED_APPLICATIONS;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.PublishedApplication;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asks of every connected and every published application which enabled policies demand something of its sign-ins. */
@RoadmapItem(
        id = "S2-22",
        title = "Conditional Access policies cover on-premises and cloud-hosted applications",
        severity = HIGH,
        effort = DAYS,
        remedy = "Cover all resources with a Conditional Access policy, and have published applications"
                + " pre-authenticate with Microsoft Entra ID",
        needs = {
            SERVICE_PLANS,
            CONDITIONAL_ACCESS_POLICIES,
            NAMED_LOCATIONS,
            AUTHENTICATION_STRENGTHS,
            SECURITY_DEFAULTS,
            ENTERPRISE_APPLICATIONS
        },
        completedBy = {PUBLISHED_APPLICATIONS, ACCOUNTS, GROUP_MEMBERSHIPS, EXCLUDED_GROUPS, EXCLUDED_MEMBERS})
public final class S222PoliciesCoverApplications implements Check {

    /** An application by the id that policies know. */
    private record Application(String objectId, String appId, String name, boolean reachesEntra) {}

    @Override
    public Verdict evaluate(Facts facts) {
        ConditionalAccess conditionalAccess = ConditionalAccess.of(facts);
        Optional<Licence> lacking = facts.lacksLicenceForPolicies();
        if (lacking.isPresent()) {
            return Verdict.without(lacking.get());
        }
        List<Application> applications = applications(facts);
        if (applications.isEmpty()) {
            return Verdict.notApplicable("no application is connected to the tenant, and none is published");
        }
        if (conditionalAccess.securityDefaults() && conditionalAccess.enabled().isEmpty()) {
            return Verdict.review(
                    Counted.say(
                            "security defaults stand in for policies for %d [application|applications]",
                            applications.size()),
                    List.of(Finding.ofTenant(Details.of("S2-22.security-defaults"))));
        }
        List<Finding> open = new ArrayList<>();
        List<Finding> partly = new ArrayList<>();
        Set<String> covering = new TreeSet<>();
        Map<Finding, Integer> leftOut = new LinkedHashMap<>();
        for (Application application : applications) {
            List<ConditionalAccessPolicy> policies = conditionalAccess.covering(application.appId());
            List<ConditionalAccessPolicy> forEverybody = policies.stream()
                    .filter(ConditionalAccessPolicy::forEverybody)
                    .toList();
            if (!application.reachesEntra()) {
                open.add(finding(application, Details.of("S2-22.no-pre-authentication")));
            } else if (forEverybody.stream().anyMatch(ConditionalAccessPolicy::fromEverywhere)) {
                forEverybody.stream()
                        .filter(ConditionalAccessPolicy::fromEverywhere)
                        .forEach(policy -> covering.add(policy.displayName()));
                conditionalAccess
                        .leftOut(policies.stream()
                                .filter(ConditionalAccessPolicy::fromEverywhere)
                                .toList())
                        .stream()
                        .map(Finding::of)
                        .forEach(finding -> leftOut.merge(finding, 1, Integer::sum));
            } else if (!forEverybody.isEmpty()) {
                partly.add(finding(
                        application, Details.of("S2-22.covered-at-places").with("policies", names(forEverybody))));
            } else if (!policies.isEmpty()) {
                partly.add(finding(
                        application, Details.of("S2-22.covered-for-some").with("policies", names(policies))));
            } else {
                List<ConditionalAccessPolicy> perhaps = conditionalAccess.enabled().stream()
                        .filter(policy -> policy.notModelled().contains("applicationFilter"))
                        .toList();
                List<ConditionalAccessPolicy> unread = conditionalAccess.policies().stream()
                        .filter(ConditionalAccessPolicy::mayBeEnabled)
                        .filter(policy -> policy.doubtfulIn("includeApplications", "grantControls", "includeUsers"))
                        .toList();
                if (perhaps.isEmpty() && !unread.isEmpty()) {
                    partly.add(finding(
                            application, Details.of("S2-22.perhaps-covered").with("policies", names(unread))));
                } else if (perhaps.isEmpty()) {
                    open.add(finding(application, Details.of("S2-22.uncovered")));
                } else {
                    partly.add(finding(
                            application, Details.of("S2-22.perhaps-filtered").with("policies", names(perhaps))));
                }
            }
        }
        if (!open.isEmpty()) {
            int uncovered = open.size();
            open.addAll(partly);
            return Verdict.fail(
                    Counted.say(
                            "%d of %d connected or published [application|applications] [1:is|are] not covered by Conditional Access",
                            uncovered, applications.size()),
                    open);
        }
        if (partly.isEmpty() && !leftOut.isEmpty()) {
            return Verdict.review(
                    Counted.say(
                            "all %d connected or published [application|applications] [is|are] covered, by %s, but not for everybody",
                            applications.size(), String.join(", ", covering)),
                    named(leftOut));
        }
        partly.addAll(named(leftOut));
        return partly.isEmpty()
                ? Verdict.pass(Counted.say(
                        "all %d connected or published [application|applications] [is|are] covered for all users, by %s",
                        applications.size(), String.join(", ", covering)))
                : Verdict.review(
                        Counted.say(
                                "%d of %d connected or published [application|applications] [1:is|are] covered in part",
                                partly.size() - leftOut.size(), applications.size()),
                        partly);
    }

    /** Who is left out, with the number of applications at which nothing else asks. */
    private static List<Finding> named(Map<Finding, Integer> leftOut) {
        return leftOut.entrySet().stream()
                .map(one -> one.getKey()
                        .with(Details.of("S2-22.left-out")
                                .with("what", one.getKey().message())
                                .with("applications", one.getValue())))
                .toList();
    }

    /** A published application usually has a service principal, too, and is one application all the same. */
    private static List<Application> applications(Facts facts) {
        Map<String, Application> byAppId = new LinkedHashMap<>();
        facts.connectedApplications()
                .forEach(one ->
                        byAppId.put(one.appId(), new Application(one.id(), one.appId(), one.displayName(), true)));
        for (PublishedApplication one : facts.publishedApplications()) {
            byAppId.put(one.appId(), new Application(one.id(), one.appId(), one.displayName(), one.preAuthenticated()));
        }
        return List.copyOf(byAppId.values());
    }

    private static Finding finding(Application application, Details details) {
        return new Finding(application.objectId(), SubjectType.SERVICE_PRINCIPAL, application.name(), details);
    }

    private static String names(List<ConditionalAccessPolicy> policies) {
        return policies.stream()
                .map(policy -> "'" + policy.displayName() + "'")
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
