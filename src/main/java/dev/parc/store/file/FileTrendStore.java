package dev.parc.store.file;

import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.assessment.change.FindingRecord;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.json.TrendJson;
import dev.parc.assessment.ledger.ItemIds;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.publishing.Publications;
import dev.parc.check.Stage;
import dev.parc.store.TenantRuns;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps how the answers of one tenant change as JSON files: {@code findings/<item id>.json}, {@code changes/<run id>.<tag>.json},
 * {@code series/<stage>/<run id>.<tag>.json} and {@code delivered/<run id>/<hook id>.json}; the tag, and the dot before it, are
 * missing of runs that an earlier release finished. Findings that are not carried over to their records yet are
 * {@code pending/<run id>.<tag>/<item id>.json}. Files are replaced whole; writers take turns by a lock file.
 */
public final class FileTrendStore implements TrendStore {

    private static final String END = ".json";
    private static final Path CHANGES = Path.of("changes");
    private static final Path DELIVERED = Path.of("delivered");
    private static final int MOST_DELETED = 1000;

    private static final Path PENDING = Path.of("pending");
    private static final Path TOLD = Path.of("told.txt");
    private static final Pattern TAG = Pattern.compile("[0-9A-Za-z]{0,40}");

    private final Folder folder;
    private final Folder turns;
    private final Publications publications;

    /**
     * Nothing is read or written yet.
     *
     * @param folder where to keep the changes of every tenant; made when first written to
     * @param publications tells which runs count
     */
    public FileTrendStore(Path folder, String tenantId, Publications publications) {
        this(folder, tenantId, publications, Folder.UNWATCHED);
    }

    FileTrendStore(Path folder, String tenantId, Publications publications, Folder.Watcher watcher) {
        this.publications = publications;
        this.folder =
                new Folder(folder.toAbsolutePath().normalize().resolve(new TenantRuns(tenantId).tenantId()), watcher);
        this.turns = new Folder(this.folder.path(Path.of("turn")), watcher);
    }

    @Override
    public <T> T alone(String runId, Supplier<T> work) {
        return turns.alone(work);
    }

    /** A run and the tag of one attempt at it, as they stand in the name of a file. */
    private record Attempt(String runId, String tag) {

        static Optional<Attempt> of(String name) {
            int dot = name.indexOf('.');
            String runId = dot < 0 ? name : name.substring(0, dot);
            return RunIds.isOne(runId)
                    ? Optional.of(new Attempt(runId, dot < 0 ? "" : name.substring(dot + 1)))
                    : Optional.empty();
        }

        String name() {
            return tag.isEmpty() ? runId : runId + "." + tag;
        }

        /** Whether it is the one that is published. */
        boolean counts(Map<String, Publication> published) {
            return Optional.ofNullable(published.get(runId))
                    .filter(it -> it.tag().equals(tag))
                    .isPresent();
        }
    }

    @Override
    public void put(Following following) {
        if (!TAG.matcher(following.tag()).matches()) {
            throw new IllegalArgumentException("no attempt at a run has this tag");
        }
        Attempt attempt = new Attempt(following.runId(), following.tag());
        folder.alone(() -> {
            if (!following.changes().isEmpty()) {
                Map<String, Change> all = new TreeMap<>();
                following.changes().forEach(change -> all.putIfAbsent(FindingKeys.of(change), change));
                folder.write(changesFile(attempt), TrendJson.writeChanges(List.copyOf(all.values())));
            }
            following.findings().forEach((checkId, records) -> {
                if (!records.isEmpty()) {
                    folder.write(pendingFile(attempt, checkId), TrendJson.writeFindings(records));
                }
            });
            following
                    .points()
                    .forEach(point -> folder.write(pointFile(point.stage(), attempt), TrendJson.write(point)));
            return attempt;
        });
    }

    @Override
    public void settle() {
        if (!folder.names(PENDING).isEmpty()) {
            folder.alone(() -> {
                List<Attempt> pending = attempts(PENDING).toList();
                Map<String, Publication> published = published(pending);
                for (Attempt attempt : inOrder(pending, published)) {
                    if (attempt.counts(published)) {
                        checks(attempt).forEach(checkId -> merge(checkId, pendingRecords(attempt, checkId)));
                    }
                    if (published.containsKey(attempt.runId())) {
                        deletePending(attempt);
                    }
                }
                return pending;
            });
        }
    }

    /** Those of published runs first, in the order of their positions. */
    private static List<Attempt> inOrder(List<Attempt> all, Map<String, Publication> published) {
        return all.stream()
                .sorted(Comparator.comparingLong(
                                (Attempt attempt) -> Optional.ofNullable(published.get(attempt.runId()))
                                        .map(Publication::position)
                                        .orElse(Long.MAX_VALUE))
                        .thenComparing(Attempt::name))
                .toList();
    }

    private List<String> checks(Attempt attempt) {
        return ids(PENDING.resolve(attempt.name())).filter(ItemIds::isOne).toList();
    }

    private List<FindingRecord> pendingRecords(Attempt attempt, String checkId) {
        return read(pendingFile(attempt, checkId), TrendJson::readFindings);
    }

    private void deletePending(Attempt attempt) {
        Path path = PENDING.resolve(attempt.name());
        folder.names(path).forEach(name -> folder.delete(path.resolve(name)));
        folder.delete(path);
    }

    private Map<String, Publication> published(List<Attempt> attempts) {
        return publications.of(attempts.stream().map(Attempt::runId).distinct().toList());
    }

    @Override
    public void forget(String runId, String tag) {
        folder.alone(() -> {
            Attempt kept = new Attempt(runId, tag);
            attempts(CHANGES)
                    .filter(attempt -> attempt.runId().equals(runId) && !attempt.equals(kept))
                    .toList()
                    .forEach(attempt -> folder.delete(changesFile(attempt)));
            for (Stage stage : Stage.values()) {
                attempts(seriesFolder(stage))
                        .filter(attempt -> attempt.runId().equals(runId))
                        .filter(attempt -> !attempt.equals(kept))
                        .toList()
                        .forEach(attempt -> folder.delete(pointFile(stage, attempt)));
            }
            attempts(PENDING)
                    .filter(attempt -> attempt.runId().equals(runId) && !attempt.equals(kept))
                    .forEach(this::deletePending);
            return kept;
        });
    }

    @Override
    public List<FindingRecord> findings(String checkId) {
        List<FindingRecord> records = settled(checkId);
        List<Attempt> pending = attempts(PENDING).toList();
        Map<String, Publication> published = pending.isEmpty() ? Map.of() : published(pending);
        for (Attempt attempt : inOrder(pending, published)) {
            if (ItemIds.isOne(checkId) && attempt.counts(published)) {
                records = merged(records, pendingRecords(attempt, checkId));
            }
        }
        return records;
    }

    @Override
    public List<FindingRecord> settled(String checkId) {
        return ItemIds.isOne(checkId) ? read(findingsFile(checkId), TrendJson::readFindings) : List.of();
    }

    @Override
    public void putFindings(String checkId, List<FindingRecord> records) {
        if (!records.isEmpty()) {
            folder.alone(() -> {
                merge(checkId, records);
                return records;
            });
        }
    }

    private void merge(String checkId, List<FindingRecord> records) {
        folder.write(findingsFile(checkId), TrendJson.writeFindings(merged(settled(checkId), records)));
    }

    private static List<FindingRecord> merged(List<FindingRecord> before, List<FindingRecord> records) {
        Map<String, FindingRecord> all = new LinkedHashMap<>();
        Stream.of(before, records)
                .flatMap(List::stream)
                .forEach(record -> all.put(FindingKeys.of(record.finding()), record));
        return List.copyOf(all.values());
    }

    @Override
    public List<Change> changes(String runId) {
        return RunIds.isOne(runId)
                ? publications.of(List.of(runId)).values().stream()
                        .flatMap(publication -> changes(publication).stream())
                        .toList()
                : List.of();
    }

    @Override
    public List<Change> changes(Publication publication) {
        return RunIds.isOne(publication.runId())
                        && TAG.matcher(publication.tag()).matches()
                ? read(changesFile(new Attempt(publication.runId(), publication.tag())), TrendJson::readChanges)
                : List.of();
    }

    @Override
    public List<Change> changes(RunRange span) {
        List<Change> changes = new ArrayList<>();
        Iterator<String> runs = attempts(CHANGES)
                .map(Attempt::runId)
                .distinct()
                .filter(span::holds)
                .sorted(RunIds.NEWEST_FIRST)
                .iterator();
        while (runs.hasNext() && changes.size() < span.limit()) {
            changes.addAll(changes(runs.next()));
        }
        return changes;
    }

    @Override
    public void putDelivered(String runId, String hookId) {
        Path file = deliveredFile(runId, hookId);
        folder.alone(() -> {
            folder.write(file, "{}");
            return file;
        });
    }

    @Override
    public boolean isDelivered(String runId, String hookId) {
        return folder.read(deliveredFile(runId, hookId)).isPresent();
    }

    private static Path deliveredFile(String runId, String hookId) {
        if (!RunIds.isOne(runId) || !Ledger.KEY.matcher(hookId).matches()) {
            throw new IllegalArgumentException("no run or no subscription has this id");
        }
        return DELIVERED.resolve(runId).resolve(hookId + END);
    }

    @Override
    public void putTold(long position) {
        folder.alone(() -> {
            if (position > told()) {
                folder.write(TOLD, position + "\n");
            }
            return position;
        });
    }

    @Override
    public long told() {
        try {
            return folder.read(TOLD).map(text -> Long.parseLong(text.strip())).orElse(0L);
        } catch (NumberFormatException e) {
            throw new StoreException("The file " + folder.path(TOLD) + " is broken: delete it", e);
        }
    }

    @Override
    public List<StagePoint> series(Stage stage, RunRange span) {
        return attempts(seriesFolder(stage))
                .filter(attempt -> span.holds(attempt.runId()))
                .sorted(Comparator.comparing(Attempt::runId, RunIds.NEWEST_FIRST))
                .filter(attempt -> attempt.counts(publications.of(List.of(attempt.runId()))))
                .flatMap(attempt ->
                        read(pointFile(stage, attempt), point -> List.of(TrendJson.readPoint(point))).stream())
                .limit(span.limit())
                .toList();
    }

    @Override
    public void deleteBefore(Instant time, Set<String> kept) {
        folder.alone(() -> {
            Predicate<String> old = runId -> RunIds.isBetween(runId, Instant.EPOCH, time) && !kept.contains(runId);
            attempts(CHANGES, old).forEach(attempt -> folder.delete(changesFile(attempt)));
            for (Stage stage : Stage.values()) {
                attempts(seriesFolder(stage), old).forEach(attempt -> folder.delete(pointFile(stage, attempt)));
            }
            attempts(PENDING, old).forEach(this::deletePending);
            folder.names(DELIVERED).stream()
                    .filter(RunIds::isOne)
                    .filter(old)
                    .limit(MOST_DELETED)
                    .map(DELIVERED::resolve)
                    .forEach(run -> {
                        folder.names(run).forEach(name -> folder.delete(run.resolve(name)));
                        folder.delete(run);
                    });
            ids(Path.of("findings")).filter(ItemIds::isOne).toList().forEach(checkId -> {
                List<FindingRecord> all = settled(checkId);
                List<FindingRecord> remaining = all.stream()
                        .filter(record ->
                                record.resolvedAt().filter(time::isAfter).isEmpty())
                        .toList();
                if (remaining.size() < all.size()) {
                    folder.write(findingsFile(checkId), TrendJson.writeFindings(remaining));
                }
            });
            return time;
        });
    }

    private Stream<String> ids(Path of) {
        return folder.names(of).stream()
                .filter(name -> name.endsWith(END))
                .map(name -> name.substring(0, name.length() - END.length()));
    }

    /** What is kept in a folder, by run and tag. */
    private Stream<Attempt> attempts(Path of) {
        return (of.equals(PENDING) ? folder.names(of).stream() : ids(of)).flatMap(name -> Attempt.of(name).stream());
    }

    private List<Attempt> attempts(Path of, Predicate<String> wanted) {
        return attempts(of)
                .filter(attempt -> wanted.test(attempt.runId()))
                .limit(MOST_DELETED)
                .toList();
    }

    private <T> List<T> read(Path file, Function<String, List<T>> reader) {
        return folder.read(file)
                .map(text -> {
                    try {
                        return reader.apply(text);
                    } catch (IllegalArgumentException e) {
                        throw new StoreException(
                                "The file " + folder.path(file) + " is broken (" + e.getMessage()
                                        + "): restore or delete it",
                                e);
                    }
                })
                .orElse(List.of());
    }

    private static Path findingsFile(String checkId) {
        return Path.of("findings", checkId + END);
    }

    private static Path changesFile(Attempt attempt) {
        return CHANGES.resolve(attempt.name() + END);
    }

    private static Path pendingFile(Attempt attempt, String checkId) {
        if (!ItemIds.isOne(checkId)) {
            throw new IllegalArgumentException("no item has this id");
        }
        return PENDING.resolve(attempt.name()).resolve(checkId + END);
    }

    private static Path seriesFolder(Stage stage) {
        return Path.of("series", stage.name());
    }

    private static Path pointFile(Stage stage, Attempt attempt) {
        return seriesFolder(stage).resolve(attempt.name() + END);
    }
}
