package dev.parc.collect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplicitNullsTest {

    private static final URI ENDPOINT = URI.create("https://graph.microsoft.com");

    private static WireRequest get(String pathAndQuery) {
        return WireRequest.get(ENDPOINT.resolve(pathAndQuery));
    }

    private static String filled(WireRequest request, int status, String body) throws Exception {
        return new ExplicitNulls(asked -> new WireResponse(status, Map.of(), body))
                .send(request)
                .body();
    }

    @Test
    void aSelectedPropertyThatIsLeftOutIsNull() throws Exception {
        assertThat(filled(get("/v1.0/users/1?%24select=id,mail,signInActivity"), 200, "{\"id\":\"1\",\"mail\":\"m\"}"))
                .isEqualTo("{\"id\":\"1\",\"mail\":\"m\",\"signInActivity\":null}");
    }

    @Test
    void everyItemOfAListIsFilledAndTheListIsNot() throws Exception {
        assertThat(filled(
                        get("/v1.0/groups?$select=id,displayName&$top=9"),
                        200,
                        "{\"value\":[{\"id\":\"1\"},{\"displayName\":\"d\"}]}"))
                .isEqualTo("{\"value\":[{\"id\":\"1\",\"displayName\":null},{\"displayName\":\"d\",\"id\":null}]}");
    }

    @Test
    void withoutSelectNothingIsAdded() throws Exception {
        assertThat(filled(get("/v1.0/domains"), 200, "{\"value\":[{\"id\":\"1\"}]}"))
                .isEqualTo("{\"value\":[{\"id\":\"1\"}]}");
    }

    @Test
    void anErrorStaysAsItIs() throws Exception {
        assertThat(filled(get("/v1.0/users/1?$select=id"), 404, "{\"error\":{}}"))
                .isEqualTo("{\"error\":{}}");
    }

    @Test
    void insideABatchEachAnswerIsFilledByItsOwnRequest() throws Exception {
        Map<String, WireRequest> requests = new LinkedHashMap<>();
        requests.put("1", get("/v1.0/users/1?$select=id,mail"));
        requests.put("2", get("/v1.0/users/2?$select=id,companyName"));
        requests.put("3", get("/v1.0/users/3?$select=id,mail"));
        String body = "{\"responses\":[{\"id\":\"2\",\"status\":200,\"body\":{\"id\":\"b\"}},"
                + "{\"id\":\"1\",\"status\":200,\"body\":{\"id\":\"a\"}},"
                + "{\"id\":\"3\",\"status\":403,\"body\":{\"error\":{}}}]}";
        assertThat(filled(BatchBody.of(ENDPOINT, "v1.0", requests), 200, body))
                .isEqualTo("{\"responses\":[{\"id\":\"2\",\"status\":200,\"body\":{\"id\":\"b\",\"companyName\":null}},"
                        + "{\"id\":\"1\",\"status\":200,\"body\":{\"id\":\"a\",\"mail\":null}},"
                        + "{\"id\":\"3\",\"status\":403,\"body\":{\"error\":{}}}]}");
    }

    @Test
    void anAnswerThatIsNoWholeObjectIsCutOff() {
        for (String body : new String[] {"", "{\"value\":[", "[]", "null", "{} {}", "<html>"}) {
            assertThatThrownBy(() -> filled(get("/v1.0/users"), 200, body))
                    .as(body)
                    .isInstanceOf(CutOffException.class);
        }
    }
}
