package dev.parc.check.phrase;

import dev.parc.app.CompositionRoot;
import dev.parc.app.Runs;
import dev.parc.app.Settings;
import dev.parc.app.Stores;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRequest;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.report.sarif.SarifReport;
import dev.parc.roadmap.Roadmap;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** A run of the demo tenant, as texts, so that one class loader can compare what another has made. */
public final class RewordedRun {

    private static final Logger LOG = Logger.getLogger(RewordedRun.class.getName());

    private RewordedRun() {}

    /**
     * Runs, and keeps it.
     *
     * @param data where the store is
     * @param at when, as ISO 8601 has it
     * @param waived the item and a subject that is waived after the run, with a slash between; empty for none
     * @return the documents {@code results} and {@code sarif}, and {@code changes}, a line each
     */
    public static Map<String, String> run(String data, String at, String waived) {
        Stores stores = Stores.files(Path.of(data), SnapshotTenant.demo().id());
        CompositionRoot parc = CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_ROADMAP_START", "2026-07-20", "PARC_FIX_SECONDS", "0")),
                        SnapshotTenant::demo,
                        tenant -> stores,
                        Roadmap.checks(),
                        Clock.fixed(Instant.parse(at), ZoneOffset.UTC))
                .root();
        RunRequest request = parc.runs().request(List.of(), List.of(), Assessment.Trigger.TIMER);
        Runs.Work work = parc.runs().work(RunMessage.of(request), 1, LOG);
        if (!waived.isEmpty()) {
            parc.waivers()
                    .waive(
                            waived.split("/", -1)[0],
                            Optional.of(waived.split("/", -1)[1]),
                            "lena.fischer@contosopharma.com",
                            "is removed with the next release",
                            "ciso@contosopharma.com",
                            LocalDate.ofInstant(Instant.parse(at), ZoneOffset.UTC)
                                    .plusDays(60),
                            Precondition.NONE);
        }
        Assessment assessment = stores.runs().results(request.runId()).orElseThrow();
        return Map.of(
                "results", AssessmentJson.write(assessment),
                "sarif", SarifReport.write(assessment),
                "changes", work.changes().stream().map(Change::toString).collect(Collectors.joining("\n")));
    }
}
