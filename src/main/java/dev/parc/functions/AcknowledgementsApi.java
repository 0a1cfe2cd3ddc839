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
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.Acknowledgements;
import dev.parc.facts.Acknowledgement;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Body;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.ProblemException;
import dev.parc.functions.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Which new administrators the organisation knows of. */
public final class AcknowledgementsApi {

    private static final int MOST_REVISIONS = 50;

    private final Supplier<Access> access;
    private final Supplier<Acknowledgements> acknowledgements;

    public AcknowledgementsApi(Supplier<Access> access, Supplier<Acknowledgements> acknowledgements) {
        this.access = access;
        this.acknowledgements = acknowledgements;
    }

    /** The newest revision of every acknowledgement, withdrawn ones too, and who is new and not acknowledged. */
    @FunctionName("ListAcknowledgements")
    public HttpResponseMessage listAcknowledgements(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "acknowledgements")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            ObjectNode list = Views.list(
                    "acknowledgements",
                    acknowledgements.get().newest().stream()
                            .map(AcknowledgementsApi::view)
                            .toList());
            ArrayNode open = list.putArray("open");
            acknowledgements.get().open().forEach(one -> open.add(view(one)));
            return Reply.json(200, list.toString());
        });
    }

    /** One acknowledgement under its ETag, and its earlier revisions. */
    @FunctionName("GetAcknowledgement")
    public HttpResponseMessage getAcknowledgement(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "acknowledgements/{key}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("key") String key,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            List<Revision<Acknowledgement>> revisions = acknowledgements.get().history(key, MOST_REVISIONS);
            Revision<Acknowledgement> newest = revisions.stream()
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(Problem.UNKNOWN_ACKNOWLEDGEMENT.reply(
                            "No acknowledgement has this key. GET /api/acknowledgements lists them.")));
            ObjectNode view = view(newest);
            ArrayNode history = view.putArray("history");
            revisions.forEach(kept -> history.add(view(kept)));
            return Http.tagged(Reply.json(200, view.toString()), Optional.of(newest));
        });
    }

    /** Says, in the name of the caller, that a new administrator is known. */
    @FunctionName("PutAcknowledgement")
    public HttpResponseMessage putAcknowledgement(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.PUT,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "acknowledgements/{key}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("key") String key,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            String reason = Body.of(request, Set.of("reason"), "{\"reason\":\"took over from Ben, ticket 4711\"}")
                    .text("reason");
            Revision<Acknowledgement> kept = Http.change(
                    request,
                    precondition -> acknowledgements.get().acknowledge(key, reason, caller.name(), precondition));
            context.getLogger().info(caller.id() + " acknowledged " + kept.key());
            return Http.tagged(Reply.json(200, view(kept).toString()), Optional.of(kept));
        });
    }

    /** Takes an acknowledgement back; 204 also where none stands. */
    @FunctionName("DeleteAcknowledgement")
    public HttpResponseMessage deleteAcknowledgement(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.DELETE,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "acknowledgements/{key}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("key") String key,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            Http.change(request, precondition -> acknowledgements.get().withdraw(key, caller.name(), precondition))
                    .ifPresent(
                            kept -> context.getLogger().info(caller.id() + " withdrew acknowledgement " + kept.key()));
            return Reply.none();
        });
    }

    private static ObjectNode view(EarlierAdministrator one) {
        return Views.object()
                .put("key", one.key().orElse(""))
                .put("principalId", one.principalId())
                .put("name", one.name())
                .put("roleId", one.roleId())
                .put("scope", one.scope())
                .put("since", one.since().map(Object::toString).orElse(""));
    }

    private static ObjectNode view(Revision<Acknowledgement> kept) {
        Acknowledgement one = kept.value();
        return Views.withdrawal(
                Views.object()
                        .put("key", kept.key())
                        .put("revision", kept.revision())
                        .put("state", kept.stands() ? "ACKNOWLEDGED" : "WITHDRAWN")
                        .put("principalId", one.principalId())
                        .put("name", one.name())
                        .put("roleId", one.roleId())
                        .put("scope", one.scope())
                        .put("since", one.since().toString())
                        .put("by", one.by())
                        .put("at", one.at().toString())
                        .put("reason", one.reason()),
                kept);
    }
}
