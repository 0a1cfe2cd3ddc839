package dev.parc.collect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.http.HttpsStub.Reply;
import dev.parc.collect.http.HttpsStub.Request;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graph and the host of the reports are two servers here, each on a port of its own. */
class UsageReportsTest {

    private static final String REPORT = "/v1.0/reports/getOffice365ActiveUserDetail(period='D90')";
    private static final String SIGNED = "/data/v1.0/download?token=signed%2Bsecret";
    private static final String HEADER =
            "Report Refresh Date,User Principal Name,Display Name,Is Deleted,Exchange Last Activity Date,OneDrive Last"
                    + " Activity Date,Teams Last Activity Date,Assigned Products,Report Period\r\n";
    private static final String ANN =
            "2026-08-30,Ann@contoso.com,\"Ann, \"\"the\"\" Admin\",False,2026-08-29,,2026-08-28,\"A\r\nB\",90\r\n";
    private static final Set<String> USERS = Set.of("ann@contoso.com", "bob@contoso.com");

    /** What each server was asked, and what came back. */
    private record Exchange(WireResponse response, HttpsStub graph, HttpsStub reports) {

        ObjectNode body() {
            return JsonBody.parse(response.body()).orElseThrow();
        }
    }

    private static Exchange ask(Function<Request, Reply> report) throws Exception {
        try (HttpsStub reports = new HttpsStub(report);
                HttpsStub graph =
                        new HttpsStub(request -> Reply.json(302, "", "Location: " + reports.uri() + SIGNED))) {
            return ask(graph, reports, new HttpWire.Limits(Duration.ofSeconds(5), Duration.ofSeconds(30), 256L << 20));
        }
    }

    private static Exchange ask(HttpsStub graph, HttpsStub reports, HttpWire.Limits limits)
            throws IOException, InterruptedException {
        HttpDownload download =
                new HttpDownload(link -> link.getPort() == reports.uri().getPort(), limits, HttpsStub.trust());
        WireResponse response = new UsageReports(graph.wire(), download)
                .send(new WireRequest("GET", graph.uri().resolve(REPORT.replace("'", "%27")), Map.of(), "", USERS));
        return new Exchange(response, graph, reports);
    }

    private static Exchange csv(String csv) throws Exception {
        return ask(request -> Reply.json(200, csv));
    }

    @Test
    void rowsOfThoseWhoAreAskedForComeAsJsonAndNothingElseOfThem() throws Exception {
        Exchange exchange = csv(HEADER + ANN + "2026-08-30,carl@contoso.com,Carl,False,2026-08-29,,,E5,90\r\n");
        assertThat(exchange.response().status()).isEqualTo(200);
        assertThat(exchange.response().body())
                .isEqualTo("{\"rows\":2,\"named\":2,\"reportRefreshDate\":\"2026-08-30\",\"value\":["
                        + "{\"userPrincipalName\":\"ann@contoso.com\",\"listed\":true,\"exchangeLastActivityDate\":"
                        + "\"2026-08-29\",\"oneDriveLastActivityDate\":null,\"teamsLastActivityDate\":\"2026-08-28\"},"
                        + "{\"userPrincipalName\":\"bob@contoso.com\",\"listed\":false}]}");
    }

    @Test
    void theTokenGoesToGraphAndTheNamesGoNowhere() throws Exception {
        Exchange exchange = csv(HEADER + ANN);
        assertThat(exchange.graph().received()).singleElement().satisfies(request -> {
            assertThat(request.headers()).containsEntry("authorization", "Bearer " + HttpsStub.TOKEN);
            assertThat(request + "").doesNotContain("ann@");
        });
        assertThat(exchange.reports().received()).singleElement().satisfies(request -> {
            assertThat(request.target()).isEqualTo(SIGNED);
            assertThat(request.headers()).doesNotContainKeys("authorization", "cookie");
            assertThat(request + "").doesNotContain(HttpsStub.TOKEN).doesNotContain("ann@");
        });
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstColumn() throws Exception {
        assertThat(csv("\uFEFF" + HEADER + ANN).body().path("rows").intValue()).isEqualTo(1);
    }

    @Test
    void rowsOfDeletedUsersAreNotTheirs() throws Exception {
        ObjectNode body = csv(HEADER + ANN + ANN.replace("False", "True").replace("2026-08-29", "2026-01-01"))
                .body();
        assertThat(body.path("value").path(0).path("exchangeLastActivityDate").asText())
                .isEqualTo("2026-08-29");
        assertThat(csv(HEADER + ANN.replace("False", "TRUE"))
                        .body()
                        .at("/value/0/listed")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void concealedNamesAreCountedAsSuch() throws Exception {
        ObjectNode body = csv(HEADER + ANN.replace("Ann@contoso.com", "F8A7B6C5D4E3F2A1B0C9D8E7F6A5B4C3"))
                .body();
        assertThat(body.path("rows").intValue()).isEqualTo(1);
        assertThat(body.path("named").intValue()).isZero();
    }

    @Test
    void anEmptyReportHasNoRows() throws Exception {
        assertThat(csv(HEADER).body().path("rows").intValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-08-30,bob@contoso.com,Bob,False",
                "2026-08-30,bob@contoso.com,\"Bob,False,,,,,90\r\n",
                "2026-08-30,bob@contoso.com,Bob,False,,,,E5,90,more\r\n",
            })
    void aRowThatIsNotWholeMakesTheReportCutOff(String row) {
        assertThatThrownBy(() -> csv(HEADER + ANN + row)).isInstanceOf(CutOffException.class);
    }

    @Test
    void aReportThatEndsBeforeItsLengthIsCutOff() {
        assertThatThrownBy(() -> ask(request -> Reply.cutOff(HEADER + ANN))).isInstanceOf(CutOffException.class);
        assertThatThrownBy(() -> ask(request -> Reply.cutOffInChunks(HEADER + ANN)))
                .isInstanceOf(CutOffException.class);
    }

    @Test
    void nothingAtAllIsCutOff() {
        assertThatThrownBy(() -> csv("")).isInstanceOf(CutOffException.class);
    }

    @Test
    void aReportOfOtherColumnsIsNotGuessedAt() throws Exception {
        assertThat(csv("Report Refresh Date,User Id,Is Deleted\r\n2026-08-30,1,False\r\n")
                        .response())
                .isEqualTo(WireResponse.unanswered("the report came without the column userPrincipalName"));
    }

    @Test
    void aMillionUsersAreReadAsTheyCome() throws Exception {
        String other = "2026-08-30,USER@contoso.com,Somebody,False,2026-08-29,,,E5,90\r\n";
        int rows = 300_000;
        Exchange exchange = ask(request -> socket -> {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            out.write(HEADER.getBytes(StandardCharsets.UTF_8));
            for (int row = 1; row < rows; row++) {
                out.write(other.replace("USER", "user" + row).getBytes(StandardCharsets.UTF_8));
            }
            out.write(ANN.getBytes(StandardCharsets.UTF_8));
            out.flush();
            socket.close();
        });
        assertThat(exchange.body().path("rows").intValue()).isEqualTo(rows);
        assertThat(exchange.body().at("/value/0/listed").booleanValue()).isTrue();
        assertThat(exchange.response().body()).hasSizeLessThan(500);
    }

    @Test
    void aReportBeyondTheLimitIsNotTaken() throws Exception {
        try (HttpsStub reports = new HttpsStub(request -> Reply.json(200, HEADER + ANN.repeat(20_000)));
                HttpsStub graph =
                        new HttpsStub(request -> Reply.json(302, "", "Location: " + reports.uri() + SIGNED))) {
            assertThat(ask(graph, reports, new HttpWire.Limits(Duration.ofSeconds(5), Duration.ofSeconds(30), 1 << 20))
                            .response())
                    .isEqualTo(WireResponse.unanswered("the report is larger than 1 MB"));
        }
    }

    @Test
    void aReportThatStopsComingIsGivenUp() throws Exception {
        try (HttpsStub reports = new HttpsStub(request -> socket -> {
                    socket.getOutputStream()
                            .write(("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + HEADER)
                                    .getBytes(StandardCharsets.UTF_8));
                    socket.getOutputStream().flush();
                    socket.getInputStream().read();
                });
                HttpsStub graph =
                        new HttpsStub(request -> Reply.json(302, "", "Location: " + reports.uri() + SIGNED))) {
            HttpWire.Limits limits = new HttpWire.Limits(Duration.ofSeconds(5), Duration.ofSeconds(1), 1 << 20);
            assertThatThrownBy(() -> ask(graph, reports, limits))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no whole report within 1 seconds");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void throttlingOnEitherHostIsPassedOn(int status) throws Exception {
        assertThat(ask(request -> Reply.json(status, "slow down", "Retry-After: 9"))
                        .response())
                .satisfies(response -> {
                    assertThat(response.status()).isEqualTo(status);
                    assertThat(response.header("retry-after")).contains("9");
                    assertThat(response.body()).isEqualTo("{}");
                });
        try (HttpsStub reports = new HttpsStub(request -> Reply.json(200, HEADER));
                HttpsStub graph = new HttpsStub(request -> Reply.json(status, "{}", "Retry-After: 9"))) {
            Exchange exchange = ask(graph, reports, HttpWire.Limits.DEFAULT);
            assertThat(exchange.response().status()).isEqualTo(status);
            assertThat(exchange.response().header("retry-after")).contains("9");
            assertThat(reports.received()).isEmpty();
        }
    }

    @Test
    void aRefusalOfGraphIsPassedOn() throws Exception {
        try (HttpsStub reports = new HttpsStub(request -> Reply.json(200, HEADER));
                HttpsStub graph = new HttpsStub(request -> Reply.json(403, "{\"error\":{\"code\":\"Forbidden\"}}"))) {
            assertThat(ask(graph, reports, HttpWire.Limits.DEFAULT).response().body())
                    .isEqualTo("{\"error\":{\"code\":\"Forbidden\"}}");
            assertThat(reports.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 404})
    void aLinkThatDoesNotLeadToTheReportIsSaid(int status) throws Exception {
        assertThat(ask(request -> Reply.json(status, "", "Location: https://evil.test/"))
                        .response())
                .isEqualTo(WireResponse.unanswered("the link to the report was answered with " + status));
    }

    @Test
    void anotherHostIsNotAskedAtAll() throws Exception {
        try (HttpsStub reports = new HttpsStub(request -> Reply.json(200, HEADER));
                HttpsStub foreign = new HttpsStub(request -> Reply.json(200, HEADER + ANN));
                HttpsStub graph =
                        new HttpsStub(request -> Reply.json(302, "", "Location: " + foreign.uri() + SIGNED))) {
            assertThat(ask(graph, reports, HttpWire.Limits.DEFAULT).response())
                    .isEqualTo(WireResponse.unanswered("it leads to localhost, which is no host of usage reports"));
            assertThat(foreign.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/data/download", "::", "file:///etc/passwd", "http://reports.office.com/data"})
    void aLinkThatIsNoAddressByHttpsIsNotFollowed(String location) throws Exception {
        try (HttpsStub graph = new HttpsStub(request -> Reply.json(302, "", "Location: " + location))) {
            WireResponse response = new UsageReports(graph.wire(), new HttpDownload())
                    .send(WireRequest.get(graph.uri().resolve(REPORT.replace("'", "%27"))));
            assertThat(response.status()).isEqualTo(WireResponse.NO_ANSWER);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://reports.office.com/data/download/x",
                "https://reportsncu.office.com/data/v1.0/download?token=x",
                "https://REPORTSWEU.office.com:443/x",
                "https://reports.office365.com/x",
                "https://reports.office365.us/x",
                "https://reports.apps.mil/x",
                "https://reports.office365.cn/x"
            })
    void hostsOfReportsAreKnown(String link) {
        assertThat(HttpDownload.isOfReports(URI.create(link))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://reports.office.com.evil.test/",
                "https://evilreports.office.com/",
                "https://reports.office.com:8443/",
                "https://office.com/",
                "https://evil.test/reports.office.com",
                "https://169.254.169.254/",
                "https://reports_office.com/",
                "https://reports.office.us/",
                "https://reports.office365.us.evil.test/",
                "https://reports.mil/",
                "https://reportsaaaaaaaaaaaaaaaa.office.com/"
            })
    void whatOnlyLooksLikeOneIsNone(String link) {
        assertThat(HttpDownload.isOfReports(URI.create(link))).isFalse();
    }

    @Test
    void whoeverIsNamedInTheLinkIsNotTheHost() throws Exception {
        assertThat(new HttpDownload()
                        .fetch(URI.create("https://user@reports.office.com/"), body -> {
                            throw new AssertionError("read");
                        })
                        .status())
                .isEqualTo(WireResponse.NO_ANSWER);
    }

    @Test
    void aReportThatComesByItselfIsNotWhatGraphDocuments() throws Exception {
        try (HttpsStub reports = new HttpsStub(request -> Reply.json(200, HEADER));
                HttpsStub graph = new HttpsStub(request -> Reply.json(200, HEADER + ANN))) {
            assertThat(ask(graph, reports, HttpWire.Limits.DEFAULT).response())
                    .isEqualTo(WireResponse.unanswered("the response had no redirect to the report"));
        }
    }

    @Test
    void otherRequestsGoByUnseen() throws Exception {
        try (HttpsStub graph = new HttpsStub(request -> Reply.json(302, "", "Location: https://reports.office.com/"))) {
            WireResponse response = new UsageReports(graph.wire(), (link, body) -> {
                        throw new AssertionError(link);
                    })
                    .send(WireRequest.get(graph.uri().resolve("/v1.0/reports/authenticationMethods/x")));
            assertThat(response.status()).isEqualTo(302);
        }
    }
}
