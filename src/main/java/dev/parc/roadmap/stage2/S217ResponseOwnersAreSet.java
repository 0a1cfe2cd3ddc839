package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_SECURITY_CONTACTS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.ORGANIZATION;

import dev.parc.analysis.azure.AzureEstate;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzureSecurityContacts;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.directory.Organization;
import java.util.List;
import java.util.Optional;

/** Microsoft and Defender for Cloud must know whom to write to; who owns the plan only people know. */
@RoadmapItem(
        id = "S2-17",
        title = "Owners of the incident and emergency response plan are named and can be reached",
        severity = MEDIUM,
        effort = HOURS,
        remedy = "Enter a technical contact and the security contacts of the subscriptions, name the "
                + "plan's owners, and attest it",
        needs = ORGANIZATION,
        completedBy = {AZURE_MANAGEMENT_GROUPS, AZURE_SUBSCRIPTIONS, AZURE_SECURITY_CONTACTS},
        attests = {
            "The owners of the incident and emergency response plan and their deputies are named and know"
                    + " that they are.",
            "Someone who can act reads the messages to the contact addresses at any hour."
        })
public final class S217ResponseOwnersAreSet implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Optional<Organization> organization = facts.organization();
        if (organization.isEmpty()) {
            return Verdict.notAssessed(List.of("the organisation: nothing was read of it"));
        }
        Weighing weighing = new Weighing();
        if (organization.get().technicalMails().isEmpty()) {
            weighing.certain(Finding.ofTenant(Details.of("S2-17.no-technical-contact")));
        }
        if (organization.get().securityMails().isEmpty()) {
            weighing.certain(Finding.ofTenant(Details.of("S2-17.no-security-contact")));
        }
        AzureEstate azure = AzureEstate.of(facts);
        for (AzureSubscription subscription : azure.running()) {
            azure.contacts(subscription).ifPresent(contacts -> judge(subscription, contacts, weighing));
        }
        String told = azure.running().isEmpty()
                ? "the tenant has a technical and a security contact"
                : "the tenant has a technical and a security contact, and Defender for Cloud tells somebody in "
                        + azure.runningInWords();
        return weighing.verdict(
                        missing -> "Microsoft does not know whom to tell of an incident",
                        weak -> told + ", but by no address in " + weak + " of them")
                .orElseGet(() -> Verdict.attest(told, List.of()));
    }

    private static void judge(AzureSubscription subscription, AzureSecurityContacts contacts, Weighing weighing) {
        if (!contacts.emails().isEmpty()) {
            return;
        }
        if (contacts.roles().isEmpty()) {
            weighing.certain(Finding.of(subscription, Details.of("S2-17.tells-nobody")));
        } else {
            weighing.doubtful(Finding.of(
                    subscription,
                    Details.of("S2-17.tells-roles-only")
                            .with("roles", contacts.roles().stream().sorted().toList())));
        }
    }
}
