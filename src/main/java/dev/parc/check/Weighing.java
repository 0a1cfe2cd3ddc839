package dev.parc.check;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.conditionalaccess.AdministratorAccounts;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What speaks against an item, subject by subject. The gravest decides: what is certain makes a FAIL, then what is not
 * known NOT_ASSESSED, then what a person must look at REVIEW.
 */
public final class Weighing {

    private final List<Finding> certain = new ArrayList<>();
    private final List<Finding> doubtful = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /** It is not as asked. */
    public void certain(Finding finding) {
        certain.add(finding);
    }

    /** A person must look. */
    public void doubtful(Finding finding) {
        doubtful.add(finding);
    }

    /** It is not known; the reason is a sentence. */
    public void unknown(String reason) {
        unknown.add(reason);
    }

    /**
     * The enabled accounts that people administer with, designated emergency accounts aside. What could not be read of
     * administrators is noted here as unknown.
     */
    public List<Account> administrators(Facts facts) {
        return administrators(facts, Administrators.of(facts).all());
    }

    /** The same of these administrators. */
    public List<Account> administrators(Facts facts, List<Administrator> administrators) {
        AdministratorAccounts accounts = AdministratorAccounts.of(facts, administrators);
        holdersWithoutAccount(accounts);
        return accounts.inUse(facts).stream()
                .map(AdministratorAccounts.Held::account)
                .toList();
    }

    /** Who holds something without an account that was read is unknown; strangers the assessor tells of. */
    public void holdersWithoutAccount(AdministratorAccounts accounts) {
        accounts.unread().forEach(this::unknown);
    }

    /**
     * The answer; empty if nothing speaks against the item.
     *
     * @param fail the summary for so many certain findings
     * @param review the summary for so many doubtful ones
     */
    public Optional<Verdict> verdict(IntFunction<String> fail, IntFunction<String> review) {
        if (!certain.isEmpty()) {
            List<Finding> all = new ArrayList<>(certain);
            all.addAll(doubtful);
            return Optional.of(Verdict.fail(fail.apply(certain.size()), all));
        }
        if (!unknown.isEmpty()) {
            return Optional.of(Verdict.notAssessed(unknown).withFindings(doubtful));
        }
        return doubtful.isEmpty()
                ? Optional.empty()
                : Optional.of(Verdict.review(review.apply(doubtful.size()), doubtful));
    }
}
