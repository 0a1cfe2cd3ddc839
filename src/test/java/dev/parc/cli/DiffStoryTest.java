package dev.parc.cli;

import static dev.parc.collect.FakeTenant.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.app.CompositionRoot;
import dev.parc.app.Settings;
import dev.parc.app.Stores;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.json.TrendJson;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.option.StoredRuns;
import dev.parc.collect.DemoTenant;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.roadmap.Roadmap;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three months of the demo tenant. In July an account is disabled; in August it is put right; in September it is disabled
 * again, Eve becomes Global Administrator, Marco loses MFA, and what was waived in July counts again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiffStoryTest {

    private static final Instant JULY = Instant.parse("2026-07-01T08:00:00Z");
    private static final Instant AUGUST = Instant.parse("2026-08-01T08:00:00Z");
    private static final Instant SEPTEMBER = Instant.parse("2026-09-01T08:00:00Z");

    private final Path folder;
    private final List<String> runs;
    private Instant now = JULY;

    DiffStoryTest(@TempDir Path folder) {
        this.folder = folder;
        DemoTenant.write(folder.resolve("july"), JULY, DiffStoryTest::registered);
        DemoTenant.write(folder.resolve("august"), AUGUST, tenant -> {
            registered(tenant);
            enabled(tenant);
        });
        DemoTenant.write(folder.resolve("september"), SEPTEMBER, tenant -> {
            registered(tenant);
            tenant.registration(id("adm.keller"), false);
            String eve = tenant.user("Eve Adams", "eve.adams@contosopharma.onmicrosoft.com");
            tenant.registration(eve, true, "passKeyDeviceBound");
            tenant.permanent(eve, DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
        });
        runs = List.of(
                assess(
                        "july",
                        JULY,
                        parc -> parc.waivers()
                                .waive(
                                        "S1-03",
                                        Optional.of(id("adm.okoro")),
                                        "lena",
                                        "leaves in August",
                                        "ciso",
                                        LocalDate.parse("2026-08-20"),
                                        Precondition.NONE)),
                assess("august", AUGUST, parc -> {}),
                assess("september", SEPTEMBER, parc -> {}));
    }

    /** Every administrator is in the registration report. */
    private static void registered(FakeTenant tenant) {
        Stream.of("adm.vance", "adm.costa", "adm.weber")
                .forEach(name -> tenant.registration(id(name), true, "passKeyDeviceBound"));
    }

    private static void enabled(FakeTenant tenant) {
        tenant.object(id("adm.fischer")).put("accountEnabled", true);
        tenant.object(id("adm.fischer"))
                .putObject("signInActivity")
                .put("lastSignInDateTime", "2026-07-30T09:00:00Z")
                .put("lastSuccessfulSignInDateTime", "2026-07-30T09:00:00Z");
    }

    @Test
    void theDifferenceOfTheLastTwoRunsTellsWhatWasPlanted() {
        assertThat(run("diff"))
                .startsWith("demo: ")
                .containsPattern("Stage 1 +score 59% -> 40%")
                .containsPattern(
                        "(?s)Worse.*new administrator +S3-19 .*eve.adams.*: is new: Global Administrator.*Better")
                .containsPattern("(?s)Worse.*lost MFA +S1-05 .*adm.keller.*: is registered for no MFA method.*Better")
                .containsPattern(
                        "(?s)Worse.*regressed +S1-05 .*1 of 10 highly privileged accounts is not registered.*Better")
                .containsPattern("(?s)Worse.*reopened +S1-03 .*adm.fischer.*: is disabled.*also by S2-05.*Better")
                .containsPattern(
                        "(?s)Worse.*waiver ended +S1-03 .*lena: leaves in August.* ended on 2026-08-20.*Better")
                .containsPattern("(?s)Better.*resolved +S1-06 .*adm.fischer.*also by S2-12");
    }

    @Test
    void theDifferenceOfFirstAndLastLeavesOutWhatCameAndWent() {
        assertThat(run("diff", runs.get(0), runs.get(2)))
                .contains("Since run " + runs.get(0))
                .containsPattern("lost MFA +S1-05 .*adm.keller")
                .containsPattern("waiver ended +S1-03 ")
                .doesNotContain("adm.fischer")
                .containsPattern("(?s)Unknown\n  S3-19  in the earlier run not assessed, because .*; now REVIEW");
        assertThat(run("diff", runs.get(1), runs.get(0)))
                .containsPattern("(?s)Worse.*new +S1-03 .*adm.fischer.*Better")
                .doesNotContain("eve.adams");
        assertThat(run("diff", runs.get(2), runs.get(2))).contains("No changes");
    }

    @Test
    void snapshotsAndFilesAreComparedToo() {
        String july = folder.resolve("july").toString();
        String september = folder.resolve("september").toString();
        String file = folder.resolve("july.json").toString();
        run("report", "--run", runs.get(0), "--json", file);

        String stored = run("diff", runs.get(0), runs.get(2));
        assertThat(run("diff", july, september))
                .containsPattern("lost MFA +S1-05 .*adm.keller")
                .containsPattern("new +S2-12 .*eve.adams");
        assertThat(run("diff", file, runs.get(2))).isEqualTo(stored);
    }

    @Test
    void theDifferenceIsWrittenForProgramsAndTickets() {
        assertThat(TrendJson.readChanges(run("diff", "--format", "json")))
                .extracting(Change::kind)
                .contains(Change.Kind.NEW_ADMINISTRATOR, Change.Kind.LOST_MFA, Change.Kind.REOPENED);
        assertThat(run("diff", "--format", "markdown"))
                .contains("> **Demo**", "## New administrator", "## Lost MFA", "## Reopened", "## Waiver ended")
                .contains("- S1-05 (CRITICAL): `adm.keller@contosopharma.onmicrosoft.com` is registered for no MFA");
    }

    @Test
    void historyTellsHowAnItemWasAnsweredAndSinceWhen() {
        assertThat(run("history")).containsSubsequence(runs.get(2), runs.get(1), runs.get(0));
        assertThat(run("history", "s1-03"))
                .containsSubsequence(
                        "2026-09-01 08:00 UTC  FAIL", "2026-08-01 08:00 UTC  FAIL", "2026-07-01 08:00 UTC  FAIL")
                .containsPattern("open since  2026-09-01, reopened once  user adm.fischer")
                .containsPattern("open since  2026-07-01  user adm.okoro");
        assertThat(run("history", "--limit", "1")).contains(runs.get(2)).doesNotContain(runs.get(1));
    }

    @Test
    void trendTellsTheScoresOfTheStages() {
        assertThat(run("trend", "--stage", "1"))
                .startsWith("Stage 1\n  2026-09-01 08:00 UTC  ########............       40%  7 of 7 assessed")
                .doesNotContain("Stage 2");
        assertThat(run("trend", "--from", "2026-08-15", "--format", "csv").lines())
                .hasSize(6)
                .first()
                .asString()
                .startsWith("\"Stage\",\"At\",\"Score\"");
        assertThat(run("trend", "--format", "json")).startsWith("{\"schema\":\"parc-trend/1\",\"points\":[{");
    }

    private String assess(String month, Instant time, Consumer<CompositionRoot> before) {
        now = time;
        CompositionRoot parc = wiring().snapshot(Map.of(), folder.resolve(month), folder);
        before.accept(parc);
        run("assess", "--snapshot", folder.resolve(month).toString(), "--quiet");
        return StoredRuns.finished(parc.store(), 1).get(0);
    }

    private String run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.get(0).equals("assess")) {
            all.addAll(List.of("--snapshot", folder.resolve("september").toString()));
        }
        int exitCode = Main.run(
                new Console(new PrintWriter(out, true), new PrintWriter(err, true), false, false, Map.of()),
                wiring(),
                all.toArray(String[]::new));
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.DONE);
        return out.toString();
    }

    private Wiring wiring() {
        return new Wiring() {
            @Override
            public CompositionRoot live(Map<String, String> environment, Optional<Path> record, Path data) {
                throw new AssertionError("nothing is live here");
            }

            @Override
            public CompositionRoot snapshot(Map<String, String> environment, Path snapshot, Path data) {
                return CompositionRoot.Setup.of(
                                Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                                () -> SnapshotTenant.open(snapshot),
                                tenant -> Stores.files(folder.resolve("data"), tenant.id()),
                                Roadmap.checks(),
                                Clock.fixed(now, ZoneOffset.UTC))
                        .root();
            }

            @Override
            public CompositionRoot demo(Path data) {
                return CompositionRoot.demo(folder.resolve("demo"));
            }
        };
    }
}
