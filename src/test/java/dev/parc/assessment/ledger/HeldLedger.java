package dev.parc.assessment.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A ledger in memory, which can be down, for tests. */
public final class HeldLedger implements Ledger {

    private final Map<Book, TreeMap<String, List<Entry>>> books = new EnumMap<>(Book.class);
    private boolean down;

    /** From now on every call fails as that of a store does that cannot be reached. */
    public void goDown() {
        down = true;
    }

    @Override
    public synchronized List<Entry> newest(Book book) {
        return book(book).values().stream().map(entries -> entries.get(0)).toList();
    }

    @Override
    public synchronized List<Entry> history(Book book, String key, int limit) {
        return book(book).getOrDefault(key, List.of()).stream().limit(limit).toList();
    }

    @Override
    public synchronized boolean append(Book book, Entry entry) {
        List<Entry> entries = book(book).computeIfAbsent(entry.key(), key -> new ArrayList<>());
        if (entries.stream().anyMatch(one -> one.revision() == entry.revision())) {
            return false;
        }
        entries.add(entry);
        entries.sort(Comparator.comparing(Entry::revision).reversed());
        return true;
    }

    @Override
    public synchronized void trim(Book book, String key, int keep) {
        List<Entry> entries = book(book).getOrDefault(key, new ArrayList<>());
        entries.subList(Math.min(keep, entries.size()), entries.size()).clear();
    }

    private Map<String, List<Entry>> book(Book book) {
        if (down) {
            throw new StoreException("the table service did not answer: try again later");
        }
        return books.computeIfAbsent(book, it -> new TreeMap<>());
    }
}
