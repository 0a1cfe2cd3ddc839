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
import dev.parc.app.Runs;
import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.Waivers;
import dev.parc.check.Check;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Body;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.ProblemException;
import dev.parc.functions.http.Query;
import dev.parc.functions.http.Reply;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the organisation decided to live with for a time. */
public final class WaiversApi {

    private static final int MOST_REVISIONS = 50;

    private final Supplier<Access> access;
    private final Supplier<Runs> runs;
    private final Supplier<Waivers> waivers;
    private final Supplier<Clock> clock;

    public WaiversApi(Supplier<Access> access, Supplier<Runs> runs, Supplier<Waivers> waivers, Supplier<Clock> clock) {
        this.access = access;
        this.runs = runs;
        this.waivers = waivers;
        this.clock = clock;
    }

    /** The newest revision of every waiver, withdrawn and ended ones too; with {@code check}, those of one item. */
    @FunctionName("ListWaivers")
    public HttpResponseMessage listWaivers(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "waivers")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            Optional<String> check = new Query(request)
                    .text("check")
                    .map(id -> Check.card(runs.get().check(id)).id());
            return Reply.json(
                    200,
                    Views.list(
                                    "waivers",
                                    waivers.get().newest().stream()
                                            .filter(kept -> check.map(
                                                            kept.value().checkId()::equals)
                                                    .orElse(true))
                                            .map(this::view)
                                            .toList())
                            .toString());
        });
    }

    /** One waiver under its ETag, and its earlier revisions. */
    @FunctionName("GetWaiver")
    public HttpResponseMessage getWaiver(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "waivers/{waiverId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("waiverId") String waiverId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            List<Revision<Waiver>> revisions = Ledger.KEY.matcher(waiverId).matches()
                    ? waivers.get().history(waiverId, MOST_REVISIONS)
                    : List.of();
            Revision<Waiver> newest = revisions.stream()
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(
                            Problem.UNKNOWN_WAIVER.reply("No waiver has this id. GET /api/waivers lists them.")));
            ObjectNode view = view(newest);
            ArrayNode history = view.putArray("history");
            revisions.forEach(kept -> history.add(view(kept)));
            return Http.tagged(Reply.json(200, view.toString()), Optional.of(newest));
        });
    }

    /** Waives what an item finds, or what it finds of one subject, in the name of the caller. */
    @FunctionName("PutWaiver")
    public HttpResponseMessage putWaiver(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.PUT,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "waivers/{waiverId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("waiverId") String waiverId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            Body body = Body.of(
                    request,
                    Set.of("subjectId", "owner", "reason", "until"),
                    "{\"owner\":\"Ann Lee\",\"reason\":\"is replaced in May\",\"until\":\"2027-01-31\"}");
            String owner = body.text("owner");
            String reason = body.text("reason");
            LocalDate until = body.day("until");
            int dot = waiverId.indexOf('.');
            String check = Check.card(runs.get().check(dot < 0 ? waiverId : waiverId.substring(0, dot)))
                    .id();
            Optional<String> subject = body.optionalText("subjectId")
                    .or(() -> dot < 0 ? Optional.empty() : Optional.of(waiverId.substring(dot + 1)));
            String id = Waivers.id(check, subject.map(String::strip));
            if (!id.equalsIgnoreCase(waiverId.strip())) {
                throw Body.invalid("The waiver of this item and subject has the id " + id + ".");
            }
            Revision<Waiver> kept = Http.change(
                    request,
                    precondition ->
                            waivers.get().waive(check, subject, owner, reason, caller.name(), until, precondition));
            context.getLogger().info(caller.id() + " waived " + kept.key());
            return Http.tagged(Reply.json(200, view(kept).toString()), Optional.of(kept));
        });
    }

    /** Takes a waiver back; 204 also where none stands. */
    @FunctionName("DeleteWaiver")
    public HttpResponseMessage deleteWaiver(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.DELETE,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "waivers/{waiverId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("waiverId") String waiverId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            if (Ledger.KEY.matcher(waiverId).matches()) {
                Http.change(request, precondition -> waivers.get().withdraw(waiverId, caller.name(), precondition))
                        .ifPresent(kept -> context.getLogger().info(caller.id() + " withdrew waiver " + kept.key()));
            }
            return Reply.none();
        });
    }

    private ObjectNode view(Revision<Waiver> kept) {
        Waiver waiver = kept.value();
        Instant now = clock.get().instant();
        ObjectNode view = Views.object()
                .put("id", kept.key())
                .put("revision", kept.revision())
                .put("state", !kept.stands() ? "WITHDRAWN" : waiver.isValidAt(now) ? "IN_FORCE" : "ENDED")
                .put("checkId", waiver.checkId());
        waiver.subject().ifPresent(subject -> view.put("subjectId", subject));
        return Views.withdrawal(
                view.put("owner", waiver.owner())
                        .put("reason", waiver.reason())
                        .put("by", waiver.by())
                        .put("at", waiver.at().toString())
                        .put("until", waiver.until().toString()),
                kept);
    }
}
