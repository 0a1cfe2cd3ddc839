package dev.parc.desk;

import static dev.parc.desk.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Administrators and their categories over HTTP. */
class AccountsTest {

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

    private static List<JsonNode> accounts(String query) throws Exception {
        JsonNode document = json(client.get("/api/accounts?limit=200" + query));
        return StreamSupport.stream(document.get("accounts").spliterator(), false)
                .toList();
    }

    @Test
    void everyAdministratorIsListedOnceOverAllPages() throws Exception {
        JsonNode first = json(client.get("/api/accounts?limit=5"));
        int total = first.get("total").asInt();
        List<String> ids = new ArrayList<>();
        JsonNode page = first;
        while (true) {
            assertThat(page.get("runId").asText()).isEqualTo(demo.runId());
            page.get("accounts").forEach(one -> ids.add(one.get("id").asText()));
            if (!page.has("continuation")) {
                break;
            }
            page = json(client.get("/api/accounts?limit=5&continuation="
                    + page.get("continuation").asText()));
        }

        assertThat(ids).hasSize(total).doesNotHaveDuplicates().hasSizeGreaterThan(10);
        assertThat(first.get("accounts")
                        .get(0)
                        .get("signInWithoutMfa")
                        .get("answer")
                        .asText())
                .isEqualTo("UNCOVERED");
    }

    @Test
    void aFilterKeepsWhatItSays() throws Exception {
        assertThat(accounts("&role=global%20administrator"))
                .isNotEmpty()
                .allSatisfy(one ->
                        assertThat(one.get("roles").findValuesAsText("role")).contains("Global Administrator"));
        assertThat(accounts("&role=Global%20Administrator&kind=eligible"))
                .isNotEmpty()
                .allSatisfy(one ->
                        assertThat(one.get("roles").findValuesAsText("kind")).contains("ELIGIBLE"));
        assertThat(accounts("&mfa=COVERED"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(
                                one.get("signInWithoutMfa").get("answer").asText())
                        .isEqualTo("COVERED"));
        assertThat(accounts("&type=SERVICE_PRINCIPAL"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.get("type").asText()).isEqualTo("SERVICE_PRINCIPAL"));
        assertThat(accounts("&category=BREAK_GLASS"))
                .isNotEmpty()
                .allSatisfy(one ->
                        assertThat(one.get("category").get("category").asText()).isEqualTo("BREAK_GLASS"));
        assertThat(accounts("&role=no%20such%20role")).isEmpty();
        Set<String> permanent = new HashSet<>();
        accounts("&kind=PERMANENT").forEach(one -> permanent.add(one.get("id").asText()));
        assertThat(permanent).isNotEmpty().hasSizeLessThan(accounts("").size());
        assertThat(accounts("&kind=standing"))
                .as("by its former name")
                .extracting(one -> one.get("id").asText())
                .containsExactlyInAnyOrderElementsOf(permanent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind=sometimes",
                "category=none",
                "type=robot",
                "mfa=yes",
                "limit=0",
                "limit=201",
                "limit=x",
                "continuation=x",
                "continuation=20260131T080000Z-00000001",
                "continuation=x.7",
                "run=x"
            })
    void whatIsNoFilterIsRefused(String query) throws Exception {
        HttpResponse<String> answer = client.get("/api/accounts?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:parc:problem:invalid-request");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/accounts?run=20260131T080000Z-00000001, unknown-run",
        "/api/accounts?continuation=20260131T080000Z-00000001.7, unknown-run",
        "/api/accounts/aaaaaaaa-0000-0000-0000-000000000000, unknown-account",
        "/api/accounts/x, unknown-account",
        "/api/accounts/x/category, unknown-account",
        "/api/accounts.csv?run=20260131T080000Z-00000001, unknown-run"
    })
    void whatIsNotThereIsAProblem(String path, String type) throws Exception {
        HttpResponse<String> answer = client.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).get("type").asText()).isEqualTo("urn:parc:problem:" + type);
    }

    @Test
    void oneAccountIsFoundWhateverTheCaseOfItsId() throws Exception {
        JsonNode listed = accounts("").get(0);
        JsonNode one =
                json(client.get("/api/accounts/" + listed.get("id").asText().toUpperCase(java.util.Locale.ROOT)));

        assertThat(one.get("roles")).isEqualTo(listed.get("roles"));
        assertThat(one.get("runId").asText()).isEqualTo(demo.runId());
    }

    @Test
    void aCategoryIsSaidChangedAndTakenBackByWhoHasReadIt() throws Exception {
        JsonNode account = accounts("&category=DUAL_USE").get(0);
        String path = "/api/accounts/" + account.get("id").asText() + "/category";
        HttpResponse<String> nothing = client.get(path);
        assertThat(nothing.headers().firstValue("ETag")).isEmpty();
        assertThat(json(nothing).get("history")).isEmpty();

        HttpResponse<String> put =
                client.send("PUT", path, "{\"category\":\"shared\",\"reason\":\"the desk's\"}", "If-None-Match", "*");

        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.headers().firstValue("ETag")).hasValue("\"1\"");
        JsonNode word = json(put).get("operatorCategory");
        assertThat(word.get("category").asText()).isEqualTo("SHARED");
        assertThat(word.get("by").asText()).isEqualTo("this machine");
        assertThat(accounts("&category=SHARED"))
                .anySatisfy(one -> assertThat(one.get("id")).isEqualTo(account.get("id")));

        assertThat(client.send("PUT", path, "{\"category\":\"DEDICATED\"}").statusCode())
                .as("nobody overwrites unseen")
                .isEqualTo(428);
        HttpResponse<String> changed = client.send("PUT", path, "{\"category\":\"DEDICATED\"}", "If-Match", "\"7\"");
        assertThat(changed.statusCode()).isEqualTo(412);
        assertThat(json(changed).get("detail").asText())
                .isEqualTo("The record " + account.get("id").asText() + " is at revision 1. Read it again.");
        assertThat(client.send("PUT", path, "{\"category\":\"DEDICATED\"}", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(412);
        assertThat(client.send("PUT", path, "{\"category\":\"DEDICATED\"}", "If-Match", "\"1\"")
                        .headers()
                        .firstValue("ETag"))
                .hasValue("\"2\"");
        assertThat(client.send("DELETE", path, "", "If-Match", "\"1\"").statusCode())
                .isEqualTo(412);
        assertThat(client.send("DELETE", path, "", "If-Match", "\"2\"").statusCode())
                .isEqualTo(204);
        assertThat(client.send("DELETE", path, "").statusCode()).isEqualTo(204);

        JsonNode after = json(client.get(path));
        assertThat(after.get("history").findValuesAsText("category"))
                .containsExactly("DEDICATED", "DEDICATED", "SHARED");
        assertThat(after.get("operatorCategory").get("withdrawnBy").asText()).isEqualTo("this machine");
        assertThat(json(client.get("/api/accounts/" + account.get("id").asText()))
                        .has("operatorCategory"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"category\":\"x\"}",
                "{\"category\":7}",
                "{\"category\":\"SHARED\",\"more\":1}",
                "[]",
                "{"
            })
    void aBodyThatIsNoCategoryIsRefused(String body) throws Exception {
        String path = "/api/accounts/" + accounts("").get(1).get("id").asText() + "/category";

        assertThat(client.send("PUT", path, body).statusCode()).isEqualTo(400);
        assertThat(json(client.get(path)).get("history")).isEmpty();
    }

    @Test
    void onlyAnAdministratorIsCategorised() throws Exception {
        HttpResponse<String> answer = client.send(
                "PUT", "/api/accounts/aaaaaaaa-0000-0000-0000-000000000000/category", "{\"category\":\"SHARED\"}");

        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void theTableHasALineForEach() throws Exception {
        HttpResponse<String> table = client.get("/api/accounts.csv");

        assertThat(table.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8; header=present");
        assertThat(table.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"parc-" + demo.runId() + "-accounts.csv\"");
        assertThat(table.body().lines().count())
                .isGreaterThan(json(client.get("/api/accounts")).get("total").asInt());
    }
}
