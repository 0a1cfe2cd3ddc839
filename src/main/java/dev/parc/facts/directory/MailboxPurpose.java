package dev.parc.facts.directory;

/** What the mailbox of an account is for, as Exchange Online tells it. */
public record MailboxPurpose(String accountId, Purpose purpose) implements PrincipalFact {

    /** {@code userPurpose}. */
    public enum Purpose {
        /** There is no mailbox in Exchange Online. */
        NONE("no mailbox"),
        USER("a user's mailbox"),
        SHARED("a shared mailbox"),
        RESOURCE("the mailbox of a room or of equipment"),
        OTHER("a mailbox for something else");

        private final String title;

        Purpose(String title) {
            this.title = title;
        }

        /** In words, to stand after "has". */
        public String title() {
            return title;
        }
    }

    @Override
    public String principalId() {
        return accountId;
    }
}
