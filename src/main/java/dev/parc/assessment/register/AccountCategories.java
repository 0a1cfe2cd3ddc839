package dev.parc.assessment.register;

import dev.parc.assessment.decision.AccountCategory;
import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.InputText;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.Revision;
import dev.parc.facts.Category;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the operator says that accounts are for, kept in a ledger under their object ids. */
public final class AccountCategories {

    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final RevisionedStore<AccountCategory> register;
    private final Clock clock;

    public AccountCategories(Ledger ledger, Clock clock) {
        this.register = RevisionedStore.of(ledger, Ledger.Book.CATEGORIES, "parc-category/1", AccountCategory.class);
        this.clock = clock;
    }

    /** The categories that stand, by object id in lower case. */
    public Map<String, Category> inForce() {
        return register.inForce().stream()
                .map(Revision::value)
                .collect(Collectors.toUnmodifiableMap(AccountCategory::accountId, AccountCategory::category));
    }

    /** The newest word on every account, those that take it back too, in the order of the ids. */
    public List<Revision<AccountCategory>> newest() {
        return register.newest();
    }

    /** What was said of one account, newest first. */
    public List<Revision<AccountCategory>> history(String accountId, int limit) {
        return isObjectId(accountId) ? register.history(key(accountId), limit) : List.of();
    }

    /** The newest word on one account. */
    public Optional<Revision<AccountCategory>> find(String accountId) {
        return history(accountId, 1).stream().findFirst();
    }

    /**
     * Keeps what an account is for from now on.
     *
     * @param accountId the object id
     * @throws RefusedException if it cannot be kept, saying why
     * @throws ChangedException if the precondition does not hold
     */
    public Revision<AccountCategory> categorise(
            String accountId, Category category, String reason, String by, Precondition precondition) {
        if (!isObjectId(accountId)) {
            throw new RefusedException("name the account by its object id");
        }
        AccountCategory value = new AccountCategory(
                key(accountId),
                category,
                InputText.line("the reason", reason, InputText.LONGEST_TEXT),
                InputText.required("the person who categorises", by, InputText.LONGEST_NAME),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return register.put(value.accountId(), value, precondition);
    }

    /**
     * Takes back what stands of an account, so that PARC tells by the facts again.
     *
     * @return empty if nothing stands
     * @throws ChangedException if the precondition does not hold
     */
    public Optional<Revision<AccountCategory>> withdraw(String accountId, String by, Precondition precondition) {
        if (!isObjectId(accountId)) {
            return Optional.empty();
        }
        Revision.Withdrawal withdrawal = new Revision.Withdrawal(
                InputText.required("the person who withdraws", by, InputText.LONGEST_NAME),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return register.withdraw(key(accountId), withdrawal, precondition);
    }

    private static boolean isObjectId(String accountId) {
        return OBJECT_ID.matcher(key(accountId)).matches();
    }

    private static String key(String accountId) {
        return accountId.strip().toLowerCase(Locale.ROOT);
    }
}
