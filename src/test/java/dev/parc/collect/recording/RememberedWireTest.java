package dev.parc.collect.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RememberedWireTest {

    private static final URI CLOUD = URI.create("https://microsoftgraph.chinacloudapi.cn");

    private final RememberedWire memory = new RememberedWire();
    private final List<String> asked = new ArrayList<>();
    private int status = 200;

    private final Wire wire = request -> {
        if (!BatchBody.isBatch(request)) {
            asked.add(request.uri().getPath());
            return new WireResponse(
                    status, Map.of(), "{\"of\":\"" + request.uri().getPath() + "\"}");
        }
        Map<String, WireResponse> answers = new LinkedHashMap<>();
        BatchBody.requests(request).forEach((id, one) -> {
            asked.add("batched " + one.uri().getPath());
            answers.put(
                    id, new WireResponse(200, Map.of(), "{\"of\":\"" + one.uri().getPath() + "\"}"));
        });
        return BatchBody.answer(answers);
    };

    private static WireRequest get(String path) {
        return WireRequest.get(CLOUD.resolve(path));
    }

    @Test
    void whatWasAnsweredIsNotAskedAgain() throws Exception {
        WireResponse first = memory.over(wire).send(get("/v1.0/domains"));

        assertThat(memory.over(wire).send(get("/v1.0/domains"))).isEqualTo(first);
        assertThat(asked).containsExactly("/v1.0/domains");
        assertThat(memory.asked("/v1.0/domains")).hasSize(1);
        assertThat(memory.paths()).containsExactly("/v1.0/domains");
    }

    @Test
    void whatPassesIsAskedAgain() throws Exception {
        status = 429;
        memory.over(wire).send(get("/v1.0/domains"));
        status = 200;

        assertThat(memory.over(wire).send(get("/v1.0/domains")).status()).isEqualTo(200);
    }

    @Test
    void ofABatchOnlyWhatIsNotKnownIsAsked() throws Exception {
        memory.over(wire).send(get("/v1.0/users/1"));
        Map<String, WireRequest> requests = new LinkedHashMap<>();
        requests.put("a", get("/v1.0/users/1"));
        requests.put("b", get("/v1.0/users/2"));

        WireResponse answer = memory.over(wire).send(BatchBody.of(CLOUD, "v1.0", requests));

        assertThat(answer.body()).contains("/v1.0/users/1").contains("/v1.0/users/2");
        assertThat(asked).containsExactly("/v1.0/users/1", "batched /v1.0/users/2");
        memory.over(wire).send(BatchBody.of(CLOUD, "v1.0", requests));
        assertThat(asked).hasSize(2);
    }

    /** The rows of others are not in the answer that is kept. */
    @Test
    void aUsageReportIsAskedAgainForFurtherUsers() throws Exception {
        WireRequest ann = new WireRequest("GET", CLOUD.resolve("/v1.0/reports/x"), Map.of(), "", Set.of("ann"));
        WireRequest both = new WireRequest("GET", CLOUD.resolve("/v1.0/reports/x"), Map.of(), "", Set.of("ann", "bob"));

        memory.over(wire).send(ann);
        memory.over(wire).send(both);
        memory.over(wire).send(ann);

        assertThat(asked).hasSize(2);
    }

    /** Nowhere else goes what is asked besides. */
    @Test
    void theCloudIsRemembered() throws Exception {
        assertThat(memory.graph()).isEmpty();
        memory.over(wire).send(WireRequest.get(URI.create("https://management.chinacloudapi.cn/subscriptions?x=1")));
        assertThat(memory.graph()).isEmpty();
        memory.over(wire).send(get("/v1.0/domains"));

        assertThat(memory.graph()).contains(CLOUD.resolve("/"));
    }
}
