package dev.parc.analysis.accounts;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.facts.Category;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.directory.SyncState;
import java.util.Optional;

/** Tells what administrators' accounts are for. */
public final class Categories {

    private final Facts facts;
    private final EmergencyAccounts emergency;

    private Categories(Facts facts) {
        this.facts = facts;
        this.emergency = EmergencyAccounts.of(facts);
    }

    /** What administrators' accounts are for, as far as can be told. */
    public static Categories of(Facts facts) {
        return new Categories(facts);
    }

    /** The operator's word first, then what the facts say. */
    public Categorisation of(Administrator administrator) {
        Optional<Category> named = facts.designations().category(administrator.id());
        if (named.isPresent()) {
            return new Categorisation(named.get(), "the operator says so", true);
        }
        if (administrator.type() == PrincipalType.SERVICE_PRINCIPAL) {
            String type = facts.servicePrincipal(administrator.id())
                    .map(ServicePrincipal::type)
                    .orElse("");
            return new Categorisation(
                    Category.AUTOMATION,
                    type.equals("ManagedIdentity") ? "it is a managed identity" : "it is a service principal",
                    true);
        }
        Optional<Account> read = facts.account(administrator.id());
        if (read.isEmpty()) {
            return new Categorisation(Category.DEDICATED, "nothing could be read of it", false);
        }
        Account account = read.get();
        if (facts.designations().isEmergency(account)) {
            return new Categorisation(Category.BREAK_GLASS, "the operator designated it", true);
        }
        if (account.microsoftAccount()) {
            return new Categorisation(Category.EXTERNAL, "it is a personal Microsoft account", true);
        }
        if (account.external()) {
            return new Categorisation(
                    Category.EXTERNAL,
                    account.guest() ? "it is a guest" : "it was invited from another directory",
                    true);
        }
        if (emergency.looksLikeOne(account)) {
            return new Categorisation(
                    Category.BREAK_GLASS,
                    "it is a permanent, cloud-only Global Administrator that Conditional Access excludes",
                    false);
        }
        if (account.mailbox()) {
            return new Categorisation(Category.DUAL_USE, "it has an Exchange Online mailbox", false);
        }
        if (account.sync() == SyncState.SYNCED) {
            return new Categorisation(Category.DUAL_USE, "it is synchronised from on-premises", false);
        }
        return new Categorisation(Category.DEDICATED, "it is a cloud-only account without a mailbox", false);
    }
}
