package dev.parc.roadmap.breakglass;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_METHODS_POLICY;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.ENTRA_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.FEDERATIONS;
import static dev.parc.facts.FactKind.GROUP_MEMBERS;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.METHOD_GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.PASSWORD_HASH_SYNC;
import static dev.parc.facts.FactKind.PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_GROUP_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_GROUP_ELIGIBILITIES;
import static dev.parc.facts.FactKind.REGISTRATIONS;
import static dev.parc.facts.FactKind.ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.ROLE_DEFINITIONS;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.analysis.azure.AzureEstate;
import dev.parc.analysis.emergency.FederationLoss;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import java.util.ArrayList;
import java.util.List;

/** What to do in an emergency, step by step as the source has it; each step is attested by itself. */
@RoadmapItem(
        id = "BG-02",
        title = "An emergency playbook is on file",
        severity = HIGH,
        effort = DAYS,
        remedy = "Write a page for each of the eight steps of the playbook, rehearse it, and attest it",
        needs = {},
        signals = {
            ORGANIZATION,
            DOMAINS,
            FEDERATIONS,
            PASSWORD_HASH_SYNC,
            SERVICE_PLANS,
            ENTRA_DIAGNOSTIC_SETTINGS,
            ROLE_DEFINITIONS,
            ROLE_ASSIGNMENTS,
            PIM_ASSIGNMENTS,
            PIM_ELIGIBILITIES,
            GROUP_MEMBERS,
            PIM_GROUP_ASSIGNMENTS,
            PIM_GROUP_ELIGIBILITIES,
            ACCOUNTS,
            CONDITIONAL_ACCESS_POLICIES,
            NAMED_LOCATIONS,
            AUTHENTICATION_STRENGTHS,
            SECURITY_DEFAULTS,
            GROUP_MEMBERSHIPS,
            REGISTRATIONS,
            AUTHENTICATION_METHODS_POLICY,
            METHOD_GROUP_MEMBERSHIPS
        },
        attests = {
            "The playbook names the managers and security officers to notify, and ways to reach them that"
                    + " work when Microsoft 365 does not.",
            "The attack playbook can be read during an attack and was reviewed within the last year.",
            "The playbook says where the emergency accounts' credentials are and who may get them, and we"
                    + " have tested the way to them.",
            "The playbook says how to open a support request with Microsoft, and who may, even when nobody"
                    + " can sign in.",
            "The playbook says who checks the sign-in logs and how, and that entries can be delayed.",
            "The playbook says how to switch federated domains to password hash synchronisation and back,"
                    + " or we have no federated domain.",
            "The playbook says who monitors the mail of privileged accounts during an incident.",
            "The playbook says which logs to save as evidence, and where."
        })
public final class BG02PlaybookIsOnFile implements Check {

    private static final List<String> EVIDENCE = List.of("AuditLogs", "SignInLogs");

    @Override
    public Verdict evaluate(Facts facts) {
        FederationLoss loss =
                facts.federatedDomains().isEmpty() ? new FederationLoss(List.of(), false) : FederationLoss.of(facts);
        List<Finding> impossible = new ArrayList<>(impossible(facts));
        if (loss.everybody()) {
            impossible.addAll(lockedOut(loss));
        }
        if (!impossible.isEmpty()) {
            return Verdict.review("a step of the playbook cannot be done in this tenant", impossible);
        }
        List<Finding> findings = new ArrayList<>();
        if (facts.organization().filter(it -> it.securityMails().isEmpty()).isPresent()) {
            findings.add(Finding.ofTenant(Details.of("BG-02.no-security-contact")));
        }
        if (facts.designations().emergencyAccounts().isEmpty()) {
            findings.add(Finding.ofTenant(Details.of("BG-02.no-emergency-account")));
        }
        if (facts.reading(SERVICE_PLANS) instanceof Reading.Read && !facts.licensed(Licence.ENTRA_ID_P1)) {
            findings.add(Finding.ofTenant(Details.of("BG-02.no-licence-for-logs")));
        }
        AzureEstate.of(facts)
                .directoryExports()
                .map(exports -> exports.missing(EVIDENCE))
                .filter(missing -> !missing.isEmpty())
                .ifPresent(missing -> findings.add(
                        Finding.ofTenant(Details.of("BG-02.logs-unsent").with("logs", List.copyOf(missing)))));
        findings.addAll(lockedOut(loss));
        return Verdict.attest("no interface tells what a playbook says", findings);
    }

    /** To switch a domain takes somebody who gets in while its identity provider is down. */
    private static List<Finding> lockedOut(FederationLoss loss) {
        return loss.lockedOut().stream()
                .map(account -> Finding.of(account, Details.of("BG-02.locked-out")))
                .toList();
    }

    /** The sixth step needs hashes to switch to. */
    private static List<Finding> impossible(Facts facts) {
        return facts.passwordHashSync()
                        .filter(sync -> sync.fails(facts.takenAt()))
                        .isEmpty()
                ? List.of()
                : facts.federatedDomains().stream()
                        .map(domain ->
                                Finding.ofTenant(Details.of("BG-02.no-hashes").with("domain", domain.name())))
                        .toList();
    }
}
