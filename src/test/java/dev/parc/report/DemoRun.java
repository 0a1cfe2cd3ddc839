package dev.parc.report;

import dev.parc.app.CompositionRoot;
import dev.parc.app.RunResult;
import dev.parc.app.Settings;
import dev.parc.app.Stores;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.RequestCount;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.run.RunRequest;
import dev.parc.check.Stage;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.roadmap.Roadmap;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The demo tenant answered, with one subject and one item waived and one item attested: the same in every build. */
final class DemoRun {

    private static final Instant NOW = Instant.parse("2026-09-01T08:05:00Z");

    private DemoRun() {}

    /** @param data where the decisions of people are kept */
    static RunResult answers(Path data) {
        CompositionRoot parc = CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_ROADMAP_START", "2026-07-20", "PARC_FIX_SECONDS", "600")),
                        SnapshotTenant::demo,
                        tenant -> Stores.files(data, tenant.id()),
                        Roadmap.checks(),
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .root();
        RunRequest all = new RunRequest(
                "20260901T080500Z-0a1b2c3d", NOW, List.of(Stage.values()), List.of(), Assessment.Trigger.CLI);
        String unneeded = parc.engine().answer(all, phrase -> {}).assessment().results().stream()
                .filter(result -> result.checkId().equals("S1-03"))
                .findFirst()
                .orElseThrow()
                .findings()
                .get(0)
                .subjectId();
        waive(parc, "S1-03", Optional.of(unneeded), "is removed with the next release");
        waive(parc, "S2-14", Optional.empty(), "fell because of a new control; planned for October");
        parc.attestations()
                .attest(
                        "S3-05",
                        1,
                        "ciso@contosopharma.com",
                        LocalDate.parse("2027-03-01"),
                        Optional.of("https://wiki.contosopharma.com/nist"),
                        "",
                        Precondition.NONE);
        RunResult answers = parc.engine().answer(all, phrase -> {});
        return new RunResult(counted(answers.assessment()), answers.facts(), answers.asked());
    }

    /** With requests that do not depend on how busy the machine is. */
    private static Assessment counted(Assessment run) {
        return new Assessment(
                run.runId(),
                run.tenantId(),
                run.tenantName(),
                run.source(),
                run.takenAt(),
                run.startedAt(),
                run.finishedAt(),
                run.stages(),
                run.trigger(),
                new RequestCount(18, 24, 0, Map.of("GET /organization", 1, "GET /users/{id}", 14)),
                run.results(),
                run.roadmapStart());
    }

    private static void waive(CompositionRoot parc, String item, Optional<String> subject, String reason) {
        parc.waivers()
                .waive(
                        item,
                        subject,
                        "lena.fischer@contosopharma.com",
                        reason,
                        "ciso@contosopharma.com",
                        LocalDate.parse("2026-10-31"),
                        Precondition.NONE);
    }
}
