package dev.parc.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Stage;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Caller.Role;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.ProblemException;
import dev.parc.functions.http.Query;
import dev.parc.functions.http.Reply;
import dev.parc.report.ExportFormat;
import dev.parc.report.csv.CsvReport;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report of a run in the formats that people and programs take away. */
public final class ReportApi {

    /** How far back the newest run is looked for that answers the most stages. */
    private static final int NEWEST = 50;

    private final Supplier<Access> access;
    private final Supplier<RunStore> store;

    public ReportApi(Supplier<Access> access, Supplier<RunStore> store) {
        this.access = access;
        this.store = store;
    }

    /** The report in the format that ends the address: {@code report.json}, {@code report.csv} and so on. */
    @FunctionName("GetReportAs")
    public HttpResponseMessage getReportAs(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "report.{format}")
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("format") String format,
            ExecutionContext context) {
        return Http.answer(
                request,
                context,
                access,
                Role.READER,
                caller -> export(
                        request,
                        ExportFormat.ofPath(format)
                                .orElseThrow(() -> new ProblemException(
                                        Problem.UNKNOWN_ROUTE.reply("The formats of the report are "
                                                + Stream.of(ExportFormat.values())
                                                        .map(ExportFormat::path)
                                                        .collect(Collectors.joining(", "))
                                                + ".")))));
    }

    /** The administrators of a run as a table. */
    @FunctionName("GetAccountsCsv")
    public HttpResponseMessage getAccountsCsv(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "accounts.csv")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answer(request, context, access, Role.READER, caller -> {
            Optional<String> wanted = new Query(request).runId("run");
            AdministratorInventory inventory = wanted.map(store.get()::inventory)
                    .orElseGet(() -> store.get().latestInventory())
                    .orElseThrow(() -> new ProblemException(
                            Problem.UNKNOWN_RUN.reply("No run with this id lists the administrators.")));
            Assessment run = store.get().results(inventory.runId()).orElseThrow();
            return attached(
                    "text/csv; charset=utf-8; header=present",
                    name(run) + "-accounts.csv",
                    CsvReport.administrators(run, inventory.explained()));
        });
    }

    private Reply export(HttpRequestMessage<Optional<String>> request, ExportFormat format) {
        Assessment run = run(request, store.get());
        return attached(format.mediaType(), name(run) + "." + format.extension(), format.write(run));
    }

    private static Reply attached(String contentType, String name, String body) {
        return new Reply(200, contentType, body).with("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    /**
     * The run that the request names; without one, among the newest {@value #NEWEST} that are done the one that answers
     * the most stages, of these the one that was finished last.
     */
    public static Assessment run(HttpRequestMessage<?> request, RunStore store) {
        Optional<String> wanted = new Query(request).runId("run");
        return wanted.or(() -> store.newest(NEWEST).stream()
                        .filter(run -> run.state() == RunRecord.State.DONE)
                        .max(Comparator.comparingLong(ReportApi::stages)
                                .thenComparing(RunRecord::updatedAt)
                                .thenComparing(run -> run.request().runId(), RunIds.NEWEST_FIRST.reversed()))
                        .map(run -> run.request().runId()))
                .flatMap(store::results)
                .orElseThrow(() -> new ProblemException(Problem.UNKNOWN_RUN.reply(
                        wanted.isPresent()
                                ? "No finished run has this id. GET /api/runs lists the latest."
                                : "No run has finished yet. POST /api/runs starts one.")));
    }

    private static long stages(RunRecord run) {
        return Stream.of(Stage.values()).filter(run.request()::covers).count();
    }

    private static String name(Assessment run) {
        return "parc-" + run.runId();
    }
}
