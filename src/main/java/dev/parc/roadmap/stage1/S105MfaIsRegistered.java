package dev.parc.roadmap.stage1;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.CRITICAL;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_METHODS_POLICY;
import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.FEDERATIONS;
import static dev.parc.facts.FactKind.INBOUND_TRUST;
import static dev.parc.facts.FactKind.METHOD_GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.REGISTRATIONS;
import static dev.parc.facts.roles.DirectoryRole.HIGHLY_PRIVILEGED;

import dev.parc.analysis.accounts.MfaRegistrations;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.NewFinding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.Weighing;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Category;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.RelevantRoles;
import java.util.List;

/** Whoever is to do MFA in Entra ID has registered for it; others would register at the attacker's keyboard. */
@RoadmapItem(
        id = "S1-05",
        title = "Highly privileged single-user, non-federated accounts are registered for MFA",
        severity = CRITICAL,
        effort = HOURS,
        remedy = "Ask the listed people to register for MFA at https://aka.ms/mfasetup, preferably with a passkey",
        newFinding = NewFinding.LOST_MFA,
        needs = {ACCOUNTS, DOMAINS, REGISTRATIONS},
        completedBy = FEDERATIONS,
        signals = {AUTHENTICATION_METHODS_POLICY, METHOD_GROUP_MEMBERSHIPS, INBOUND_TRUST},
        administrators = true,
        roles = RelevantRoles.HIGHLY_PRIVILEGED)
public final class S105MfaIsRegistered implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        List<Account> asked = Administrators.of(facts).in(HIGHLY_PRIVILEGED).stream()
                .filter(administrator -> administrator.type() != PrincipalType.SERVICE_PRINCIPAL)
                .flatMap(administrator -> facts.account(administrator.id()).stream())
                .toList();
        List<Account> inScope =
                asked.stream().filter(account -> registersHere(facts, account)).toList();
        if (inScope.isEmpty()) {
            return Verdict.notApplicable(Counted.say(
                    "of %d [account|accounts] none is a single-user, non-federated one that can sign in",
                    asked.size()));
        }
        MfaRegistrations registrations = MfaRegistrations.of(facts, inScope);
        Weighing weighing = new Weighing();
        registrations
                .without()
                .forEach(account -> weighing.certain(Finding.of(
                        account, Details.of("mfa.unregistered").with("what", MfaRegistrations.inWords(account)))));
        registrations
                .unclear()
                .forEach(doubt -> weighing.doubtful(
                        Finding.of(doubt.account(), Details.of("mfa.unclear").with("why", doubt.why()))));
        registrations.unknown().forEach(weighing::unknown);
        return weighing.verdict(
                        without -> Counted.say(
                                "%d of %d highly privileged [account|accounts] [1:is|are] not registered for MFA",
                                without, inScope.size()),
                        unclear -> Counted.say(
                                "%d of %d highly privileged [account|accounts] [1:needs|need] review",
                                unclear, inScope.size()))
                .orElseGet(() -> Verdict.pass(
                        "all %d highly privileged single-user, non-federated accounts are registered for MFA"
                                .formatted(inScope.size())));
    }

    private static boolean registersHere(Facts facts, Account account) {
        return account.state() == Account.State.ENABLED
                && !facts.designations().isEmergency(account)
                && facts.designations()
                        .category(account.id())
                        .filter(Category.SHARED::equals)
                        .isEmpty()
                && !facts.mfaIsFederated(account);
    }
}
