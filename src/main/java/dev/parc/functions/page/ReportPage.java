package dev.parc.functions.page;

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
import dev.parc.analysis.explain.Explanation;
import dev.parc.app.Reports;
import dev.parc.app.Runs;
import dev.parc.assessment.json.RunJson;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Finding;
import dev.parc.functions.ReportApi;
import dev.parc.functions.RunQueue;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Caller;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Callers;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.ProblemException;
import dev.parc.functions.http.Query;
import dev.parc.functions.http.Reply;
import dev.parc.report.docs.CheckPage;
import dev.parc.report.html.Forms;
import dev.parc.report.html.Html;
import dev.parc.report.html.HtmlFormat;
import dev.parc.report.html.HtmlReport;
import dev.parc.report.html.Page;
import dev.parc.report.html.ReportInput;
import dev.parc.report.html.SubPage;
import dev.parc.report.portal.Portals;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The report as it is served: people read it, and operators decide on it. */
public final class ReportPage {

    private static final Pattern AT = Pattern.compile("report|accounts/[A-Za-z0-9-]{1,100}");
    private static final int MOST_COUNTED = 100_000;
    private static final String NO_RUN = "No run is finished yet";

    private final Supplier<Access> access;
    private final Registers registers;
    private final Supplier<Runs> runs;
    private final Supplier<RunStore> store;
    private final Supplier<Reports> reports;
    private final Supplier<Portals> portals;
    private final Supplier<Clock> clock;

    public ReportPage(
            Supplier<Access> access,
            Registers registers,
            Supplier<Runs> runs,
            Supplier<RunStore> store,
            Supplier<Reports> reports,
            Supplier<Portals> portals,
            Supplier<Clock> clock) {
        this.access = access;
        this.registers = registers;
        this.runs = runs;
        this.store = store;
        this.reports = reports;
        this.portals = portals;
        this.clock = clock;
    }

    /** The report as one page of HTML, with nothing that is loaded. */
    @FunctionName("GetReport")
    public HttpResponseMessage getReport(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "report")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        Supplier<String> here = () -> DecisionForms.REPORT
                + new Query(request).runId("run").map(id -> "?run=" + id).orElse("");
        return page(request, context, here, (caller, session) -> {
            Optional<ReportInput> latest = new Query(request).runId("run").isPresent()
                    ? Optional.empty()
                    : reports.get().latest();
            if (latest.isEmpty() && isBrowser(request) && hasNoRun(request)) {
                return firstRun(request, caller, session);
            }
            ReportInput shown = latest.orElseGet(() -> reports.get().ofKept(ReportApi.run(request, store.get())));
            DecisionForms forms = forms(request, caller, session, names(shown), "report");
            return html(200, new HtmlReport(CheckPage::of).html(shown, forms), forms)
                    .with(
                            "Content-Disposition",
                            "inline; filename=\"parc-" + shown.assessment().runId() + ".html\"");
        });
    }

    private boolean hasNoRun(HttpRequestMessage<?> request) {
        return new Query(request).runId("run").isEmpty()
                && store.get().newest(1).stream().noneMatch(run -> run.state() == RunRecord.State.DONE);
    }

    /** What there is before the first run: a way to start it. */
    private Reply firstRun(HttpRequestMessage<?> request, Caller caller, Session session) {
        DecisionForms forms = forms(request, caller, session, DecisionForms.Names.NONE, "report");
        return html(
                200,
                SubPage.html(
                        NO_RUN,
                        DecisionForms.REPORT,
                        Html.NONE,
                        Html.all(Html.of("<p>Run a stage to see its results here.</p>\n"), forms.section()),
                        forms),
                forms);
    }

    /** One administrator, explained, with what its account is for. */
    @FunctionName("GetReportOfAccount")
    public HttpResponseMessage getReportOfAccount(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "report/accounts/{accountId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("accountId") String accountId,
            ExecutionContext context) {
        Supplier<String> here = () -> DecisionForms.REPORT + "/accounts/" + Address.encoded(accountId);
        return page(request, context, here, (caller, session) -> {
            AdministratorInventory inventory = store.get()
                    .latestInventory()
                    .orElseThrow(() -> new ProblemException(
                            Problem.UNKNOWN_RUN.reply("No run has listed the administrators yet.")));
            Explanation one = inventory.explained().administrators().stream()
                    .filter(each -> each.id().equalsIgnoreCase(accountId))
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(Problem.UNKNOWN_ACCOUNT.reply(
                            "Run " + inventory.runId() + " has no administrator with this object id.")));
            Portals portals = this.portals.get();
            DecisionForms forms = forms(
                    request,
                    caller,
                    session,
                    new DecisionForms.Names(portals, Map.of(), Map.of()),
                    "accounts/" + one.id());
            Html body = Html.of(
                    """
                    <section aria-labelledby="explained"><h2 id="explained">Roles and sign-in <small>{}</small></h2>
                    <div class="panel roster">{}</div></section>
                    {}""",
                    Html.of("data read {}", HtmlFormat.moment(inventory.takenAt())),
                    SubPage.explained(inventory, one, portals),
                    forms.category(one));
            return html(200, SubPage.html(one.name(), DecisionForms.REPORT, Html.NONE, body, forms), forms);
        });
    }

    /** Where a run stands; the page follows it to its end. */
    @FunctionName("WatchRun")
    public HttpResponseMessage watchRun(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "report/runs/{runId}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("runId") String runId,
            ExecutionContext context) {
        Supplier<String> here = () -> DecisionForms.REPORT + "/runs/" + Address.encoded(runId);
        return page(request, context, here, (caller, session) -> {
            RunRecord run = Optional.of(runId)
                    .filter(RunIds::isOne)
                    .flatMap(runs.get()::find)
                    .orElseThrow(() -> new ProblemException(
                            Problem.UNKNOWN_RUN.reply("No run has this id. GET /api/runs lists the latest.")));
            DecisionForms forms = forms(request, caller, session, DecisionForms.Names.NONE, "report");
            boolean ended = run.state() == RunRecord.State.DONE || run.state() == RunRecord.State.FAILED;
            Html body = Html.of(
                    """
                    <section aria-labelledby="run" class="decide"><h2 id="run">{}</h2>
                    <div class="panel"><p id="state" role="status"{}><b>{}</b>{}</p>
                    <p>Requested on {}{}. <code>{}</code></p>
                    {}</div></section>
                    """,
                    "The " + DecisionForms.inWords(run),
                    Html.of(" data-run=\"{}\"", Http.PREFIX + "runs/" + runId).when(!ended),
                    HtmlFormat.sentence(run.state().name()),
                    Html.of(": {}", Html.name(run.progress()))
                            .when(run.state() != RunRecord.State.DONE
                                    && !run.progress().isBlank()),
                    HtmlFormat.moment(run.request().requestedAt()),
                    run.request()
                            .requestedBy()
                            .map(by -> Html.of(" by {}", Html.name(by)))
                            .orElse(Html.NONE),
                    runId,
                    run.state() == RunRecord.State.DONE
                            ? Html.of("<p><a href=\"{}\">Open the report of this run</a></p>\n", DecisionForms.REPORT)
                            : Html.NONE);
            // without script the page asks for itself again
            Html head = Html.of("<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>\n")
                    .when(!ended);
            return html(200, SubPage.html("a run", DecisionForms.REPORT, head, body, forms), forms);
        });
    }

    /** Decides what a form of the page says, in the name of the caller, and leads back to the page. */
    @FunctionName("DecideInReport")
    public HttpResponseMessage decideInReport(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.POST,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "report")
                    HttpRequestMessage<Optional<String>> request,
            @QueueOutput(name = "message", queueName = RunQueue.NAME, connection = RunQueue.CONNECTION)
                    OutputBinding<String> message,
            ExecutionContext context) {
        return Http.answerAnybody(
                request,
                context,
                access,
                known -> told(request, context, () -> {
                    Caller caller = Callers.require(request, known, Role.OPERATOR);
                    Form form = Form.of(request);
                    Session session = Session.of(request, known, caller);
                    session.require(form);
                    return told(request, context, Optional.of(form), () -> {
                        DecisionHandler decider = new DecisionHandler(
                                registers, runs.get(), store, known.desk(), caller, form, context.getLogger());
                        if (form.required("do").equals("run")) {
                            RunRequest run = decider.run();
                            runs.get().begin(run);
                            message.setValue(RunJson.write(run));
                            context.getLogger().info(caller.id() + " asked for run " + run.runId() + " by the page");
                            return seeOther(DecisionForms.REPORT + "/runs/" + run.runId());
                        }
                        String at = form.text("at")
                                .filter(page -> AT.matcher(page).matches())
                                .orElse("report");
                        DecisionHandler.Done done = decider.decide();
                        return seeOther("%s%s?done=%s&count=%d#done"
                                .formatted(
                                        DecisionForms.REPORT,
                                        at.equals("report") ? "" : "/" + at,
                                        done.outcome().written(),
                                        done.count()));
                    });
                }));
    }

    private static Reply seeOther(String address) {
        return new Reply(303, "text/plain; charset=utf-8", "See " + address).with("Location", address);
    }

    private static boolean isBrowser(HttpRequestMessage<?> request) {
        return Http.header(request, "Accept").orElse("").contains("text/html");
    }

    /** Makes a page for one who may see it. */
    private interface Maker {
        Reply make(Caller caller, Session session);
    }

    private HttpResponseMessage page(
            HttpRequestMessage<Optional<String>> request,
            ExecutionContext context,
            Supplier<String> here,
            Maker maker) {
        return Http.answerAnybody(
                request,
                context,
                access,
                known -> told(
                        request,
                        context,
                        () -> Callers.signIn(request, known, here.get()).orElseGet(() -> {
                            Caller caller = Callers.require(request, known, Role.READER);
                            Session session = Session.of(request, known, caller);
                            return session.with(maker.make(caller, session));
                        })));
    }

    private Reply told(HttpRequestMessage<?> request, ExecutionContext context, Supplier<Reply> action) {
        return told(request, context, Optional.empty(), action);
    }

    /** What the action gives; a browser gets a problem as a page. */
    private Reply told(
            HttpRequestMessage<?> request, ExecutionContext context, Optional<Form> sent, Supplier<Reply> action) {
        Reply reply = Http.replyOf(context, action);
        return isBrowser(request) && reply.contentType().equals(Problem.CONTENT_TYPE)
                ? html(reply.status(), ProblemPage.html(reply, sent, OfProblem.FORMS), OfProblem.FORMS)
                : reply;
    }

    /** The forms of a page that only says what stood in the way. */
    private static final class OfProblem implements Forms {

        private static final Forms FORMS = new OfProblem();

        @Override
        public String script() {
            return Assets.SCRIPT;
        }

        @Override
        public String style() {
            return Assets.STYLE;
        }
    }

    private static Reply html(int status, String html, Forms forms) {
        return new Reply(status, "text/html; charset=utf-8", html)
                .with("Content-Security-Policy", Page.policy(forms) + "; frame-ancestors 'none'")
                .with("Referrer-Policy", Page.referrer(forms));
    }

    private DecisionForms forms(
            HttpRequestMessage<?> request, Caller caller, Session session, DecisionForms.Names names, String at) {
        Query query = new Query(request);
        Optional<String> done = query.text("done")
                .flatMap(FormOutcome::of)
                .map(outcome -> outcome.inWords(query.number("count", 0, MOST_COUNTED, 1)));
        return new DecisionForms(
                CurrentDecisions.of(registers, runs.get(), clock.get().instant()),
                caller,
                session.token(),
                done,
                names,
                at);
    }

    private static DecisionForms.Names names(ReportInput shown) {
        return new DecisionForms.Names(
                shown.portals(),
                byId(
                        shown.assessment().results().stream()
                                .flatMap(result -> result.findings().stream())
                                .toList(),
                        Finding::subjectId),
                byId(
                        shown.inventory()
                                .map(inventory -> inventory.explained().administrators())
                                .orElse(List.of()),
                        Explanation::id));
    }

    private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
        return all.stream()
                .collect(Collectors.toMap(one -> id.apply(one).toLowerCase(Locale.ROOT), one -> one, (a, b) -> a));
    }
}
