package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AZURE_CUSTOM_ROLES;
import static dev.parc.facts.FactKind.AZURE_DELEGATIONS;
import static dev.parc.facts.FactKind.AZURE_ELIGIBILITIES;
import static dev.parc.facts.FactKind.AZURE_FURTHER_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.DEFENDER_ROLES;
import static dev.parc.facts.FactKind.ENTITLEMENT_ROLES;
import static dev.parc.facts.FactKind.EXCHANGE_ROLES;
import static dev.parc.facts.FactKind.INTUNE_ROLES;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

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
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzureDelegation;
import dev.parc.facts.roles.ServiceRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Lists who may administer what, service by service; a service that was not read is named, and never counted as empty. */
@RoadmapItem(
        id = "S2-01",
        title = "Administrators of every service are inventoried",
        severity = MEDIUM,
        effort = DAYS,
        remedy = "Grant PARC the optional permissions and Reader in Azure, list the administrators of the other"
                + " services, and attest it",
        needs = {},
        completedBy = {ACCOUNTS, SERVICE_PRINCIPALS},
        signals = {
            AZURE_MANAGEMENT_GROUPS,
            AZURE_SUBSCRIPTIONS,
            AZURE_ROLE_ASSIGNMENTS,
            AZURE_ELIGIBILITIES,
            AZURE_PIM_ASSIGNMENTS,
            AZURE_CUSTOM_ROLES,
            AZURE_FURTHER_ASSIGNMENTS,
            AZURE_DELEGATIONS,
            EXCHANGE_ROLES,
            INTUNE_ROLES,
            DEFENDER_ROLES,
            ENTITLEMENT_ROLES
        },
        administrators = true,
        attests = {
            "We have listed by hand the administrators of the services that offer no API for it: Purview"
                    + " role groups, SharePoint site administrators, Power Platform, Dynamics 365 and partners.",
            "We have listed by hand the administrators of every service that this item names as not read."
        })
public final class S201AdministratorsAreInventoried implements Check {

    /** The services with roles of their own, by the kinds that list them. */
    private enum Service {
        EXCHANGE(EXCHANGE_ROLES, "Exchange Online"),
        INTUNE(INTUNE_ROLES, "Intune"),
        DEFENDER(DEFENDER_ROLES, "Defender XDR"),
        ENTITLEMENT(ENTITLEMENT_ROLES, "Entitlement Management");

        private final FactKind kind;
        private final String title;

        Service(FactKind kind, String title) {
            this.kind = kind;
            this.title = title;
        }
    }

    private static final Details NOTHING_YET = Details.of("S2-01.holds").with("roles", "");

    @Override
    public Verdict evaluate(Facts facts) {
        Administrators all = Administrators.of(facts);
        Map<String, List<String>> roles = new LinkedHashMap<>();
        Map<String, Finding> subjects = new LinkedHashMap<>();
        List<Administrator> entra = all.all();
        List<Administrator> azure = all.changingAzure();
        entra.forEach(one -> add(facts, one, "Microsoft Entra ID: " + all.inWords(one), roles, subjects));
        azure.forEach(one -> add(facts, one, "Azure: " + all.inWords(one), roles, subjects));
        List<String> counts = new ArrayList<>();
        int unread = 0;
        counts.add(Counted.say("%d [administrator|administrators] in Microsoft Entra ID", entra.size()));
        if (facts.reading(AZURE_ROLE_ASSIGNMENTS) instanceof Reading.Read) {
            counts.add("%d in Azure".formatted(azure.size()));
        } else {
            unread++;
        }
        int delegated = addDelegated(facts, roles, subjects);
        if (delegated > 0) {
            counts.add("%d by Azure Lighthouse".formatted(delegated));
        }
        if (!(facts.reading(AZURE_DELEGATIONS) instanceof Reading.Read)) {
            unread++;
        }
        Set<String> holders = new HashSet<>();
        int read = 0;
        for (Service service : Service.values()) {
            Reading reading = facts.reading(service.kind);
            if (reading instanceof Reading.Read) {
                read++;
                holders.addAll(addHolders(facts, service, roles, subjects));
            } else if (!(reading instanceof Reading.Unlicensed)) {
                unread++;
            }
        }
        if (read > 0) {
            counts.add(Counted.say("%d in %d other [service|services]", holders.size(), read));
        }
        String summary = String.join(", ", counts)
                + (unread == 0 ? "" : Counted.say("; %d [service|services] not read", unread));
        List<Finding> findings = new ArrayList<>();
        subjects.forEach((id, subject) -> findings.add(subject.with(Details.of("S2-01.holds")
                .with("roles", String.join("; ", roles.getOrDefault(id, List.of()))))));
        return Verdict.attest(summary, findings);
    }

    /** Adds principals of other tenants, and counts them. */
    private static int addDelegated(Facts facts, Map<String, List<String>> roles, Map<String, Finding> subjects) {
        Set<String> principals = new LinkedHashSet<>();
        for (AzureDelegation delegation : AzureEstate.of(facts).delegations()) {
            for (AzureDelegation.Authorization authorization : delegation.authorizations()) {
                if (authorization.administers()) {
                    Finding found = Finding.of(facts, delegation, authorization);
                    principals.add(found.subjectId());
                    subjects.putIfAbsent(found.subjectId(), found);
                    roles.computeIfAbsent(found.subjectId(), it -> new ArrayList<>())
                            .add("Azure, " + found.message());
                }
            }
        }
        return principals.size();
    }

    private static void add(
            Facts facts,
            Administrator one,
            String words,
            Map<String, List<String>> roles,
            Map<String, Finding> subjects) {
        String id = one.id().toLowerCase(Locale.ROOT);
        subjects.putIfAbsent(id, Finding.of(facts, one, NOTHING_YET));
        roles.computeIfAbsent(id, it -> new ArrayList<>()).add(words);
    }

    /** Adds who holds roles of a service, and gives their ids. */
    private static Set<String> addHolders(
            Facts facts, Service service, Map<String, List<String>> roles, Map<String, Finding> subjects) {
        Map<String, Set<String>> held = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        for (ServiceRole role : facts.serviceRoles(service.kind)) {
            String id = role.principalId().toLowerCase(Locale.ROOT);
            held.computeIfAbsent(id, it -> new LinkedHashSet<>()).add(role.roleName());
            names.putIfAbsent(id, role.principalName());
        }
        held.forEach((id, roleNames) -> {
            subjects.putIfAbsent(id, new Finding(id, SubjectType.PRINCIPAL, names.getOrDefault(id, id), NOTHING_YET));
            roles.computeIfAbsent(id, it -> new ArrayList<>()).add(service.title + ": " + String.join(", ", roleNames));
        });
        return held.keySet();
    }
}
