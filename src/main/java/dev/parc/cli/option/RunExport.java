package dev.parc.cli.option;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.json.AdministratorInventoryJson;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.assessment.json.RunJson;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunStore;
import dev.parc.report.csv.CsvReport;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies every run that is kept into a folder: {@code runs.jsonl} with a record a line, and of each finished run
 * {@code RUN.jsonl} (the run without results, each result, the administrators if it lists them; each line has its schema) and
 * {@code RUN.csv}. One run at a time is in memory. A finished run never changes, so one that is there already is left.
 */
public final class RunExport {

    /** So many runs are listed at a time. */
    public static final int PAGE = 100;

    private final RunStore store;
    private final Path folder;
    private final int page;

    /** @param page how many runs are listed at a time */
    public RunExport(RunStore store, Path folder, int page) {
        this.store = store;
        this.folder = folder;
        this.page = page;
    }

    /**
     * What came of it.
     *
     * @param written runs that were copied
     * @param there runs that were in the folder already
     * @param unread ids of finished runs that cannot be read
     */
    public record Copied(int written, int there, List<String> unread) {

        public Copied {
            unread = List.copyOf(unread);
        }
    }

    /**
     * Writes the runs that are not in the folder yet.
     *
     * @throws IOException if the folder cannot be written to
     */
    public Copied copy() throws IOException {
        Files.createDirectories(folder);
        int written = 0;
        int there = 0;
        List<String> unread = new ArrayList<>();
        Path list = part("runs.jsonl");
        try (Writer records = Files.newBufferedWriter(list)) {
            Optional<String> after = Optional.empty();
            for (boolean more = true; more; ) {
                RunRange span = RunRange.newest(page);
                List<RunRecord> runs = store.runs(new RunRange(span.from(), span.to(), after, page));
                for (RunRecord run : runs) {
                    String id = run.request().runId();
                    records.append(RunJson.write(run)).append('\n');
                    if (run.state() != RunRecord.State.DONE) {
                        continue;
                    }
                    if (Files.exists(folder.resolve(id + ".jsonl"))) {
                        there++;
                    } else if (copy(id)) {
                        written++;
                    } else {
                        unread.add(id);
                    }
                }
                more = runs.size() == page;
                after = runs.isEmpty()
                        ? after
                        : Optional.of(runs.get(runs.size() - 1).request().runId());
            }
        }
        finish(list, "runs.jsonl");
        return new Copied(written, there, unread);
    }

    private boolean copy(String id) throws IOException {
        Optional<Assessment> results;
        Optional<AdministratorInventory> inventory;
        try {
            results = store.results(id);
            inventory = store.inventory(id);
        } catch (StoreException e) {
            return false; // who asked is told which
        }
        if (results.isEmpty()) {
            return false;
        }
        Assessment run = results.get();
        Path csv = part(id + ".csv");
        Files.writeString(csv, CsvReport.findings(run));
        Path lines = part(id + ".jsonl");
        try (Writer writer = Files.newBufferedWriter(lines)) {
            writer.append(AssessmentJson.writeHead(run)).append('\n');
            for (CheckResult result : run.results()) {
                writer.append(AssessmentJson.writeResult(result)).append('\n');
            }
            if (inventory.isPresent()) {
                writer.append(AdministratorInventoryJson.write(inventory.get())).append('\n');
            }
        }
        finish(csv, id + ".csv");
        finish(lines, id + ".jsonl"); // last, since it says that the run is there
        return true;
    }

    /** What is written until it is whole. */
    private Path part(String name) {
        return folder.resolve(name + ".part");
    }

    private void finish(Path part, String name) throws IOException {
        Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
}
