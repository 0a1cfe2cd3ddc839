package dev.parc.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.parc.app.Parc;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.Roster;
import dev.parc.assessment.RunIds;
import dev.parc.assessment.RunRecord;
import dev.parc.check.Stage;
import dev.parc.functions.Caller.Role;
import dev.parc.report.CheckPage;
import dev.parc.report.HtmlReport;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The report of a run in the formats that people and programs take away. */
public final class ReportApi {

    /** How far back the newest run is looked for that answers the most stages. */
    private static final int NEWEST = 50;

    private final Supplier<Parc> parc;

    public ReportApi(Supplier<Parc> parc) {
        this.parc = parc;
    }

    /** The report as one page of HTML, without scripts or anything that is loaded. */
    @FunctionName("GetReport")
    public HttpResponseMessage getReport(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "report")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, parc, Role.READER, caller -> {
            Assessment run = run(request);
            String page = new HtmlReport(parc.get().checks(), CheckPage::of)
                    .html(run, parc.get().store().roster(run.runId()).map(Roster::explained));
            return new Reply(200, "text/html; charset=utf-8", page)
                    .with("Content-Security-Policy", HtmlReport.POLICY + "; frame-ancestors 'none'")
                    .with("Referrer-Policy", "no-referrer")
                    .with("Content-Disposition", "inline; filename=\"" + name(run) + ".html\"");
        });
    }

    /**
     * The run that the request names; without one, among the newest {@value #NEWEST} that are done the one that answers
     * the most stages, the newest of these.
     */
    private Assessment run(HttpRequestMessage<Optional<String>> request) {
        Optional<String> wanted = new Query(request).runId("run");
        return wanted.or(() -> parc.get().store().newest(NEWEST).stream()
                        .filter(run -> run.state() == RunRecord.State.DONE)
                        .max(Comparator.comparingLong(ReportApi::stages)
                                .thenComparing(run -> run.request().runId(), RunIds.NEWEST_FIRST.reversed()))
                        .map(run -> run.request().runId()))
                .flatMap(parc.get().store()::results)
                .orElseThrow(() -> new ProblemException(Problem.UNKNOWN_RUN.reply(
                        wanted.isPresent()
                                ? "No finished run has this id; GET /api/runs lists the newest."
                                : "No run is finished yet; POST /api/runs starts one.")));
    }

    private static long stages(RunRecord run) {
        return Stream.of(Stage.values()).filter(run.request()::covers).count();
    }

    private static String name(Assessment run) {
        return "parc-" + run.runId();
    }
}
