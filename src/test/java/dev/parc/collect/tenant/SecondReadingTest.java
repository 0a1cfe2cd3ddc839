package dev.parc.collect.tenant;

import static dev.parc.facts.FactKind.PER_USER_MFA;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.SecondReading;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.collect.http.Wire;
import dev.parc.collect.recording.RecordingWire;
import dev.parc.collect.recording.SnapshotHeading;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.PerUserMfa;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondReadingTest {

    private static final String ASKED = "GET /beta/users/{id}/authentication/requirements";
    private static final Set<FactKind> ALL = EnumSet.allOf(FactKind.class);
    private static final SecondReading QUESTIONS = first -> SecondQuestions.of(first, ALL);

    @TempDir
    Path folder;

    private final FakeTenant tenant = FakeTenant.licensed();

    private String administrator(String name) {
        String id = tenant.user(name);
        tenant.permanent(id, GLOBAL_ADMINISTRATOR.templateId());
        return id;
    }

    private Collected read(Set<FactKind> kinds, SecondReading second) {
        return read(tenant, kinds, second);
    }

    private static Collected read(Wire wire, Set<FactKind> kinds, SecondReading second) {
        try (BatchingGraph graph = BatchingGraph.replaying(wire);
                Arm arm = Arm.replaying(wire)) {
            return new FactsReading(graph, arm, Readings.NOW, "Contoso")
                    .collect(kinds, Designations.NONE, phrase -> {}, new Estate.Whole(), second);
        }
    }

    private static List<Object> perUserMfa(Collected collected) {
        assertThat(collected.facts().reading(PER_USER_MFA)).isInstanceOf(Reading.Read.class);
        return List.copyOf(((Reading.Read) collected.facts().reading(PER_USER_MFA)).values());
    }

    @Test
    void onlyAdministratorsWhomPoliciesLeaveUncoveredAreAskedFor() {
        String kim = administrator("kim");
        administrator("ann");
        tenant.user("nobody");
        tenant.perUserMfa(kim, "enforced");
        tenant.policy("MFA", "All", tenant.group("exempt", kim), "mfa");
        assertThat(perUserMfa(read(ALL, QUESTIONS))).containsExactly(new PerUserMfa(kim, PerUserMfa.State.ENFORCED));
        assertThat(tenant.requests()).containsEntry(ASKED, 1L);
    }

    @Test
    void whereNobodyIsUncoveredNothingIsAsked() {
        administrator("ann");
        tenant.policy("MFA", "All", "", "mfa");
        assertThat(perUserMfa(read(ALL, QUESTIONS))).isEmpty();
        assertThat(tenant.requests()).doesNotContainKey(ASKED);
    }

    @Test
    void designatedDisabledAndDeletedAccountsAreNotAskedFor() {
        tenant.object(administrator("kim")).put("accountEnabled", false);
        tenant.delete(administrator("gone"));
        assertThat(perUserMfa(read(ALL, QUESTIONS))).isEmpty();
    }

    @Test
    void wherePoliciesAreRefusedNobodyCountsAsUncovered() {
        administrator("ann");
        tenant.refuse("/identity/conditionalAccess/policies", 403, "Authorization_RequestDenied");
        assertThat(perUserMfa(read(ALL, QUESTIONS))).isEmpty();
        assertThat(tenant.requests()).doesNotContainKey(ASKED);
    }

    @Test
    void theyGoInBatches() {
        IntStream.range(0, 40).forEach(i -> administrator("admin " + i));
        AtomicInteger calls = new AtomicInteger();
        read(
                request -> {
                    if (request.body().contains("/authentication/requirements")) {
                        calls.incrementAndGet();
                    }
                    return tenant.send(request);
                },
                ALL,
                QUESTIONS);
        assertThat(calls).hasValue(2);
        assertThat(tenant.requests()).containsEntry(ASKED, 40L);
    }

    @Test
    void aRefusalIsNoAnswerAndNotDisabled() {
        String kim = administrator("kim");
        tenant.refuse("/beta/users/{id}/authentication/requirements", 403, "Authorization_RequestDenied");
        Collected collected = read(ALL, QUESTIONS);
        assertThat(perUserMfa(collected)).containsExactly(new PerUserMfa(kim, PerUserMfa.State.UNREAD));
        assertThat(collected.facts().gapsOf(PER_USER_MFA))
                .singleElement()
                .asString()
                .contains("Policy.Read.All");
    }

    @Test
    void aStateThatIsNotKnownIsAGap() {
        tenant.perUserMfa(administrator("kim"), "unknownFutureValue");
        assertThat(read(ALL, QUESTIONS).facts().reading(PER_USER_MFA))
                .isEqualTo(new Reading.Unread("sign-in requirements came with an unusable perUserMfaState"));
    }

    @Test
    void withoutAQuestionItStaysUnread() {
        administrator("kim");
        assertThat(read(ALL, SecondReading.NONE).facts().reading(PER_USER_MFA)).isInstanceOf(Reading.Unread.class);
        assertThat(tenant.requests()).doesNotContainKey(ASKED);
    }

    @Test
    void whatTheRunDoesNotWantIsNotAskedFor() {
        administrator("kim");
        read(FactKind.OF_TENANT, first -> {
            throw new AssertionError("asked");
        });
        assertThat(tenant.requests()).doesNotContainKey(ASKED);
    }

    @Test
    void aQuestionThatBreaksCostsOnlyWhatItAsksFor() {
        administrator("kim");
        Collected collected = read(ALL, first -> {
            throw new IllegalStateException("fault");
        });
        assertThat(collected.facts().reading(PER_USER_MFA)).isInstanceOf(Reading.Unread.class);
        assertThat(collected.facts().accounts()).hasSize(1);
    }

    @Test
    void idsOfNoKindThatIsReadSecondAreNotRead() {
        administrator("kim");
        Collected collected = read(ALL, first -> Map.of(PER_USER_MFA, Set.of()));
        assertThat(perUserMfa(collected)).isEmpty();
    }

    @Test
    void itIsRecordedAndReplayedLikeTheFirst() {
        String kim = administrator("kim");
        tenant.perUserMfa(kim, "enabled");
        RecordingWire recording = new RecordingWire(tenant);
        Collected live = read(recording, ALL, QUESTIONS);
        Path path = folder.resolve("tenant.zip");
        recording.write(
                path,
                new SnapshotHeading(FakeTenant.TENANT_ID, "Contoso", "snapshot", Readings.NOW, Designations.NONE));
        Collected replayed =
                SnapshotTenant.open(path).collect(ALL, Designations.NONE, phrase -> {}, new Estate.Whole(), QUESTIONS);
        assertThat(perUserMfa(replayed))
                .isEqualTo(perUserMfa(live))
                .containsExactly(new PerUserMfa(kim, PerUserMfa.State.ENABLED));
    }
}
