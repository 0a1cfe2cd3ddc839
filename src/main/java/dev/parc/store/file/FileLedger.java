package dev.parc.store.file;

import dev.parc.assessment.ledger.Ledger;
import dev.parc.store.TenantRuns;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps the ledger of one tenant as JSON files, {@code <book>/<key>/<revision>.json}. A file is written once, whole or not
 * at all; writers, of other processes too, take turns by a lock file.
 */
public final class FileLedger implements Ledger {

    private static final String END = ".json";
    private static final Predicate<String> REVISION =
            Pattern.compile("0*[1-9]\\d{0,8}\\" + END).asMatchPredicate();

    private final Folder folder;

    /**
     * Nothing is read or written yet.
     *
     * @param folder where to keep the ledgers of every tenant; made when first written to
     */
    public FileLedger(Path folder, String tenantId) {
        this(folder, tenantId, Folder.UNWATCHED);
    }

    FileLedger(Path folder, String tenantId, Folder.Watcher watcher) {
        this.folder =
                new Folder(folder.toAbsolutePath().normalize().resolve(new TenantRuns(tenantId).tenantId()), watcher);
    }

    @Override
    public List<Entry> newest(Book book) {
        return folder.names(path(book)).stream()
                .filter(KEY.asMatchPredicate())
                .sorted()
                .flatMap(key -> history(book, key, 1).stream())
                .toList();
    }

    @Override
    public List<Entry> history(Book book, String key, int limit) {
        return revisions(book, key)
                .flatMap(revision -> folder.read(path(book, key, revision)).stream()
                        .map(document -> new Entry(key, revision, document)))
                .limit(Math.max(0, limit))
                .toList();
    }

    @Override
    public boolean append(Book book, Entry entry) {
        Path file = path(book, entry.key(), entry.revision());
        return folder.alone(() -> {
            boolean isNew = folder.read(file).isEmpty();
            if (isNew) {
                folder.write(file, entry.document());
            }
            return isNew;
        });
    }

    @Override
    public void trim(Book book, String key, int keep) {
        List<Integer> old = revisions(book, key).skip(keep).toList();
        if (!old.isEmpty()) {
            folder.alone(() -> {
                old.forEach(revision -> folder.delete(path(book, key, revision)));
                return old;
            });
        }
    }

    /** Newest first; none for what is no key. */
    private Stream<Integer> revisions(Book book, String key) {
        if (!KEY.matcher(key).matches()) {
            return Stream.empty();
        }
        return folder.names(path(book).resolve(key)).stream()
                .filter(REVISION)
                .map(name -> Integer.valueOf(name.substring(0, name.length() - END.length())))
                .sorted(Comparator.reverseOrder());
    }

    private static Path path(Book book) {
        return Path.of(book.name().toLowerCase(Locale.ROOT));
    }

    private static Path path(Book book, String key, int revision) {
        return path(book).resolve(key).resolve(String.format(Locale.ROOT, "%010d%s", revision, END));
    }
}
