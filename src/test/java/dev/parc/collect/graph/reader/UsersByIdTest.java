package dev.parc.collect.graph.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.PlainGraph;
import dev.parc.collect.http.WireResponse;
import dev.parc.collect.tenant.GraphCollector;
import dev.parc.facts.FactKind;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many administrators are asked for in blocks, and each is answered as if asked for alone. */
class UsersByIdTest {

    private static final FactKind[] KINDS = {FactKind.ACCOUNTS, FactKind.SIGN_INS};

    /** More than few, of whom one is unknown to the directory. */
    private static FakeTenant many() {
        FakeTenant tenant = FakeTenant.ofSize(UsersById.FEW + 20, 0);
        tenant.permanent(FakeTenant.id("nobody"), dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
        return tenant;
    }

    @Test
    void blocksAreAnsweredAsOneByOne() {
        FakeTenant alone = many();
        alone.refuse("/users", 400, "Request_UnsupportedQuery");

        Readings inBlocks = Readings.of(many(), KINDS);
        Readings oneByOne = Readings.of(alone, KINDS);

        assertThat(inBlocks.values(FactKind.ACCOUNTS, Object.class)).hasSizeGreaterThan(UsersById.FEW);
        for (FactKind kind : KINDS) {
            assertThat(inBlocks.byKind().get(kind))
                    .as(kind.name())
                    .isEqualTo(oneByOne.byKind().get(kind));
        }
    }

    @Test
    void aRefusalOfABlockIsOneOfEachInIt() {
        FakeTenant refusing = many();
        refusing.refuse("/users", 403, "Authorization_RequestDenied");
        FakeTenant alone = many();
        alone.refuse("/users", 400, "Request_UnsupportedQuery");
        alone.refuse("/users/{id}", 403, "Authorization_RequestDenied");

        assertThat(Readings.of(refusing, FactKind.ACCOUNTS).unread(FactKind.ACCOUNTS))
                .contains("403 Authorization_RequestDenied");
        assertThat(Readings.of(alone, FactKind.ACCOUNTS).unread(FactKind.ACCOUNTS))
                .contains("403 Authorization_RequestDenied");
    }

    /** A snapshot of an earlier release has them one by one. */
    @Test
    void whatIsNotInASnapshotInBlocksIsLookedForOneByOne() {
        FakeTenant tenant = many();
        AtomicInteger blocks = new AtomicInteger();
        GraphCollector collector = new GraphCollector(
                new PlainGraph(request -> {
                    if (request.uri().getPath().equals("/v1.0/users")) {
                        blocks.incrementAndGet();
                        return new WireResponse(404, Map.of(), "{\"error\":{\"code\":\"NotFound\",\"message\":\"\"}}");
                    }
                    return tenant.answer(request);
                }),
                dev.parc.collect.arm.Arm.replaying(tenant),
                Readings.NOW);
        assertThat(collector
                        .collect(java.util.Set.of(KINDS), dev.parc.facts.Designations.NONE, phrase -> {})
                        .get(FactKind.ACCOUNTS))
                .isEqualTo(Readings.of(many(), KINDS).byKind().get(FactKind.ACCOUNTS));
        assertThat(blocks).hasValueGreaterThan(10);
    }
}
