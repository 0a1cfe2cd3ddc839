package dev.parc.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.cli.DeskWiring;
import dev.parc.cli.Main;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextOverviewTest {

    @TempDir
    private Path folder = Path.of("");

    /** Of the demo tenant, which has a past. */
    @Test
    void aPageHasStagesActionsAndTheGravestChanges() {
        StringWriter out = new StringWriter();
        Console console = new Console(
                new PrintWriter(out, true), new PrintWriter(new StringWriter(), true), false, false, Map.of());

        assertThat(Main.run(
                        console,
                        new DeskWiring(),
                        "demo",
                        "--data",
                        folder.resolve("runs").toString(),
                        "--html",
                        folder.resolve("report.html").toString()))
                .isEqualTo(ExitCode.DONE);

        String page = out.toString().replace("\r\n", "\n");
        assertThat(page.lines()).hasSizeLessThan(45);
        assertThat(page)
                .startsWith("demo: ")
                .containsPattern("\nStage 1 +\\d+%  \\d+ days late +\\d+ pass, ")
                .containsPattern("\nBreak glass +\\d+% ")
                .containsPattern("\nAll +\\d+% ")
                .containsPattern(
                        "(?s)\nWHAT TO DO FIRST\n1\\. S1-06 .*\n5\\. .*\nand \\d+ more\\. Steps: parc check S1-06\n")
                .containsPattern("(?s)\nSince the run of 2026-08-25 08:00 UTC\nWorse \\(the first 4 of \\d+\\)\n"
                        + "  new administrator .*\nBetter\n  resolved ")
                .containsPattern("\nAll \\d+ answers: --all")
                .doesNotContain("null", "%d", "%s");
    }
}
