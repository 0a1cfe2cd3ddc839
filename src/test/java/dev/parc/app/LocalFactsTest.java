package dev.parc.app;

import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.ledger.HeldLedger;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Asking;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Severity;
import dev.parc.check.TenantBuilder;
import dev.parc.check.Verdict;
import dev.parc.collect.Collected;
import dev.parc.collect.Tenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.store.file.FileRunStore;
import dev.parc.store.file.FileTrendStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves for the next one, and what a store that is down makes of it. */
class LocalFactsTest {

    private static final Logger LOG = Logger.getLogger(LocalFactsTest.class.getName());

    @TempDir
    Path data;

    private final HeldLedger ledger = new HeldLedger();
    private Instant now = Instant.parse("2026-09-01T12:00:00Z");
    private TenantBuilder read = tenant().globalAdmin("ann");

    /** Says how many administrators there were, and how many of them were there before. */
    @RoadmapItem(
            id = "S3-90",
            title = "Earlier administrators are shown",
            severity = Severity.LOW,
            needs = FactKind.EARLIER_ADMINISTRATORS,
            administrators = true)
    private record Compares() implements Check {
        @Override
        public Verdict evaluate(Facts facts) {
            return Verdict.review("compared " + facts.earlierAdministrators().size(), List.of());
        }
    }

    /** A tenant whose facts are those at hand, read now. */
    private final class Directory implements Tenant {
        @Override
        public String id() {
            return FakeTenant.ID;
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
            Facts facts = read.facts();
            Map<FactKind, Reading> readings = new EnumMap<>(FactKind.class);
            Stream.of(FactKind.values()).forEach(kind -> readings.put(kind, facts.reading(kind)));
            return new Collected(new Facts(now, designations, readings), "Contoso", 1, 0, 0, Map.of());
        }
    }

    private CompositionRoot parc() {
        return CompositionRoot.Setup.of(
                        Settings.of(Map.of("PARC_FIX_SECONDS", "0")),
                        Directory::new,
                        opened -> {
                            RunStore runs = new FileRunStore(data, opened.id());
                            return new Stores(runs, ledger, new FileTrendStore(data, opened.id(), runs));
                        },
                        List.of(new Compares(), new Asking.OneStatement()),
                        Clock.fixed(now, ZoneOffset.UTC))
                .root();
    }

    private List<CheckResult> run(String... checks) {
        now = now.plus(Duration.ofDays(1));
        CompositionRoot parc = parc();
        RunRequest request = parc.runs().request(List.of(), List.of(checks), Trigger.TIMER);
        parc.runs().work(RunMessage.of(request), 1, LOG);
        return parc.store().results(request.runId()).orElseThrow().results();
    }

    @Test
    void aRunIsComparedWithTheLastOneThatCompared() {
        assertThat(run("S3-90").get(0).reasons())
                .containsExactly(
                        "administrators at the last run: no earlier list of administrators is stored; the next run"
                                + " compares with this one");
        read.globalAdmin("ben");
        run("S2-93");

        assertThat(run("S3-90").get(0).summary())
                .as("a run in between that did not ask who is new hides nobody")
                .isEqualTo("compared 1");
        assertThat(run("S3-90").get(0).summary()).isEqualTo("compared 2");
    }

    @Test
    void whatCouldNotBeReadIsNoListToCompareWith() {
        run("S3-90");
        read.unread(FactKind.PIM_ELIGIBILITIES, "403 from Graph");
        run("S3-90");
        read = tenant().globalAdmin("ann").globalAdmin("ben");

        assertThat(run("S3-90").get(0).summary()).isEqualTo("compared 1");
    }

    @Test
    void aLedgerThatIsDownIsToldAndNeverEmpty() {
        CompositionRoot parc = parc();
        ledger.goDown();

        List<CheckResult> results = parc.engine()
                .answer(parc.runs().request(List.of(), List.of("S3-90", "S2-93"), Trigger.CLI), progress -> {})
                .assessment()
                .results();

        assertThat(results).extracting(CheckResult::outcome).containsOnly(Outcome.NOT_ASSESSED);
        assertThat(results.get(1).reasons())
                .containsExactly("attestations: the table service did not answer: try again later");
    }

    @Test
    void categoriesThatCannotBeReadAreAGapInTheAccounts() {
        CompositionRoot parc = parc();
        ledger.goDown();

        Facts facts = parc.engine()
                .answer(parc.runs().request(List.of(), List.of("S3-90"), Trigger.CLI), progress -> {})
                .facts();

        assertThat(facts.gapsOf(FactKind.ACCOUNTS))
                .containsExactly("administrators' accounts: recorded categories: the table service did not answer: try"
                        + " again later");
    }
}
