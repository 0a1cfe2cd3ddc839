package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.app.DeskHost;
import dev.parc.app.FakeTenant;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report in its formats over HTTP. */
class ReportOverHttpTest {

    private static DemoServing demo;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        demo = new DemoServing();
        client = demo.client();
    }

    @AfterAll
    static void stop() throws Exception {
        demo.close();
    }

    @Test
    void thePageMayDoNoMoreThanItSaysItself() throws Exception {
        HttpResponse<String> answer = client.get("/api/report");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
        Document page = Jsoup.parse(answer.body());
        assertThat(policy)
                .startsWith("default-src 'none';")
                .doesNotContain("unsafe", "http", "*")
                .isEqualTo(page.expectFirst("meta[http-equiv=Content-Security-Policy]")
                                .attr("content")
                        + "; frame-ancestors 'none'");
        assertThat(page.title()).contains("Demo");
        assertThat(page.select("#administrators")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json|application/json|json",
                "csv|text/csv; charset=utf-8; header=present|csv",
                "md|text/markdown; charset=utf-8|md",
                "sarif|application/sarif+json|sarif",
                "oscal|application/json|oscal.json",
                "junit|application/xml|junit.xml"
            })
    void everyFormatIsTakenAwayUnderANameOfItsOwn(String route, String contentType, String extension) throws Exception {
        HttpResponse<String> answer = client.get("/api/report." + route + "?run=" + demo.runId());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(contentType);
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"parc-" + demo.runId() + "." + extension + "\"");
        assertThat(answer.body()).contains("S1-04");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pdf", "oscal.json", "json.csv", "%20json", "j%C5%9Fon"})
    void anotherFormatIsAProblemThatNamesThoseThereAre(String route) throws Exception {
        HttpResponse<String> answer = client.get("/api/report." + route);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:parc:problem:unknown-route");
        assertThat(json(answer).get("detail").asText())
                .isEqualTo("The formats of the report are json, csv, md, sarif, oscal, junit.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.", "reports", "xreport.json"})
    void whatOnlyLooksLikeTheReportIsNothing(String path) throws Exception {
        HttpResponse<String> answer = client.get("/api/" + path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("detail").asText()).startsWith("The API is under /api");
    }

    @Test
    void theAddressIsFoundWhateverItsCase() throws Exception {
        assertThat(client.get("/api/Report.SARIF").statusCode()).isEqualTo(200);
    }

    @Test
    void withoutARunTheNewestThatAnswersTheMostStagesIsShown() throws Exception {
        client.run("{\"checks\":[\"S2-14\"]}");

        JsonNode report = json(client.get("/api/report.json"));

        assertThat(report.get("runId").asText()).isEqualTo(demo.runId());
        assertThat(report.get("results")).hasSameSizeAs(demo.run().get("results"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "report.json", "report.csv", "report.sarif"})
    void aRunThatIsNoneIsRefusedAndOneThatIsNotThereIsAProblem(String route) throws Exception {
        assertThat(client.get("/api/" + route + "?run=x").statusCode()).isEqualTo(400);
        HttpResponse<String> gone = client.get("/api/" + route + "?run=20260131T080000Z-00000001");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(json(gone).get("type").asText()).isEqualTo("urn:parc:problem:unknown-run");
    }

    @Test
    void beforeTheFirstRunThereIsNoReport(@TempDir Path empty) throws Exception {
        try (DeskHost.Serving serving = ServeHostTest.serve(new FakeTenant(), empty)) {
            HttpResponse<String> answer = new Client(serving.address()).get("/api/report");

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(json(answer).get("detail").asText()).contains("POST /api/runs");
        }
    }
}
