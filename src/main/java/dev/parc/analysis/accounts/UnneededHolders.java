package dev.parc.analysis.accounts;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.analysis.conditionalaccess.SynchronisationAccounts;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.activity.ApplicationUse;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.ServicePrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who of those that hold a role needs none, as far as the accounts tell: one that cannot or does not sign in does not. Who
 * is not in the directory may be a partner's and is not among them: {@link UnseenHolders#of} tells.
 *
 * @param unknown of whom it cannot be told, a sentence each
 * @param applications the service principals that are enabled; whether they are used was not looked at
 * @param unused the service principals of which Microsoft's report has no use, which may miss some
 */
public record UnneededHolders(
        List<Holder> holders, List<String> unknown, List<Administrator> applications, List<Holder> unused) {

    private static final String NOT_ON_RECORD =
            "has no use on record: ask its owner whether it is still needed; the report may miss new applications and"
                    + " managed identities";

    /**
     * One that needs no role.
     *
     * @param why to stand after its name
     */
    public record Holder(Administrator administrator, String why) {}

    public UnneededHolders {
        holders = List.copyOf(holders);
        unknown = List.copyOf(unknown);
        applications = List.copyOf(applications);
        unused = List.copyOf(unused);
    }

    /** What is said of all of them where none is unneeded, and what was not looked at; to stand after their number. */
    public String inUse() {
        return switch (applications.size()) {
            case 0 -> "are enabled and in use";
            case 1 ->
                "are enabled and, one application aside, in use; whether %s is used was not looked at"
                        .formatted(applications.get(0).name());
            default ->
                "are enabled and, %d applications aside, in use; whether these are used was not looked at"
                        .formatted(applications.size());
        };
    }

    /**
     * Who of these needs no role. Sign-ins do not count against designated emergency accounts, nor where the tenant lacks the
     * licence for them. Asks for {@link FactKind#ACCOUNTS}, {@link FactKind#SERVICE_PRINCIPALS} and {@link FactKind#SIGN_INS}.
     */
    public static UnneededHolders of(Facts facts, List<Administrator> administrators) {
        List<Holder> holders = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        List<Administrator> applications = new ArrayList<>();
        List<Holder> unused = new ArrayList<>();
        for (Administrator administrator : administrators) {
            Optional<Account> account = facts.account(administrator.id());
            Optional<ServicePrincipal> principal = facts.servicePrincipal(administrator.id());
            Optional<String> why = account.isPresent()
                    ? account.flatMap(it -> unneeded(facts, it))
                    : principal.flatMap(it -> unneeded(facts, it));
            if (why.isPresent()) {
                holders.add(new Holder(administrator, why.get()));
            } else if (account.isPresent()) {
                account.filter(it -> !signInIsKnown(facts, it))
                        .ifPresent(it ->
                                unknown.add(FactKind.SIGN_INS.title() + ": nothing is known of " + it.signInName()));
            } else if (principal.isPresent()) {
                facts.applicationUse(administrator.id())
                        .ifPresentOrElse(
                                use -> {
                                    if (use.lastUse().isEmpty()) {
                                        unused.add(new Holder(administrator, NOT_ON_RECORD));
                                    }
                                },
                                () -> applications.add(administrator));
            } else if (!facts.isUnresolved(administrator.id())) {
                unknown.add(FactKind.ACCOUNTS.title() + ": nothing was read of " + administrator.name());
            }
        }
        return new UnneededHolders(holders, unknown, applications, unused);
    }

    private static boolean signInIsKnown(Facts facts, Account account) {
        return facts.designations().isEmergency(account)
                || SynchronisationAccounts.of(facts).holds(account)
                || facts.lacksLicenceFor(FactKind.SIGN_INS).isPresent()
                || facts.signIn(account).isPresent();
    }

    private static Optional<String> unneeded(Facts facts, ServicePrincipal principal) {
        if (principal.deleted()) {
            return Optional.of("no longer exists");
        }
        return principal.enabled()
                ? facts.applicationUse(principal.id())
                        .flatMap(ApplicationUse::lastUse)
                        .flatMap(last -> SignInAge.silence(facts.takenAt(), last))
                : Optional.of("is disabled");
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
                        || SynchronisationAccounts.of(facts).holds(account)
                ? Optional.empty()
                : SignInAge.silence(facts, account);
    }
}
