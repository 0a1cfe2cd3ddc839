package dev.parc.collect.graph;

import dev.parc.collect.FakeTenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.exchange.RetryBudget;
import dev.parc.collect.exchange.Waiting;
import dev.parc.collect.wire.AccessTokens;
import dev.parc.collect.wire.HttpsStub;
import dev.parc.collect.wire.Wire;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Live tenants whose network is in memory, for tests. */
public final class LiveTenants {

    private static final URI ENDPOINT = URI.create("https://graph.microsoft.com");
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private LiveTenants() {}

    /** The tenant, with this Azure Resource Manager instead of its own. */
    public static LiveTenant of(FakeTenant tenant, Wire arm) {
        return new LiveTenant(
                new AccessTokens(ENDPOINT, HttpsStub.credential()),
                tokens -> tenant,
                ENDPOINT,
                Optional.of(FakeTenant.TENANT_ID),
                Optional.empty(),
                wire -> new BatchingGraph(
                        wire, ENDPOINT, RetryBudget.DEFAULT, Waiting.virtual(NOW), Duration.ofMillis(5)),
                arm,
                wire -> new Arm(wire, ENDPOINT, RetryBudget.DEFAULT, Waiting.virtual(NOW)),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
