package dev.parc.app;

import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessor;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.RequestCount;
import dev.parc.assessment.decision.WaiverRule;
import dev.parc.assessment.run.RunRequest;
import dev.parc.check.Check;
import dev.parc.check.Stage;
import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.SubscriptionBlock;
import dev.parc.collect.Tenant;
import dev.parc.collect.http.Layered;
import dev.parc.collect.recording.RememberedWire;
import dev.parc.collect.tenant.RememberedTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does a run: chooses the checks, reads what they need, answers each. */
public final class Engine {

    private final Tenant tenant;
    private final Designations designations;
    private final List<Check> checks;
    private final Optional<LocalDate> roadmapStart;
    private final LocalFacts own;
    private final Clock clock;
    private final Duration fixTime;

    /** One that looks for no fixes. */
    Engine(
            Tenant tenant,
            Designations designations,
            Optional<LocalDate> roadmapStart,
            List<Check> checks,
            LocalFacts own,
            Clock clock) {
        this(tenant, designations, roadmapStart, checks, own, clock, Duration.ZERO);
    }

    /**
     * @param designations those that do not change from run to run
     * @param fixTime how long a run may look for fixes of what it left open; zero for not at all
     */
    Engine(
            Tenant tenant,
            Designations designations,
            Optional<LocalDate> roadmapStart,
            List<Check> checks,
            LocalFacts own,
            Clock clock,
            Duration fixTime) {
        this.tenant = tenant;
        this.designations = designations;
        this.roadmapStart = roadmapStart;
        this.checks = List.copyOf(checks);
        this.own = own;
        this.clock = clock;
        this.fixTime = fixTime;
    }

    /** The same for another tenant, without a search for fixes. */
    private Engine of(Tenant other) {
        return new Engine(other, designations, roadmapStart, checks, own, clock);
    }

    /** The checks that a request asks for, in the order of the roadmap. Unknown ids are left out. */
    public List<Check> selected(RunRequest request) {
        boolean all = request.stages().isEmpty() && request.checks().isEmpty();
        return checks.stream()
                .filter(check -> {
                    String id = Check.card(check).id();
                    return all
                            || request.stages().contains(Stage.ofItem(id))
                            || request.checks().contains(id);
                })
                .toList();
    }

    /**
     * Reads and answers.
     *
     * @param progress told what is being done, a short phrase each time
     * @throws dev.parc.collect.TenantException if nothing at all can be read
     */
    public RunResult answer(RunRequest request, Consumer<String> progress) {
        return answer(request, progress, new Estate.Whole());
    }

    /**
     * Reads a block of subscriptions for a run.
     *
     * @throws dev.parc.collect.TenantException if none of them gave an answer
     */
    String readBlock(RunRequest request, SubscriptionBlock block, Consumer<String> progress) {
        return tenant.readBlock(kinds(selected(request)), block, progress);
    }

    private static Set<FactKind> kinds(List<Check> selected) {
        Set<FactKind> kinds = EnumSet.of(FactKind.ORGANIZATION);
        selected.forEach(check -> kinds.addAll(Assessor.reads(check)));
        return kinds;
    }

    /**
     * Reads the estate as told, and answers.
     *
     * @throws dev.parc.collect.TenantException if nothing at all can be read
     * @throws dev.parc.collect.LargeEstateException if there are more subscriptions than few
     */
    RunResult answer(RunRequest request, Consumer<String> progress, Estate estate) {
        if (fixTime.isZero() || !(tenant instanceof Layered layered)) {
            return answer(request, progress, estate, Set.of());
        }
        RememberedWire memory = new RememberedWire();
        RunResult result = of(layered.heard(memory::over))
                .answer(request, progress, estate, FixSearch.further(kinds(selected(request))));
        return new FixSearch(selected(request), fixTime, System::nanoTime)
                .in(
                        result,
                        estate,
                        new ChangeProver(
                                new RememberedTenant(
                                        tenant,
                                        memory,
                                        result.assessment().tenantName(),
                                        result.facts().takenAt()),
                                this::of,
                                () -> request),
                        progress,
                        clock);
    }

    /** The same, with facts of further kinds. */
    RunResult answer(RunRequest request, Consumer<String> progress, Estate estate, Set<FactKind> further) {
        Instant startedAt = clock.instant();
        List<Check> selected = selected(request);
        Set<FactKind> kinds = kinds(selected);
        kinds.addAll(further);
        LocalFacts.Designated designated = own.designated(designations);
        Collected collected = tenant.collect(
                kinds,
                designated.designations(),
                progress,
                estate,
                first -> SecondQuestions.of(designated.in(first), kinds));
        Facts facts = designated
                .in(collected.facts())
                .with(own.read(kinds, request.runId(), collected.facts().takenAt()));
        progress.accept("answering " + selected.size() + " items");
        WaiverRule waiving = own.waiving();
        List<Fault> faults = new ArrayList<>();
        List<CheckResult> results = selected.stream()
                .map(check -> contained(
                        Check.card(check).id(),
                        () -> CheckResult.of(check, facts, waiving),
                        cause -> CheckResult.faulty(check, cause),
                        faults::add))
                .toList();
        Assessment assessment = new Assessment(
                request.runId(),
                tenant.id(),
                collected.tenantName(),
                tenant.source(),
                facts.takenAt(),
                startedAt,
                clock.instant(),
                request.stages(),
                request.trigger(),
                new RequestCount(collected.graph(), collected.arm(), collected.throttled(), collected.byRequest()),
                results,
                roadmapStart);
        return RunResult.of(assessment, facts, kinds, faults);
    }

    /**
     * What is worked out from facts, or something in its place where PARC itself fails at it: one item must not cost a run
     * the answers to the others.
     *
     * @param what what it is about, an item's id or a short phrase
     * @param told told of the fault
     */
    static <T> T contained(
            String what, Supplier<T> work, Function<? super Throwable, T> instead, Consumer<Fault> told) {
        try {
            return work.get();
        } catch (RuntimeException | StackOverflowError e) {
            told.accept(new Fault(what, e));
            return instead.apply(e);
        }
    }
}
