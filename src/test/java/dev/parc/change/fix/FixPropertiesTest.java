package dev.parc.change.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.app.ChangeProver;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.change.Change;
import dev.parc.change.fix.items.Fixes;
import dev.parc.change.proof.Proof;
import dev.parc.change.proof.StateComparison;
import dev.parc.change.proof.TenantState;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On random tenants every fix that is written does what it claims once a Graph of the tests has made it, in a run of its own: it closes
 * what it says it closes, makes no item worse, locks nobody out, and leaves a Global Administrator who gets in.
 */
class FixPropertiesTest {

    private static final boolean EXHAUSTIVE = Boolean.getBoolean("parc.exhaustive");
    private static final int TRIES = EXHAUSTIVE ? Integer.getInteger("parc.tries", 200) : 4;
    private static final int FIRST = Integer.getInteger("parc.seed", 0);
    /** So many items are put right in each tenant. */
    private static final int ITEMS = EXHAUSTIVE ? Integer.MAX_VALUE : 2;

    @TempDir
    Path folder;

    private FixScene scene(long seed) {
        return new FixScene(folder, () -> RandomTenants.of(seed), RandomTenants.DESIGNATIONS);
    }

    private static List<String> items(Random random) {
        List<String> items = new ArrayList<>(Fixes.items());
        String only = System.getProperty("parc.item", "");
        if (!only.isEmpty()) {
            return List.of(only);
        }
        Collections.shuffle(items, random);
        return items.subList(0, Math.min(ITEMS, items.size()));
    }

    @Test
    void whatIsWrittenDoesWhatItClaims() {
        Map<String, Integer> written = new TreeMap<>();
        Map<String, Integer> open = new TreeMap<>();
        for (long seed = FIRST; seed < FIRST + TRIES; seed++) {
            ChangeProver prover = scene(seed).prover(RandomTenants.of(seed));
            for (String item : items(new Random(seed))) {
                boolean enforce = new Random(seed).nextBoolean();
                Solution solution = prover.fix(
                                FixScene.check(item), Fixes.of(item).orElseThrow(), enforce, phrase -> {})
                        .solution();
                if (solution.item().outcome() == Outcome.FAIL) {
                    open.merge(item, 1, Integer::sum);
                }
                if (solution.chosen().isPresent()) {
                    written.merge(item, 1, Integer::sum);
                    holds(
                            seed,
                            prover.before(phrase -> {}),
                            solution,
                            solution.chosen().get());
                } else if (solution.item().outcome() == Outcome.FAIL) {
                    assertThat(solution.left()).as(item + " of seed " + seed).isNotEmpty();
                }
            }
        }
        if (EXHAUSTIVE) {
            System.out.println("fixes written " + written + " of open items " + open);
        }
        assertThat(written).isNotEmpty();
    }

    private void holds(long seed, TenantState before, Solution solution, Solution.Chosen chosen) {
        String item = solution.item().checkId();
        Change change = new Change(chosen.alternative().requests());
        String what = "seed " + seed + ", " + item + ": "
                + change.requests().stream()
                        .map(request -> request.method() + " " + request.url().path() + " " + request.body())
                        .collect(Collectors.joining("; "));
        TenantState real = scene(seed).made(change);
        CheckResult after = FixScene.result(real, item);

        assertThat(after.outcome()).as(what).isNotEqualTo(Outcome.NOT_ASSESSED);
        Map<String, Long> claimed = count(chosen.closes());
        Map<String, Long> was = count(solution.item().findings());
        Map<String, Long> now = after.outcome() == Outcome.PASS ? Map.of() : count(after.findings());
        claimed.forEach((key, closed) ->
                assertThat(now.getOrDefault(key, 0L)).as(what).isLessThanOrEqualTo(was.getOrDefault(key, 0L) - closed));

        Proof proof = StateComparison.between(before, real, change.requests().size());
        assertThat(proof.objections()).as(what).isEmpty();
        assertThat(proof.accounts())
                .as(what)
                .noneMatch(Proof.AccountProof::isLockedOutByIt)
                .noneMatch(Proof.AccountProof::isMadeUncertain);
        if (getsIn(proof, true)) {
            assertThat(getsIn(proof, false))
                    .as("a Global Administrator gets in, " + what)
                    .isTrue();
        }
    }

    private static boolean getsIn(Proof proof, boolean before) {
        return proof.accounts().stream()
                .filter(Proof.AccountProof::globalAdministrator)
                .map(account -> before ? account.before() : account.after())
                .anyMatch(access -> access.reachability() == Proof.Reachability.REACHABLE);
    }

    private static Map<String, Long> count(List<Finding> findings) {
        return findings.stream()
                .map(FindingKeys::of)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
