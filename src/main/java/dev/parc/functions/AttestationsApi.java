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
import dev.parc.assessment.decision.Question;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.ledger.ChangedException;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.Attestations;
import dev.parc.assessment.statements.StatementBatch;
import dev.parc.assessment.statements.StatementEntry;
import dev.parc.assessment.statements.StatementsDocument;
import dev.parc.check.Check;
import dev.parc.check.MergedStatement;
import dev.parc.check.RoadmapItem;
import dev.parc.facts.Attestation;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Body;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.ProblemException;
import dev.parc.functions.http.Query;
import dev.parc.functions.http.Reply;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What people attest, statement by statement. */
public final class AttestationsApi {

    private static final int MOST_REVISIONS = 50;

    private final Supplier<Access> access;
    private final Supplier<Runs> runs;
    private final Supplier<Attestations> attestations;
    private final Supplier<List<Check>> checks;

    public AttestationsApi(
            Supplier<Access> access,
            Supplier<Runs> runs,
            Supplier<Attestations> attestations,
            Supplier<List<Check>> checks) {
        this.access = access;
        this.runs = runs;
        this.attestations = attestations;
        this.checks = checks;
    }

    /**
     * Attests the statements of a document, in JSON or YAML, all or none of them; with {@code dryRun=true} it only says what
     * would change.
     */
    @FunctionName("PutAttestations")
    public HttpResponseMessage putAttestations(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.PUT,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "attestations")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            boolean dryRun = new Query(request).flag("dryRun");
            Attestations attestations = this.attestations.get();
            StatementBatch batch = StatementBatch.of(
                    attestations,
                    document(request),
                    Optional.of(caller.name()),
                    by -> Attestations.recorded(by, caller.name()));
            List<Revision<SignedStatement>> kept = Http.change(request, precondition -> {
                require(precondition, batch, attestations);
                return dryRun ? List.of() : batch.keep();
            });
            if (!kept.isEmpty()) {
                context.getLogger().info(caller.id() + " attested " + kept.size() + " statements with a document");
            }
            ObjectNode view = Views.object().put("dryRun", dryRun);
            ArrayNode statements = view.putArray("statements");
            Map<String, Revision<SignedStatement>> now =
                    attestations.newest().stream().collect(Collectors.toMap(Revision::key, one -> one));
            batch.steps().forEach(step -> {
                ObjectNode one = statements
                        .addObject()
                        .put("checkId", step.entry().item())
                        .put("statement", step.entry().statement())
                        .put("effect", step.effect().name());
                Optional.ofNullable(now.get(step.entry().key()))
                        .ifPresent(word -> one.put("revision", word.revision()));
            });
            return tagged(Reply.json(200, view.toString()), attestations);
        });
    }

    private static List<StatementEntry> document(HttpRequestMessage<Optional<String>> request) {
        String body = request.getBody().orElse("");
        if (body.length() > StatementsDocument.LONGEST) {
            throw new ProblemException(Problem.TOO_LARGE.reply("Send at most 512 KiB."));
        }
        if (Http.isJson(request)) {
            return StatementsDocument.ofJson(body);
        }
        if (Http.isYaml(request)) {
            return StatementsDocument.ofYaml(body);
        }
        throw new ProblemException(Problem.UNSUPPORTED_MEDIA_TYPE.reply(
                "Send the document with Content-Type: application/json or application/yaml."));
    }

    /** What stands is only replaced by who names the state of the list that they read. */
    private static void require(Precondition precondition, StatementBatch batch, Attestations attestations) {
        boolean holds = precondition.equals(Precondition.ABSENT)
                ? batch.count(StatementBatch.Effect.REPLACED) == 0
                : precondition.equals(Precondition.revision(version(attestations)));
        if (!holds) {
            throw new ChangedException("the statements have changed since they were read");
        }
    }

    /** Grows with every word that is kept. */
    private static int version(Attestations attestations) {
        return attestations.newest().stream().mapToInt(Revision::revision).sum();
    }

    private static Reply tagged(Reply reply, Attestations attestations) {
        int version = version(attestations);
        return version == 0 ? reply : reply.with("ETag", "\"" + version + "\"");
    }

    /** Every statement that an item asks for, by itself or as a part of another, with the newest word on it. */
    @FunctionName("ListAttestations")
    public HttpResponseMessage listAttestations(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "attestations")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            ObjectNode view = Views.object();
            ArrayNode statements = view.putArray("statements");
            Map<String, Revision<SignedStatement>> newest =
                    this.attestations.get().newest().stream().collect(Collectors.toMap(Revision::key, kept -> kept));
            Set<String> asked = asked();
            checks.get().stream()
                    .map(Check::card)
                    .forEach(card -> IntStream.rangeClosed(1, Question.most(card))
                            .forEach(number -> statements.add(statement(
                                    card,
                                    number,
                                    asked,
                                    Optional.ofNullable(newest.get(Question.key(card.id(), number)))))));
            return tagged(Reply.json(200, view.toString()), this.attestations.get());
        });
    }

    /** One statement, with the newest word on it under its ETag, and what was said before. */
    @FunctionName("GetAttestation")
    public HttpResponseMessage getAttestation(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "attestations/{checkId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("checkId") String checkId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            RoadmapItem card = card(checkId);
            int number = number(request, card);
            List<Revision<SignedStatement>> revisions =
                    this.attestations.get().history(card.id(), number, MOST_REVISIONS);
            Optional<Revision<SignedStatement>> newest = revisions.stream().findFirst();
            ObjectNode view = statement(card, number, asked(), newest);
            ArrayNode history = view.putArray("history");
            revisions.forEach(kept -> history.add(word(kept)));
            return Http.tagged(Reply.json(200, view.toString()), newest);
        });
    }

    /** Attests a statement from now on, in the name of the caller. */
    @FunctionName("PutAttestation")
    public HttpResponseMessage putAttestation(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.PUT,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "attestations/{checkId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("checkId") String checkId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            RoadmapItem card = card(checkId);
            int number = number(request, card);
            Body body = Body.of(
                    request,
                    Set.of("by", "validUntil", "evidence", "note"),
                    "{\"by\":\"Ann Lee\",\"validUntil\":\"2027-01-31\"}");
            String by = body.optionalText("by").orElse(caller.name());
            LocalDate validUntil = body.day("validUntil");
            Optional<String> evidence = body.optionalText("evidence");
            String note = body.optionalText("note").orElse("");
            Revision<SignedStatement> kept = Http.change(
                    request,
                    precondition -> this.attestations
                            .get()
                            .attest(
                                    card.id(),
                                    number,
                                    Attestations.recorded(by, caller.name()),
                                    validUntil,
                                    evidence,
                                    note,
                                    precondition));
            context.getLogger().info(caller.id() + " attested statement " + number + " of " + card.id());
            return Http.tagged(
                    Reply.json(
                            200,
                            statement(card, number, asked(), Optional.of(kept)).toString()),
                    Optional.of(kept));
        });
    }

    /** Takes back what is attested; 204 also where nothing stands. */
    @FunctionName("DeleteAttestation")
    public HttpResponseMessage deleteAttestation(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.DELETE,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "attestations/{checkId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("checkId") String checkId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.OPERATOR, caller -> {
            RoadmapItem card = card(checkId);
            int number = number(request, card);
            Http.change(
                    request,
                    precondition -> this.attestations.get().withdraw(card.id(), number, caller.name(), precondition));
            context.getLogger().info(caller.id() + " withdrew statement " + number + " of " + card.id());
            return Reply.none();
        });
    }

    private RoadmapItem card(String checkId) {
        Check check = runs.get().check(checkId);
        RoadmapItem card = Check.card(check);
        if (card.attests().length == 0) {
            throw new ProblemException(Problem.UNKNOWN_STATEMENT.reply(card.id() + " has no statements to attest."));
        }
        return card;
    }

    private static int number(HttpRequestMessage<?> request, RoadmapItem card) {
        return new Query(request).number("statement", 1, Question.most(card), 1);
    }

    /** The statements that items want attested now, answered or not, by what they are kept under. */
    private Set<String> asked() {
        return attestations.get().questions().stream()
                .map(question -> Question.key(question.item(), question.statement()))
                .collect(Collectors.toSet());
    }

    private static ObjectNode statement(
            RoadmapItem card, int number, Set<String> asked, Optional<Revision<SignedStatement>> newest) {
        ObjectNode view = Views.object()
                .put("checkId", card.id())
                .put("statement", number)
                .put("words", Question.words(card, number).orElseThrow())
                .put("asked", asked.contains(Question.key(card.id(), number)));
        MergedStatement.at(card.id(), number).ifPresent(merged -> {
            ArrayNode parts = view.putArray("parts");
            merged.parts().forEach(parts::add);
        });
        MergedStatement.saying(card.id(), number)
                .ifPresent(merged -> view.put("partOf", Question.key(merged.item(), merged.statement())));
        newest.ifPresent(kept -> view.set("attestation", word(kept)));
        return view;
    }

    private static ObjectNode word(Revision<SignedStatement> kept) {
        Attestation attestation = kept.value().attestation();
        ObjectNode view = Views.object()
                .put("revision", kept.revision())
                .put("words", kept.value().words())
                .put("by", attestation.by())
                .put("at", attestation.at().toString())
                .put("validUntil", attestation.validUntil().toString())
                .put("note", attestation.note());
        attestation.evidence().ifPresent(link -> view.put("evidence", link));
        return Views.withdrawal(view, kept);
    }
}
