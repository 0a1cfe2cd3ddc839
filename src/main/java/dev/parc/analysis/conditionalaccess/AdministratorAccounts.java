package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user accounts behind administrators. Service principals are left out, and accounts that the directory no longer has.
 *
 * @param held every account, with what it holds
 * @param unresolved holders that are no user, group or service principal of the directory: {@link UnseenHolders#of} tells
 * @param unread what could not be read, a sentence each
 */
public record AdministratorAccounts(List<Held> held, List<Administrator> unresolved, List<String> unread) {

    /** An account of the directory and what it holds. */
    public record Held(Account account, Administrator administrator) {}

    public AdministratorAccounts {
        held = List.copyOf(held);
        unresolved = List.copyOf(unresolved);
        unread = List.copyOf(unread);
    }

    /** The user accounts behind the administrators; asks for accounts and service principals. */
    public static AdministratorAccounts of(Facts facts, List<Administrator> administrators) {
        List<Held> held = new ArrayList<>();
        List<Administrator> unresolved = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (Administrator administrator : administrators) {
            Optional<Account> account = facts.account(administrator.id());
            boolean application = administrator.type() == PrincipalType.SERVICE_PRINCIPAL
                    || facts.servicePrincipal(administrator.id()).isPresent();
            if (application) {
                continue;
            }
            if (facts.isUnresolved(administrator.id())) {
                unresolved.add(administrator);
            } else if (account.isEmpty()) {
                unread.add(FactKind.ACCOUNTS.title() + ": nothing was read of " + administrator.name());
            } else if (account.get().state() != Account.State.DELETED) {
                held.add(new Held(account.get(), administrator));
            }
        }
        return new AdministratorAccounts(held, unresolved, unread);
    }

    /** Those of people, and not of directory synchronisation, that can sign in. */
    public List<Held> ofPeople(Facts facts) {
        SynchronisationAccounts programs = SynchronisationAccounts.of(facts);
        return held.stream()
                .filter(one -> one.account().state() == Account.State.ENABLED)
                .filter(one -> !programs.holds(one.account()))
                .toList();
    }

    /** Those of people that were not designated for emergencies: the accounts that people administer with. */
    public List<Held> inUse(Facts facts) {
        return ofPeople(facts).stream()
                .filter(one -> !facts.designations().isEmergency(one.account()))
                .toList();
    }
}
