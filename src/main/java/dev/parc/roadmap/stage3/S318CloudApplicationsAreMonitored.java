package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.CLOUD_APP_ALERTS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;
import static dev.parc.facts.Licence.DEFENDER_FOR_CLOUD_APPS;

import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import java.util.List;

/** Shows what is seen of Defender for Cloud Apps; connectors and policies live in its portal, which a person must attest. */
@RoadmapItem(
        id = "S3-18",
        title = "Activity in connected cloud applications is monitored",
        severity = MEDIUM,
        effort = DAYS,
        remedy = "Connect the cloud applications that matter to Defender for Cloud Apps, turn on its policies,"
                + " and attest it",
        needs = {
            SERVICE_PLANS,
            CONDITIONAL_ACCESS_POLICIES,
            NAMED_LOCATIONS,
            AUTHENTICATION_STRENGTHS,
            SECURITY_DEFAULTS
        },
        signals = CLOUD_APP_ALERTS,
        attests = {
            "The cloud applications that matter are connected to Defender for Cloud Apps.",
            "The policies of Defender for Cloud Apps for access, activities and data sharing raise alerts"
                    + " about risky behaviour.",
            "The alerts of Defender for Cloud Apps reach the people, or the SIEM, that act on them."
        })
public final class S318CloudApplicationsAreMonitored implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        if (!facts.licensed(DEFENDER_FOR_CLOUD_APPS)) {
            return Verdict.without(DEFENDER_FOR_CLOUD_APPS);
        }
        List<ConditionalAccessPolicy> watching = ConditionalAccess.of(facts).enabled().stream()
                .filter(ConditionalAccessPolicy::cloudAppSecurity)
                .toList();
        int alerts = facts.cloudAppAlerts().size();
        String summary = Counted.say(
                "Defender for Cloud Apps is licensed, watches the sessions of %d [policy|policies], and %s",
                watching.size(), alerts == 0 ? "no alert of it was seen" : "raised alerts in the last 30 days");
        return Verdict.attest(
                summary,
                watching.isEmpty() && alerts == 0
                        ? List.of(Finding.ofTenant(Details.of("S3-18.unused")))
                        : watching.stream()
                                .map(policy -> Finding.of(policy, Details.of("S3-18.watches")))
                                .toList());
    }
}
