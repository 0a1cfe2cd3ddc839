package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.APPLICATION_USE;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.PIM_ACTIVATIONS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.FactKind.SIGN_INS;

import dev.parc.analysis.accounts.UnneededHolders;
import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.IdleEligibility;
import dev.parc.analysis.conditionalaccess.SynchronisationAccounts;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.PimActivation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks of every role what S1-03 asks of the highly privileged ones, and of every eligible administrator whether it is used. */
@RoadmapItem(
        id = "S2-05",
        title = "Administrative access that is not needed is removed from all roles",
        severity = HIGH,
        effort = DAYS,
        remedy = "Remove the roles of listed accounts that cannot or do not sign in; ask the others what they"
                + " need their roles for",
        needs = {ACCOUNTS, SERVICE_PRINCIPALS},
        completedBy = {ORGANIZATION, SIGN_INS, PIM_ACTIVATIONS},
        signals = APPLICATION_USE,
        administrators = true,
        azureAdministrators = true)
public final class S205UnneededAccessIsRemoved implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Administrators all = Administrators.of(facts);
        List<Administrator> administrators = all.everywhere();
        UnneededHolders unneeded = UnneededHolders.of(facts, administrators);
        List<Finding> findings = unneeded.holders().stream()
                .map(holder -> Finding.of(facts, holder))
                .toList();
        if (!findings.isEmpty()) {
            return Verdict.fail(
                    "%d of %d who hold a role appear not to need one".formatted(findings.size(), administrators.size()),
                    findings);
        }
        if (!unneeded.unknown().isEmpty()) {
            return Verdict.notAssessed(unneeded.unknown());
        }
        List<Finding> idle = IdleEligibility.of(facts).stream()
                .map(one ->
                        Finding.of(facts, one.roles(), Details.of("S2-05.idle").with("what", one.inWords(all))))
                .toList();
        List<Finding> unused = unneeded.unused().stream()
                .map(holder -> Finding.of(facts, holder))
                .toList();
        if (!idle.isEmpty() || !unused.isEmpty()) {
            List<String> words = new ArrayList<>();
            words.add("nobody is disabled, deleted or silent");
            if (!idle.isEmpty()) {
                words.add("%d did not activate what they are eligible for in the %d days that the log goes back"
                        .formatted(idle.size(), PimActivation.DAYS));
            }
            if (!unused.isEmpty()) {
                words.add("of %d no use is on record".formatted(unused.size()));
            }
            return Verdict.review(
                    String.join("; ", words),
                    Stream.concat(idle.stream(), unused.stream()).toList());
        }
        Optional<Licence> lacking = facts.lacksLicenceFor(SIGN_INS);
        int programs = SynchronisationAccounts.of(facts).enabled().size();
        return lacking.isPresent()
                ? Verdict.notApplicable(
                        "the tenant has no %s licence, without which Graph does not tell who still signs in"
                                        .formatted(lacking.get().title())
                                + "; nobody who holds a role is disabled, deleted or waiting")
                : Verdict.pass("all %d who hold a role %s".formatted(administrators.size() - programs, unneeded.inUse())
                        + (programs == 0
                                ? ""
                                : "; of %d %s of directory synchronisation no sign-in activity is asked"
                                        .formatted(programs, programs == 1 ? "account" : "accounts")));
    }
}
