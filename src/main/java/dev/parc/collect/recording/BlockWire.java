package dev.parc.collect.recording;

import dev.parc.collect.Estate;
import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers from what was read of blocks of subscriptions before, and asks for everything else. What is in a block that could
 * not be read is not asked for again: there is no answer, and the reason is that of its block.
 */
public final class BlockWire implements Wire {

    private static final String SUBSCRIPTIONS = "/subscriptions/";

    private final Wire wire;
    private final Map<Recorded, RecordedAnswer> answers = new HashMap<>();
    private final Map<String, String> unread = new HashMap<>();

    /** @throws dev.parc.collect.TenantException if what was read is broken */
    public BlockWire(Wire wire, Estate.InBlocks estate) {
        this.wire = wire;
        estate.answers().forEach(text -> answers.putAll(PackedAnswers.unpack(text)));
        estate.unread()
                .forEach((block, reason) -> Stream.concat(block.running().stream(), block.idle().stream())
                        .forEach(id -> unread.put(id.toLowerCase(Locale.ROOT), reason)));
    }

    @Override
    public WireResponse send(WireRequest request) throws IOException, InterruptedException {
        if (BatchBody.isBatch(request)) {
            return wire.send(request);
        }
        Recorded recorded = Recorded.of(request);
        RecordedAnswer answer = answers.get(recorded);
        if (answer != null) {
            return new WireResponse(answer.status(), Map.of(), answer.body());
        }
        Optional<String> reason = reason(recorded.target().path());
        return reason.isPresent() ? WireResponse.unanswered(reason.get()) : wire.send(request);
    }

    private Optional<String> reason(String path) {
        return path.startsWith(SUBSCRIPTIONS)
                ? Optional.ofNullable(unread.get(
                        path.substring(SUBSCRIPTIONS.length()).split("/", 2)[0].toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }
}
