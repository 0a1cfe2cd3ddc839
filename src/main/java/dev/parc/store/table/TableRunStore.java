package dev.parc.store.table;

import com.azure.core.credential.TokenCredential;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.TableEntity;
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
import dev.parc.assessment.Sha256;
import dev.parc.assessment.Span;
import dev.parc.assessment.StoreException;
import dev.parc.check.Stage;
import dev.parc.store.TenantRuns;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the runs of one tenant in Azure Table Storage.
 *
 * <ul>
 *   <li>{@code ParcRuns}: tenant, inverted time and run id. The record; once DONE also the head of the result document,
 *       which attempt's rows are the results, and how many there are.
 *   <li>{@code ParcResults}: tenant and run, item id with attempt and number. A result in as many rows as it takes.
 *   <li>{@code ParcAccounts}: tenant and run, attempt and number. The run's administrators in as many rows as it takes.
 *   <li>{@code ParcHistory}: tenant and item id, inverted time and run id. One partition a series.
 *   <li>{@code ParcParts}: tenant and run, name and number. What is read of a large estate until its run is answered.
 * </ul>
 *
 * The rows of an attempt at finishing carry a digest of what it found, so two attempts never mix: the one that marks
 * the run DONE counts, and the rows of others are deleted. Nothing is asked of the service before the first call.
 */
public final class TableRunStore implements RunStore {

    static final String RUNS = "ParcRuns";
    static final String RESULTS = "ParcResults";
    static final String ACCOUNTS = "ParcAccounts";
    static final String HISTORY = "ParcHistory";
    static final String PARTS = "ParcParts";

    private static final String RECORD = "Record";
    private static final String HEAD = "Head";
    private static final String ATTEMPT = "Attempt";
    private static final String ROWS = "Rows";
    private static final String RESULT = "Result";
    private static final String POSITION = "Position";
    private static final String ACCOUNT_ROWS = "AccountRows";
    private static final String ADMINISTRATORS = "Administrators";
    private static final String ENTRY = "Entry";
    private static final List<String> KEYS = List.of("PartitionKey", "RowKey");
    private static final String PART = "Part";
    private static final int TURNS = 50;

    /** All rows of a part go into one transaction of 4 MiB. */
    private static final int MOST_ROWS_A_PART = 7;

    private final TenantRuns rules;
    private final Tables tables;

    TableRunStore(String tenantId, Supplier<TableServiceClient> connect) {
        this.rules = new TenantRuns(tenantId);
        this.tables = new Tables(connect);
    }

    /** The store that a storage account's connection string leads to. */
    public static TableRunStore of(String connectionString, String tenantId) {
        return new TableRunStore(tenantId, Tables.client(connectionString));
    }

    /**
     * The store at the URI of a storage account's table service.
     *
     * @param credential of an identity with the role Storage Table Data Contributor
     */
    public static TableRunStore of(URI account, TokenCredential credential, String tenantId) {
        return new TableRunStore(tenantId, Tables.client(account, credential));
    }

    @Override
    public RunRecord begin(RunRecord run) {
        String id = rules.open(run).request().runId();
        while (!tables.insert(RUNS, row(run))) {
            Optional<RunRecord> known = find(id);
            if (known.isPresent()) {
                return known.get();
            }
        }
        return run;
    }

    @Override
    public void update(RunRecord run) {
        change(rules.open(run).request().runId(), known -> row(run));
    }

    @Override
    public Optional<RunRecord> find(String runId) {
        return get(runId).map(TableRunStore::record);
    }

    @Override
    public List<RunRecord> runs(Span span) {
        String filter = mine(rules.tenantId()) + Keys.within(span);
        return tables.query(RUNS, filter, with(Chunks.names(RECORD), KEYS), span.limit()).stream()
                .map(TableRunStore::record)
                .toList();
    }

    @Override
    public void finish(Assessment assessment, Optional<Roster> roster) {
        String id = rules.own(assessment, roster).runId();
        RunRecord run = find(id).orElseThrow(() -> new IllegalStateException("run " + id + " was never begun"));
        String attempt = digest(
                AssessmentJson.write(assessment) + roster.map(RosterJson::write).orElse(""));
        if (run.state() != RunRecord.State.DONE) {
            List<TableEntity> rows = rows(assessment, attempt);
            tables.put(RESULTS, rows);
            List<TableEntity> accounts = roster.map(it -> rows(it, attempt)).orElse(List.of());
            tables.put(ACCOUNTS, accounts);
            putHistory(assessment);
            change(id, known -> {
                TableEntity done = done(known.orElse(run), assessment, attempt, rows.size());
                return roster.isEmpty() ? done : done.addProperty(ACCOUNT_ROWS, accounts.size());
            });
        }
        get(id).filter(kept -> !text(kept, ATTEMPT).isEmpty()).ifPresent(kept -> clear(kept, id, attempt));
    }

    /** Takes back what attempts that do not count have written. */
    private void clear(TableEntity run, String id, String attempt) {
        String counting = text(run, ATTEMPT);
        if (!counting.equals(attempt)) {
            results(run).ifPresent(this::putHistory);
        }
        String others = mine(evidence(id)) + " and " + ATTEMPT + " ne '" + counting + "'";
        tables.delete(RESULTS, tables.query(RESULTS, others, KEYS, Integer.MAX_VALUE));
        if (run.getProperties().containsKey(ACCOUNT_ROWS)) {
            tables.delete(ACCOUNTS, tables.query(ACCOUNTS, others, KEYS, Integer.MAX_VALUE));
        }
    }

    private String evidence(String runId) {
        return rules.tenantId() + "|" + runId;
    }

    @Override
    public Optional<Assessment> results(String runId) {
        return get(runId).flatMap(this::results);
    }

    private Optional<Assessment> results(TableEntity run) {
        String attempt = text(run, ATTEMPT);
        if (attempt.isEmpty()) {
            return Optional.empty();
        }
        String id = record(run).request().runId();
        String counting = mine(evidence(id)) + " and " + ATTEMPT + " eq '" + attempt + "'";
        List<TableEntity> rows = tables.query(
                RESULTS,
                counting,
                with(Chunks.names(RESULT), List.of("PartitionKey", "RowKey", POSITION)),
                Integer.MAX_VALUE);
        if (!Integer.valueOf(rows.size()).equals(run.getProperty(ROWS))) {
            if (get(id).map(known -> text(known, ATTEMPT)).orElse("").isEmpty()) {
                return Optional.empty();
            }
            throw incomplete("results", id, RESULTS);
        }
        Map<Integer, StringBuilder> documents = new TreeMap<>();
        for (TableEntity row : rows) {
            documents
                    .computeIfAbsent(position(row), position -> new StringBuilder())
                    .append(Chunks.get(row, RESULT));
        }
        return Optional.of(understood(
                RESULTS,
                id,
                () -> AssessmentJson.readHead(
                        Chunks.get(run, HEAD),
                        documents.values().stream()
                                .map(document -> AssessmentJson.readResult(document.toString()))
                                .toList())));
    }

    @Override
    public Optional<Roster> roster(String runId) {
        return get(runId).flatMap(this::roster);
    }

    @Override
    public Optional<Roster> latestRoster() {
        String listing = mine(rules.tenantId()) + " and " + ACCOUNT_ROWS + " gt 0";
        return tables.query(RUNS, listing, List.of(), 1).stream().findFirst().flatMap(this::roster);
    }

    private Optional<Roster> roster(TableEntity run) {
        if (!run.getProperties().containsKey(ACCOUNT_ROWS)) {
            return Optional.empty();
        }
        String id = record(run).request().runId();
        String counting = mine(evidence(id)) + " and " + ATTEMPT + " eq '" + text(run, ATTEMPT) + "'";
        List<TableEntity> rows =
                tables.query(ACCOUNTS, counting, with(Chunks.names(ADMINISTRATORS), KEYS), Integer.MAX_VALUE);
        if (!Integer.valueOf(rows.size()).equals(run.getProperty(ACCOUNT_ROWS))) {
            if (get(id).filter(known -> known.getProperties().containsKey(ACCOUNT_ROWS))
                    .isEmpty()) {
                return Optional.empty();
            }
            throw incomplete("administrators", id, ACCOUNTS);
        }
        String document =
                rows.stream().map(row -> Chunks.get(row, ADMINISTRATORS)).collect(Collectors.joining());
        return Optional.of(understood(ACCOUNTS, id, () -> RosterJson.read(document)));
    }

    private static StoreException incomplete(String what, String runId, String table) {
        return new StoreException("The " + what + " of run " + runId + " in table " + table
                + " are not complete: restore them or delete the run's row in " + RUNS);
    }

    /** Asks the service for the first finished run that covers the stage: one row, however many runs there are. */
    @Override
    public Optional<Assessment> latest(Stage stage) {
        return newest(stage, List.of()).flatMap(this::results);
    }

    @Override
    public Optional<String> latestId(Stage stage) {
        return newest(stage, KEYS).map(TableRunStore::runId);
    }

    private Optional<TableEntity> newest(Stage stage, List<String> properties) {
        String covering = mine(rules.tenantId()) + " and " + answers(stage) + " eq true";
        return tables.query(RUNS, covering, properties, 1).stream().findFirst();
    }

    @Override
    public List<HistoryEntry> history(String checkId, Span span) {
        if (!ItemIds.isOne(checkId)) {
            return List.of();
        }
        String filter = mine(series(checkId)) + Keys.within(span);
        return tables.query(HISTORY, filter, with(Chunks.names(ENTRY), KEYS), span.limit()).stream()
                .map(row -> understood(HISTORY, row.getRowKey(), () -> RunJson.readHistory(Chunks.get(row, ENTRY))))
                .toList();
    }

    @Override
    public void addPart(String runId, String name, String document) {
        List<String> texts = Chunks.perEntity(document);
        if (texts.size() > MOST_ROWS_A_PART) {
            throw new IllegalArgumentException("a part of " + document.length() + " characters is too long to be kept");
        }
        List<TableEntity> rows = new ArrayList<>();
        for (int number = 0; number < texts.size(); number++) {
            TableEntity row = new TableEntity(
                    evidence(runId), String.format(Locale.ROOT, "%s|%03d", TenantRuns.part(name), number));
            Chunks.put(row, PART, texts.get(number));
            rows.add(row);
        }
        tables.insert(PARTS, rows);
    }

    @Override
    public Optional<String> part(String runId, String name) {
        String prefix = TenantRuns.part(name);
        List<TableEntity> rows = tables.query(
                PARTS,
                mine(evidence(runId)) + " and RowKey gt '" + prefix + "|' and RowKey lt '" + prefix + "}'",
                with(Chunks.names(PART), KEYS),
                Integer.MAX_VALUE);
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(rows.stream().map(row -> Chunks.get(row, PART)).collect(Collectors.joining()));
    }

    @Override
    public Set<String> parts(String runId) {
        return tables.query(PARTS, mine(evidence(runId)), KEYS, Integer.MAX_VALUE).stream()
                .map(row -> row.getRowKey().substring(0, row.getRowKey().indexOf('|')))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void deleteParts(String runId) {
        tables.delete(PARTS, tables.query(PARTS, mine(evidence(runId)), KEYS, Integer.MAX_VALUE));
    }

    @Override
    public int deleteBefore(Instant time, Set<String> kept) {
        String old = mine(rules.tenantId()) + " and RowKey gt '" + RunIds.newestFirst(time) + "~'";
        List<String> runs = tables.query(RUNS, old, KEYS, Integer.MAX_VALUE).stream()
                .map(TableRunStore::runId)
                .filter(id -> !kept.contains(id))
                .toList();
        List<String> oldest = runs.subList(Math.max(0, runs.size() - MOST_DELETED), runs.size());
        oldest.forEach(id -> get(id).ifPresent(this::delete));
        return oldest.size();
    }

    private static String runId(TableEntity row) {
        return row.getRowKey().substring(row.getRowKey().indexOf('|') + 1);
    }

    /** The results go out of sight first and the record goes last, so that what is left can be deleted again. */
    private void delete(TableEntity run) {
        RunRecord record = record(run);
        String id = record.request().runId();
        tables.put(RUNS, row(record));
        deleteParts(id);
        List<TableEntity> rows = tables.query(RESULTS, mine(evidence(id)), KEYS, Integer.MAX_VALUE);
        rows.stream()
                .map(row -> row.getRowKey().substring(0, row.getRowKey().indexOf('|')))
                .distinct()
                .forEach(checkId -> tables.delete(HISTORY, series(checkId), Keys.ofRun(id)));
        tables.delete(RESULTS, rows);
        tables.delete(ACCOUNTS, tables.query(ACCOUNTS, mine(evidence(id)), KEYS, Integer.MAX_VALUE));
        tables.delete(RUNS, run.getPartitionKey(), run.getRowKey());
    }

    /** Puts the row that {@code next} makes of the kept record, unless the run is DONE. */
    private void change(String id, Function<Optional<RunRecord>, TableEntity> next) {
        for (int turn = 0; turn < TURNS; turn++) {
            Optional<TableEntity> known = get(id);
            Optional<RunRecord> record = known.map(TableRunStore::record);
            if (record.filter(run -> run.state() == RunRecord.State.DONE).isPresent()) {
                return;
            }
            TableEntity row = next.apply(record);
            if (known.isPresent() ? tables.replace(RUNS, known.get(), row) : tables.insert(RUNS, row)) {
                return;
            }
        }
        throw new StoreException("Run " + id + " is being changed by too many at once: try again");
    }

    private Optional<TableEntity> get(String runId) {
        return RunIds.isOne(runId) ? tables.get(RUNS, rules.tenantId(), Keys.ofRun(runId)) : Optional.empty();
    }

    private TableEntity row(RunRecord run) {
        TableEntity row =
                new TableEntity(rules.tenantId(), Keys.ofRun(run.request().runId()));
        Chunks.put(row, RECORD, RunJson.write(run));
        return row;
    }

    private TableEntity done(RunRecord begun, Assessment assessment, String attempt, int rows) {
        TableEntity row = row(TenantRuns.done(begun, assessment))
                .addProperty(ATTEMPT, attempt)
                .addProperty(ROWS, rows);
        Chunks.put(row, HEAD, AssessmentJson.writeHead(assessment));
        for (Stage stage : Stage.values()) {
            if (begun.request().covers(stage)) {
                row.addProperty(answers(stage), true);
            }
        }
        return row;
    }

    private List<TableEntity> rows(Assessment assessment, String attempt) {
        List<TableEntity> rows = new ArrayList<>();
        for (int position = 0; position < assessment.results().size(); position++) {
            CheckResult result = assessment.results().get(position);
            List<String> parts = Chunks.perEntity(AssessmentJson.writeResult(result));
            for (int part = 0; part < parts.size(); part++) {
                String key = String.format(Locale.ROOT, "%s|%s|%06d", result.checkId(), attempt, part);
                TableEntity row = new TableEntity(evidence(assessment.runId()), key)
                        .addProperty(ATTEMPT, attempt)
                        .addProperty(POSITION, position);
                Chunks.put(row, RESULT, parts.get(part));
                rows.add(row);
            }
        }
        return rows;
    }

    private List<TableEntity> rows(Roster roster, String attempt) {
        List<TableEntity> rows = new ArrayList<>();
        for (String part : Chunks.perEntity(RosterJson.write(roster))) {
            String key = String.format(Locale.ROOT, "%s|%06d", attempt, rows.size());
            TableEntity row = new TableEntity(evidence(roster.runId()), key).addProperty(ATTEMPT, attempt);
            Chunks.put(row, ADMINISTRATORS, part);
            rows.add(row);
        }
        return rows;
    }

    private void putHistory(Assessment assessment) {
        for (CheckResult result : assessment.results()) {
            TableEntity row = new TableEntity(series(result.checkId()), Keys.ofRun(assessment.runId()));
            Chunks.put(row, ENTRY, RunJson.write(HistoryEntry.of(assessment, result)));
            tables.put(HISTORY, row);
        }
    }

    private String series(String checkId) {
        return rules.tenantId() + "|" + checkId;
    }

    private static String answers(Stage stage) {
        return "Answers" + stage.name();
    }

    private static String mine(String partition) {
        return "PartitionKey eq '" + partition + "'";
    }

    private static RunRecord record(TableEntity row) {
        return understood(RUNS, row.getRowKey(), () -> RunJson.readRecord(Chunks.get(row, RECORD)));
    }

    private static String text(TableEntity row, String property) {
        return row.getProperty(property) instanceof String text ? text : "";
    }

    private static int position(TableEntity row) {
        return row.getProperty(POSITION) instanceof Integer position ? position : Integer.MAX_VALUE;
    }

    private static List<String> with(List<String> properties, List<String> more) {
        return Stream.of(properties, more).flatMap(List::stream).toList();
    }

    private static <T> T understood(String table, String row, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    "Row " + row + " of table " + table + " is broken (" + e.getMessage() + "): restore or delete it",
                    e);
        }
    }

    /** A short digest of a document: the same document has the same, another one another. */
    private static String digest(String document) {
        return HexFormat.of().formatHex(Sha256.of(document), 0, 12);
    }
}
