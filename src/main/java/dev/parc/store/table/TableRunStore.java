package dev.parc.store.table;

import com.azure.core.credential.TokenCredential;
import com.azure.data.tables.TableServiceClient;
import com.azure.data.tables.models.TableEntity;
import com.azure.data.tables.models.TableTransactionActionType;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.json.AdministratorInventoryJson;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.assessment.json.RunJson;
import dev.parc.assessment.ledger.ItemIds;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.ledger.Sha256;
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
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the runs of one tenant in Azure Table Storage.
 *
 * <ul>
 *   <li>{@code ParcRuns}: tenant, inverted time and run id. The record; once DONE also the head of the result document,
 *       which attempt's rows are the results, how many there are, and how it is
 *       published. The sequence of what is published stands there too.
 *   <li>{@code ParcResults}: tenant and run, item id with attempt and number. A result in as many rows as it takes.
 *   <li>{@code ParcAccounts}: tenant and run, attempt and number. The run's administrators in as many rows as it takes.
 *   <li>{@code ParcHistory}: tenant and item id, inverted time, run id and attempt. One partition a series.
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
    private static final List<String> HISTORY_KEYS = List.of("PartitionKey", "RowKey", ATTEMPT);
    private static final String PART = "Part";
    private static final int TURNS = 50;
    private static final int ROWS_FORGOTTEN = 1000;
    private static final List<String> PUBLICATION = Stream.of(
                    KEYS, List.of(ATTEMPT, "Deleted"), TableSequence.PROPERTIES)
            .flatMap(List::stream)
            .toList();

    /** All rows of a part go into one transaction of 4 MiB. */
    private static final int MOST_ROWS_A_PART = 7;

    private static final String TOMBSTONE = "Tombstone";

    /** Of a deleted run: whether rows of it may still be there. */
    private static final String DELETED = "Deleted";

    private static final String LEFT = "left";

    /** So many runs are remembered to be published. */
    private static final int REMEMBERED = 10_000;

    /** From so many runs on one query tells how they are published, and not one request each. */
    private static final int FEW = 4;

    private final TenantRuns rules;
    private final Tables tables;
    private final TableSequence sequence;
    private final Map<String, Published> published = new ConcurrentHashMap<>();

    private final Map<String, Prepared> prepared = new ConcurrentHashMap<>();

    /**
     * An attempt whose rows are put.
     *
     * @param results how many there are of results
     * @param accounts how many there are of administrators
     */
    private record Prepared(String attempt, int results, int accounts) {}

    /**
     * How a run is published.
     *
     * @param attempt whose rows are the results
     */
    private record Published(String attempt, Publication publication) {}

    TableRunStore(String tenantId, Supplier<TableServiceClient> connect) {
        this.rules = new TenantRuns(tenantId);
        this.tables = new Tables(connect);
        this.sequence = new TableSequence(tables, RUNS, rules.tenantId());
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
    public List<RunRecord> runs(RunRange span) {
        String filter = mine(rules.tenantId()) + Keys.within(span);
        return tables.query(RUNS, filter, with(Chunks.names(RECORD), KEYS), span.limit()).stream()
                .map(TableRunStore::record)
                .toList();
    }

    @Override
    public Publication finish(
            Assessment assessment, Optional<AdministratorInventory> inventory, LongFunction<String> following) {
        String id = rules.own(assessment, inventory).runId();
        TableEntity run = get(id).orElseThrow(() -> new IllegalStateException("run " + id + " was never begun"));
        if (publication(run).isEmpty() && !isDeleted(run)) {
            Prepared rows = Optional.ofNullable(prepared.remove(id))
                    .filter(it -> it.attempt().equals(attempt(assessment, inventory)))
                    .orElseGet(() -> put(assessment, inventory));
            publish(
                    id,
                    following,
                    (known, publication) -> {
                        TableEntity done = done(record(known), assessment, rows.attempt(), rows.results());
                        TableSequence.put(done, publication);
                        return inventory.isEmpty() ? done : done.addProperty(ACCOUNT_ROWS, rows.accounts());
                    },
                    Publication.Kind.RUN,
                    assessment.finishedAt());
        }
        TableEntity kept = get(id).orElse(run);
        clear(kept, assessment);
        return publication(kept)
                .orElseThrow(() -> new StoreException("Run " + id + " was deleted while it was being finished"));
    }

    @Override
    public void prepare(Assessment assessment, Optional<AdministratorInventory> inventory) {
        String id = rules.own(assessment, inventory).runId();
        if (get(id).filter(run -> publication(run).isEmpty() && !isDeleted(run)).isPresent()) {
            prepared.put(id, put(assessment, inventory));
        }
    }

    /** Puts the rows of an attempt, which nobody sees before it counts. */
    private Prepared put(Assessment assessment, Optional<AdministratorInventory> inventory) {
        String attempt = attempt(assessment, inventory);
        List<TableEntity> rows = rows(assessment, attempt);
        tables.put(RESULTS, rows);
        List<TableEntity> accounts = inventory.map(it -> rows(it, attempt)).orElse(List.of());
        tables.put(ACCOUNTS, accounts);
        putHistory(assessment, attempt);
        return new Prepared(attempt, rows.size(), accounts.size());
    }

    private static String attempt(Assessment assessment, Optional<AdministratorInventory> inventory) {
        return digest(AssessmentJson.write(assessment)
                + inventory.map(AdministratorInventoryJson::write).orElse(""));
    }

    /** Makes the row of a run that counts. */
    private interface Publishing {
        TableEntity row(TableEntity known, Publication publication);
    }

    /** Publishes a run, or its deletion, unless that is done already. */
    private void publish(
            String id, LongFunction<String> following, Publishing publishing, Publication.Kind kind, Instant at) {
        for (int turn = 0; turn < TURNS; turn++) {
            TableSequence.Head head = sequence.head();
            TableEntity known =
                    get(id).orElseThrow(() -> new StoreException("Run " + id + " was deleted in the meantime"));
            if (isDeleted(known)
                    || (kind == Publication.Kind.RUN) == publication(known).isPresent()) {
                return;
            }
            Publication publication = new Publication(head.last() + 1, kind, id, following.apply(head.last()), at);
            TableEntity row = publishing.row(known, publication);
            row.addProperty("odata.etag", known.getETag());
            if (sequence.append(head, List.of(publication), List.of(row), TableTransactionActionType.UPDATE_REPLACE)) {
                return;
            }
        }
        throw new StoreException("Run " + id + " is being changed by others at the same time: try again");
    }

    /** Takes back what attempts that do not count have written. */
    private void clear(TableEntity run, Assessment assessment) {
        String id = assessment.runId();
        String others = mine(evidence(id)) + " and " + ATTEMPT + " ne '" + text(run, ATTEMPT) + "'";
        List<TableEntity> rows = tables.query(RESULTS, others, KEYS, Integer.MAX_VALUE);
        rows.stream()
                .map(row -> row.getRowKey().split("\\|", -1))
                .map(key -> List.of(key[0], key[1]))
                .distinct()
                .forEach(key -> tables.delete(HISTORY, series(key.get(0)), Keys.ofRun(id, key.get(1))));
        tables.delete(RESULTS, rows);
        if (run.getProperties().containsKey(ACCOUNT_ROWS)) {
            tables.delete(ACCOUNTS, tables.query(ACCOUNTS, others, KEYS, Integer.MAX_VALUE));
        }
    }

    /** How a finished or a deleted run is published; empty if it is neither. */
    private static Optional<Publication> publication(TableEntity run) {
        String id = runId(run);
        return text(run, ATTEMPT).isEmpty() && !isDeleted(run)
                ? Optional.empty()
                : TableSequence.of(run, id)
                        .or(() -> isDeleted(run)
                                ? Optional.empty()
                                : Optional.of(new Publication(0, Publication.Kind.RUN, id, "", finishedAt(run))));
    }

    /** The time of a run that an earlier release finished; its record is not always read. */
    private static Instant finishedAt(TableEntity run) {
        return Chunks.get(run, RECORD).isEmpty() ? Instant.EPOCH : record(run).updatedAt();
    }

    private static boolean isDeleted(TableEntity run) {
        return run.getProperty(DELETED) != null;
    }

    @Override
    public Optional<Publication> publication(String runId) {
        return get(runId).flatMap(TableRunStore::publication);
    }

    @Override
    public Map<String, Publication> of(Collection<String> runIds) {
        Map<String, Publication> found = new HashMap<>();
        attempts(runIds).forEach((id, attempt) -> found.put(id, attempt.publication()));
        return found;
    }

    /** Runs that are published stay so, unless they are deleted, and then nothing is there to be shown. */
    private Map<String, Published> attempts(Collection<String> runIds) {
        Map<String, Published> found = new HashMap<>();
        List<String> unknown = new ArrayList<>();
        for (String id : Set.copyOf(runIds)) {
            Published known = published.get(id);
            if (known != null) {
                found.put(id, known);
            } else if (RunIds.isOne(id)) {
                unknown.add(Keys.ofRun(id));
            }
        }
        List<TableEntity> rows;
        if (unknown.size() < FEW) {
            rows = unknown.stream()
                    .flatMap(key -> tables.get(RUNS, rules.tenantId(), key).stream())
                    .toList();
        } else {
            String between = " and RowKey ge '" + Collections.min(unknown) + "' and RowKey le '"
                    + Collections.max(unknown) + "'";
            rows = tables.query(RUNS, mine(rules.tenantId()) + between, PUBLICATION, Integer.MAX_VALUE);
        }
        for (TableEntity row : rows) {
            publication(row).ifPresent(it -> {
                Published one = new Published(text(row, ATTEMPT), it);
                if (it.isRun() && it.position() > 0) {
                    if (published.size() >= REMEMBERED) {
                        published.clear();
                    }
                    published.put(it.runId(), one);
                }
                if (unknown.contains(row.getRowKey())) {
                    found.put(it.runId(), one);
                }
            });
        }
        return found;
    }

    @Override
    public long lastPublished() {
        return sequence.head().last();
    }

    @Override
    public List<Publication> published(long after, int limit) {
        List<Publication> all = sequence.after(after, limit);
        Map<String, Publication> known =
                of(all.stream().map(Publication::runId).distinct().toList());
        return all.stream().filter(it -> known.containsKey(it.runId())).toList();
    }

    @Override
    public List<String> unpublished(int newest) {
        String runs = mine(rules.tenantId()) + Keys.within(RunRange.newest(0));
        return tables.query(RUNS, runs, PUBLICATION, newest).stream()
                .filter(row -> publication(row)
                        .filter(it -> it.isRun() && it.position() == 0)
                        .isPresent())
                .map(TableRunStore::runId)
                .sorted(RunIds.NEWEST_FIRST.reversed())
                .toList();
    }

    @Override
    public void adopt(List<String> runIds) {
        for (int from = 0; from < runIds.size(); from += TableSequence.most()) {
            List<String> some = runIds.subList(from, Math.min(runIds.size(), from + TableSequence.most()));
            int turn = 0;
            while (!adopted(some)) {
                if (++turn == TURNS) {
                    throw new StoreException(
                            "Runs of an earlier release are being changed by others at the same time: try again");
                }
            }
        }
    }

    private boolean adopted(List<String> runIds) {
        TableSequence.Head head = sequence.head();
        List<Publication> publications = new ArrayList<>();
        List<TableEntity> rows = new ArrayList<>();
        for (String id : runIds) {
            Optional<TableEntity> row = get(id);
            row.flatMap(TableRunStore::publication)
                    .filter(it -> it.isRun() && it.position() == 0)
                    .ifPresent(it -> {
                        Publication next = new Publication(
                                head.last() + publications.size() + 1, it.kind(), id, it.tag(), it.at());
                        TableEntity placed = new TableEntity(rules.tenantId(), Keys.ofRun(id));
                        placed.addProperty("odata.etag", row.orElseThrow().getETag());
                        TableSequence.put(placed, next);
                        publications.add(next);
                        rows.add(placed);
                    });
        }
        return publications.isEmpty()
                || sequence.append(head, publications, rows, TableTransactionActionType.UPDATE_MERGE);
    }

    @Override
    public Optional<Publication> delete(String runId, Tombstone tombstone, LongFunction<String> following) {
        Optional<TableEntity> run = get(runId);
        if (run.isEmpty()) {
            return Optional.empty();
        }
        if (!isDeleted(run.get())) {
            if (publication(run.get()).isPresent()) {
                publish(
                        runId,
                        following,
                        (known, publication) -> {
                            TableEntity row = deleted(record(known), tombstone);
                            TableSequence.put(row, publication);
                            return row;
                        },
                        Publication.Kind.DELETION,
                        tombstone.at());
            } else {
                change(runId, known -> deleted(known.orElseThrow(), tombstone));
            }
        }
        published.remove(runId);
        TableEntity deleted = get(runId).orElseThrow();
        finishDeletion(deleted);
        return publication(deleted);
    }

    private void finishDeletion(TableEntity deleted) {
        deleteRows(runId(deleted));
        TableEntity done = new TableEntity(deleted.getPartitionKey(), deleted.getRowKey()).addProperty(DELETED, "done");
        tables.merge(RUNS, done);
    }

    private TableEntity deleted(RunRecord run, Tombstone tombstone) {
        TableEntity row =
                row(new RunRecord(run.request(), RunRecord.State.FAILED, tombstone.inWords(), tombstone.at()));
        Chunks.put(row, TOMBSTONE, PublicationJson.write(tombstone));
        return row.addProperty(DELETED, LEFT);
    }

    @Override
    public Optional<Tombstone> tombstone(String runId) {
        return get(runId)
                .filter(TableRunStore::isDeleted)
                .map(row -> understood(
                        RUNS, row.getRowKey(), () -> PublicationJson.readTombstone(Chunks.get(row, TOMBSTONE))));
    }

    @Override
    public void forgetPublished(Instant time) {
        sequence.forgetBefore(time, ROWS_FORGOTTEN);
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
    public Optional<AdministratorInventory> inventory(String runId) {
        return get(runId).flatMap(this::inventory);
    }

    @Override
    public Optional<AdministratorInventory> latestInventory() {
        return last(ACCOUNT_ROWS + " gt 0").flatMap(this::inventory);
    }

    private Optional<AdministratorInventory> inventory(TableEntity run) {
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
        return Optional.of(understood(ACCOUNTS, id, () -> AdministratorInventoryJson.read(document)));
    }

    private static StoreException incomplete(String what, String runId, String table) {
        return new StoreException("The " + what + " of run " + runId + " in table " + table
                + " are not complete: restore them or delete the run's row in " + RUNS);
    }

    @Override
    public Optional<Assessment> latest(Stage stage) {
        return latestId(stage).flatMap(this::results);
    }

    @Override
    public Optional<String> latestId(Stage stage) {
        return last(answers(stage) + " eq true");
    }

    /** Asks the service for the newest finished runs of a kind: some rows, however many runs there are. */
    private Optional<String> last(String condition) {
        String filter = mine(rules.tenantId()) + " and " + condition;
        List<String> properties = with(Chunks.names(RECORD), KEYS);
        List<TableEntity> rows = tables.query(RUNS, filter, properties, TenantRuns.FINISHED_LOOKED_AT);
        if (rows.size() == TenantRuns.FINISHED_LOOKED_AT && !rows.stream().allMatch(TableRunStore::isMeasure)) {
            List<TableEntity> more = tables.query(
                    RUNS,
                    filter + " and RowKey gt '" + rows.get(rows.size() - 1).getRowKey() + "'",
                    properties,
                    TenantRuns.FINISHED_LOOKED_AT,
                    some -> some.stream().filter(TableRunStore::isMeasure).toList());
            rows = Stream.of(rows, more).flatMap(List::stream).toList();
        }
        return TenantRuns.lastFinished(rows.stream().map(TableRunStore::record));
    }

    /** Whether the id of the run is not ahead of its own end. */
    private static boolean isMeasure(TableEntity row) {
        return !RunIds.time(runId(row)).isAfter(record(row).updatedAt());
    }

    @Override
    public List<HistoryEntry> history(String checkId, RunRange span) {
        if (!ItemIds.isOne(checkId)) {
            return List.of();
        }
        String filter = mine(series(checkId)) + Keys.within(span);
        return tables
                .query(HISTORY, filter, with(Chunks.names(ENTRY), HISTORY_KEYS), span.limit(), this::counting)
                .stream()
                .map(row -> understood(HISTORY, row.getRowKey(), () -> RunJson.readHistory(Chunks.get(row, ENTRY))))
                .toList();
    }

    /** The rows of a series that are of finished runs, and of the attempt that counts. */
    private List<TableEntity> counting(List<TableEntity> rows) {
        Map<String, Published> known = attempts(
                rows.stream().map(row -> Keys.run(row.getRowKey())).distinct().toList());
        return rows.stream()
                .filter(row -> {
                    Published run = known.get(Keys.run(row.getRowKey()));
                    String attempt = text(row, ATTEMPT);
                    return run != null
                            && run.publication().isRun()
                            && (attempt.isEmpty() || attempt.equals(run.attempt()));
                })
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
    public void deletePart(String runId, String name) {
        String prefix = TenantRuns.part(name);
        tables.delete(
                PARTS,
                tables.query(
                        PARTS,
                        mine(evidence(runId)) + " and RowKey gt '" + prefix + "|' and RowKey lt '" + prefix + "}'",
                        KEYS,
                        Integer.MAX_VALUE));
    }

    @Override
    public void deleteParts(String runId) {
        tables.delete(PARTS, tables.query(PARTS, mine(evidence(runId)), KEYS, Integer.MAX_VALUE));
    }

    @Override
    public int deleteBefore(Instant time, Set<String> kept) {
        String old = mine(rules.tenantId()) + " and RowKey gt '" + RunIds.newestFirst(time) + "~'";
        List<String> runs = tables.query(RUNS, old, with(KEYS, List.of(DELETED)), Integer.MAX_VALUE).stream()
                .filter(row -> !isDeleted(row))
                .map(TableRunStore::runId)
                .filter(id -> !kept.contains(id))
                .toList();
        List<String> oldest = runs.subList(Math.max(0, runs.size() - MOST_DELETED), runs.size());
        oldest.forEach(id -> get(id).ifPresent(this::delete));
        String left = mine(rules.tenantId()) + " and " + DELETED + " eq '" + LEFT + "'";
        tables.query(RUNS, left, KEYS, MOST_DELETED).forEach(this::finishDeletion);
        return oldest.size();
    }

    private static String runId(TableEntity row) {
        return Keys.run(row.getRowKey());
    }

    /** The results go out of sight first and the record goes last, so that what is left can be deleted again. */
    private void delete(TableEntity run) {
        String id = runId(run);
        published.remove(id);
        tables.put(RUNS, row(record(run)));
        deleteRows(id);
        tables.delete(RUNS, run.getPartitionKey(), run.getRowKey());
    }

    private void deleteRows(String id) {
        deleteParts(id);
        List<TableEntity> rows = tables.query(RESULTS, mine(evidence(id)), KEYS, Integer.MAX_VALUE);
        rows.stream()
                .map(row -> row.getRowKey().substring(0, row.getRowKey().indexOf('|')))
                .distinct()
                .forEach(checkId -> deleteHistory(checkId, id));
        tables.delete(ACCOUNTS, tables.query(ACCOUNTS, mine(evidence(id)), KEYS, Integer.MAX_VALUE));
        tables.delete(RESULTS, rows);
    }

    /** The entries of all attempts at a run. */
    private void deleteHistory(String checkId, String id) {
        String entries = mine(series(checkId)) + " and RowKey ge '" + Keys.ofRun(id) + "' and RowKey lt '"
                + Keys.ofRun(id) + "}'";
        tables.delete(HISTORY, tables.query(HISTORY, entries, KEYS, Integer.MAX_VALUE));
    }

    /** Puts the row that {@code next} makes of the kept record, unless the run is DONE or deleted. */
    private void change(String id, Function<Optional<RunRecord>, TableEntity> next) {
        for (int turn = 0; turn < TURNS; turn++) {
            Optional<TableEntity> known = get(id);
            Optional<RunRecord> record = known.map(TableRunStore::record);
            if (record.filter(run -> run.state() == RunRecord.State.DONE).isPresent()
                    || known.filter(TableRunStore::isDeleted).isPresent()) {
                return;
            }
            TableEntity row = next.apply(record);
            if (known.isPresent() ? tables.replace(RUNS, known.get(), row) : tables.insert(RUNS, row)) {
                return;
            }
        }
        throw new StoreException("Run " + id + " is being changed by others at the same time: try again");
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

    private List<TableEntity> rows(AdministratorInventory inventory, String attempt) {
        List<TableEntity> rows = new ArrayList<>();
        for (String part : Chunks.perEntity(AdministratorInventoryJson.write(inventory))) {
            String key = String.format(Locale.ROOT, "%s|%06d", attempt, rows.size());
            TableEntity row = new TableEntity(evidence(inventory.runId()), key).addProperty(ATTEMPT, attempt);
            Chunks.put(row, ADMINISTRATORS, part);
            rows.add(row);
        }
        return rows;
    }

    private void putHistory(Assessment assessment, String attempt) {
        for (CheckResult result : assessment.results()) {
            TableEntity row = new TableEntity(series(result.checkId()), Keys.ofRun(assessment.runId(), attempt))
                    .addProperty(ATTEMPT, attempt);
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
