package dev.parc.collect.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.identity.CredentialUnavailableException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.Collected;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.TenantException;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.AccessTokens;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireResponse;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class LiveTenantTest {

    private static final URI ENDPOINT = URI.create("https://graph.microsoft.com");
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final String OTHER = "99999999-2222-4333-8444-555555555555";
    private static final Designations DESIGNATIONS =
            new Designations(Set.of("bg@contoso.onmicrosoft.com"), java.util.Map.of());

    @TempDir
    Path folder;

    private static TokenCredential token(String text) {
        return request -> Mono.just(
                new AccessToken(text, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
    }

    private static TokenCredential tokenOf(String tenantId) {
        return tokenWith("{\"tid\":\"" + tenantId + "\"}");
    }

    private static TokenCredential tokenWith(String claims) {
        String body = Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return token("e30." + body + ".c2ln");
    }

    private static LiveTenant tenant(
            Wire network, TokenCredential credential, Optional<String> tenantId, Optional<Path> record) {
        return new LiveTenant(
                new AccessTokens(ENDPOINT, credential),
                tokens -> request -> {
                    tokens.token();
                    return network.send(request);
                },
                ENDPOINT,
                tenantId,
                record,
                wire -> new BatchingGraph(
                        wire, ENDPOINT, RetryBudget.DEFAULT, Waiting.virtual(NOW), Duration.ofMillis(5)),
                network,
                wire -> new Arm(wire, ENDPOINT, RetryBudget.DEFAULT, Waiting.virtual(NOW)),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Collected read(LiveTenant tenant) {
        return tenant.collect(Set.of(FactKind.ORGANIZATION, FactKind.DOMAINS), DESIGNATIONS, phase -> {});
    }

    @Test
    void theSettingNamesTheTenantWithoutAnyRequest() {
        LiveTenant tenant = tenant(
                request -> {
                    throw new AssertionError(request);
                },
                token("opaque"),
                Optional.of(OTHER.toUpperCase(java.util.Locale.ROOT)),
                Optional.empty());
        assertThat(tenant.id()).isEqualTo(OTHER);
    }

    @Test
    void elseTheTokenDoesAndElseTheOrganisation() {
        FakeTenant fake = FakeTenant.licensed();
        assertThat(tenant(fake, tokenOf(OTHER), Optional.of("contoso.onmicrosoft.com"), Optional.empty())
                        .id())
                .isEqualTo(OTHER);
        assertThat(tenant(fake, token("opaque"), Optional.empty(), Optional.empty())
                        .id())
                .isEqualTo(FakeTenant.TENANT_ID);
    }

    /** The own grants are asked of Graph like anything else; a person's token asks nothing. */
    @Test
    void whatIsGrantedAndNotInTheTokenIsAwaited() {
        String grants =
                "{\"value\": [{\"resourceId\": \"g\", \"appRoleId\": \"dbb9058a-0e50-45d7-ae91-66909b5d4664\"}]}";
        Wire directory = request -> {
            List<JsonNode> requests = new ArrayList<>();
            JsonBody.parse(request.body()).orElseThrow().path("requests").forEach(requests::add);
            String answers = requests.stream()
                    .map(one ->
                            "{\"id\": \"" + one.path("id").asText() + "\", \"status\": 200, \"headers\": {}, \"body\": "
                                    + (one.path("url").asText().contains("/" + OTHER + "/appRoleAssignments")
                                            ? grants
                                            : "{\"value\": [{\"id\": \"g\"}]}")
                                    + "}")
                    .collect(Collectors.joining(",", "{\"responses\": [", "]}"));
            return new WireResponse(200, Map.of("content-type", "application/json"), answers);
        };
        String app = "{\"tid\":\"%s\",\"oid\":\"%s\",\"roles\":[\"Application.Read.All\"]%s}";

        assertThat(tenant(directory, tokenWith(app.formatted(OTHER, OTHER, "")), Optional.empty(), Optional.empty())
                        .awaited())
                .hasValueSatisfying(awaited -> {
                    assertThat(awaited.permissions()).containsExactly("Domain.Read.All");
                    assertThat(awaited.until()).isAfter(Instant.now());
                });
        assertThat(tenant(
                                request -> {
                                    throw new AssertionError(request);
                                },
                                tokenWith(app.formatted(OTHER, OTHER, ",\"scp\":\"User.Read\"")),
                                Optional.empty(),
                                Optional.empty())
                        .awaited())
                .isEmpty();
    }

    @Test
    void anIdThatCannotBeReadIsSaid() {
        LiveTenant tenant = tenant(
                FakeTenant.licensed().refuse("/organization", 403, "Authorization_RequestDenied"),
                token("opaque"),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(tenant::id)
                .isInstanceOf(TenantException.class)
                .hasMessageContaining("set AZURE_TENANT_ID, and grant Organization.Read.All");
    }

    @Test
    void factsCarryTheTimeTheDesignationsAndTheCount() {
        Collected collected =
                read(tenant(FakeTenant.licensed(), tokenOf(FakeTenant.TENANT_ID), Optional.empty(), Optional.empty()));
        assertThat(collected.facts().takenAt()).isEqualTo(NOW);
        assertThat(collected.facts().designations()).isEqualTo(DESIGNATIONS);
        assertThat(collected.facts().reading(FactKind.DOMAINS)).isInstanceOf(Reading.Read.class);
        assertThat(collected.tenantName()).isEqualTo("Contoso");
        assertThat(collected.byRequest()).containsEntry("GET /v1.0/domains", 1);
    }

    @Test
    void callsToAzureAreCountedApartAndRecordedBeside() {
        FakeTenant fake = FakeTenant.licensed();
        fake.arm().subscription("Production");
        Path path = folder.resolve("azure.zip");
        Collected live = tenant(fake, tokenOf(FakeTenant.TENANT_ID), Optional.empty(), Optional.of(path))
                .collect(Set.of(FactKind.ORGANIZATION, FactKind.AZURE_MANAGEMENT_GROUPS), DESIGNATIONS, phase -> {});
        assertThat(live.arm()).isEqualTo(1);
        assertThat(live.graph()).isEqualTo(1);
        assertThat(live.byRequest())
                .containsOnlyKeys("GET /v1.0/organization", "GET /providers/Microsoft.Management/managementGroups");
        Collected replayed =
                SnapshotTenant.open(path).collect(Set.of(FactKind.AZURE_MANAGEMENT_GROUPS), DESIGNATIONS, phase -> {});
        assertThat(replayed.arm()).isEqualTo(1);
        assertThat(replayed.facts().reading(FactKind.AZURE_MANAGEMENT_GROUPS))
                .isInstanceOf(Reading.Read.class)
                .isEqualTo(live.facts().reading(FactKind.AZURE_MANAGEMENT_GROUPS));
    }

    @Test
    void aCredentialOfAnotherTenantIsRefused() {
        FakeTenant fake = FakeTenant.licensed();
        LiveTenant tenant = tenant(fake, tokenOf(FakeTenant.TENANT_ID), Optional.of(OTHER), Optional.empty());
        assertThatThrownBy(() -> read(tenant))
                .isInstanceOf(TenantException.class)
                .hasMessageContaining("AZURE_TENANT_ID is " + OTHER)
                .hasMessageContaining(FakeTenant.TENANT_ID);
        assertThat(fake.calls()).isZero();
    }

    @Test
    void withoutACredentialNothingIsAsked() {
        FakeTenant fake = FakeTenant.licensed();
        LiveTenant tenant = tenant(
                fake,
                request -> Mono.error(new CredentialUnavailableException("none")),
                Optional.of(OTHER),
                Optional.empty());
        assertThatThrownBy(() -> read(tenant))
                .isInstanceOf(TenantException.class)
                .hasMessageStartingWith("no Azure credential was found");
        assertThat(fake.calls()).isZero();
    }

    @Test
    void whereNothingAnswersTheRunEndsInOneLine() {
        LiveTenant tenant = tenant(
                request -> {
                    throw new IOException("connection refused");
                },
                tokenOf(OTHER),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> read(tenant))
                .isInstanceOf(TenantException.class)
                .hasMessage(
                        "nothing could be read from https://graph.microsoft.com: Graph could not be reached: connection"
                                + " refused (asked 3 times); check the network and PARC_GRAPH_ENDPOINT, then run again");
    }

    @Test
    void whatIsReadIsRecorded() {
        Path path = folder.resolve("tenant.zip");
        Collected live =
                read(tenant(FakeTenant.licensed(), tokenOf(FakeTenant.TENANT_ID), Optional.empty(), Optional.of(path)));
        SnapshotTenant snapshot = SnapshotTenant.open(path);
        assertThat(snapshot.id()).isEqualTo(FakeTenant.TENANT_ID);
        assertThat(snapshot.designations()).isEqualTo(DESIGNATIONS);
        Collected replayed =
                snapshot.collect(Set.of(FactKind.ORGANIZATION, FactKind.DOMAINS), snapshot.designations(), phase -> {});
        assertThat(replayed.facts().takenAt()).isEqualTo(NOW);
        assertThat(replayed.tenantName()).isEqualTo("Contoso");
        assertThat(replayed.facts().reading(FactKind.DOMAINS))
                .isEqualTo(live.facts().reading(FactKind.DOMAINS));
    }

    @Test
    void aSnapshotThatCannotBeWrittenIsSaidBeforeAnythingIsAsked() {
        AtomicInteger asked = new AtomicInteger();
        LiveTenant tenant = tenant(
                request -> {
                    asked.incrementAndGet();
                    throw new IOException("asked");
                },
                tokenOf(OTHER),
                Optional.empty(),
                Optional.of(folder.resolve("no/where")));
        assertThatThrownBy(() -> read(tenant))
                .isInstanceOf(TenantException.class)
                .hasMessageContaining("create it first");
        assertThat(asked).hasValue(0);
    }
}
