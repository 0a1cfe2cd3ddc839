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
import dev.parc.app.ChangeFeed;
import dev.parc.app.Reports;
import dev.parc.app.Runs;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.FindingRecord;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.change.TrendStore;
import dev.parc.assessment.json.TrendJson;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.run.RunStore;
import dev.parc.assessment.webhook.WebhookFilter;
import dev.parc.check.Check;
import dev.parc.check.Stage;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.ProblemException;
import dev.parc.functions.http.Query;
import dev.parc.functions.http.Reply;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** How answers change: series of stages, findings over time, changes of runs and between runs. */
public final class TrendsApi {

    /** A table's page, and more than a day for two years and a half. */
    private static final int MOST_POINTS = 1000;

    /** The triggerState of who has not polled yet. */
    private static final String NOTHING_SEEN = "new";

    private static final String SECONDS_BETWEEN_POLLS = "60";

    private static final Pattern POSITION = Pattern.compile("\\d{1,18}");

    private final Supplier<Access> access;
    private final Supplier<Runs> runs;
    private final Supplier<RunStore> store;
    private final Supplier<TrendStore> trends;
    private final Supplier<ChangeFeed> published;

    public TrendsApi(
            Supplier<Access> access,
            Supplier<Runs> runs,
            Supplier<RunStore> store,
            Supplier<TrendStore> trends,
            Supplier<ChangeFeed> published) {
        this.access = access;
        this.runs = runs;
        this.store = store;
        this.trends = trends;
        this.published = published;
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
        return Http.answer(request, context, access, Role.READER, caller -> {
            Query query = new Query(request);
            RunRange span = query.span(MOST_POINTS, 400);
            List<Stage> stages = query.text("stage")
                    .map(name -> List.of(this.runs.get().stage(name)))
                    .orElse(List.of(Stage.values()));
            ObjectNode view = Views.object();
            ArrayNode series = view.putArray("series");
            for (Stage stage : stages) {
                List<StagePoint> points = trends.get().series(stage, span);
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
        return Http.answer(request, context, access, Role.READER, caller -> {
            Query query = new Query(request);
            int limit = query.number("limit", 1, 1000, 200);
            int skip = query.number("skip", 0, 999_999, 0);
            String id = Check.card(this.runs.get().check(checkId)).id();
            List<FindingRecord> all = trends.get().findings(id).stream()
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
        return Http.answer(request, context, access, Role.READER, caller -> {
            Assessment run = finished(runId);
            Optional<String> since = new Query(request).text("since");
            List<Change> changes = since.map(earlier -> Reports.changes(finished(earlier), run))
                    .orElseGet(() -> trends.get().changes(run.runId()));
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
                .flatMap(id -> store.get().results(id))
                .orElseThrow(() -> new ProblemException(
                        Problem.UNKNOWN_RUN.reply("No finished run has this id. GET /api/runs lists the latest.")));
    }

    /**
     * The changes of all runs, newest run first. With {@code triggerState} it is a polling trigger: 200 with what was published
     * after that, in the order in which it was, or 202 while there is nothing; both with {@code Location} and {@code Retry-After}.
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
        return Http.answer(request, context, access, Role.READER, caller -> {
            Query query = new Query(request);
            WebhookFilter filter = WebhookFilters.of(query);
            return request.getQueryParameters().containsKey("triggerState")
                    ? poll(request, query, filter)
                    : list(query, filter);
        });
    }

    private Reply list(Query query, WebhookFilter filter) {
        RunRange span = query.span(1000, 200);
        List<Change> changes = trends.get().changes(span);
        ObjectNode view = Views.list(
                "changes",
                changes.stream().filter(filter::takes).map(TrendJson::node).toList());
        if (changes.size() >= span.limit()) {
            view.put("continuation", changes.get(changes.size() - 1).runId());
        }
        return Reply.json(200, view.toString());
    }

    /** A position in what is published, or the run that a release told last that counted in runs. */
    private static boolean isState(String text) {
        return text.equals(NOTHING_SEEN) || POSITION.matcher(text).matches() || RunIds.isOne(text);
    }

    private Reply poll(HttpRequestMessage<Optional<String>> request, Query query, WebhookFilter filter) {
        String seen = query.value(
                        "triggerState",
                        text -> Optional.of(text).filter(TrendsApi::isState),
                        NOTHING_SEEN + ", or the triggerState from an earlier response")
                .orElse(NOTHING_SEEN);
        ChangeFeed feed = this.published.get();
        ChangeFeed.Told told;
        if (seen.equals(NOTHING_SEEN)) {
            told = new ChangeFeed.Told(List.of(), feed.last(), 0);
        } else {
            told = RunIds.isOne(seen) ? feed.afterRun(seen, filter) : feed.after(Long.parseLong(seen), filter);
        }
        String next = Http.address(
                request, access.get(), "changes?triggerState=" + told.position() + WebhookFilters.query(filter));
        ObjectNode view = Views.list(
                "changes", told.changes().stream().map(TrendJson::node).toList());
        if (told.gap() > 0) {
            view.putObject("gap")
                    .put("publications", told.gap())
                    .put("reason", "these runs are no longer stored, so their changes are unknown");
        }
        boolean nothing = told.changes().isEmpty() && told.gap() == 0;
        return Reply.json(nothing ? 202 : 200, view.toString())
                .with("Location", next)
                .with("Retry-After", SECONDS_BETWEEN_POLLS);
    }
}
