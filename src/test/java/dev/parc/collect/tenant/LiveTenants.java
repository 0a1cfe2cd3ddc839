package dev.parc.collect.tenant;

import dev.parc.collect.FakeTenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.AccessTokens;
import dev.parc.collect.http.HttpsStub;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.Wire;
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
        return of(new AccessTokens(ENDPOINT, HttpsStub.credential()), tenant, arm);
    }

    /** The tenant before its identity was granted anything of Microsoft Graph: whoever asks for a token or sends to it fails. */
    public static LiveTenant ungranted(FakeTenant tenant, String reason) {
        AccessTokens none = AccessTokens.withheld(
                ENDPOINT,
                request -> {
                    throw new AssertionError("a token of Microsoft Graph was asked for");
                },
                reason);
        return of(
                none,
                request -> {
                    throw new AssertionError(request);
                },
                tenant);
    }

    private static LiveTenant of(AccessTokens own, Wire graph, Wire arm) {
        return new LiveTenant(
                own,
                tokens -> graph,
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
