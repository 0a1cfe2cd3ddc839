package dev.parc.collect.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parc.collect.Estate;
import dev.parc.collect.SubscriptionBlock;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered from blocks, and what is asked. */
class BlockWireTest {

    private static final String ONE = "/subscriptions/11111111-2222-3333-4444-555555555555";
    private static final String TWO = "/subscriptions/AAAAAAAA-2222-3333-4444-555555555555";
    private static final String QUERY =
            "/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview";

    private final List<String> asked = new ArrayList<>();
    private final Wire live = request -> {
        asked.add(request.uri().getPath());
        return new WireResponse(200, Map.of(), "{\"live\":true}");
    };

    private static WireRequest get(String pathAndQuery) {
        return WireRequest.get(URI.create("https://management.azure.com" + pathAndQuery));
    }

    private static String packed(int status, String body) throws Exception {
        RecordingWire recording = new RecordingWire(request -> new WireResponse(status, Map.of(), body));
        recording.send(get(ONE + QUERY));
        return recording.packed().orElse("");
    }

    @Test
    void whatWasReadIsAnsweredAsItWasRefusalsToo() throws Exception {
        BlockWire wire = new BlockWire(
                live,
                new Estate.InBlocks(
                        List.of(packed(
                                403, "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"\u6f22 \\\"\"}}")),
                        Map.of()));

        assertThat(wire.send(get(ONE + QUERY)))
                .isEqualTo(new WireResponse(
                        403, Map.of(), "{\"error\":{\"code\":\"AuthorizationFailed\",\"message\":\"\u6f22 \\\"\"}}"));
        assertThat(asked).isEmpty();
    }

    @Test
    void whatIsInNoBlockIsAsked() throws Exception {
        BlockWire wire = new BlockWire(live, new Estate.InBlocks(List.of(packed(200, "{}")), Map.of()));

        assertThat(wire.send(get(TWO + QUERY)).body()).contains("live");
        assertThat(wire.send(get("/subscriptions?api-version=2022-12-01")).body())
                .contains("live");
        assertThat(asked).hasSize(2);
    }

    @Test
    void whatIsInAnUnreadBlockHasNoAnswerAndItsReason() throws Exception {
        SubscriptionBlock block = new SubscriptionBlock(
                List.of(TWO.substring("/subscriptions/".length()).toLowerCase(java.util.Locale.ROOT)), List.of());
        BlockWire wire =
                new BlockWire(live, new Estate.InBlocks(List.of(packed(200, "{}")), Map.of(block, "it was given up")));

        WireResponse answer = wire.send(get(TWO + QUERY));

        assertThat(answer.status()).isEqualTo(WireResponse.NO_ANSWER);
        assertThat(answer.body()).contains("it was given up");
        assertThat(wire.send(get(ONE + QUERY)).body()).isEqualTo("{}");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void whatAnotherAttemptMayChangeIsNotKept(int status) throws Exception {
        assertThat(packed(status, "{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no base64!", "QUJD", "H4sIAAAAAAAA/6uuBQBDv6ajAgAA"})
    void whatIsBrokenIsSaid(String text) {
        assertThatExceptionOfType(TenantException.class)
                .isThrownBy(() -> new BlockWire(live, new Estate.InBlocks(List.of(text), Map.of())))
                .withMessageContaining("block of subscriptions is damaged");
    }

    @Test
    void aBlockIsOneLine() {
        SubscriptionBlock block = new SubscriptionBlock(
                List.of("11111111-2222-3333-4444-555555555555"), List.of("aaaaaaaa-2222-3333-4444-555555555555"));
        assertThat(SubscriptionBlock.read(block.written())).isEqualTo(block);
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> SubscriptionBlock.read("../etc"));
    }
}
