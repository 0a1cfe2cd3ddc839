package dev.parc.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.assessment.json.RunJson;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.assessment.run.RunRequest;
import dev.parc.cli.Shell;
import dev.parc.cli.console.ExitCode;
import dev.parc.report.csv.CsvReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunExportTest {

    @TempDir
    private Path folder = Path.of("");

    private Path to = folder;
    private Shell shell = new Shell(folder);

    @BeforeEach
    void fiveRuns() {
        to = folder.resolve("copy/of/it");
        shell = new Shell(folder.resolve("runs"));
        for (int run = 0; run < 5; run++) {
            assertThat(shell.run("assess", "--stage", "1", "--quiet")).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void everyRunIsCopiedPageByPageAndReadsBack() throws IOException {
        assertThat(new RunExport(shell.store(), to, 2).copy()).isEqualTo(new RunExport.Copied(5, 0, List.of()));

        List<RunRecord> records = Files.readAllLines(to.resolve("runs.jsonl")).stream()
                .map(RunJson::readRecord)
                .toList();
        assertThat(records).isEqualTo(shell.store().newest(10)).hasSize(5);
        for (RunRecord record : records) {
            String id = record.request().runId();
            List<String> lines = Files.readAllLines(to.resolve(id + ".jsonl"));
            var run = AssessmentJson.readHead(
                    lines.get(0),
                    lines.stream()
                            .filter(line -> line.startsWith("{\"schema\":\"parc-result/1\""))
                            .map(AssessmentJson::readResult)
                            .toList());
            assertThat(run).isEqualTo(shell.store().results(id).orElseThrow());
            assertThat(Files.readString(to.resolve(id + ".csv"))).isEqualTo(CsvReport.findings(run));
        }
        try (Stream<Path> files = Files.list(to)) {
            assertThat(files).hasSize(11);
        }
    }

    @Test
    void whatIsThereIsLeftAndWhatIsNewIsAdded() throws IOException {
        assertThat(shell.run("report", "--all", "--to", to.toString())).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).contains("5 runs copied to " + to);

        assertThat(shell.run("assess", "--stage", "1", "--quiet")).isEqualTo(ExitCode.DONE);
        assertThat(shell.run("report", "--all", "--to", to.toString())).isEqualTo(ExitCode.DONE);
        assertThat(shell.out()).contains("1 run copied to " + to + "; 5 were there already");
    }

    @Test
    void aRunThatHasNotEndedIsListedOnly() throws IOException {
        RunRequest request = new RunRequest(
                "20260131T080000Z-0a1b2c3d", Instant.parse("2026-01-31T08:00:00Z"), List.of(), List.of(), Trigger.HTTP);
        shell.store().begin(new RunRecord(request, State.QUEUED, "", request.requestedAt()));

        assertThat(new RunExport(shell.store(), to, 3).copy().written()).isEqualTo(5);
        assertThat(Files.readAllLines(to.resolve("runs.jsonl"))).hasSize(6);
    }

    @Test
    void aRunThatCannotBeReadIsSaidAndDoesNotEndIt() throws IOException {
        String id = shell.store().newest(1).get(0).request().runId();
        try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> path.toString().contains(id)
                            && Files.exists(path)
                            && !path.getFileName().toString().contains("record"))
                    .toList()) {
                if (read(file).contains("parc-run/1")) {
                    Files.writeString(file, "{");
                }
            }
        }

        assertThat(shell.run("report", "--all", "--to", to.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("cannot be read: " + id);
        assertThat(shell.out()).contains("4 runs copied");
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    @Test
    void bothOptionsGoTogetherAndAlone() {
        assertThat(shell.run("report", "--all")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("report", "--to", to.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("report", "--all", "--to", to.toString(), "--csv", "-"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("report", "--all", "--to", to.toString(), "--run", "20260131T080000Z-0a1b2c3d"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(to).doesNotExist();
    }
}
