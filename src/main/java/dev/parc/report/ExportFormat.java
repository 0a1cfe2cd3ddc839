package dev.parc.report;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.report.csv.CsvReport;
import dev.parc.report.junit.JUnitReport;
import dev.parc.report.markdown.MarkdownReport;
import dev.parc.report.oscal.OscalReport;
import dev.parc.report.sarif.SarifReport;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The formats in which programs and people take the answers of a run away. */
public enum ExportFormat {
    JSON("JSON", "json", "application/json", AssessmentJson::write),
    CSV("CSV", "csv", "text/csv; charset=utf-8; header=present", CsvReport::findings),
    MARKDOWN("Markdown", "md", "text/markdown; charset=utf-8", MarkdownReport::write),
    SARIF("SARIF", "sarif", "application/sarif+json", SarifReport::write),
    OSCAL("OSCAL", "oscal.json", "application/json", OscalReport::write),
    JUNIT("JUnit", "junit.xml", "application/xml", JUnitReport::write);

    private final String title;
    private final String extension;
    private final String mediaType;
    private final Function<Assessment, String> writer;

    ExportFormat(String title, String extension, String mediaType, Function<Assessment, String> writer) {
        this.title = title;
        this.extension = extension;
        this.mediaType = mediaType;
        this.writer = writer;
    }

    /** Its name as people write it. */
    public String title() {
        return title;
    }

    /** What names of its files end in, without the full stop before it; no two formats have the same. */
    public String extension() {
        return extension;
    }

    /** What names it in an address after a full stop, for example {@code oscal}: its extension up to a further full stop. */
    public String path() {
        int stop = extension.indexOf('.');
        return stop < 0 ? extension : extension.substring(0, stop);
    }

    /** The media type to serve it as. */
    public String mediaType() {
        return mediaType;
    }

    /** The whole document of a run, to be encoded in UTF-8. */
    public String write(Assessment assessment) {
        return writer.apply(assessment);
    }

    /** The format that is called this, whatever the case; empty if there is none. */
    public static Optional<ExportFormat> of(String name) {
        return Stream.of(values())
                .filter(format -> format.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** The format that an address names by its {@link #path}, whatever the case; empty if there is none. */
    public static Optional<ExportFormat> ofPath(String path) {
        return Stream.of(values())
                .filter(format -> format.path().equalsIgnoreCase(path))
                .findFirst();
    }
}
