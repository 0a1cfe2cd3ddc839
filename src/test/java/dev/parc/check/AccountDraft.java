package dev.parc.check;

import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.SyncState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An account while it is being changed. */
final class AccountDraft {

    Account.State state;
    SyncState sync;
    boolean guest;
    List<String> issuers;
    Optional<String> invitation;
    Optional<String> mail;
    List<String> otherMails;
    boolean mailbox;
    Optional<Instant> createdAt;
    Optional<Instant> passwordChangedAt;
    Optional<String> initialDomain;

    AccountDraft(Account account) {
        this.state = account.state();
        this.sync = account.sync();
        this.guest = account.guest();
        this.issuers = account.identityIssuers();
        this.invitation = account.invitation();
        this.mail = account.mail();
        this.otherMails = account.otherMails();
        this.mailbox = account.mailbox();
        this.createdAt = account.createdAt();
        this.passwordChangedAt = account.passwordChangedAt();
        this.initialDomain = account.initialDomain();
    }

    static Account changed(Account account, Consumer<AccountDraft> change) {
        AccountDraft draft = new AccountDraft(account);
        change.accept(draft);
        return new Account(
                account.id(),
                account.signInName(),
                account.displayName(),
                draft.state,
                draft.sync,
                draft.guest,
                draft.issuers,
                draft.invitation,
                draft.mail,
                draft.otherMails,
                draft.mailbox,
                draft.createdAt,
                draft.passwordChangedAt,
                draft.initialDomain);
    }
}
