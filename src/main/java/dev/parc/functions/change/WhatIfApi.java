package dev.parc.functions.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import dev.parc.app.WhatIfs;
import dev.parc.app.WhatIfs.WhatIf;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.change.Change;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeJson;
import dev.parc.change.Kind;
import dev.parc.functions.RunQueue;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.ProblemException;
import dev.parc.functions.http.Reply;
import dev.parc.functions.http.Waiting;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** What a change would do to the tenant: have it proved, and follow that. */
public final class WhatIfApi {

    private static final int MOST_BYTES = 512 * 1024;
    private static final String SECONDS_BETWEEN_POLLS = "5";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<Access> access;
    private final Supplier<WhatIfs> whatIfs;

    public WhatIfApi(Supplier<Access> access, Supplier<WhatIfs> whatIfs) {
        this.access = access;
        this.whatIfs = whatIfs;
    }

    /**
     * Puts a change to be proved on the queue and answers 202 with the address to follow it. With {@code Prefer: wait=N} it is begun
     * at once, and if it has ended within so many seconds the answer is 200; else it goes on the queue too, and whichever attempt
     * ends first counts.
     */
    @FunctionName("StartWhatIf")
    public HttpResponseMessage startWhatIf(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "whatif")
                    HttpRequestMessage<Optional<String>> request,
            @QueueOutput(name = "message", queueName = RunQueue.NAME, connection = RunQueue.CONNECTION)
                    OutputBinding<String> message,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            Change change = change(request);
            WhatIfs whatIfs = this.whatIfs.get();
            String id = whatIfs.begin(change, caller.name());
            Optional<Waiting> waiting = Waiting.of(request);
            Logger log = context.getLogger();
            boolean worked = waiting.flatMap(it -> it.until(
                            () -> {
                                whatIfs.work(id, 1, log);
                                return true;
                            },
                            log))
                    .isPresent();
            if (!worked) {
                message.setValue(WhatIfs.message(id));
            }
            return waited(answer(request, find(id)), waiting);
        });
    }

    private static Change change(HttpRequestMessage<Optional<String>> request) {
        if (!Http.isJson(request)) {
            throw new ProblemException(
                    Problem.UNSUPPORTED_MEDIA_TYPE.reply("Send the request with Content-Type: application/json."));
        }
        String body = request.getBody().orElse("");
        if (body.length() > MOST_BYTES || body.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new ProblemException(
                    Problem.TOO_LARGE.reply("Send at most " + MOST_BYTES / 1024 + " KiB; use parc whatif for more."));
        }
        try {
            Change change = ChangeJson.read(body);
            // what is in the place of an id that does not exist yet has no shape to look at
            change.requests().stream()
                    .filter(one -> !one.url().path().contains("${"))
                    .forEach(Kind::of);
            return change;
        } catch (ChangeException e) {
            throw new ProblemException(Problem.INVALID_REQUEST.reply(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Answers 202 while the change is being proved, after {@code Prefer: wait=N} seconds at most, and 200 when that has ended: with the
     * proof if it is DONE, with the state FAILED and the reason if not. After a day it is gone.
     */
    @FunctionName("GetWhatIf")
    public HttpResponseMessage getWhatIf(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "whatif/{whatIfId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("whatIfId") String whatIfId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            Optional<Waiting> waiting = Waiting.of(request);
            WhatIf known = find(whatIfId);
            if (waiting.isPresent() && !known.hasEnded()) {
                waiting.get().polling(() -> find(whatIfId).hasEnded());
                known = find(whatIfId);
            }
            return waited(answer(request, known), waiting);
        });
    }

    private WhatIf find(String id) {
        return this.whatIfs
                .get()
                .find(id)
                .orElseThrow(() -> new ProblemException(
                        Problem.UNKNOWN_WHAT_IF.reply("None has this id, or its day is over; send the change again.")));
    }

    private static Reply waited(Reply reply, Optional<Waiting> waiting) {
        return waiting.map(it -> reply.with(Waiting.APPLIED, it.toString())).orElse(reply);
    }

    private Reply answer(HttpRequestMessage<?> request, WhatIf known) {
        ObjectNode view = JSON.createObjectNode()
                .put("whatIfId", known.id())
                .put("state", known.state().name())
                .put(known.state() == State.FAILED ? "reason" : "progress", known.progress())
                .put("requestedBy", known.requestedBy())
                .put("requestedAt", known.requestedAt().toString())
                .put("expiresAt", known.expiresAt().toString());
        if (!known.hasEnded()) {
            String address = Http.address(request, access.get(), "whatif/" + known.id());
            return Reply.json(202, view.put("location", address).toString())
                    .with("Location", address)
                    .with("Retry-After", SECONDS_BETWEEN_POLLS);
        }
        known.proof().ifPresent(proof -> {
            try {
                view.set("proof", JSON.readTree(proof));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a proof that was kept could not be read", e);
            }
        });
        return Reply.json(200, view.toString());
    }
}
