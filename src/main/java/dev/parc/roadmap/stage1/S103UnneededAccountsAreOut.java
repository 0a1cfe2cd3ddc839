package dev.parc.roadmap.stage1;

import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.DirectoryRole.HIGHLY_PRIVILEGED;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.SERVICE_PRINCIPALS;
import static dev.parc.facts.FactKind.SIGN_INS;

import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.facts.Account;
import dev.parc.facts.Administrator;
import dev.parc.facts.Administrators;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.ServicePrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An account that cannot or does not sign in needs no highly privileged role. */
@RoadmapItem(
        id = "S1-03",
        title = "Accounts that are no longer needed are out of the highly privileged roles",
        severity = HIGH,
        needs = {ACCOUNTS, SERVICE_PRINCIPALS},
        completedBy = SIGN_INS,
        administrators = true)
public final class S103UnneededAccountsAreOut implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        Administrators all = facts.administrators();
        List<Administrator> administrators = all.in(HIGHLY_PRIVILEGED);
        List<Finding> findings = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Administrator administrator : administrators) {
            String roles = all.inWords(administrator);
            Optional<Account> account = facts.account(administrator.id());
            Optional<ServicePrincipal> principal = facts.servicePrincipal(administrator.id());
            if (account.isPresent()) {
                Optional<String> why = unneeded(facts, account.get());
                why.ifPresent(reason -> findings.add(Finding.of(account.get(), reason + "; holds " + roles)));
                if (why.isEmpty() && !signInIsKnown(facts, account.get())) {
                    unknown.add("administrators' last sign-ins: nothing is known of "
                            + account.get().signInName());
                }
            } else if (principal.isPresent()) {
                unneeded(principal.get())
                        .ifPresent(why -> findings.add(Finding.of(principal.get(), why + "; holds " + roles)));
            } else {
                unknown.add("administrators' accounts: nothing was read of " + administrator.name());
            }
        }
        if (!findings.isEmpty()) {
            return Verdict.fail(
                    "%d of %d accounts in the highly privileged roles look unneeded"
                            .formatted(findings.size(), administrators.size()),
                    findings);
        }
        if (!unknown.isEmpty()) {
            return Verdict.notAssessed(unknown);
        }
        Optional<Licence> lacking = facts.lacksLicenceFor(SIGN_INS);
        return lacking.isPresent()
                ? Verdict.notApplicable(
                        "the tenant has no %s licence, without which Graph does not tell who still signs in"
                                        .formatted(lacking.get().title())
                                + "; none of the accounts is disabled, deleted or waiting")
                : Verdict.pass("all %d accounts in the highly privileged roles are enabled and in use"
                        .formatted(administrators.size()));
    }

    private static boolean signInIsKnown(Facts facts, Account account) {
        return facts.designations().isEmergency(account)
                || facts.lacksLicenceFor(SIGN_INS).isPresent()
                || facts.signIn(account).isPresent();
    }

    private static Optional<String> unneeded(ServicePrincipal principal) {
        if (principal.deleted()) {
            return Optional.of("no longer exists");
        }
        return principal.enabled() ? Optional.empty() : Optional.of("is disabled");
    }

    private static Optional<String> unneeded(Facts facts, Account account) {
        if (account.state() == Account.State.DELETED) {
            return Optional.of("no longer exists");
        }
        if (account.state() == Account.State.DISABLED) {
            return Optional.of("is disabled");
        }
        if (account.invitation().filter("PendingAcceptance"::equals).isPresent()) {
            return Optional.of("was invited and never accepted");
        }
        return facts.designations().isEmergency(account) ? Optional.empty() : facts.silence(account);
    }
}
