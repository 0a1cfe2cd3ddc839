package dev.parc.store.file;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.AssessmentJson;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.HistoryEntry;
import dev.parc.assessment.ItemIds;
import dev.parc.assessment.Roster;
import dev.parc.assessment.RosterJson;
import dev.parc.assessment.RunIds;
import dev.parc.assessment.RunJson;
import dev.parc.assessment.RunRecord;
import dev.parc.assessment.RunStore;
import dev.parc.assessment.Span;
import dev.parc.assessment.StoreException;
import dev.parc.check.Stage;
import dev.parc.store.TenantRuns;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the runs of one tenant as JSON files: {@code runs/<run id>/run.json} and {@code assessment.json}
 * and {@code accounts.json}, and {@code history/<item id>/<run id>.json}; a part of a run is {@code runs/<run id>/part-<name>.txt}. Every file is replaced whole, so a reader never sees half of one and a crash
 * leaves the old or the new; writers, of other processes too, take turns by a lock file. A run whose {@code run.json}
 * says DONE has all its results, since that is written last and deleted first.
 */
public final class FileRunStore implements RunStore {

    private static final String RECORD = "run.json";
    private static final String RESULTS = "assessment.json";
    private static final String PART = "part-";
    private static final String ACCOUNTS = "accounts.json";

    private final TenantRuns rules;
    private final Folder folder;

    /**
     * Nothing is read or written yet.
     *
     * @param folder where to keep the runs of every tenant; made when first written to
     */
    public FileRunStore(Path folder, String tenantId) {
        this.rules = new TenantRuns(tenantId);
        this.folder = new Folder(folder.toAbsolutePath().normalize().resolve(rules.tenantId()));
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
            if (find(id).map(RunRecord::state).orElse(run.state()) != RunRecord.State.DONE) {
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
    public List<RunRecord> runs(Span span) {
        return runIds().filter(span::holds)
                .flatMap(id -> find(id).stream())
                .limit(span.limit())
                .toList();
    }

    @Override
    public void finish(Assessment assessment, Optional<Roster> roster) {
        String id = rules.own(assessment, roster).runId();
        folder.alone(() -> {
            RunRecord run = find(id).orElseThrow(() -> new IllegalStateException("run " + id + " was never begun"));
            if (run.state() != RunRecord.State.DONE) {
                folder.write(resultsFile(id), AssessmentJson.write(assessment));
                roster.ifPresent(it -> folder.write(accountsFile(id), RosterJson.write(it)));
                for (CheckResult result : assessment.results()) {
                    folder.write(historyFile(result.checkId(), id), RunJson.write(HistoryEntry.of(assessment, result)));
                }
                folder.write(recordFile(id), RunJson.write(TenantRuns.done(run, assessment)));
            }
            return run;
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
    public Optional<Roster> roster(String runId) {
        return isDone(runId) ? read(accountsFile(runId), RosterJson::read) : Optional.empty();
    }

    @Override
    public Optional<Roster> latestRoster() {
        return runIds().flatMap(id -> roster(id).stream()).findFirst();
    }

    private boolean isDone(String runId) {
        return find(runId).filter(run -> run.state() == RunRecord.State.DONE).isPresent();
    }

    @Override
    public Optional<Assessment> latest(Stage stage) {
        return finished(stage).flatMap(id -> results(id).stream()).findFirst();
    }

    @Override
    public Optional<String> latestId(Stage stage) {
        return finished(stage).findFirst();
    }

    private Stream<String> finished(Stage stage) {
        return runIds().filter(id -> find(id).filter(run ->
                        run.state() == RunRecord.State.DONE && run.request().covers(stage))
                .isPresent());
    }

    @Override
    public List<HistoryEntry> history(String checkId, Span span) {
        if (!ItemIds.isOne(checkId)) {
            return List.of();
        }
        return folder.names(Path.of("history", checkId)).stream()
                .filter(name -> name.endsWith(".json"))
                .map(name -> name.substring(0, name.length() - ".json".length()))
                .filter(RunIds::isOne)
                .filter(span::holds)
                .sorted(RunIds.NEWEST_FIRST)
                .flatMap(id -> read(historyFile(checkId, id), RunJson::readHistory).stream())
                .limit(span.limit())
                .toList();
    }

    @Override
    public int deleteBefore(Instant time, Set<String> kept) {
        return folder.alone(() -> {
            List<String> all = runIds().filter(id -> RunIds.newestFirst(id).compareTo(RunIds.newestFirst(time)) > 0)
                    .filter(id -> !kept.contains(id))
                    .toList();
            List<String> old = all.subList(Math.max(0, all.size() - MOST_DELETED), all.size());
            List<String> checkIds = folder.names(Path.of("history")).stream()
                    .filter(ItemIds::isOne)
                    .toList();
            for (String id : old) {
                folder.delete(recordFile(id));
                checkIds.forEach(checkId -> folder.delete(historyFile(checkId, id)));
                Path run = Path.of("runs", id);
                folder.names(run).forEach(name -> folder.delete(run.resolve(name)));
                folder.delete(run);
            }
            return old.size();
        });
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
    public void deleteParts(String runId) {
        Set<String> parts = parts(runId);
        if (!parts.isEmpty()) {
            folder.alone(() -> {
                parts.forEach(name -> folder.delete(partFile(runId, name)));
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

    private static Path historyFile(String checkId, String runId) {
        return Path.of("history", checkId, runId + ".json");
    }
}
