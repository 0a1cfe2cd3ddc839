package dev.parc.app;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.assessment.json.AdministratorInventoryJson;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.assessment.json.TrendJson;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.register.AdministratorLists;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.webhook.WebhookFilter;
import dev.parc.check.Check;
import dev.parc.check.Stage;
import dev.parc.check.TenantBuilder;
import dev.parc.collect.Collected;
import dev.parc.collect.Tenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.roadmap.Roadmap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Runs of a tenant, a day after the other; from the third on somebody is new in each. */
public final class Scene {

    /** The day of the first run. */
    public static final Instant FIRST = TenantBuilder.NOW;

    private final String tenantId;
    private final List<Check> checks;

    /** @param items the items that the runs answer, beside S3-19 */
    public Scene(String tenantId, String... items) {
        this.tenantId = tenantId;
        this.checks = Roadmap.checks().stream()
                .filter(check -> Check.card(check).id().equals("S3-19")
                        || List.of(items).contains(Check.card(check).id()))
                .toList();
    }

    /** The run of a day. */
    public RunRequest run(int day) {
        Instant at = FIRST.plus(Duration.ofDays(day));
        return new RunRequest(
                at.toString().replaceAll("[-:]", "") + "-0000000" + day,
                at,
                List.of(Stage.S1),
                List.of("S3-19"),
                Trigger.TIMER);
    }

    /** PARC on a day, with new objects and nothing in its memory, in a tenant as it is on that day. */
    public CompositionRoot on(int day, Stores stores) {
        Clock clock = Clock.fixed(FIRST.plus(Duration.ofDays(day)), ZoneOffset.UTC);
        return on(
                clock,
                Stream.concat(Stream.of("ann"), Stream.of("ben", "cem", "dan").limit(Math.max(0, day - 1)))
                        .toList(),
                stores);
    }

    /** The same at a time, in a tenant in which these people are Global Administrators. */
    CompositionRoot on(Clock clock, List<String> administrators, Stores stores) {
        return CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        () -> directory(clock, administrators),
                        tenant -> stores,
                        checks,
                        clock)
                .root();
    }

    /** The tenant. */
    Tenant directory(Clock clock, List<String> administrators) {
        return new Directory(clock, administrators);
    }

    /** Does the run of a day, as its message asks for, in the tenant as it is on another; gives what the log is told. */
    public List<String> work(int day, Stores stores, long attempt) {
        List<String> lines = new ArrayList<>();
        Logger log = Logger.getAnonymousLogger();
        log.setUseParentHandlers(false);
        log.addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        on(day, stores).runs().work(RunMessage.of(run(day)), attempt, log);
        return lines;
    }

    /** Everything that is kept, but for the names of attempts. */
    public List<String> left(Stores stores) {
        List<String> left = new ArrayList<>();
        for (RunRecord run : stores.runs().newest(99)) {
            String id = run.request().runId();
            left.add(id + " " + run.state() + " " + run.progress() + " " + run.updatedAt());
            stores.runs().results(id).map(AssessmentJson::write).ifPresent(left::add);
            stores.runs().inventory(id).map(AdministratorInventoryJson::write).ifPresent(left::add);
        }
        for (Publication publication : stores.runs().published(0, 99)) {
            left.add(publication.position() + " " + publication.kind() + " " + publication.runId());
        }
        on(0, stores)
                .published()
                .after(0, WebhookFilter.ALL)
                .changes()
                .forEach(change -> left.addAll(matters(List.of(change))));
        left.addAll(matters(stores.trends().changes(RunRange.newest(9999))));
        for (Check check : checks) {
            String item = Check.card(check).id();
            stores.runs().history(item, 99).forEach(entry -> left.add(item + " " + entry));
            stores.trends().findings(item).stream()
                    .map(record -> item + " " + record)
                    .sorted()
                    .forEach(left::add);
        }
        for (Stage stage : Stage.values()) {
            stores.trends().series(stage, RunRange.newest(99)).forEach(point -> left.add(TrendJson.write(point)));
        }
        Instant later = FIRST.plus(Duration.ofDays(9));
        String none = run(9).runId();
        left.add("compared "
                + AdministratorLists.compared(stores.ledger(), stores.runs()::counts)
                        .before(none, later));
        left.add("watched "
                + AdministratorLists.watched(stores.ledger(), stores.runs()::counts)
                        .before(none, later));
        return left;
    }

    /** What changes are about. */
    public static List<String> matters(List<Change> changes) {
        return changes.stream()
                .map(change -> change.runId() + " " + FindingKeys.of(change) + " " + change.message())
                .sorted()
                .toList();
    }

    /** Global Administrators, and nothing else. */
    private final class Directory implements Tenant {

        private final Clock clock;
        private final List<String> administrators;

        Directory(Clock clock, List<String> administrators) {
            this.clock = clock;
            this.administrators = administrators;
        }

        @Override
        public String id() {
            return tenantId;
        }

        @Override
        public String source() {
            return "live";
        }

        @Override
        public Designations designations() {
            return Designations.NONE;
        }

        @Override
        public Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress) {
            progress.accept("reading");
            TenantBuilder builder = tenant();
            administrators.forEach(builder::globalAdmin);
            Facts facts = builder.facts();
            Map<FactKind, Reading> readings = new EnumMap<>(FactKind.class);
            Stream.of(FactKind.values()).forEach(kind -> readings.put(kind, facts.reading(kind)));
            return new Collected(new Facts(clock.instant(), designations, readings), "Contoso", 1, 0, 0, Map.of());
        }
    }
}
