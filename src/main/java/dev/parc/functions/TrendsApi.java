package dev.parc.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.parc.app.Parc;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessor;
import dev.parc.assessment.Change;
import dev.parc.assessment.Comparison;
import dev.parc.assessment.FindingRecord;
import dev.parc.assessment.HookFilter;
import dev.parc.assessment.RunIds;
import dev.parc.assessment.RunRecord;
import dev.parc.assessment.Span;
import dev.parc.assessment.StagePoint;
import dev.parc.assessment.TrendJson;
import dev.parc.check.Stage;
import dev.parc.functions.Caller.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How answers change: series of stages, findings over time, changes of runs and between runs. */
public final class TrendsApi {

    /** A table's page, and more than a day for two years and a half. */
    private static final int MOST_POINTS = 1000;

    /** The triggerState of who has not polled yet. */
    private static final String NOTHING_SEEN = "new";

    private static final String SECONDS_BETWEEN_POLLS = "60";

    /** As far back as a run may still be worked on. */
    private static final int RUNS_LOOKED_AT = 50;

    private final Supplier<Parc> parc;

    public TrendsApi(Supplier<Parc> parc) {
        this.parc = parc;
    }

    /** The series of every stage, or of one: score, coverage, outcomes, what was opened and remedied in each run. */
    @FunctionName("GetTrends")
    public HttpResponseMessage getTrends(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "trends")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, parc, Role.READER, caller -> {
            Query query = new Query(request);
            Span span = query.span(MOST_POINTS, 400);
            List<Stage> stages = query.text("stage")
                    .map(name -> List.of(parc.get().runs().stage(name)))
                    .orElse(List.of(Stage.values()));
            ObjectNode view = Views.object();
            ArrayNode series = view.putArray("series");
            for (Stage stage : stages) {
                List<StagePoint> points = parc.get().trends().series(stage, span);
                ObjectNode one = series.addObject().put("stage", stage.name());
                ArrayNode array = one.putArray("points");
                points.forEach(point -> array.add(TrendJson.node(point)));
                remediation(one, points);
                if (points.size() == span.limit()) {
                    one.put("continuation", points.get(points.size() - 1).runId());
                }
            }
            return Reply.json(200, view.toString());
        });
    }

    /** How long it took, on average, to remedy what was remedied; null if nothing was. */
    private static void remediation(ObjectNode series, List<StagePoint> points) {
        int resolved = points.stream().mapToInt(StagePoint::resolved).sum();
        long seconds = points.stream().mapToLong(StagePoint::secondsToRemediate).sum();
        series.put("opened", points.stream().mapToInt(StagePoint::opened).sum())
                .put("resolved", resolved)
                .put("meanSecondsToRemediate", resolved == 0 ? null : Long.valueOf(seconds / resolved));
    }

    /** The findings of a check over time, the open ones first: first seen, last seen, resolved, how often it came back. */
    @FunctionName("GetCheckFindings")
    public HttpResponseMessage getCheckFindings(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "checks/{checkId}/findings")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("checkId") String checkId,
            ExecutionContext context) {
        return Http.answer(request, context, parc, Role.READER, caller -> {
            Query query = new Query(request);
            int limit = query.number("limit", 1, 1000, 200);
            int skip = query.number("skip", 0, 999_999, 0);
            String id = Assessor.card(parc.get().runs().check(checkId)).id();
            List<FindingRecord> all = parc.get().trends().findings(id).stream()
                    .sorted(Comparator.comparing((FindingRecord record) ->
                                    record.resolvedAt().isPresent())
                            .thenComparing(FindingRecord::openSince, Comparator.reverseOrder())
                            .thenComparing(record -> record.finding().subjectId()))
                    .toList();
            List<ObjectNode> some =
                    all.stream().skip(skip).limit(limit).map(TrendJson::node).toList();
            ObjectNode view = Views.list("findings", some).put("checkId", id).put("total", all.size());
            if (skip + some.size() < all.size()) {
                view.put("next", skip + some.size());
            }
            return Reply.json(200, view.toString());
        });
    }

    /** What a run changed; with {@code since}, everything that is different from an earlier run. */
    @FunctionName("GetRunChanges")
    public HttpResponseMessage getRunChanges(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "runs/{runId}/changes")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("runId") String runId,
            ExecutionContext context) {
        return Http.answer(request, context, parc, Role.READER, caller -> {
            Assessment run = finished(runId);
            Optional<String> since = new Query(request).text("since");
            List<Change> changes = since.map(earlier -> Comparison.between(finished(earlier), run))
                    .orElseGet(() -> parc.get().trends().changes(run.runId()));
            ObjectNode view =
                    Views.list("changes", changes.stream().map(TrendJson::node).toList());
            view.put("runId", run.runId());
            since.ifPresent(earlier -> view.put("since", earlier));
            return Reply.json(200, view.toString());
        });
    }

    private Assessment finished(String runId) {
        return Optional.of(runId)
                .filter(RunIds::isOne)
                .flatMap(id -> parc.get().store().results(id))
                .orElseThrow(() -> new ProblemException(
                        Problem.UNKNOWN_RUN.reply("No finished run has this id; GET /api/runs lists the newest.")));
    }

    /**
     * The changes of all runs, newest run first. With {@code triggerState} it is a polling trigger: 200 with what is newer
     * than that run, or 202 with {@code Location} and {@code Retry-After} while there is nothing.
     */
    @FunctionName("ListChanges")
    public HttpResponseMessage listChanges(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "changes")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, parc, Role.READER, caller -> {
            Query query = new Query(request);
            HookFilter filter = HookFilters.of(query);
            return request.getQueryParameters().containsKey("triggerState")
                    ? poll(request, query, filter)
                    : list(query, filter);
        });
    }

    private Reply list(Query query, HookFilter filter) {
        Span span = query.span(1000, 200);
        List<Change> changes = parc.get().trends().changes(span);
        ObjectNode view = Views.list(
                "changes",
                changes.stream().filter(filter::takes).map(TrendJson::node).toList());
        if (changes.size() >= span.limit()) {
            view.put("continuation", changes.get(changes.size() - 1).runId());
        }
        return Reply.json(200, view.toString());
    }

    /** The newest run before which every run has ended: what a run that is still worked on will change must not be passed. */
    private Optional<String> newestSettled() {
        Optional<String> newest = Optional.empty();
        List<RunRecord> runs = parc.get().runs().newest(RUNS_LOOKED_AT);
        for (int place = runs.size() - 1; place >= 0 && hasEnded(runs.get(place)); place--) {
            newest = Optional.of(runs.get(place).request().runId());
        }
        return newest;
    }

    private static boolean hasEnded(RunRecord run) {
        return run.state() == RunRecord.State.DONE || run.state() == RunRecord.State.FAILED;
    }

    private Reply poll(HttpRequestMessage<Optional<String>> request, Query query, HookFilter filter) {
        Optional<String> seen = query.value(
                        "triggerState",
                        text -> Optional.of(text).filter(it -> it.equals(NOTHING_SEEN) || RunIds.isOne(it)),
                        NOTHING_SEEN + ", or the triggerState of an earlier answer")
                .filter(RunIds::isOne);
        List<Change> newer = new ArrayList<>();
        Optional<String> newest = newestSettled();
        if (seen.isPresent() && newest.isPresent()) {
            parc.get().trends().changes(new Span(RunIds.time(seen.get()), Span.END, Optional.empty(), 1000)).stream()
                    .filter(change -> RunIds.NEWEST_FIRST.compare(change.runId(), seen.get()) < 0)
                    .filter(change -> RunIds.NEWEST_FIRST.compare(change.runId(), newest.get()) >= 0)
                    .filter(filter::takes)
                    .forEach(newer::add);
        }
        String state = newer.isEmpty()
                ? seen.or(() -> newest).orElseGet(() -> RunIds.at(Instant.EPOCH))
                : newer.get(0).runId();
        String next = Http.address(request, parc.get(), "changes?triggerState=" + state + HookFilters.query(filter));
        Reply reply = newer.isEmpty()
                ? Reply.json(202, Views.list("changes", List.of()).toString())
                : Reply.json(
                        200,
                        Views.list(
                                        "changes",
                                        newer.stream().map(TrendJson::node).toList())
                                .toString());
        return reply.with("Location", next).with("Retry-After", SECONDS_BETWEEN_POLLS);
    }
}
