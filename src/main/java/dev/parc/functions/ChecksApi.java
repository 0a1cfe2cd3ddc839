package dev.parc.functions;

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
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Check;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Query;
import dev.parc.functions.http.Reply;
import dev.parc.report.docs.CheckPage;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The checks: cards, pages and the answers over time. */
public final class ChecksApi {

    private final Supplier<Access> access;
    private final Supplier<Runs> runs;
    private final Supplier<RunStore> store;
    private final Supplier<List<Check>> checks;

    public ChecksApi(
            Supplier<Access> access, Supplier<Runs> runs, Supplier<RunStore> store, Supplier<List<Check>> checks) {
        this.access = access;
        this.runs = runs;
        this.store = store;
        this.checks = checks;
    }

    /** The cards of all checks. */
    @FunctionName("ListChecks")
    public HttpResponseMessage listChecks(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "checks")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            List<ObjectNode> checks =
                    this.checks.get().stream().map(Views::check).toList();
            return Reply.json(200, Views.list("checks", checks).toString());
        });
    }

    /** The card of a check and its page as Markdown. */
    @FunctionName("GetCheck")
    public HttpResponseMessage getCheck(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "checks/{checkId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("checkId") String checkId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            Check check = runs.get().check(checkId);
            ObjectNode view = Views.check(check);
            CheckPage.of(Check.card(check).id()).ifPresent(page -> view.put("page", page.markdown()));
            return Reply.json(200, view.toString());
        });
    }

    /** The answers of a check over time, newest first. */
    @FunctionName("GetCheckHistory")
    public HttpResponseMessage getCheckHistory(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "checks/{checkId}/history")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("checkId") String checkId,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            String id = Check.card(runs.get().check(checkId)).id();
            RunRange span = new Query(request).span();
            List<HistoryEntry> entries = store.get().history(id, span);
            ObjectNode view = Views.list(
                            "history", entries.stream().map(Views::history).toList())
                    .put("checkId", id);
            if (entries.size() == span.limit()) {
                view.put("continuation", entries.get(entries.size() - 1).runId());
            }
            return Reply.json(200, view.toString());
        });
    }
}
