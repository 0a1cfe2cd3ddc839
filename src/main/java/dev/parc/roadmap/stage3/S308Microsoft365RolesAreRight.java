package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.MEDIUM;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.EXCHANGE_ROLES;
import static dev.parc.facts.FactKind.SERVICE_PLANS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.FactKind.SIGN_INS;

import dev.parc.analysis.accounts.UnneededHolders;
import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.pim.RoleHolders;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.roles.ServiceRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists who administers Microsoft 365 and by which roles; whether the roles are the right ones only people know. */
@RoadmapItem(
        id = "S3-08",
        title = "Microsoft 365 administrators hold the right roles",
        severity = MEDIUM,
        effort = DAYS,
        remedy = "Review the Microsoft 365 roles with the service owners, move people who are in the wrong role,"
                + " and attest it",
        needs = {SERVICE_PLANS, ACCOUNTS, SERVICE_PRINCIPALS},
        completedBy = SIGN_INS,
        signals = EXCHANGE_ROLES,
        administrators = true,
        attests = "We have assessed every administrator of Microsoft 365 and moved or removed those in the wrong role.")
public final class S308Microsoft365RolesAreRight implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        if (!facts.usesMicrosoft365()) {
            return Verdict.notApplicable("the tenant does not use Microsoft 365");
        }
        Administrators all = Administrators.of(facts);
        List<RoleHolders> roles = RoleHolders.of(facts).stream()
                .filter(RoleHolders::ofMicrosoft365)
                .toList();
        Map<String, Administrator> holders = new LinkedHashMap<>();
        roles.forEach(role -> role.holders().forEach(holder -> holders.putIfAbsent(holder.id(), holder)));
        UnneededHolders unneeded = UnneededHolders.of(facts, List.copyOf(holders.values()));
        if (!unneeded.holders().isEmpty()) {
            return Verdict.fail(
                    "%d of %d who administer Microsoft 365 appear not to need a role"
                            .formatted(unneeded.holders().size(), holders.size()),
                    unneeded.holders().stream()
                            .map(holder -> Finding.of(
                                    facts,
                                    holder.administrator(),
                                    Details.of("S3-08.unneeded").with("why", holder.why())))
                            .toList());
        }
        if (!unneeded.unknown().isEmpty()) {
            return Verdict.notAssessed(unneeded.unknown());
        }
        List<Finding> findings = new ArrayList<>();
        all.all().stream()
                .filter(one -> holders.containsKey(one.id()))
                .forEach(one -> findings.add(
                        Finding.of(facts, one, Details.of("holder.roles").with("roles", all.inWords(one)))));
        long inExchange = facts.serviceRoles(EXCHANGE_ROLES).stream()
                .map(ServiceRole::principalId)
                .distinct()
                .count();
        if (inExchange > 0) {
            findings.add(Finding.ofTenant(Details.of("S3-08.exchange").with("holders", (int) inExchange)));
        }
        return Verdict.attest(
                Counted.say(
                        "%d [holds|hold] %d [role|roles] that administer Microsoft 365", holders.size(), roles.size()),
                findings);
    }
}
