package dev.parc.assessment.ledger;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps what people decide about one tenant, and what a run leaves for the next one. Nothing in it is overwritten: what
 * is said anew is a further revision under the same key, and the earlier ones tell who said what when. What cannot be
 * read or written throws {@link StoreException} with a sentence for the operator.
 */
public interface Ledger {

    /** The longest document, in UTF-16 characters: with every one of them escaped it still fits one transaction. */
    int LONGEST = 500_000;

    /** What keys are made of: nothing that means something in a path or in a query. */
    Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,99}(\\.[A-Za-z0-9-]{1,100})?");

    /** What is kept apart. */
    enum Book {
        ATTESTATIONS,
        WAIVERS,
        CATEGORIES,
        ADMINISTRATORS,
        ACKNOWLEDGEMENTS,
        HOOKS
    }

    /**
     * One revision of what is kept under a key.
     *
     * @param key matches {@link #KEY}; keys of one book differ in more than case
     * @param revision from 1
     * @param document JSON; a store may escape its characters, so it comes back the same only as JSON
     */
    record Entry(String key, int revision, String document) {

        public Entry {
            if (!KEY.matcher(key).matches() || revision < 1) {
                throw new IllegalArgumentException("this cannot be an entry");
            }
        }
    }

    /** The newest revision of every key, in the order of the keys. */
    List<Entry> newest(Book book);

    /** The revisions of one key, newest first, at most {@code limit}. */
    List<Entry> history(Book book, String key, int limit);

    /**
     * Adds a revision whose document is at most {@link #LONGEST} long; false, and nothing happens, if the key has that
     * revision already.
     */
    boolean append(Book book, Entry entry);

    /** Deletes all revisions of the key but the newest ones. */
    void trim(Book book, String key, int keep);
}
