package dev.parc.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who of those that hold a role needs none, as far as the accounts tell: one that cannot or does not sign in does not.
 *
 * @param unknown of whom it cannot be told, a sentence each
 */
public record Unneeded(List<Holder> holders, List<String> unknown) {

    /**
     * One that needs no role.
     *
     * @param why to stand after its name
     */
    public record Holder(Administrator administrator, String why) {}

    public Unneeded {
        holders = List.copyOf(holders);
        unknown = List.copyOf(unknown);
    }

    static Unneeded of(Facts facts, List<Administrator> administrators) {
        List<Holder> holders = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Administrator administrator : administrators) {
            Optional<Account> account = facts.account(administrator.id());
            Optional<ServicePrincipal> principal = facts.servicePrincipal(administrator.id());
            Optional<String> why = account.isPresent()
                    ? account.flatMap(it -> unneeded(facts, it))
                    : principal.flatMap(Unneeded::unneeded);
            if (why.isPresent()) {
                holders.add(new Holder(administrator, why.get()));
            } else if (account.isPresent()) {
                account.filter(it -> !signInIsKnown(facts, it))
                        .ifPresent(it ->
                                unknown.add(FactKind.SIGN_INS.title() + ": nothing is known of " + it.signInName()));
            } else if (principal.isEmpty()) {
                unknown.add(FactKind.ACCOUNTS.title() + ": nothing was read of " + administrator.name());
            }
        }
        return new Unneeded(holders, unknown);
    }

    private static boolean signInIsKnown(Facts facts, Account account) {
        return facts.designations().isEmergency(account)
                || facts.synchronisationAccounts().holds(account)
                || facts.lacksLicenceFor(FactKind.SIGN_INS).isPresent()
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
        return facts.designations().isEmergency(account)
                        || facts.synchronisationAccounts().holds(account)
                ? Optional.empty()
                : facts.silence(account);
    }
}
