package dev.parc.collect;

import dev.parc.assessment.Assessor;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.ExplicitNulls;
import dev.parc.collect.http.HttpsStub;
import dev.parc.collect.http.HttpsStub.Reply;
import dev.parc.collect.http.HttpsStub.Request;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.UsageReports;
import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.collect.tenant.FactsReading;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Measures Stage 1 over https against a Graph of any size on this machine that takes 100 ms for each call. The figures
 * to compare are the ratios inside one run; the rest depends on the machine.
 */
public final class Bench {

    private static final long LATENCY_MS = 100;
    private static final long CONDITIONAL_ACCESS_PACE_MS = 1_000;

    private static final long REPORTS_PACE_MS = 10_100;
    private static final int REPORTS_AT_A_TIME = 5;

    private record Call(long beganMs, long endedMs, String path) {

        long took() {
            return endedMs - beganMs;
        }
    }

    private record Figures(int calls, int requests, long wallMs, long criticalMs, long peakKib) {}

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        run(FakeTenant.ofSize(40, 200)); // to load classes
        System.out.printf(
                "Stage 1, %d ms a call%n%14s %8s %6s %9s %8s %13s %6s %10s%n",
                LATENCY_MS,
                "administrators",
                "users",
                "calls",
                "requests",
                "wall ms",
                "critical ms",
                "ratio",
                "peak KiB");
        Figures small = print(40, 200);
        Figures manyUsers = print(40, 20_000);
        Figures large = print(1_000, 200);
        System.out.printf("calls with 20,000 users instead of 200: x %.2f%n", ratio(manyUsers.calls(), small.calls()));
        System.out.printf(
                "1,000 administrators instead of 40 (x 25): calls x %.1f, wall x %.1f, peak memory x %.1f%n",
                ratio(large.calls(), small.calls()),
                ratio(large.wallMs(), small.wallMs()),
                ratio(large.peakKib(), small.peakKib()));
    }

    private static double ratio(long one, long other) {
        return (double) one / other;
    }

    private static Figures print(int administrators, int users) throws Exception {
        Figures figures = run(FakeTenant.ofSize(administrators, users));
        System.out.printf(
                "%14d %8d %6d %9d %8d %13d %6.2f %10d%n",
                administrators,
                users,
                figures.calls(),
                figures.requests(),
                figures.wallMs(),
                figures.criticalMs(),
                ratio(figures.wallMs(), figures.criticalMs()),
                figures.peakKib());
        return figures;
    }

    private static Figures run(FakeTenant tenant) throws IOException {
        Set<FactKind> kinds = Roadmap.checks().stream()
                .flatMap(check -> Assessor.reads(check).stream())
                .collect(Collectors.toCollection(() -> EnumSet.of(FactKind.ORGANIZATION)));
        List<Call> calls = new CopyOnWriteArrayList<>();
        try (HttpsStub stub = new HttpsStub(request -> slowly(tenant, request))) {
            Wire wire = timed(stub.wire(), calls);
            List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .toList();
            System.gc();
            long before =
                    heap.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
            heap.forEach(MemoryPoolMXBean::resetPeakUsage);
            long began = System.nanoTime();
            Collected collected;
            try (BatchingGraph graph = new BatchingGraph(
                    new ExplicitNulls(new UsageReports(wire, tenant.reports())),
                    stub.uri(),
                    RetryBudget.DEFAULT,
                    Waiting.real(),
                    Duration.ofMillis(20))) {
                collected = new FactsReading(graph, Arm.live(wire, stub.uri()), Instant.now(), "bench")
                        .collect(kinds, Designations.NONE, phrase -> {});
            }
            Roadmap.checks().forEach(check -> Assessor.assess(check, collected.facts()));
            long wall = (System.nanoTime() - began) / 1_000_000;
            long peak = heap.stream()
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            return new Figures(
                    collected.graph(),
                    collected.byRequest().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum(),
                    wall,
                    critical(calls),
                    (peak - before) / 1024);
        }
    }

    private static Reply slowly(FakeTenant tenant, Request request) {
        return socket -> {
            try {
                Thread.sleep(LATENCY_MS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            WireResponse response = tenant.answer(new WireRequest(
                    request.method(),
                    URI.create("https://" + request.headers().get("host") + request.target()),
                    Map.of(),
                    request.body()));
            Reply.of(response).write(socket);
        };
    }

    private static Wire timed(Wire wire, List<Call> calls) {
        return request -> {
            long began = System.nanoTime();
            WireResponse response = wire.send(request);
            calls.add(new Call(
                    began / 1_000_000,
                    System.nanoTime() / 1_000_000,
                    request.uri().getPath()));
            return response;
        };
    }

    /** The longest run of calls that each began after the one before had ended, or what Graph's own pace takes. */
    private static long critical(List<Call> calls) {
        List<Call> byEnd = new ArrayList<>(calls);
        byEnd.sort(Comparator.comparingLong(Call::endedMs));
        long[] longest = new long[byEnd.size()];
        long best = 0;
        for (int i = 0; i < byEnd.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (byEnd.get(j).endedMs() <= byEnd.get(i).beganMs()) {
                    longest[i] = Math.max(longest[i], longest[j]);
                }
            }
            longest[i] += byEnd.get(i).took();
            best = Math.max(best, longest[i]);
        }
        long policies = calls(byEnd, "/conditionalAccess/");
        long reports = calls(byEnd, "/reports/");
        long pace = Math.max(
                (policies - 1) * CONDITIONAL_ACCESS_PACE_MS, (reports - 1) / REPORTS_AT_A_TIME * REPORTS_PACE_MS);
        return Math.max(best, pace + LATENCY_MS);
    }

    private static long calls(List<Call> calls, String part) {
        return calls.stream().filter(call -> call.path().contains(part)).count();
    }
}
