package dev.parc.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.run.RunRequest;
import dev.parc.change.Change;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeRequest;
import dev.parc.change.fix.Fix;
import dev.parc.change.fix.Fixer;
import dev.parc.change.fix.OpenItem;
import dev.parc.change.fix.ProvedChange;
import dev.parc.change.fix.Solution;
import dev.parc.change.overlay.ChangedObject;
import dev.parc.change.overlay.Evidence;
import dev.parc.change.overlay.Overlay;
import dev.parc.change.overlay.Undo;
import dev.parc.change.proof.Proof;
import dev.parc.change.proof.StateComparison;
import dev.parc.change.proof.TenantState;
import dev.parc.check.Check;
import dev.parc.collect.Estate;
import dev.parc.collect.Tenant;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.Layered;
import dev.parc.collect.http.Wire;
import dev.parc.collect.recording.RememberedWire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Proves changes on one reading of a tenant, whose answers it keeps: each change is laid over them and goes through the same
 * readers, checks and engine. Nothing is ever sent that changes anything. Not safe for use by several threads.
 */
public final class ChangeProver {

    private final Layered tenant;
    private final Function<Tenant, Engine> engines;
    private final Supplier<RunRequest> requests;
    private final RememberedWire memory = new RememberedWire();
    private @Nullable TenantState before;

    /**
     * A change with what it makes of the tenant.
     *
     * @param change with what it was proved on
     * @param touched what it touches, as it was and as it would be
     * @param changedSince what is not as it was when the change was proved before, a sentence each
     */
    public record Proved(
            Change change,
            Proof proof,
            List<ChangedObject> touched,
            List<String> changedSince,
            TenantState before,
            TenantState after) {
        public Proved {
            touched = List.copyOf(touched);
            changedSince = List.copyOf(changedSince);
        }
    }

    /**
     * What puts an item right.
     *
     * @param proved the change that was chosen, with new policies switched on; empty if none could be proved
     */
    public record Fixed(Solution solution, Optional<Proved> proved) {}

    /**
     * The inverse of a change.
     *
     * @param lasting the items whose outcome it does not bring back, which is none if it is one
     */
    public record Undone(Change change, List<String> lasting) {
        public Undone {
            lasting = List.copyOf(lasting);
        }
    }

    ChangeProver(Layered tenant, Function<Tenant, Engine> engines, Supplier<RunRequest> requests) {
        this.tenant = tenant;
        this.engines = engines;
        this.requests = requests;
    }

    /**
     * How the tenant stands; it is read when that is first asked.
     *
     * @throws dev.parc.collect.TenantException if nothing at all can be read
     */
    public TenantState before(Consumer<String> progress) {
        TenantState known = before;
        if (known == null) {
            known = state(memory::over, Optional.empty(), progress);
            before = known;
        }
        return known;
    }

    /**
     * What a change would make of the tenant.
     *
     * @throws dev.parc.change.ChangeException if PARC does not understand a request, or the service would refuse it
     * @throws dev.parc.collect.TenantException if what the change is about could not be read
     */
    public Proved prove(Change change, Consumer<String> progress) {
        TenantState then = before(progress);
        Instant takenAt = then.facts().takenAt();
        progress.accept("applying the change to the data read");
        AtomicReference<@Nullable Overlay> laid = new AtomicReference<>();
        TenantState now = state(
                wire -> {
                    Overlay overlay = laid.get();
                    if (overlay == null) {
                        overlay = Overlay.of(change, memory, wire, takenAt);
                        laid.set(overlay);
                    }
                    return overlay.over(memory.over(wire));
                },
                Optional.of(takenAt),
                progress);
        Overlay overlay = laid.get();
        if (overlay == null) {
            throw new IllegalStateException("the change did not match anything that was read");
        }
        Proof proof = StateComparison.between(then, now, change.requests().size());
        return new Proved(
                change.on(Evidence.of(proof.tenantId(), takenAt, overlay.touched())),
                proof,
                overlay.touched(),
                change.provedOn()
                        .map(proved -> Evidence.changedSince(proved, proof.tenantId(), overlay.touched()))
                        .orElse(List.of()),
                then,
                now);
    }

    /**
     * The smallest change that puts an item right, as far as it can be proved.
     *
     * @param check the item's
     * @param enforce whether new Conditional Access policies are written as switched on; else in report-only mode
     */
    public Fixed fix(Check check, Fix fix, boolean enforce, Consumer<String> progress) {
        return fix(check, fix, enforce, progress, () -> {});
    }

    /**
     * The same, asking before each proof whether there is to be one.
     *
     * @param beforeEach throws what the search is to end with, if it is to end
     */
    Fixed fix(Check check, Fix fix, boolean enforce, Consumer<String> progress, Runnable beforeEach) {
        TenantState then = before(progress);
        String id = Check.card(check).id();
        CheckResult result = then.assessment().results().stream()
                .filter(one -> one.checkId().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(id + " was not answered"));
        Solution solution = new Fixer(enforce, change -> {
                    beforeEach.run();
                    return attempt(change, progress);
                })
                .solve(fix, new OpenItem(check, result, then.facts(), this::answered));
        return new Fixed(
                solution,
                solution.chosen()
                        .map(Solution.Chosen::attempt)
                        .map(one -> new Proved(
                                one.change(), one.proof(), one.touched(), List.of(), one.before(), one.after())));
    }

    private ProvedChange attempt(Change change, Consumer<String> progress) {
        Proved proved;
        try {
            proved = prove(change, progress);
        } catch (TenantException e) {
            // of this alternative nothing can be proved; another one may ask for nothing that was not read
            throw new ChangeException(String.valueOf(e.getMessage()));
        }
        return new ProvedChange(proved.change(), proved.proof(), proved.touched(), proved.before(), proved.after());
    }

    private List<ObjectNode> answered(String path) {
        return memory.asked(path).stream()
                .flatMap(one -> JsonBody.told(one.answer()).stream())
                .toList();
    }

    /**
     * The inverse of a change that was proved, from the answers as they were, with the proof that it brings every outcome back.
     *
     * @throws dev.parc.change.ChangeException if something of it cannot be taken back
     */
    public Undone undo(Proved proved, Consumer<String> progress) {
        Change undo = Undo.of(proved.touched());
        List<ChangeRequest> both = new ArrayList<>(proved.change().requests());
        both.addAll(undo.requests());
        Proof proof = prove(new Change(both), progress).proof();
        return new Undone(
                undo, proof.items().stream().map(Proof.ItemChange::checkId).toList());
    }

    private TenantState state(UnaryOperator<Wire> layer, Optional<Instant> takenAt, Consumer<String> progress) {
        RunResult answers = engines.apply(tenant.through(layer, takenAt))
                .answer(requests.get(), progress, new Estate.Whole(), TenantState.KINDS);
        return new TenantState(answers.assessment(), answers.facts());
    }
}
