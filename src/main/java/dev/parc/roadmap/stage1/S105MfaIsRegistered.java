package dev.parc.roadmap.stage1;

import static dev.parc.check.Severity.CRITICAL;
import static dev.parc.facts.DirectoryRole.HIGHLY_PRIVILEGED;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.DOMAINS;
import static dev.parc.facts.FactKind.FEDERATIONS;
import static dev.parc.facts.FactKind.REGISTRATIONS;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.facts.Account;
import dev.parc.facts.Category;
import dev.parc.facts.Facts;
import dev.parc.facts.Federation;
import dev.parc.facts.PrincipalType;
import dev.parc.facts.Registration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Whoever is to do MFA in Entra ID has registered for it; others would register at the attacker's keyboard. */
@RoadmapItem(
        id = "S1-05",
        title = "Highly privileged single-user, non-federated accounts are registered for MFA",
        severity = CRITICAL,
        needs = {ACCOUNTS, DOMAINS, REGISTRATIONS},
        completedBy = FEDERATIONS,
        administrators = true)
public final class S105MfaIsRegistered implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        List<Account> asked = facts.administrators().in(HIGHLY_PRIVILEGED).stream()
                .filter(administrator -> administrator.type() != PrincipalType.SERVICE_PRINCIPAL)
                .flatMap(administrator -> facts.account(administrator.id()).stream())
                .toList();
        List<Account> inScope =
                asked.stream().filter(account -> registersHere(facts, account)).toList();
        if (inScope.isEmpty()) {
            return Verdict.notApplicable("none of the %d accounts is a single-user, non-federated one that can sign in"
                    .formatted(asked.size()));
        }
        List<Finding> without = new ArrayList<>();
        List<Finding> unclear = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Account account : inScope) {
            Optional<Registration> registration = facts.registration(account);
            if (registration.isEmpty()) {
                unknown.add("administrators' MFA registrations: nothing is known of " + account.signInName());
            } else if (!registration.get().mfaCapable()) {
                if (account.external()) {
                    unclear.add(Finding.of(
                            account, "is registered for no MFA method here; its home directory may do MFA for it"));
                } else {
                    without.add(Finding.of(account, "is registered for no MFA method that may be used"));
                }
            } else if (registration.get().source() == Registration.Source.METHODS) {
                unclear.add(Finding.of(
                        account,
                        "is registered for "
                                + String.join(", ", registration.get().methods())
                                + "; whether the authentication methods policy allows that was not told"));
            }
        }
        if (!without.isEmpty()) {
            int unregistered = without.size();
            without.addAll(unclear);
            return Verdict.fail(
                    "%d of %d highly privileged accounts are not registered for MFA"
                            .formatted(unregistered, inScope.size()),
                    without);
        }
        if (!unknown.isEmpty()) {
            return Verdict.notAssessed(unknown).withFindings(unclear);
        }
        return unclear.isEmpty()
                ? Verdict.pass("all %d highly privileged single-user, non-federated accounts are registered for MFA"
                        .formatted(inScope.size()))
                : Verdict.review(
                        "for %d of %d highly privileged accounts a person must look"
                                .formatted(unclear.size(), inScope.size()),
                        unclear);
    }

    private static boolean registersHere(Facts facts, Account account) {
        Category category = facts.designations().categories().get(account.id().toLowerCase(Locale.ROOT));
        return account.state() == Account.State.ENABLED
                && !facts.designations().isEmergency(account)
                && category != Category.SHARED
                && !federated(facts, account);
    }

    /** A federated domain whose provider's MFA Entra ID refuses is like a managed one. */
    private static boolean federated(Facts facts, Account account) {
        return facts.domainOf(account)
                .filter(domain -> domain.federated()
                        && facts.federationOf(domain)
                                .filter(Federation::entraDoesMfa)
                                .isEmpty())
                .isPresent();
    }
}
