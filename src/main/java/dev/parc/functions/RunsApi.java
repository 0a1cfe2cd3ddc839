package dev.parc.functions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import dev.parc.app.Runs;
import dev.parc.app.UnknownItemException;
import dev.parc.app.Webhooks;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.json.RunJson;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.publishing.Tombstone;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Stage;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.ProblemException;
import dev.parc.functions.http.Query;
import dev.parc.functions.http.Reply;
import dev.parc.functions.http.Waiting;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** Runs: ask for one, follow it, read its results. */
public final class RunsApi {

    private static final String SECONDS_BETWEEN_POLLS = "5";

    private final Supplier<Access> access;
    private final Supplier<Runs> runs;
    private final Supplier<RunStore> store;
    private final Supplier<Webhooks> webhooks;

    public RunsApi(
            Supplier<Access> access, Supplier<Runs> runs, Supplier<RunStore> store, Supplier<Webhooks> webhooks) {
        this.access = access;
        this.runs = runs;
        this.store = store;
        this.webhooks = webhooks;
    }

    /**
     * Puts a run on the queue and answers 202 with the address to follow it. With {@code Prefer: wait=N} it is begun at
     * once, and if it is done within so many seconds the answer is 200 with the result; else it goes on the queue too, and
     * whichever attempt ends first counts.
     */
    @FunctionName("StartRun")
    public HttpResponseMessage startRun(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "runs")
                    HttpRequestMessage<Optional<String>> request,
            @QueueOutput(name = "message", queueName = RunQueue.NAME, connection = RunQueue.CONNECTION)
                    OutputBinding<String> message,
            @QueueOutput(name = "deliveries", queueName = WebhooksApi.QUEUE, connection = RunQueue.CONNECTION)
                    OutputBinding<String> deliveries,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            RunRequest run = requested(RunOrder.of(request)).by(caller.name());
            Optional<Waiting> waiting = Waiting.of(request);
            RunRecord record = this.runs.get().begin(run);
            Logger log = context.getLogger();
            Optional<Runs.Work> work = waiting.flatMap(it ->
                            it.until(() -> this.runs.get().work(RunMessage.of(run), 1, log), log))
                    .filter(done -> done.messages().isEmpty());
            if (work.isPresent()) {
                RunQueue.deliver(webhooks.get(), work.get().publication(), deliveries);
                return answer(request, find(run.runId()))
                        .with(Waiting.APPLIED, waiting.orElseThrow().toString());
            }
            message.setValue(RunJson.write(run));
            Reply reply = working(request, waiting.isPresent() ? find(run.runId()) : record);
            return waiting.map(it -> reply.with(Waiting.APPLIED, it.toString())).orElse(reply);
        });
    }

    private RunRequest requested(RunOrder order) {
        try {
            return this.runs.get().request(order.stages(), order.checks(), Trigger.HTTP);
        } catch (UnknownItemException e) {
            throw new ProblemException(Http.problem(e).reply(400, String.valueOf(e.getMessage())));
        }
    }

    /**
     * Answers 202 while the run is worked on, after {@code Prefer: wait=N} seconds at most, and 200 when it has ended: with the result document if it is DONE, with
     * the state FAILED and the reason if not, since a client that follows the address ends at the first 200.
     */
    @FunctionName("GetRun")
    public HttpResponseMessage getRun(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "runs/{runId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("runId") String runId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            Optional<Waiting> waiting = Waiting.of(request);
            RunRecord run = find(runId);
            if (waiting.isPresent() && !hasEnded(run)) {
                waiting.get().polling(() -> hasEnded(find(runId)));
                run = find(runId);
            }
            Reply reply = answer(request, run);
            return waiting.map(it -> reply.with(Waiting.APPLIED, it.toString())).orElse(reply);
        });
    }

    /**
     * Deletes a run that has ended, for the reason that {@code reason} gives. Its record stays and says who deleted it, when, why,
     * and what of; what it had answered is withdrawn by changes of the kind RUN_DELETED. Deleting it again changes nothing.
     */
    @FunctionName("DeleteRun")
    public HttpResponseMessage deleteRun(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.DELETE,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "runs/{runId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("runId") String runId,
            @QueueOutput(name = "deliveries", queueName = WebhooksApi.QUEUE, connection = RunQueue.CONNECTION)
                    OutputBinding<String> deliveries,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            String reason = new Query(request)
                    .value(
                            "reason",
                            text -> Optional.of(text.strip())
                                    .filter(it -> !it.isEmpty() && it.length() <= Tombstone.LONGEST_REASON),
                            "why the run is deleted, in at most " + Tombstone.LONGEST_REASON + " characters")
                    .orElseThrow(() -> new ProblemException(
                            Problem.INVALID_REQUEST.reply("\"reason\" must say why the run is deleted")));
            RunRecord run = find(runId);
            Optional<Publication> deletion;
            try {
                deletion = this.runs.get().delete(run, caller.name(), reason);
            } catch (RefusedException e) {
                throw new ProblemException(Problem.RUN_NOT_ENDED.reply(String.valueOf(e.getMessage())));
            }
            context.getLogger().info("run " + runId + " was deleted");
            RunQueue.deliver(webhooks.get(), deletion, deliveries);
            return Reply.json(200, withTombstone(find(runId)).toString());
        });
    }

    private RunRecord find(String runId) {
        return this.runs
                .get()
                .find(runId)
                .orElseThrow(() -> new ProblemException(
                        Problem.UNKNOWN_RUN.reply("No run has this id. GET /api/runs lists the latest.")));
    }

    private static boolean hasEnded(RunRecord run) {
        return run.state() == State.DONE || run.state() == State.FAILED;
    }

    private Reply answer(HttpRequestMessage<?> request, RunRecord run) {
        return switch (run.state()) {
            case QUEUED, RUNNING -> working(request, run);
            case FAILED -> Reply.json(200, withTombstone(run).toString());
            case DONE -> Reply.json(200, result(run).toString());
        };
    }

    /** The runs, newest first; with {@code stage}, those that cover it. */
    @FunctionName("ListRuns")
    public HttpResponseMessage listRuns(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "runs")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            Query query = new Query(request);
            Optional<Stage> stage =
                    query.text("stage").map(name -> this.runs.get().stage(name));
            RunRange span = query.span();
            List<RunRecord> runs = this.runs.get().list(span);
            ObjectNode view = Views.list(
                    "runs",
                    runs.stream()
                            .filter(run ->
                                    stage.map(it -> run.request().covers(it)).orElse(true))
                            .map(this::view)
                            .toList());
            if (runs.size() == span.limit()) {
                view.put("continuation", runs.get(runs.size() - 1).request().runId());
            }
            return Reply.json(200, view.toString());
        });
    }

    private ObjectNode withTombstone(RunRecord run) {
        ObjectNode view = view(run);
        store.get()
                .tombstone(run.request().runId())
                .ifPresent(tombstone -> view.putObject("deleted")
                        .put("by", tombstone.by())
                        .put("at", tombstone.at().toString())
                        .put("reason", tombstone.reason())
                        .put("results", tombstone.results())
                        .put("findings", tombstone.findings())
                        .put("changes", tombstone.changes()));
        return view;
    }

    private ObjectNode view(RunRecord run) {
        return Views.run(run, List.of());
    }

    private ObjectNode result(RunRecord run) {
        String runId = run.request().runId();
        Assessment assessment = store.get()
                .results(runId)
                .orElseThrow(() -> new IllegalStateException("run " + runId + " is done and has no results"));
        ObjectNode view = Views.result(assessment);
        run.request().requestedBy().ifPresent(caller -> view.put("requestedBy", caller));
        return view;
    }

    private Reply working(HttpRequestMessage<?> request, RunRecord run) {
        String address =
                Http.address(request, access.get(), "runs/" + run.request().runId());
        return Reply.json(202, view(run).put("location", address).toString())
                .with("Location", address)
                .with("Retry-After", SECONDS_BETWEEN_POLLS);
    }
}
