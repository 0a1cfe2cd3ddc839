package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AZURE_CUSTOM_ROLES;
import static dev.parc.facts.FactKind.AZURE_DELEGATIONS;
import static dev.parc.facts.FactKind.AZURE_ELIGIBILITIES;
import static dev.parc.facts.FactKind.AZURE_FURTHER_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;

import dev.parc.analysis.azure.AzureEstate;
import dev.parc.analysis.pim.JustInTime;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzureDelegation;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.RelevantRoles;
import java.util.List;

/** Whoever can give roles in Azure for good can be robbed of that at any hour. */
@RoadmapItem(
        id = "S3-13",
        title = "Azure administrators are eligible for their roles instead of permanently assigned",
        severity = HIGH,
        effort = DAYS,
        remedy = "Turn the listed permanent Azure roles into eligible ones",
        needs = {AZURE_SUBSCRIPTIONS, AZURE_PIM_ASSIGNMENTS, AZURE_ELIGIBILITIES},
        completedBy = {
            AZURE_MANAGEMENT_GROUPS,
            AZURE_ROLE_ASSIGNMENTS,
            AZURE_CUSTOM_ROLES,
            AZURE_FURTHER_ASSIGNMENTS,
            AZURE_DELEGATIONS,
            ACCOUNTS,
            CONDITIONAL_ACCESS_POLICIES,
            GROUP_MEMBERSHIPS
        },
        administrators = true,
        roles = RelevantRoles.AZURE)
public final class S313AzureAdministratorsAreEligible implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        JustInTime roles = JustInTime.inAzure(facts);
        if (roles.asked().isEmpty()
                && roles.doubts().isEmpty()
                && AzureEstate.of(facts).subscriptions().isEmpty()) {
            return Verdict.notApplicable("the tenant has no Azure subscription");
        }
        Weighing weighing = new Weighing();
        roles.permanent().forEach(holder -> weighing.certain(Finding.of(facts, holder)));
        roles.doubts().forEach(holder -> weighing.doubtful(Finding.of(facts, holder)));
        for (AzureDelegation delegation : AzureEstate.of(facts).delegations()) {
            delegation.authorizations().stream()
                    .filter(AzureDelegation.Authorization::privileged)
                    .filter(authorization -> authorization.concern().isPresent())
                    .forEach(authorization -> weighing.doubtful(Finding.of(facts, delegation, authorization)));
        }
        int asked = roles.asked().size();
        long eligible = roles.count(AssignmentKind.ELIGIBLE, AssignmentKind.ACTIVATED);
        return weighing.verdict(
                        permanent -> Counted.say(
                                "%d of %d [administrator|administrators] of Azure permanently [1:holds|hold] a role that can assign roles",
                                permanent, asked),
                        doubts -> Counted.say(
                                "no permanent assignment of a role that can assign roles in Azure confirmed; %d [needs|need] review",
                                doubts))
                .orElseGet(() -> eligible == 0
                        ? Verdict.review("nobody is eligible for a role that gives roles in Azure", List.of())
                        : Verdict.pass(Counted.say(
                                "of %d [administrator|administrators] of Azure none permanently holds a role that can assign roles: %d [is|are] eligible",
                                asked, eligible)));
    }
}
