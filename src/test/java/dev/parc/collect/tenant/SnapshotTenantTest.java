package dev.parc.collect.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.collect.Collected;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.TenantException;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.recording.RecordingWire;
import dev.parc.collect.recording.SnapshotHeading;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTenantTest {

    private static final Instant TAKEN = Instant.parse("2026-01-31T12:00:00Z");
    private static final Designations DESIGNATIONS = new Designations(Set.of("bg@contoso.onmicrosoft.com"), Map.of());

    @TempDir
    Path folder;

    private Collected record(FakeTenant tenant, Path path) {
        RecordingWire recording = new RecordingWire(tenant);
        try (BatchingGraph graph = BatchingGraph.replaying(recording);
                Arm arm = Arm.replaying(recording)) {
            Collected collected = new FactsReading(graph, arm, TAKEN, "unnamed")
                    .collect(FactKind.OF_TENANT, DESIGNATIONS, phase -> {});
            recording.write(
                    path,
                    new SnapshotHeading(FakeTenant.TENANT_ID, collected.tenantName(), "snapshot", TAKEN, DESIGNATIONS));
            return collected;
        }
    }

    private static Collected replay(SnapshotTenant tenant) {
        return tenant.collect(FactKind.OF_TENANT, tenant.designations(), phase -> {});
    }

    private static void areAlike(Collected recorded, Collected replayed) {
        for (FactKind kind : FactKind.OF_TENANT) {
            assertThat(replayed.facts().reading(kind))
                    .as(kind.name())
                    .isEqualTo(recorded.facts().reading(kind));
        }
        assertThat(replayed.tenantName()).isEqualTo(recorded.tenantName());
        assertThat(replayed.facts().takenAt()).isEqualTo(TAKEN);
        assertThat(replayed.byRequest()).isEqualTo(recorded.byRequest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "tenant.zip"})
    void aReplayGivesTheFactsOfTheRecording(String name) {
        Path path = folder.resolve(name);
        Collected recorded = record(FakeTenant.ofSize(45, 100).pageSize(10), path);
        assertThat(recorded.facts().reading(FactKind.ACCOUNTS)).isInstanceOf(Reading.Read.class);
        SnapshotTenant tenant = SnapshotTenant.open(path);
        assertThat(tenant.id()).isEqualTo(FakeTenant.TENANT_ID);
        assertThat(tenant.source()).isEqualTo("snapshot");
        assertThat(tenant.designations()).isEqualTo(DESIGNATIONS);
        areAlike(recorded, replay(tenant));
    }

    @Test
    void aReplayGivesTheRefusalsOfTheRecording() {
        Path path = folder.resolve("tenant");
        Collected recorded = record(
                FakeTenant.ofSize(3, 0)
                        .refuse("/subscribedSkus", 403, "Authorization_RequestDenied")
                        .refuse("/domains", 429, "TooManyRequests"),
                path);
        assertThat(recorded.facts().reading(FactKind.DOMAINS)).isInstanceOf(Reading.Unread.class);
        areAlike(recorded, replay(SnapshotTenant.open(path)));
    }

    @Test
    void aSnapshotThatHoldsNothingSaysSoOfEveryKind() throws Exception {
        SnapshotTenant tenant = SnapshotTenant.open(Objects.requireNonNull(
                Files.createDirectories(folder.resolve("empty/graph")).getParent()));
        Collected collected = replay(tenant);
        assertThat(tenant.id()).isEqualTo("unknown");
        for (FactKind kind : FactKind.OF_TENANT) {
            boolean holdsSomething = collected.facts().reading(kind) instanceof Reading.Read read
                    && !read.values().isEmpty();
            assertThat(holdsSomething).as(kind.name()).isFalse();
        }
        assertThat(collected.facts().reading(FactKind.ROLE_ASSIGNMENTS)).isInstanceOf(Reading.Unread.class);
        assertThat(collected.facts().gapsOf(FactKind.DOMAINS))
                .singleElement()
                .asString()
                .contains(" is not in the snapshot");
    }

    @Test
    void aBrokenFileEndsTheReplayWithItsName() throws Exception {
        Path path = folder.resolve("tenant");
        record(FakeTenant.ofSize(1, 0), path);
        Files.writeString(path.resolve("graph/v1.0/domains.json"), "{\"value\":[");
        SnapshotTenant tenant = SnapshotTenant.open(path);
        assertThatThrownBy(() -> replay(tenant))
                .isInstanceOf(TenantException.class)
                .hasMessage(
                        "the snapshot's graph/v1.0/domains.json is not a complete JSON object: take the snapshot again");
    }

    @Test
    void progressIsTold() {
        Path path = folder.resolve("tenant");
        record(FakeTenant.ofSize(1, 0), path);
        List<String> told = new ArrayList<>();
        SnapshotTenant.open(path).collect(Set.of(FactKind.DOMAINS), DESIGNATIONS, told::add);
        assertThat(told).isNotEmpty();
    }
}
