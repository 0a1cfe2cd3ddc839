package dev.parc.roadmap.stage1;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.APPLICATION_USE;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.FactKind.SIGN_INS;
import static dev.parc.facts.roles.DirectoryRole.HIGHLY_PRIVILEGED;

import dev.parc.analysis.accounts.UnneededHolders;
import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.roles.RelevantRoles;
import java.util.List;
import java.util.Optional;

/** An account that cannot or does not sign in needs no highly privileged role. */
@RoadmapItem(
        id = "S1-03",
        title = "Accounts that are no longer needed are removed from the highly privileged roles",
        severity = HIGH,
        effort = HOURS,
        remedy = "Remove the highly privileged roles from the listed accounts",
        needs = {ACCOUNTS, SERVICE_PRINCIPALS},
        completedBy = SIGN_INS,
        signals = APPLICATION_USE,
        administrators = true,
        roles = RelevantRoles.HIGHLY_PRIVILEGED)
public final class S103UnneededAccountsAreOut implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Administrators all = Administrators.of(facts);
        List<Administrator> administrators = all.in(HIGHLY_PRIVILEGED);
        UnneededHolders unneeded = UnneededHolders.of(facts, administrators);
        List<Finding> findings = unneeded.holders().stream()
                .map(holder -> Finding.of(facts, holder))
                .toList();
        if (!findings.isEmpty()) {
            return Verdict.fail(
                    Counted.say(
                            "%d of %d [account|accounts] in the highly privileged roles [1:looks|look] unneeded",
                            findings.size(), administrators.size()),
                    findings);
        }
        if (!unneeded.unknown().isEmpty()) {
            return Verdict.notAssessed(unneeded.unknown());
        }
        if (!unneeded.unused().isEmpty()) {
            return Verdict.review(
                    Counted.say(
                            "of %d of %d [account|accounts] in the highly privileged roles no use is on record",
                            unneeded.unused().size(), administrators.size()),
                    unneeded.unused().stream()
                            .map(holder -> Finding.of(facts, holder))
                            .toList());
        }
        Optional<Licence> lacking = facts.lacksLicenceFor(SIGN_INS);
        return lacking.isPresent()
                ? Verdict.notApplicable(
                        "the tenant has no %s licence, without which Graph does not tell who still signs in"
                                        .formatted(lacking.get().title())
                                + "; none of the accounts is disabled, deleted or waiting")
                : Verdict.pass(Counted.say(
                        "all %d [account|accounts] in the highly privileged roles %s",
                        administrators.size(), unneeded.inUse()));
    }
}
