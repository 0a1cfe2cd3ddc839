package dev.parc.report;

import dev.parc.app.CompositionRoot;
import dev.parc.assessment.Assessment;
import dev.parc.report.docs.CheckPage;
import dev.parc.report.html.HtmlReport;
import dev.parc.report.html.ReportInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The report of the demo tenant, as {@code parc demo} writes it. */
final class DemoPage {

    private DemoPage() {}

    /** Answers the demo tenant, and writes its report to a file in the folder. */
    static Path write(Path folder) throws IOException {
        CompositionRoot parc = CompositionRoot.demo(folder.resolve("data"), Duration.ofMinutes(10));
        ReportInput input = parc.reports()
                .of(parc.engine()
                        .answer(parc.runs().request(List.of(), List.of(), Assessment.Trigger.CLI), phrase -> {}));
        return Files.writeString(folder.resolve("demo.html"), new HtmlReport(CheckPage::of).html(input));
    }
}
