package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.ProposedFix;
import dev.parc.assessment.json.AssessmentJson;
import dev.parc.assessment.run.RunRequest;
import dev.parc.change.ChangeJson;
import dev.parc.change.fix.items.Fixes;
import dev.parc.change.proof.Proof;
import dev.parc.change.proof.TenantState;
import dev.parc.check.Outcome;
import dev.parc.collect.Estate;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.FactKind;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixSearchTest {

    @TempDir
    static Path data;

    private static CompositionRoot parc;
    private static RunResult plain;
    private static RunResult fixed;

    @BeforeAll
    static void assess() {
        parc = CompositionRoot.demo(data, Duration.ofMinutes(10));
        RunRequest all = parc.runs().request(List.of(), List.of(), Trigger.CLI);
        fixed = parc.engine().answer(all, phrase -> {});
        plain = CompositionRoot.demo(data).engine().answer(all, phrase -> {});
    }

    @Test
    void everyOpenItemThatHasAFixShowsItAndNoOther() {
        for (CheckResult result : fixed.assessment().results()) {
            boolean open = result.outcome() == Outcome.FAIL || result.outcome() == Outcome.REVIEW;
            assertThat(result.fix().isPresent())
                    .as(result.checkId())
                    .isEqualTo(open
                            && !result.isWaived()
                            && Fixes.of(result.checkId()).isPresent());
        }
    }

    @Test
    void nothingElseOfTheRunIsChangedAndNothingMoreIsAsked() {
        // how many calls carry these in batches is up to the machine
        assertThat(fixed.assessment().requests().byRequest())
                .isEqualTo(plain.assessment().requests().byRequest());
        assertThat(fixed.faults()).isEmpty();
        assertThat(fixed.assessment().results().stream().map(FixSearchTest::withoutFix))
                .isEqualTo(plain.assessment().results());
    }

    private static CheckResult withoutFix(CheckResult one) {
        return new CheckResult(
                one.checkId(),
                one.version(),
                one.stage(),
                one.title(),
                one.severity(),
                one.outcome(),
                one.basis(),
                one.summary(),
                one.reasons(),
                one.findings(),
                one.attestations(),
                one.waivers(),
                one.remedy(),
                one.reasonInSummary());
    }

    @Test
    void theChangeDoesWhatIsSaidOfIt() {
        ProposedFix.Proved change = of(fixed, "S1-06").change().orElseThrow();

        assertThat(change.inWords())
                .isEqualTo("Closes 3 of 3 findings; nobody is locked out; 7 administrators are newly asked for MFA;"
                        + " so is everyone else the policy applies to; none of 59 items gets worse");
        Proof proof = parc.changes()
                .prove(ChangeJson.read(change.file()), phrase -> {})
                .proof();
        assertThat(proof.objections()).isEmpty();
        assertThat(proof.items()).anyMatch(item -> item.checkId().equals("S1-06") && item.after() == Outcome.PASS);
        assertThat(change.requests()).hasSize(1).first().satisfies(request -> {
            assertThat(request.method()).isEqualTo("PATCH");
            assertThat(request.why()).isNotEmpty();
        });
    }

    @Test
    void whereNoChangeIsKnownItSaysSo() {
        assertThat(of(fixed, "S3-07").change()).isEmpty();
        assertThat(of(fixed, "S3-07").because()).containsExactly("No request that PARC knows closes these findings");
    }

    @Test
    void itIsKeptWithTheRun() {
        Assessment run = fixed.assessment();

        assertThat(AssessmentJson.read(AssessmentJson.write(run))).isEqualTo(run);
    }

    @Test
    void aRunThatHasNoTimeLeftSaysSo() {
        AtomicLong clock = new AtomicLong();

        RunResult result = search(new Estate.Whole(), plain, parc.changes(), clock::incrementAndGet);

        assertThat(result.assessment().results().stream().flatMap(one -> one.fix().stream()))
                .isNotEmpty()
                .allSatisfy(fix -> {
                    assertThat(fix.change()).isEmpty();
                    assertThat(fix.because().get(0))
                            .startsWith("The run had no time left to look for a fix; run 'parc fix S");
                });
    }

    @Test
    void onBlocksOfSubscriptionsNothingIsProved() {
        RunResult result = search(new Estate.InBlocks(List.of(), Map.of()), plain, parc.changes(), () -> 0);

        assertThat(of(result, "S1-06").because())
                .containsExactly("The subscriptions were read in blocks; run 'parc fix S1-06'");
    }

    @Test
    void aRunThatDidNotReadWhoCanSignInProvesNothing() {
        RunResult little = new RunResult(
                plain.assessment(), plain.facts(), Set.of(FactKind.ROLE_ASSIGNMENTS), Optional.empty(), List.of());

        assertThat(of(search(new Estate.Whole(), little, parc.changes(), () -> 0), "S1-06")
                        .because())
                .containsExactly("This run did not read who can sign in; run 'parc fix S1-06'");
    }

    @Test
    void aFaultCostsTheFixAndNotTheRun() {
        ChangeProver faulty = new ChangeProver(
                SnapshotTenant.demo(),
                tenant -> {
                    throw new IllegalStateException("planted");
                },
                () -> parc.runs().request(List.of(), List.of(), Trigger.CLI));

        RunResult result = search(new Estate.Whole(), plain, faulty, () -> 0);

        assertThat(of(result, "S1-06").because())
                .containsExactly("The search for a fix failed on IllegalStateException; run 'parc fix S1-06'");
        assertThat(result.faults()).extracting(Fault::what).contains("the fix of S1-06");
        assertThat(result.assessment().results())
                .hasSameSizeAs(plain.assessment().results());
    }

    @Test
    void aRunReadsOneKindMoreAtMost() {
        Set<FactKind> without = EnumSet.copyOf(TenantState.KINDS);
        without.remove(FactKind.INBOUND_TRUST);

        assertThat(FixSearch.further(without)).containsExactly(FactKind.INBOUND_TRUST);
        assertThat(FixSearch.further(EnumSet.of(FactKind.ORGANIZATION))).isEmpty();
        assertThat(FixSearch.further(TenantState.KINDS)).isEmpty();
    }

    private static RunResult search(Estate estate, RunResult run, ChangeProver prover, LongSupplier nanos) {
        return new FixSearch(parc.checks(), Duration.ofNanos(1), nanos)
                .in(run, estate, prover, phrase -> {}, Clock.systemUTC());
    }

    private static ProposedFix of(RunResult run, String item) {
        return run.assessment().results().stream()
                .filter(one -> one.checkId().equals(item))
                .findFirst()
                .flatMap(CheckResult::fix)
                .orElseThrow();
    }
}
