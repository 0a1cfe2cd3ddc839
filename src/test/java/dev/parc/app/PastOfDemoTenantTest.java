package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.assessment.json.TenantHistory;
import dev.parc.assessment.ledger.HeldLedger;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.register.AdministratorLists;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.check.Stage;
import dev.parc.collect.DemoTenant;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.Category;
import dev.parc.roadmap.Roadmap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The past of the demo tenant: PARC answers for it as it was each week, while its people attest and waive. */
class PastOfDemoTenantTest {

    private static final Path SHIPPED = Path.of("src/main/resources" + DemoPast.RESOURCE);
    private static final int WEEKS = 6;
    private static final String MILA = "Mila Novak (CISO office)";
    private static final String TARIQ = "Tariq Aziz (SOC)";

    @TempDir
    Path folder;

    private Instant now = Instant.EPOCH;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    /** One thing that somebody decided on a day. */
    private record Deed(LocalDate day, Consumer<CompositionRoot> does) {}

    private static Deed attest(String day, String item, int statement, String by, String until, String evidence) {
        return new Deed(
                LocalDate.parse(day),
                parc -> parc.attestations()
                        .attest(
                                item,
                                statement,
                                by,
                                LocalDate.parse(until),
                                Optional.of("https://intranet.contosopharma.com/security/" + evidence),
                                "",
                                Precondition.NONE));
    }

    private static Deed waive(String day, String item, Optional<String> subject, String reason, String until) {
        return new Deed(
                LocalDate.parse(day),
                parc -> parc.waivers()
                        .waive(item, subject, TARIQ, reason, MILA, LocalDate.parse(until), Precondition.NONE));
    }

    private static Deed categorise(String day, String account, Category category, String reason) {
        return new Deed(
                LocalDate.parse(day),
                parc -> parc.categories()
                        .categorise(FakeTenant.id(account), category, reason, MILA, Precondition.NONE));
    }

    /** By the day of the demo: valid, ending within 14 days, and ended; of a subject that is gone. */
    private static final List<Deed> DEEDS = List.of(
            attest("2026-07-22", "S3-09", 1, MILA, "2026-08-28", "incident-comparison"),
            attest("2026-07-22", "S3-09", 2, MILA, "2026-08-28", "incident-comparison"),
            waive(
                    "2026-07-23",
                    "S1-03",
                    Optional.of(FakeTenant.id("adm.fischer")),
                    "on leave until the end of August, returns to the role",
                    "2026-08-29"),
            waive(
                    "2026-07-29",
                    "S1-07",
                    Optional.of(FakeTenant.id("employee-09")),
                    "needs the role for the migration",
                    "2026-11-30"),
            attest("2026-07-30", "S2-15", 1, MILA, "2027-07-29", "m365-plan"),
            attest("2026-07-30", "S2-15", 2, MILA, "2027-07-29", "m365-plan"),
            attest("2026-07-30", "S2-15", 3, MILA, "2027-07-29", "m365-plan"),
            attest("2026-08-05", "S3-05", 1, TARIQ, "2026-09-10", "sp800-61"),
            attest("2026-08-06", "BG-02", 1, TARIQ, "2027-01-31", "playbook"),
            attest("2026-08-06", "BG-02", 2, TARIQ, "2027-01-31", "playbook"),
            attest("2026-08-06", "BG-02", 3, TARIQ, "2027-01-31", "playbook"),
            attest("2026-08-06", "BG-02", 5, TARIQ, "2026-09-08", "playbook"),
            attest("2026-08-12", "S4-04", 1, TARIQ, "2027-02-28", "exercise-2026"),
            waive(
                    "2026-08-13",
                    "S3-11",
                    Optional.of(FakeTenant.id("subscription Laboratory")),
                    "is shut down in September",
                    "2026-09-12"),
            waive(
                    "2026-08-13",
                    "S2-06",
                    Optional.of(FakeTenant.id("Hana Sato")),
                    "contractor until the end of the year, work account is ordered",
                    "2026-12-31"),
            categorise("2026-08-14", "adm.okoro", Category.SHARED, "of the messaging team's night shift"),
            waive("2026-08-20", "S3-16", Optional.empty(), "labels come with next year's project", "2027-03-31"));

    private TenantHistory lived() throws IOException {
        Stores files = Stores.files(folder.resolve("data"), FakeTenant.TENANT_ID);
        Stores stores = new Stores(files.runs(), new HeldLedger(), files.trends());
        List<Deed> deeds = new ArrayList<>(DEEDS);
        List<Assessment> runs = new ArrayList<>();
        for (int weeks = WEEKS; weeks > 0; weeks--) {
            Path snapshot = folder.resolve("snapshot" + weeks);
            DemoTenant.writeEarlier(snapshot, weeks);
            Instant takenAt = DemoTenant.TAKEN_AT
                    .atOffset(ZoneOffset.UTC)
                    .minusWeeks(weeks)
                    .toInstant();
            CompositionRoot parc = CompositionRoot.Setup.of(
                            Settings.of(
                                    Map.of("PARC_ROADMAP_START", CompositionRoot.DEMO_START, "PARC_FIX_SECONDS", "0")),
                            () -> SnapshotTenant.open(snapshot),
                            opened -> stores,
                            Roadmap.checks(),
                            clock)
                    .root();
            while (!deeds.isEmpty() && deeds.get(0).day().isBefore(LocalDate.ofInstant(takenAt, ZoneOffset.UTC))) {
                Deed deed = deeds.remove(0);
                now = deed.day().atTime(9, 30).toInstant(ZoneOffset.UTC);
                deed.does().accept(parc);
            }
            now = takenAt;
            runs.add(run(parc, stores.ledger(), weeks));
        }
        assertThat(deeds).as("what is decided after the last run").isEmpty();
        return new TenantHistory(runs, decisions(stores.ledger()));
    }

    private Assessment run(CompositionRoot parc, Ledger ledger, int weeks) {
        String runId = "%s-0000000%d".formatted(now.toString().replace("-", "").replace(":", ""), WEEKS - weeks + 1);
        RunRequest request = new RunRequest(runId, now, List.of(Stage.values()), List.of(), Assessment.Trigger.TIMER);
        RunResult answers = parc.engine().answer(request, phrase -> {});
        AdministratorLists.compared(ledger, run -> true).keep(runId, answers.facts());
        return answers.assessment();
    }

    private static List<TenantHistory.Decision> decisions(Ledger ledger) {
        return Stream.of(
                        Ledger.Book.ATTESTATIONS,
                        Ledger.Book.WAIVERS,
                        Ledger.Book.CATEGORIES,
                        Ledger.Book.ADMINISTRATORS)
                .flatMap(book -> ledger.newest(book).stream().map(entry -> new TenantHistory.Decision(book, entry)))
                .toList();
    }

    /** What changes when a verdict does, and not when its words do. */
    private static List<String> outline(TenantHistory chronicle) {
        List<String> lines = new ArrayList<>();
        chronicle
                .runs()
                .forEach(run -> run.results()
                        .forEach(result -> lines.add(run.runId() + " " + result.checkId() + " " + result.outcome() + " "
                                + result.basis() + " " + keys(result))));
        chronicle
                .decisions()
                .forEach(decision -> lines.add(decision.book() + " "
                        + decision.entry().key() + " " + decision.entry().revision()));
        return lines;
    }

    private static Set<String> keys(CheckResult result) {
        TreeSet<String> keys = new TreeSet<>();
        result.findings().forEach(finding -> keys.add(FindingKeys.of(finding)));
        return keys;
    }

    /** Written anew by {@code mvn test -Dtest=PastOfDemoTenantTest -Ddemo=write}. */
    @Test
    void whatShipsIsWhatParcAnsweredWeekByWeek() throws IOException {
        TenantHistory lived = lived();
        if ("write".equals(System.getProperty("demo"))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream zipped = new GZIPOutputStream(bytes)) {
                zipped.write(lived.write().getBytes(StandardCharsets.UTF_8));
            }
            Files.write(SHIPPED, bytes.toByteArray());
        }
        assertThat(outline(shipped()))
                .as("written anew with -Ddemo=write after every change of a verdict")
                .isEqualTo(outline(lived));
    }

    /** From the source and not the class path, which was filled before it was written. */
    private static TenantHistory shipped() throws IOException {
        try (InputStream file = new GZIPInputStream(Files.newInputStream(SHIPPED))) {
            return TenantHistory.read(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theFirstRunOfTheDemoHasAPastToCompareWith() throws IOException {
        CompositionRoot demo = CompositionRoot.demo(folder);
        RunRequest request = demo.runs().request(List.of(), List.of(), Assessment.Trigger.CLI);
        demo.store().begin(new RunRecord(request, RunRecord.State.RUNNING, "", request.requestedAt()));

        List<Change> changes = demo.runs().keep(demo.engine().answer(request, phrase -> {}));

        assertThat(changes)
                .extracting(Change::kind)
                .contains(
                        Change.Kind.NEW_ADMINISTRATOR,
                        Change.Kind.RESOLVED,
                        Change.Kind.NEW,
                        Change.Kind.ATTESTATION_ENDED,
                        Change.Kind.ATTESTATION_ENDING);
        List<Integer> scores = demo.trends().series(Stage.S1, RunRange.newest(20)).stream()
                .map(point -> point.score().percent())
                .toList();
        assertThat(scores).hasSize(WEEKS + 1);
        assertThat(new TreeSet<>(scores)).as("a score that moves").hasSizeGreaterThan(3);
        assertThat(demo.store().results(request.runId()).orElseThrow().results())
                .extracting(CheckResult::basis)
                .contains(CheckResult.Basis.values());
        assertThat(demo.clock().instant())
                .as("the demo's own time")
                .isBetween(DemoTenant.TAKEN_AT, DemoTenant.TAKEN_AT.plus(Duration.ofHours(1)));
        assertThat(CompositionRoot.demo(folder).store().newest(20))
                .as("the past is told once")
                .hasSize(WEEKS + 1);
    }

    @Test
    void thePastIsNotToldOverWhatIsThere() {
        Path older = folder.resolve("older");
        Stores stores = Stores.files(older.resolve("demo"), FakeTenant.TENANT_ID);
        RunRequest request =
                new RunRequest("20260901T080000Z-0000000a", now, List.of(), List.of(), Assessment.Trigger.CLI);
        stores.runs().begin(new RunRecord(request, RunRecord.State.RUNNING, "", now));

        assertThat(CompositionRoot.demo(older).store().newest(20)).hasSize(1);
    }
}
