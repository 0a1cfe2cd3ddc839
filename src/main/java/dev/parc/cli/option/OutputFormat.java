package dev.parc.cli.option;

import dev.parc.report.ExportFormat;
import java.util.Optional;

/** What a run is written as on standard output. */
enum OutputFormat {
    /** For people. */
    TABLE,
    JSON,
    CSV,
    MARKDOWN,
    SARIF,
    OSCAL,
    JUNIT;

    /** The document; empty for the table. */
    Optional<ExportFormat> export() {
        return ExportFormat.of(name());
    }
}
