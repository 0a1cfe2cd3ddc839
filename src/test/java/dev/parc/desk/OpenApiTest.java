package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.analysis.accounts.PasswordAge;
import dev.parc.analysis.explain.Explanation;
import dev.parc.app.Doctor;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.StageProgress;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.json.ExplanationJson;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.statements.StatementBatch;
import dev.parc.change.proof.Proof;
import dev.parc.check.Effort;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import dev.parc.facts.Category;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.SyncState;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.report.ExportFormat;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAPI document says what the functions take and give, no more and no less. */
class OpenApiTest {

    private static final Pattern FORMATTED = Pattern.compile("/report\\.\\w+");

    private static DemoServing demo;
    private static Client client;
    private static JsonNode document;
    private static Contract contract;

    @BeforeAll
    static void start() throws Exception {
        demo = new DemoServing();
        client = demo.client();
        document = json(client.get("/api/openapi.json"));
        contract = new Contract(document);
    }

    @AfterAll
    static void stop() throws Exception {
        demo.close();
    }

    @Test
    void everyRouteIsToldUnderTheNameOfItsFunctionAndNoOther() {
        Set<String> functions = ServeHost.functions(() -> {
                    throw new IllegalStateException("nothing is called");
                })
                .stream()
                .flatMap(function -> function.http().stream()
                        .flatMap(trigger -> Stream.of(trigger.methods())
                                .map(method -> method + " /" + trigger.route() + " " + function.name())))
                .collect(Collectors.toCollection(TreeSet::new));

        // one function has all formats of the report, and each is an operation, for they answer different types
        assertThat(contract.operations().stream().map(Contract.Operation::path).filter(FORMATTED.asMatchPredicate()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(ExportFormat.values())
                        .map(format -> "/report." + format.path())
                        .toList());
        Set<String> told = contract.operations().stream()
                .map(one -> one.method().toUpperCase(Locale.ROOT) + " "
                        + (FORMATTED.matcher(one.path()).matches()
                                ? "/report.{format} GetReportAs"
                                : one.path() + " " + one.id()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).isEqualTo(functions);
    }

    @Test
    void everyEnumerationHasTheNamesOfTheCode() {
        Map<String, List<String>> told = new TreeMap<>();
        document.path("components").path("schemas").properties().forEach(schema -> {
            if (schema.getValue().has("enum")) {
                List<String> names = new ArrayList<>();
                schema.getValue().path("enum").forEach(name -> names.add(name.asText()));
                told.put(schema.getKey(), names);
            }
        });

        assertThat(told)
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("Stage", names(Stage.values())),
                        Map.entry("Severity", names(Severity.values())),
                        Map.entry("Outcome", names(Outcome.values())),
                        Map.entry("Basis", names(CheckResult.Basis.values())),
                        Map.entry("Effort", names(Effort.values())),
                        Map.entry("RunState", names(RunRecord.State.values())),
                        Map.entry(
                                "Trigger",
                                names(Assessment.Trigger.values()).stream()
                                        .map(name -> name.toLowerCase(Locale.ROOT))
                                        .toList()),
                        Map.entry(
                                "SubjectType",
                                Stream.of(SubjectType.values())
                                        .map(SubjectType::json)
                                        .toList()),
                        Map.entry("StageState", names(StageProgress.State.values())),
                        Map.entry("ChangeKind", names(Change.Kind.values())),
                        Map.entry("Category", names(Category.values())),
                        Map.entry("AssignmentKind", names(AssignmentKind.values())),
                        Map.entry("PrincipalType", names(PrincipalType.values())),
                        Map.entry("AccountState", names(Account.State.values())),
                        Map.entry("Synchronisation", names(SyncState.values())),
                        Map.entry("EmergencyAccount", names(Explanation.Emergency.values())),
                        Map.entry("MfaAnswer", names(ExplanationJson.Answer.values())),
                        Map.entry("PasswordAge", names(PasswordAge.Kind.values())),
                        Map.entry("RegistrationSource", names(Registration.Source.values())),
                        Map.entry("StatementEffect", names(StatementBatch.Effect.values())),
                        Map.entry("AcknowledgementState", List.of("ACKNOWLEDGED", "WITHDRAWN")),
                        Map.entry("WaiverState", List.of("IN_FORCE", "ENDED", "WITHDRAWN")),
                        Map.entry("Health", names(Doctor.Health.values())),
                        Map.entry("Reachability", names(Proof.Reachability.values())))));
    }

    private static List<String> names(Enum<?>[] constants) {
        return Stream.of(constants).map(Enum::name).toList();
    }

    @Test
    void everyPlaceInAPathIsAParameterAndEveryReferenceLeadsSomewhere() {
        contract.operations().forEach(operation -> {
            Set<String> places = Pattern.compile("\\{(\\w+)}")
                    .matcher(operation.path())
                    .results()
                    .map(place -> place.group(1))
                    .collect(Collectors.toSet());
            assertThat(contract.parameters(operation).stream()
                            .filter(parameter -> parameter.path("in").asText().equals("path"))
                            .map(parameter -> parameter.path("name").asText())
                            .collect(Collectors.toSet()))
                    .as(operation.id())
                    .isEqualTo(places);
        });
        assertThat(document.findValues("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.asText().substring(1)).isMissingNode())
                        .as(reference.asText())
                        .isFalse());
    }

    @Test
    void theDocumentNamesTheAddressThatItWasAskedAt() {
        assertThat(document.at("/servers/0/url").asText()).isEqualTo(demo.address() + "/api");
        assertThat(contract.operation("GetOpenApi").node().path("security")).isEmpty();
    }

    private final Set<String> driven = new HashSet<>();

    private HttpResponse<String> drive(int status, String method, String path, String body, String... headers)
            throws Exception {
        HttpResponse<String> answer = client.send(method, "/api" + path, body, headers);
        Contract.Operation operation = contract.find(method, path).orElseThrow();
        driven.add(operation.id());
        assertThat(answer.statusCode())
                .as(method + " " + path + " " + answer.body())
                .isEqualTo(status);
        assertThat(contract.violations(operation, answer))
                .as(method + " " + path)
                .isEmpty();
        return answer;
    }

    /** The ETag of what is at a path; empty if nothing is. */
    private static String tag(String path) throws Exception {
        return client.get("/api" + path).headers().firstValue("ETag").orElse("");
    }

    /** Puts something in the place of what is there, if anything is. */
    private void put(String path, String body) throws Exception {
        String tag = tag(path);
        drive(200, "PUT", path, body, tag.isEmpty() ? "If-None-Match" : "If-Match", tag.isEmpty() ? "*" : tag);
    }

    /** Everything is asked for and changed, with what makes an answer rich: waivers, attestations, a second run. */
    @Test
    void everyAnswerIsAsTheDocumentSays() throws Exception {
        String until = LocalDate.now(ZoneOffset.UTC).plusDays(10).toString();
        String account = json(client.get("/api/accounts")).at("/accounts/0/id").asText();
        String category = "/accounts/" + account + "/category";
        drive(200, "GET", category, "");
        drive(200, "PUT", category, "{\"category\":\"SHARED\",\"reason\":\"the desk's\"}", "If-None-Match", "*");
        drive(428, "PUT", category, "{\"category\":\"SHARED\"}");
        drive(412, "PUT", category, "{\"category\":\"SHARED\"}", "If-Match", "\"9\"");
        drive(200, "GET", category, "");
        drive(200, "GET", "/accounts?limit=200", "");
        drive(200, "GET", "/accounts?limit=1&role=Global%20Administrator&kind=PERMANENT&mfa=UNCOVERED", "");
        drive(200, "GET", "/accounts/" + account, "");
        drive(204, "DELETE", category, "", "If-Match", "\"1\"");
        drive(200, "GET", category, "");

        String attested = "{\"validUntil\":\"" + until + "\",\"by\":\"Ann\",\"evidence\":\"https://contoso.com/1\"}";
        drive(200, "GET", "/attestations/S2-15", "");
        for (JsonNode statement : json(client.get("/api/attestations")).path("statements")) {
            if (statement.path("checkId").asText().equals("S2-15")) {
                put("/attestations/S2-15?statement=" + statement.path("statement"), attested);
            }
        }
        drive(200, "GET", "/attestations/S2-15", "");
        drive(404, "GET", "/attestations/S1-07", "");
        drive(400, "GET", "/attestations/S2-15?statement=99", "");
        drive(200, "GET", "/attestations", "");

        JsonNode said = json(client.get("/api/attestations")).path("statements").get(0);
        String document =
                "{\"schema\":\"parc-attestations/1\",\"statements\":[{\"item\":\"%s\",\"statement\":%d,\"words\":\"%s\",\"by\":\"Ann\",\"validUntil\":\"%s\"}]}"
                        .formatted(
                                said.path("checkId").asText(),
                                said.path("statement").asInt(),
                                said.path("words").asText(),
                                until);
        String list = tag("/attestations");
        drive(200, "PUT", "/attestations?dryRun=true", document, "If-Match", list);
        drive(200, "PUT", "/attestations", document, "If-Match", list);
        drive(412, "PUT", "/attestations", document, "If-Match", list);
        drive(428, "PUT", "/attestations", document.replace("Ann", "Ben"));
        drive(400, "PUT", "/attestations", "{}");

        String waiver = "{\"owner\":\"Ann\",\"reason\":\"is replaced\",\"until\":\"" + until + "\"}";
        put("/waivers/S1-06", waiver);
        put("/waivers/S1-03." + account, waiver);
        drive(200, "GET", "/waivers/S1-06", "");
        drive(200, "GET", "/waivers", "");
        drive(404, "GET", "/waivers/S1-07", "");

        HttpResponse<String> second = drive(200, "POST", "/runs", "{}", "Prefer", "wait=60");
        HttpResponse<String> third = drive(202, "POST", "/runs", "{\"stages\":[\"S1\"]}");
        client.follow(third.headers().firstValue("Location").orElseThrow());
        String run = json(second).path("runId").asText();
        assertThat(json(second).findValuesAsText("basis")).contains("WAIVED", "ATTESTED");
        drive(200, "GET", "/runs?limit=1", "");
        drive(200, "GET", "/runs/" + run, "", "Prefer", "wait=1");
        drive(404, "GET", "/runs/20260131T080000Z-00000001", "");
        drive(200, "GET", "/runs/" + run + "/changes", "");
        drive(200, "GET", "/runs/" + run + "/changes?since=" + demo.runId(), "");
        String change =
                "{\"requests\":[{\"id\":\"off\",\"method\":\"PATCH\",\"url\":\"%s\",\"body\":{\"state\":\"disabled\"}}]}";
        String policies = "/identity/conditionalAccess/policies/";
        drive(
                200,
                "POST",
                "/whatif",
                change.formatted(policies + "00000000-0000-0000-0000-000000000001"),
                "Prefer",
                "wait=60");
        HttpResponse<String> proved = drive(200, "POST", "/whatif", WhatIfOverHttpTest.BAD, "Prefer", "wait=60");
        assertThat(json(proved).at("/proof/objections")).isNotEmpty();
        HttpResponse<String> proving =
                drive(202, "POST", "/whatif", change.formatted(policies + WhatIfOverHttpTest.CA001));
        client.follow(proving.headers().firstValue("Location").orElseThrow());
        drive(200, "GET", "/whatif/" + json(proving).path("whatIfId").asText(), "", "Prefer", "wait=1");
        drive(400, "POST", "/whatif", "{}");
        drive(404, "GET", "/whatif/20260131T080000Z-00000001", "");
        drive(200, "GET", "/stages", "");
        drive(200, "GET", "/stages/S1", "");
        drive(404, "GET", "/stages/S9", "");
        drive(200, "GET", "/checks", "");
        for (JsonNode check : json(client.get("/api/checks")).path("checks")) {
            String path = "/checks/" + check.path("checkId").asText();
            drive(200, "GET", path, "");
            drive(200, "GET", path + "/history?limit=1", "");
            drive(200, "GET", path + "/findings?limit=3", "");
        }
        drive(200, "GET", "/trends?limit=1", "");
        drive(200, "GET", "/trends?stage=S1", "");
        drive(200, "GET", "/changes?limit=1000", "");
        drive(202, "GET", "/changes?triggerState=new", "");
        drive(200, "GET", "/changes?triggerState=20200101T000000Z-00000000", "");
        for (String format : List.of("", ".json", ".csv", ".md", ".sarif", ".oscal", ".junit")) {
            drive(200, "GET", "/report" + format, "");
            drive(404, "GET", "/report" + format + "?run=20260131T080000Z-00000001", "");
        }
        drive(200, "GET", "/accounts.csv", "");
        drive(200, "GET", "/report/accounts/" + account, "");
        drive(404, "GET", "/report/accounts/x", "");
        drive(200, "GET", "/report/runs/" + run, "");
        drive(404, "GET", "/report/runs/x", "");
        drive(415, "POST", "/report", "{}");

        String hook = "{\"callbackUrl\":\"https://prod-1.westeurope.logic.azure.com/workflows/1\","
                + "\"kinds\":[\"NEW_ADMINISTRATOR\"]}";
        HttpResponse<String> subscribed = drive(201, "POST", "/hooks", hook);
        drive(400, "POST", "/hooks", "{\"callbackUrl\":\"https://127.0.0.1/\"}");
        drive(200, "GET", "/hooks", "");
        drive(204, "DELETE", "/hooks", hook.replaceAll(",\"kinds.*", "}"));
        drive(400, "DELETE", "/hooks", "{}");
        drive(204, "DELETE", "/hooks/" + json(subscribed).path("id").asText(), "");

        drive(204, "DELETE", "/attestations/S2-15", "", "If-Match", tag("/attestations/S2-15"));
        drive(200, "GET", "/attestations/S2-15", "");
        drive(204, "DELETE", "/waivers/S1-06", "", "If-Match", tag("/waivers/S1-06"));
        drive(200, "GET", "/waivers/S1-06", "");
        JsonNode open = json(drive(200, "GET", "/acknowledgements", "")).path("open");
        assertThat(open).isNotEmpty();
        String known = "/acknowledgements/" + open.get(0).path("key").asText();
        drive(404, "GET", known, "");
        drive(400, "PUT", known, "{\"reason\":\"\"}");
        put(known, "{\"reason\":\"took over from Ben\"}");
        drive(200, "GET", known, "");
        drive(204, "DELETE", known, "", "If-Match", tag(known));
        drive(200, "GET", known, "");
        put(known, "{\"reason\":\"took over from Ben\"}");
        assertThat(json(drive(200, "GET", "/acknowledgements", "")).path("open"))
                .hasSize(open.size() - 1);
        drive(400, "DELETE", "/runs/" + run, "");
        drive(404, "DELETE", "/runs/20260131T080000Z-00000001?reason=x", "");
        JsonNode deleted = json(drive(200, "DELETE", "/runs/" + run + "?reason=of%20a%20test", ""));
        assertThat(deleted.path("deleted").path("results").asInt()).isPositive();
        assertThat(json(drive(200, "GET", "/runs/" + run, "")).path("deleted")).isEqualTo(deleted.path("deleted"));
        assertThat(json(drive(200, "GET", "/changes?triggerState=0", ""))
                        .path("changes")
                        .findValuesAsText("kind"))
                .contains("RUN_DELETED");
        drive(200, "GET", "/health", "");
        drive(503, "GET", "/health?deep=true", "");
        drive(200, "GET", "/openapi.json", "");
        drive(200, "GET", "/connector.json", "");

        assertThat(driven)
                .containsExactlyInAnyOrderElementsOf(contract.operations().stream()
                        .map(Contract.Operation::id)
                        .toList());
    }
}
