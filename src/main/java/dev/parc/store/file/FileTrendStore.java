package dev.parc.store.file;

import dev.parc.assessment.Change;
import dev.parc.assessment.FindingKeys;
import dev.parc.assessment.FindingRecord;
import dev.parc.assessment.ItemIds;
import dev.parc.assessment.Ledger;
import dev.parc.assessment.RunIds;
import dev.parc.assessment.Span;
import dev.parc.assessment.StagePoint;
import dev.parc.assessment.StoreException;
import dev.parc.assessment.TrendJson;
import dev.parc.assessment.TrendStore;
import dev.parc.check.Stage;
import dev.parc.store.TenantRuns;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Keeps how the answers of one tenant change as JSON files: {@code findings/<item id>.json}, {@code changes/<run id>.json}
 * {@code series/<stage>/<run id>.json} and {@code delivered/<run id>/<hook id>.json}. Files are replaced whole; writers take turns by a lock file.
 */
public final class FileTrendStore implements TrendStore {

    private static final String END = ".json";
    private static final Path CHANGES = Path.of("changes");
    private static final Path DELIVERED = Path.of("delivered");
    private static final int MOST_DELETED = 1000;

    private final Folder folder;
    private final Folder turns;

    /**
     * Nothing is read or written yet.
     *
     * @param folder where to keep the changes of every tenant; made when first written to
     */
    public FileTrendStore(Path folder, String tenantId) {
        this.folder = new Folder(folder.toAbsolutePath().normalize().resolve(new TenantRuns(tenantId).tenantId()));
        this.turns = new Folder(this.folder.path(Path.of("turn")));
    }

    @Override
    public <T> T alone(String runId, Supplier<T> work) {
        return turns.alone(work);
    }

    @Override
    public List<FindingRecord> findings(String checkId) {
        return ItemIds.isOne(checkId) ? read(findingsFile(checkId), TrendJson::readFindings) : List.of();
    }

    @Override
    public void putFindings(String checkId, List<FindingRecord> records) {
        if (!records.isEmpty()) {
            folder.alone(() -> {
                Map<String, FindingRecord> all = new LinkedHashMap<>();
                Stream.of(findings(checkId), records)
                        .flatMap(List::stream)
                        .forEach(record -> all.put(FindingKeys.of(record.finding()), record));
                folder.write(findingsFile(checkId), TrendJson.writeFindings(List.copyOf(all.values())));
                return all;
            });
        }
    }

    @Override
    public void putChanges(String runId, List<Change> changes) {
        if (!changes.isEmpty()) {
            folder.alone(() -> {
                Map<String, Change> all = new TreeMap<>();
                Stream.of(changes(runId), changes)
                        .flatMap(List::stream)
                        .forEach(change -> all.putIfAbsent(FindingKeys.of(change), change));
                folder.write(changesFile(runId), TrendJson.writeChanges(List.copyOf(all.values())));
                return all;
            });
        }
    }

    @Override
    public List<Change> changes(String runId) {
        return RunIds.isOne(runId) ? read(changesFile(runId), TrendJson::readChanges) : List.of();
    }

    @Override
    public List<Change> changes(Span span) {
        List<Change> changes = new ArrayList<>();
        Iterator<String> runs = runs(CHANGES, span::holds).iterator();
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
    public void putPoint(StagePoint point) {
        folder.alone(() -> {
            folder.write(pointFile(point.stage(), point.runId()), TrendJson.write(point));
            return point;
        });
    }

    @Override
    public List<StagePoint> series(Stage stage, Span span) {
        return runs(seriesFolder(stage), span::holds)
                .flatMap(runId -> read(pointFile(stage, runId), point -> List.of(TrendJson.readPoint(point))).stream())
                .limit(span.limit())
                .toList();
    }

    @Override
    public void deleteBefore(Instant time, Set<String> kept) {
        folder.alone(() -> {
            Predicate<String> old = runId -> RunIds.isBetween(runId, Instant.EPOCH, time) && !kept.contains(runId);
            runs(CHANGES, old).limit(MOST_DELETED).toList().forEach(runId -> folder.delete(changesFile(runId)));
            for (Stage stage : Stage.values()) {
                runs(seriesFolder(stage), old)
                        .limit(MOST_DELETED)
                        .toList()
                        .forEach(runId -> folder.delete(pointFile(stage, runId)));
            }
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
                List<FindingRecord> all = findings(checkId);
                List<FindingRecord> standing = all.stream()
                        .filter(record ->
                                record.resolvedAt().filter(time::isAfter).isEmpty())
                        .toList();
                if (standing.size() < all.size()) {
                    folder.write(findingsFile(checkId), TrendJson.writeFindings(standing));
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

    /** The ids of the runs in a folder that are wanted, newest first. */
    private Stream<String> runs(Path of, Predicate<String> wanted) {
        return ids(of).filter(RunIds::isOne).filter(wanted).sorted(RunIds.NEWEST_FIRST);
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

    private static Path changesFile(String runId) {
        return CHANGES.resolve(runId + END);
    }

    private static Path seriesFolder(Stage stage) {
        return Path.of("series", stage.name());
    }

    private static Path pointFile(Stage stage, String runId) {
        return seriesFolder(stage).resolve(runId + END);
    }
}
