package dev.parc.cli.option;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.OutputFile;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.console.UsageException;
import dev.parc.report.ExportFormat;
import dev.parc.report.csv.CsvReport;
import dev.parc.report.docs.CheckPage;
import dev.parc.report.html.HtmlReport;
import dev.parc.report.html.ReportInput;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As what, and where to, a run is written. */
public final class ExportOptions {

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON; - for standard output.")
    @Nullable String json;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as one HTML file.")
    public @Nullable Path html;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the findings as CSV; - for standard output.")
    @Nullable String csv;

    @Option(
            names = "--administrators-csv",
            paramLabel = "FILE",
            description = "Write the administrators as CSV, if the run lists them.")
    @Nullable Path administratorsCsv;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the results as Markdown, for a ticket or a pull request; - for standard output.")
    @Nullable String markdown;

    @Option(names = "--sarif", paramLabel = "FILE", description = "Write SARIF 2.1.0; - for standard output.")
    @Nullable String sarif;

    @Option(
            names = "--oscal",
            paramLabel = "FILE",
            description = "Write OSCAL assessment results 1.1.2; - for standard output.")
    @Nullable String oscal;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML; - for standard output.")
    @Nullable String junit;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What to write to standard output: ${COMPLETION-CANDIDATES}. Default: TABLE.")
    OutputFormat format = OutputFormat.TABLE;

    @Option(
            names = {"-q", "--quiet"},
            description = "Write only the requested documents: no table, no progress.")
    boolean quiet;

    /**
     * Before anything is asked of a tenant: that what is asked for can be written.
     *
     * @throws UsageException if it cannot
     */
    public void check() {
        files().values().forEach(OutputFile::requireWritable);
        for (@Nullable Path file : Arrays.asList(html, administratorsCsv)) {
            if (file != null && file.toString().equals(OutputFile.STANDARD_OUTPUT)) {
                throw new UsageException(
                        "--html and --administrators-csv need a file name; they cannot write to standard output");
            }
            OutputFile.requireWritable(file);
        }
        long documents = named().values().stream()
                        .filter(OutputFile.STANDARD_OUTPUT::equals)
                        .count()
                + format.export().stream().count();
        if (documents > 1) {
            throw new UsageException("only one document can go to standard output; name files for the others");
        }
    }

    /** Whether a document is asked for, in a file or on standard output. */
    public boolean asksForADocument() {
        return !named().isEmpty()
                || format.export().isPresent()
                || Stream.of(Optional.ofNullable(html), Optional.ofNullable(administratorsCsv))
                        .anyMatch(Optional::isPresent);
    }

    /** The console as this command may use it. */
    Console console(Console console) {
        return quiet ? console.withoutErr() : console;
    }

    /**
     * Writes everything that is asked for.
     *
     * @param report what the HTML report shows, asked for only where one is wanted
     * @param table what a terminal shows
     */
    public void write(
            Console console,
            Assessment assessment,
            Optional<AdministratorInventory> inventory,
            Supplier<ReportInput> report,
            Function<TextStyle, String> table) {
        Optional<ExportFormat> toOut = toOut();
        PrintWriter text = text(console, toOut.isPresent());
        TextStyle style = toOut.isEmpty() ? TextStyle.of(console) : new TextStyle(false);
        text.print(style.fit(table.apply(style)));
        files().forEach((format, file) -> {
            OutputFile.write(file, format.write(assessment));
            text.println((format == ExportFormat.JSON ? "results: " : format.title() + ": ") + file);
        });
        if (html != null) {
            OutputFile.write(html, new HtmlReport(CheckPage::of).html(report.get()));
            text.println("report: " + html);
        }
        if (administratorsCsv != null) {
            administrators(console, text, assessment, inventory, administratorsCsv);
        }
        text.flush();
        toOut.ifPresent(format -> {
            String document = format.write(assessment);
            console.out().print(document.endsWith("\n") ? document : document + "\n");
            console.out().flush();
        });
    }

    private static void administrators(
            Console console,
            PrintWriter text,
            Assessment assessment,
            Optional<AdministratorInventory> inventory,
            Path file) {
        if (inventory.isEmpty()) {
            console.err().println("parc: this run does not list the administrators, so " + file + " is not written");
            console.err().flush();
        } else {
            OutputFile.write(
                    file, CsvReport.administrators(assessment, inventory.get().explained()));
            text.println("administrators: " + file);
        }
    }

    /** Where the table goes: nowhere if it is not asked for, and out of the way of a document. */
    private PrintWriter text(Console console, boolean documentToOut) {
        if (quiet || format != OutputFormat.TABLE) {
            return new PrintWriter(Writer.nullWriter());
        }
        return documentToOut ? console.err() : console.out();
    }

    private Optional<ExportFormat> toOut() {
        return format.export()
                .or(() -> named().entrySet().stream()
                        .filter(entry -> OutputFile.STANDARD_OUTPUT.equals(entry.getValue()))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    private Map<ExportFormat, Path> files() {
        Map<ExportFormat, Path> files = new EnumMap<>(ExportFormat.class);
        named().forEach((format, name) -> {
            if (!OutputFile.STANDARD_OUTPUT.equals(name)) {
                files.put(format, Path.of(name));
            }
        });
        return files;
    }

    private Map<ExportFormat, String> named() {
        Map<ExportFormat, String> named = new EnumMap<>(ExportFormat.class);
        put(named, ExportFormat.JSON, json);
        put(named, ExportFormat.CSV, csv);
        put(named, ExportFormat.MARKDOWN, markdown);
        put(named, ExportFormat.SARIF, sarif);
        put(named, ExportFormat.OSCAL, oscal);
        put(named, ExportFormat.JUNIT, junit);
        return named;
    }

    private static void put(Map<ExportFormat, String> named, ExportFormat format, @Nullable String file) {
        if (file != null) {
            named.put(format, file);
        }
    }
}
