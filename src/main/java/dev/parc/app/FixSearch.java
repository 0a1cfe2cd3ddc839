package dev.parc.app;

import dev.parc.assessment.CheckResult;
import dev.parc.assessment.ProposedFix;
import dev.parc.change.fix.Fix;
import dev.parc.change.fix.Solution;
import dev.parc.change.fix.items.Fixes;
import dev.parc.change.proof.TenantState;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.collect.Estate;
import dev.parc.collect.TenantException;
import dev.parc.facts.FactKind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Looks for the smallest changes that fix what a run left open, on the answers that the run read: the tenant is asked nothing more. It
 * never costs the run anything but time, of which there is only so much; where it fails, the item says so.
 */
final class FixSearch {

    /** What a run may read for it beside what its items ask for: one request. */
    private static final Set<FactKind> CHEAP = EnumSet.of(FactKind.INBOUND_TRUST);

    private final Map<String, Check> checks;
    private final Duration time;
    private final LongSupplier nanos;

    /**
     * @param checks those of the run
     * @param time how long it may take; a proof that has begun is finished
     * @param nanos a clock for durations
     */
    FixSearch(List<Check> checks, Duration time, LongSupplier nanos) {
        this.checks = checks.stream()
                .collect(Collectors.toMap(check -> Check.card(check).id(), Function.identity()));
        this.time = time;
        this.nanos = nanos;
    }

    /** What a run that reads these kinds is to read besides. */
    static Set<FactKind> further(Set<FactKind> kinds) {
        Set<FactKind> missing = EnumSet.copyOf(TenantState.KINDS);
        missing.removeAll(kinds);
        return CHEAP.containsAll(missing) ? missing : Set.of();
    }

    /** The result with what was found. */
    RunResult in(RunResult result, Estate estate, ChangeProver prover, Consumer<String> progress, Clock clock) {
        long end = nanos.getAsLong() + time.toNanos();
        List<Fault> faults = new ArrayList<>(result.faults());
        List<CheckResult> results = result.assessment().results().stream()
                .map(one -> fixOf(one)
                        .map(fix -> one.with(found(one, fix, unable(result, estate), prover, progress, end, faults)))
                        .orElse(one))
                .toList();
        return new RunResult(
                result.assessment().with(results, clock.instant()),
                result.facts(),
                result.asked(),
                result.inventory(),
                faults);
    }

    private static Optional<Fix> fixOf(CheckResult result) {
        boolean open = result.outcome() == Outcome.FAIL || result.outcome() == Outcome.REVIEW;
        return open && !result.isWaived() ? Fixes.of(result.checkId()) : Optional.empty();
    }

    /** Why nothing can be proved on what the run read; empty if something can. */
    private static Optional<String> unable(RunResult result, Estate estate) {
        if (estate instanceof Estate.InBlocks) {
            return Optional.of("The subscriptions were read in blocks");
        }
        return result.asked().containsAll(TenantState.KINDS)
                ? Optional.empty()
                : Optional.of("This run did not read who can sign in");
    }

    private ProposedFix found(
            CheckResult result,
            Fix fix,
            Optional<String> unable,
            ChangeProver prover,
            Consumer<String> progress,
            long end,
            List<Fault> faults) {
        if (unable.isPresent()) {
            return later(unable.get(), result);
        }
        progress.accept("looking for a fix of " + result.checkId());
        return Engine.contained(
                "the fix of " + result.checkId(),
                () -> search(result, fix, prover, end),
                cause -> later(
                        "The search for a fix failed on " + cause.getClass().getSimpleName(), result),
                faults::add);
    }

    private ProposedFix search(CheckResult result, Fix fix, ChangeProver prover, long end) {
        try {
            unlessOver(end);
            Check check = Optional.ofNullable(checks.get(result.checkId()))
                    .orElseThrow(() -> new IllegalStateException(result.checkId() + " is not of this run"));
            Solution solution = prover.fix(check, fix, false, phrase -> {}, () -> unlessOver(end))
                    .solution();
            return solution.item().outcome() == result.outcome()
                    ? solution.proposed(checks.size())
                    : later("Some of what the run read was throttled", result);
        } catch (OutOfTimeException e) {
            return later("The run had no time left to look for a fix", result);
        } catch (TenantException e) {
            return later("What the run read is not enough to prove a change", result);
        }
    }

    private void unlessOver(long end) {
        if (nanos.getAsLong() - end >= 0) {
            throw new OutOfTimeException();
        }
    }

    private static ProposedFix later(String because, CheckResult result) {
        return ProposedFix.none(because + "; run 'parc fix " + result.checkId() + "'");
    }

    /** Ends a search. */
    private static final class OutOfTimeException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
