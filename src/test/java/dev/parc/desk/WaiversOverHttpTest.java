package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.app.DeskHost;
import dev.parc.app.FakeTenant;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the organisation lives with, over HTTP. */
class WaiversOverHttpTest {

    private static final String SUBJECT = "aaaaaaaa-0000-0000-0000-000000000001";

    @TempDir
    Path data;

    private DeskHost.Serving serving;
    private Client client;

    @BeforeEach
    void start() {
        serving = ServeHostTest.serve(new FakeTenant(), data);
        client = new Client(serving.address());
    }

    @AfterEach
    void stop() {
        serving.close();
    }

    private static String body(String more) {
        return "{\"owner\":\"Ann Lee\",\"reason\":\"is replaced\",\"until\":\""
                + LocalDate.now(ZoneOffset.UTC).plusDays(30) + "\"" + more + "}";
    }

    @Test
    void aWaiverIsMadeReadChangedAndTakenBack() throws Exception {
        HttpResponse<String> put = client.send("PUT", "/api/waivers/s1-04", body(""));

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.headers().firstValue("ETag")).hasValue("\"1\"");
        JsonNode waiver = json(put);
        assertThat(waiver.get("id").asText()).isEqualTo("S1-04");
        assertThat(waiver.get("state").asText()).isEqualTo("IN_FORCE");
        assertThat(waiver.get("by").asText()).isEqualTo("this machine");

        assertThat(client.send("PUT", "/api/waivers/S1-04", body("")).statusCode())
                .isEqualTo(428);
        assertThat(client.send("DELETE", "/api/waivers/S1-04", "").statusCode()).isEqualTo(428);
        assertThat(client.send("PUT", "/api/waivers/S1-04", body(""), "If-Match", "\"1\"")
                        .headers()
                        .firstValue("ETag"))
                .hasValue("\"2\"");
        assertThat(client.send("DELETE", "/api/waivers/S1-04", "", "If-Match", "\"2\"")
                        .statusCode())
                .isEqualTo(204);

        HttpResponse<String> read = client.get("/api/waivers/S1-04");
        assertThat(read.headers().firstValue("ETag")).hasValue("\"3\"");
        assertThat(json(read).get("state").asText()).isEqualTo("WITHDRAWN");
        assertThat(json(read).get("history")).hasSize(3);
        assertThat(client.send("PUT", "/api/waivers/S1-04", body("")).statusCode())
                .as("what was withdrawn may be said anew")
                .isEqualTo(200);
    }

    @Test
    void aSubjectIsWaivedUnderAnIdOfItsOwn() throws Exception {
        String resource = "/subscriptions/x/resourceGroups/y";
        client.send("PUT", "/api/waivers/S1-04." + SUBJECT, body(""));
        HttpResponse<String> wrong =
                client.send("PUT", "/api/waivers/S1-05", body(",\"subjectId\":\"" + resource + "\""));
        String id = json(wrong).get("detail").asText().replaceAll(".* the id |\\.$", "");
        HttpResponse<String> right =
                client.send("PUT", "/api/waivers/" + id, body(",\"subjectId\":\"" + resource + "\""));

        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(id).matches("S1-05\\.[0-9a-f-]{36}");
        assertThat(right.statusCode()).isEqualTo(200);
        JsonNode all = json(client.get("/api/waivers")).get("waivers");
        assertThat(all.findValuesAsText("subjectId")).containsExactly(SUBJECT, resource);
        assertThat(json(client.get("/api/waivers?check=s1-05")).get("waivers").findValuesAsText("id"))
                .containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"owner\":\"Ann\",\"reason\":\"x\"}",
                "{\"owner\":\"Ann\",\"reason\":\"x\",\"until\":\"tomorrow\"}",
                "{\"owner\":\"Ann\",\"reason\":\"x\",\"until\":\"2020-01-01\"}",
                "{\"owner\":\"Ann\",\"reason\":\"x\",\"until\":\"9999-01-01\"}",
                "{\"owner\":\"\",\"reason\":\"x\",\"until\":\"2099-01-01\"}",
                "{\"owner\":\"Ann\\u0000\",\"reason\":\"x\",\"until\":\"2099-01-01\"}"
            })
    void aBodyThatIsNoWaiverIsRefused(String body) throws Exception {
        assertThat(client.send("PUT", "/api/waivers/S1-04", body).statusCode()).isEqualTo(400);
        assertThat(json(client.get("/api/waivers")).get("waivers")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/waivers/S1-04, unknown-waiver",
        "GET, /api/waivers/%2e%2e%2fx, unknown-waiver",
        "GET, /api/waivers?check=S1-99, unknown-check",
        "PUT, /api/waivers/S1-99, unknown-check",
        "PUT, /api/waivers/x, unknown-check"
    })
    void whatIsNotThereIsAProblem(String method, String path, String type) throws Exception {
        HttpResponse<String> answer = client.send(method, path, method.equals("PUT") ? body("") : "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:parc:problem:" + type);
    }

    @Test
    void takingBackWhatIsNotThereIsFine() throws Exception {
        assertThat(client.send("DELETE", "/api/waivers/S1-04", "").statusCode()).isEqualTo(204);
        assertThat(client.send("DELETE", "/api/waivers/x%27y", "").statusCode()).isEqualTo(204);
    }
}
