package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.AZURE_ANCESTORS;
import static dev.parc.facts.FactKind.AZURE_ELIGIBILITIES;
import static dev.parc.facts.FactKind.AZURE_GUEST_CONFIGURATIONS;
import static dev.parc.facts.FactKind.AZURE_HOSTED;
import static dev.parc.facts.FactKind.AZURE_MACHINES;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.azure.AzureEstate;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzureMachine;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.azure.GuestConfiguration;
import dev.parc.facts.roles.RelevantRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From outside a machine one sees whom it was made with and who may sign in; the rest is inside. */
@RoadmapItem(
        id = "S3-12",
        title = "Privileged accounts inside virtual machines are inventoried",
        severity = MEDIUM,
        effort = DAYS,
        remedy = "Assign the guest configuration policies that list local administrators, review the list, and"
                + " attest it",
        needs = {AZURE_MANAGEMENT_GROUPS, AZURE_SUBSCRIPTIONS, AZURE_MACHINES},
        completedBy = {AZURE_GUEST_CONFIGURATIONS, AZURE_ROLE_ASSIGNMENTS, AZURE_ELIGIBILITIES},
        signals = {AZURE_ANCESTORS, AZURE_HOSTED},
        attests = {
            "The local administrators inside each virtual machine are listed, and each one is still needed.",
            "Whoever administers virtual machines has rights on those machines only, not on the whole"
                    + " subscription."
        },
        administrators = true,
        roles = RelevantRoles.AZURE)
public final class S312MachineAdministratorsAreInventoried implements Check {

    private static final Set<AzureRole> LOGIN = Set.of(AzureRole.VIRTUAL_MACHINE_ADMINISTRATOR_LOGIN);

    @Override
    public Verdict evaluate(Facts facts) {
        AzureEstate azure = AzureEstate.of(facts);
        List<AzureMachine> machines = azure.machines();
        if (machines.isEmpty()) {
            return Verdict.notApplicable(
                    azure.clusterNodes() == 0
                            ? "the tenant hosts no virtual machine in Azure"
                            : "the only virtual machines that the tenant hosts in Azure are nodes of AKS clusters");
        }
        List<Administrator> logins = Administrators.of(facts).inAzure(LOGIN);
        List<Finding> others = new ArrayList<>();
        List<Finding> inventory = new ArrayList<>();
        for (AzureMachine machine : machines) {
            List<GuestConfiguration> found = azure.guestConfigurations(machine);
            if (found.stream().anyMatch(GuestConfiguration::intruder)) {
                others.add(
                        finding(machine, "S3-12.others", inWords(found.stream().filter(GuestConfiguration::intruder))));
            } else {
                inventory.add(finding(machine, "S3-12.administrators", inWords(facts, machine, logins)));
            }
        }
        return others.isEmpty()
                ? Verdict.attest(
                        Counted.say(
                                "%d virtual [machine|machines], each with the administrators that Azure knows of",
                                machines.size()),
                        inventory)
                : Verdict.fail(
                        Counted.say(
                                "%d of %d virtual [machine|machines] [1:has|have] local administrators that the policy does not allow",
                                others.size(), machines.size()),
                        others);
    }

    private static String inWords(Facts facts, AzureMachine machine, List<Administrator> logins) {
        List<String> parts = new ArrayList<>();
        parts.add(machine.localAdministrator()
                .map(name -> "was made with the local administrator '" + name + "'")
                .orElse("was made from a disk whose administrators Azure does not know"));
        if (machine.entraLogin()) {
            List<String> who = logins.stream()
                    .filter(administrator -> administrator.holdings().stream()
                            .anyMatch(holding -> AzureEstate.of(facts).mayCover(holding.scope(), machine)))
                    .map(Administrator::name)
                    .sorted()
                    .toList();
            parts.add(
                    who.isEmpty()
                            ? "lets people of the directory sign in, none of them as administrator"
                            : "lets these sign in as administrator: " + String.join(", ", who));
        }
        String found = inWords(AzureEstate.of(facts).guestConfigurations(machine).stream());
        if (!found.isEmpty()) {
            parts.add(found);
        }
        return String.join("; ", parts);
    }

    private static String inWords(Stream<GuestConfiguration> found) {
        return found.flatMap(one -> one.inWords().stream()).collect(Collectors.joining("; "));
    }

    private static Finding finding(AzureMachine machine, String phrase, String administrators) {
        return new Finding(
                machine.id(),
                SubjectType.RESOURCE,
                machine.name(),
                Details.of(phrase).with("system", machine.operatingSystem()).with("administrators", administrators));
    }
}
