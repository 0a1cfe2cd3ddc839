package dev.parc.store.file;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.json.AdministratorInventoryJson;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.assessment.json.RunJson;
import dev.parc.assessment.ledger.ItemIds;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.publishing.PublicationJson;
import dev.parc.assessment.publishing.Tombstone;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Stage;
import dev.parc.store.TenantRuns;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the runs of one tenant as JSON files: {@code runs/<run id>/run.json}, {@code assessment.json}, {@code accounts.json} and
 * {@code published.json}, and {@code history/<item id>/<run id>.json}; a part of a run is {@code runs/<run id>/part-<name>.txt},
 * and what stays of a deleted one {@code runs/<run id>/deletion.json} and {@code deleted.json}. Every file is replaced whole, so a reader never sees half
 * of one and a crash leaves the old or the new; writers, of other processes too, take turns by a lock file. A run whose
 * {@code run.json} says DONE is published with everything that is kept of it, since that is written last and deleted first; the
 * history of any other run is not shown.
 */
public final class FileRunStore implements RunStore {

    private static final String RECORD = "run.json";
    private static final String RESULTS = "assessment.json";
    private static final String PART = "part-";
    private static final String ACCOUNTS = "accounts.json";
    private static final String PUBLISHED = "published.json";
    private static final String DELETION = "deletion.json";
    private static final String DELETED = "deleted.json";

    /** So many runs are remembered to be published. */
    private static final int REMEMBERED = 10_000;

    /** So many of the newest publications are looked at for a deletion that was broken off. */
    private static final int DELETIONS_LOOKED_AT = 20;

    private final TenantRuns rules;
    private final Folder folder;
    private final FileSequence sequence;
    private final Map<String, Publication> published = new ConcurrentHashMap<>();

    /**
     * Nothing is read or written yet.
     *
     * @param folder where to keep the runs of every tenant; made when first written to
     */
    public FileRunStore(Path folder, String tenantId) {
        this(folder, tenantId, Folder.UNWATCHED);
    }

    FileRunStore(Path folder, String tenantId, Folder.Watcher watcher) {
        this.rules = new TenantRuns(tenantId);
        this.folder = new Folder(folder.toAbsolutePath().normalize().resolve(rules.tenantId()), watcher);
        this.sequence = new FileSequence(this.folder, this::state);
    }

    @Override
    public RunRecord begin(RunRecord run) {
        String id = rules.open(run).request().runId();
        return folder.alone(() -> find(id).orElseGet(() -> {
            folder.write(recordFile(id), RunJson.write(run));
            return run;
        }));
    }

    @Override
    public void update(RunRecord run) {
        String id = rules.open(run).request().runId();
        folder.alone(() -> {
            if (find(id).map(RunRecord::state).orElse(run.state()) != RunRecord.State.DONE && !isDeleted(id)) {
                if (run.state() == RunRecord.State.FAILED) {
                    // what an attempt has left counts for nothing, and may take the space that this needs
                    forget(id);
                }
                folder.write(recordFile(id), RunJson.write(run));
            }
            return run;
        });
    }

    @Override
    public Optional<RunRecord> find(String runId) {
        return RunIds.isOne(runId) ? read(recordFile(runId), RunJson::readRecord) : Optional.empty();
    }

    @Override
    public List<RunRecord> runs(RunRange span) {
        return runIds().filter(span::holds)
                .flatMap(id -> find(id).stream())
                .limit(span.limit())
                .toList();
    }

    @Override
    public Publication finish(
            Assessment assessment, Optional<AdministratorInventory> inventory, LongFunction<String> following) {
        String id = rules.own(assessment, inventory).runId();
        return folder.alone(() -> {
            RunRecord run = find(id).orElseThrow(() -> new IllegalStateException("run " + id + " was never begun"));
            Optional<Publication> known = publication(id);
            if (known.isPresent()) {
                return known.get();
            }
            finishDeletions();
            folder.write(resultsFile(id), AssessmentJson.write(assessment));
            inventory.ifPresentOrElse(
                    it -> folder.write(accountsFile(id), AdministratorInventoryJson.write(it)),
                    () -> folder.delete(accountsFile(id)));
            for (CheckResult result : assessment.results()) {
                folder.write(historyFile(result.checkId(), id), RunJson.write(HistoryEntry.of(assessment, result)));
            }
            long head = sequence.last();
            Publication publication =
                    new Publication(head + 1, Publication.Kind.RUN, id, following.apply(head), assessment.finishedAt());
            sequence.write(publication);
            folder.write(publishedFile(id), PublicationJson.write(publication));
            folder.write(recordFile(id), RunJson.write(TenantRuns.done(run, assessment)));
            return publication;
        });
    }

    @Override
    public Optional<Publication> publication(String runId) {
        if (!RunIds.isOne(runId)) {
            return Optional.empty();
        }
        if (isDeleted(runId)) {
            return read(deletionFile(runId), PublicationJson::read);
        }
        return find(runId)
                .filter(run -> run.state() == RunRecord.State.DONE)
                .map(run -> read(publishedFile(runId), PublicationJson::read)
                        .orElseGet(() -> new Publication(0, Publication.Kind.RUN, runId, "", run.updatedAt())));
    }

    @Override
    public Map<String, Publication> of(Collection<String> runIds) {
        Map<String, Publication> found = new HashMap<>();
        for (String id : runIds) {
            Optional.ofNullable(published.get(id)).or(() -> remembered(id)).ifPresent(it -> found.put(id, it));
        }
        return found;
    }

    /** Runs that are published stay so, unless they are deleted, and then nothing is there to be shown. */
    private Optional<Publication> remembered(String runId) {
        Optional<Publication> found = publication(runId);
        found.filter(it -> it.isRun() && it.position() > 0).ifPresent(it -> {
            if (published.size() >= REMEMBERED) {
                published.clear();
            }
            published.put(runId, it);
        });
        return found;
    }

    private FileSequence.State state(Publication publication) {
        String id = publication.runId();
        if (!RunIds.isOne(id) || find(id).isEmpty()) {
            return FileSequence.State.GONE;
        }
        if (publication.isRun() && isDeleted(id)) {
            return FileSequence.State.PUBLISHED;
        }
        return publication(id)
                        .filter(it -> it.position() == publication.position())
                        .isPresent()
                ? FileSequence.State.PUBLISHED
                : FileSequence.State.BROKEN_OFF;
    }

    @Override
    public long lastPublished() {
        return sequence.last();
    }

    @Override
    public List<Publication> published(long after, int limit) {
        return sequence.after(after, limit);
    }

    @Override
    public List<String> unpublished(int newest) {
        return runIds().limit(newest)
                .filter(id -> publication(id)
                        .filter(it -> it.isRun() && it.position() == 0)
                        .isPresent())
                .sorted(RunIds.NEWEST_FIRST.reversed())
                .toList();
    }

    @Override
    public void adopt(List<String> runIds) {
        if (!runIds.isEmpty()) {
            folder.alone(() -> {
                long last = sequence.last();
                for (String id : runIds) {
                    Optional<Publication> known = publication(id).filter(it -> it.isRun() && it.position() == 0);
                    if (known.isPresent()) {
                        Publication adopted = new Publication(
                                ++last,
                                Publication.Kind.RUN,
                                id,
                                "",
                                known.get().at());
                        sequence.write(adopted);
                        folder.write(publishedFile(id), PublicationJson.write(adopted));
                    }
                }
                return last;
            });
        }
    }

    @Override
    public Optional<Publication> delete(String runId, Tombstone tombstone, LongFunction<String> following) {
        if (!RunIds.isOne(runId) || find(runId).isEmpty()) {
            return Optional.empty();
        }
        return folder.alone(() -> {
            if (!isDeleted(runId)) {
                if (publication(runId).isPresent()) {
                    long head = sequence.last();
                    Publication publication = new Publication(
                            head + 1, Publication.Kind.DELETION, runId, following.apply(head), tombstone.at());
                    sequence.write(publication);
                    folder.write(deletionFile(runId), PublicationJson.write(publication));
                }
                folder.write(deletedFile(runId), PublicationJson.write(tombstone));
            }
            finishDeletion(runId);
            return publication(runId);
        });
    }

    private boolean isDeleted(String runId) {
        return folder.exists(deletedFile(runId));
    }

    @Override
    public Optional<Tombstone> tombstone(String runId) {
        return RunIds.isOne(runId) ? read(deletedFile(runId), PublicationJson::readTombstone) : Optional.empty();
    }

    private void finishDeletions() {
        sequence.newestFirst()
                .limit(DELETIONS_LOOKED_AT)
                .filter(it -> !it.isRun() && isDeleted(it.runId()))
                .map(Publication::runId)
                .filter(id -> folder.read(resultsFile(id)).isPresent())
                .toList()
                .forEach(this::finishDeletion);
    }

    /** The results go last, since they tell that something is left to be deleted. */
    private void finishDeletion(String runId) {
        Tombstone tombstone = tombstone(runId).orElseThrow();
        find(runId)
                .map(run -> new RunRecord(run.request(), RunRecord.State.FAILED, tombstone.inWords(), tombstone.at()))
                .ifPresent(run -> folder.write(recordFile(runId), RunJson.write(run)));
        published.remove(runId);
        checkIds().forEach(checkId -> folder.delete(historyFile(checkId, runId)));
        parts(runId).forEach(name -> folder.delete(partFile(runId, name)));
        folder.delete(accountsFile(runId));
        folder.delete(resultsFile(runId));
    }

    @Override
    public void forgetPublished(Instant time) {
        folder.alone(() -> {
            sequence.forgetBefore(time);
            return time;
        });
    }

    @Override
    public Optional<Assessment> results(String runId) {
        if (!isDone(runId)) {
            return Optional.empty();
        }
        Optional<Assessment> results = read(resultsFile(runId), AssessmentJson::read);
        if (results.isEmpty() && isDone(runId)) {
            throw new StoreException("The results of run " + runId + " are missing: restore "
                    + folder.path(resultsFile(runId)) + " or delete the folder that it was in");
        }
        return results;
    }

    @Override
    public Optional<AdministratorInventory> inventory(String runId) {
        return isDone(runId) ? read(accountsFile(runId), AdministratorInventoryJson::read) : Optional.empty();
    }

    @Override
    public Optional<AdministratorInventory> latestInventory() {
        return TenantRuns.lastFinished(done().filter(
                                run -> folder.exists(accountsFile(run.request().runId()))))
                .flatMap(this::inventory);
    }

    private boolean isDone(String runId) {
        return find(runId).filter(run -> run.state() == RunRecord.State.DONE).isPresent() && !isDeleted(runId);
    }

    @Override
    public Optional<Assessment> latest(Stage stage) {
        return latestId(stage).flatMap(this::results);
    }

    @Override
    public Optional<String> latestId(Stage stage) {
        return TenantRuns.lastFinished(done().filter(run -> run.request().covers(stage)));
    }

    private Stream<RunRecord> done() {
        return runIds().flatMap(id -> find(id).stream())
                .filter(run -> run.state() == RunRecord.State.DONE
                        && !isDeleted(run.request().runId()));
    }

    @Override
    public List<HistoryEntry> history(String checkId, RunRange span) {
        if (!ItemIds.isOne(checkId)) {
            return List.of();
        }
        return folder.names(Path.of("history", checkId)).stream()
                .filter(name -> name.endsWith(".json"))
                .map(name -> name.substring(0, name.length() - ".json".length()))
                .filter(RunIds::isOne)
                .filter(span::holds)
                .sorted(RunIds.NEWEST_FIRST)
                .filter(id -> of(List.of(id)).values().stream().anyMatch(Publication::isRun))
                .flatMap(id -> read(historyFile(checkId, id), RunJson::readHistory).stream())
                .limit(span.limit())
                .toList();
    }

    @Override
    public int deleteBefore(Instant time, Set<String> kept) {
        return folder.alone(() -> {
            List<String> all = runIds().filter(id -> RunIds.newestFirst(id).compareTo(RunIds.newestFirst(time)) > 0)
                    .filter(id -> !kept.contains(id) && !isDeleted(id))
                    .toList();
            List<String> old = all.subList(Math.max(0, all.size() - MOST_DELETED), all.size());
            List<String> checkIds = checkIds();
            for (String id : old) {
                folder.delete(recordFile(id));
                published.remove(id);
                checkIds.forEach(checkId -> folder.delete(historyFile(checkId, id)));
                Path run = Path.of("runs", id);
                folder.names(run).forEach(name -> folder.delete(run.resolve(name)));
                folder.delete(run);
            }
            return old.size();
        });
    }

    private void forget(String runId) {
        checkIds().forEach(checkId -> folder.delete(historyFile(checkId, runId)));
        folder.delete(accountsFile(runId));
        folder.delete(resultsFile(runId));
    }

    private List<String> checkIds() {
        return folder.names(Path.of("history")).stream().filter(ItemIds::isOne).toList();
    }

    @Override
    public void addPart(String runId, String name, String document) {
        Path file = partFile(runId, name);
        folder.alone(() -> {
            if (folder.read(file).isEmpty()) {
                folder.write(file, document);
            }
            return file;
        });
    }

    @Override
    public Optional<String> part(String runId, String name) {
        return folder.read(partFile(runId, name));
    }

    @Override
    public Set<String> parts(String runId) {
        return folder.names(Path.of("runs", runId)).stream()
                .filter(file -> file.startsWith(PART) && file.endsWith(".txt"))
                .map(file -> file.substring(PART.length(), file.length() - ".txt".length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void deletePart(String runId, String name) {
        Path file = partFile(runId, name);
        folder.alone(() -> {
            folder.delete(file);
            return file;
        });
    }

    @Override
    public void deleteParts(String runId) {
        Set<String> parts = parts(runId);
        if (!parts.isEmpty()) {
            folder.alone(() -> {
                parts.forEach(name -> folder.delete(partFile(runId, name)));
                if (folder.names(Path.of("runs", runId)).isEmpty()) {
                    folder.delete(Path.of("runs", runId));
                }
                return parts;
            });
        }
    }

    private static Path partFile(String runId, String name) {
        if (!RunIds.isOne(runId)) {
            throw new IllegalArgumentException("the run id is not one");
        }
        return Path.of("runs", runId, PART + TenantRuns.part(name) + ".txt");
    }

    private Stream<String> runIds() {
        return folder.names(Path.of("runs")).stream().filter(RunIds::isOne).sorted(RunIds.NEWEST_FIRST);
    }

    private <T> Optional<T> read(Path file, Function<String, T> reader) {
        return folder.read(file).map(text -> {
            try {
                return reader.apply(text);
            } catch (IllegalArgumentException e) {
                throw new StoreException(
                        "The file " + folder.path(file) + " is broken (" + e.getMessage()
                                + "): restore it or delete the run's files",
                        e);
            }
        });
    }

    private static Path recordFile(String runId) {
        return Path.of("runs", runId, RECORD);
    }

    private static Path resultsFile(String runId) {
        return Path.of("runs", runId, RESULTS);
    }

    private static Path accountsFile(String runId) {
        return Path.of("runs", runId, ACCOUNTS);
    }

    private static Path publishedFile(String runId) {
        return Path.of("runs", runId, PUBLISHED);
    }

    private static Path deletionFile(String runId) {
        return Path.of("runs", runId, DELETION);
    }

    private static Path deletedFile(String runId) {
        return Path.of("runs", runId, DELETED);
    }

    private static Path historyFile(String checkId, String runId) {
        return Path.of("history", checkId, runId + ".json");
    }
}
