package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.CRITICAL;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_METHODS_POLICY;
import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.FEDERATIONS;
import static dev.parc.facts.FactKind.INBOUND_TRUST;
import static dev.parc.facts.FactKind.METHOD_GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.ORGANIZATION;
import static dev.parc.facts.FactKind.REGISTRATIONS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;

import dev.parc.analysis.accounts.MfaRegistrations;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.conditionalaccess.AdministratorAccounts;
import dev.parc.analysis.conditionalaccess.AdministratorAccounts.Held;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.NewFinding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import java.util.List;

/** Every account that administers is registered for MFA, whatever its role; who may have it elsewhere is shown. */
@RoadmapItem(
        id = "S2-03",
        title = "All administrator accounts are registered for MFA",
        severity = CRITICAL,
        effort = DAYS,
        remedy = "Ask the listed administrators to register for MFA at https://aka.ms/mfasetup, preferably with"
                + " a passkey",
        newFinding = NewFinding.LOST_MFA,
        needs = {ACCOUNTS, DOMAINS, REGISTRATIONS},
        completedBy = {ORGANIZATION, FEDERATIONS, SERVICE_PRINCIPALS},
        signals = {AUTHENTICATION_METHODS_POLICY, METHOD_GROUP_MEMBERSHIPS, INBOUND_TRUST},
        administrators = true,
        azureAdministrators = true)
public final class S203AllAdministratorsAreRegistered implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        AdministratorAccounts accounts =
                AdministratorAccounts.of(facts, Administrators.of(facts).everywhere());
        List<Account> asked =
                accounts.ofPeople(facts).stream().map(Held::account).toList();
        MfaRegistrations registrations = MfaRegistrations.of(facts, asked);
        Weighing weighing = new Weighing();
        for (Account account : registrations.without()) {
            if (facts.designations().isEmergency(account)) {
                weighing.doubtful(Finding.of(account, Details.of("S2-03.emergency-unregistered")));
            } else {
                weighing.certain(Finding.of(
                        account, Details.of("mfa.unregistered").with("what", MfaRegistrations.inWords(account))));
            }
        }
        registrations
                .unclear()
                .forEach(doubt -> weighing.doubtful(
                        Finding.of(doubt.account(), Details.of("mfa.unclear").with("why", doubt.why()))));
        registrations.unknown().forEach(weighing::unknown);
        weighing.holdersWithoutAccount(accounts);
        return weighing.verdict(
                        without -> Counted.say(
                                "%d of %d [administrator's account|administrators' accounts] [1:is|are] not registered for MFA",
                                without, asked.size()),
                        unclear -> Counted.say(
                                "%d of %d [administrator|administrators] [1:needs|need] review",
                                unclear, asked.size() + accounts.unresolved().size()))
                .orElseGet(() -> asked.isEmpty()
                        ? Verdict.notApplicable("no user account that can sign in holds a directory role")
                        : Verdict.pass(Counted.say(
                                "all %d [administrator's account|administrators' accounts] [is|are] registered for MFA",
                                asked.size())));
    }
}
