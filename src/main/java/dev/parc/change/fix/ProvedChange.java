package dev.parc.change.fix;

import dev.parc.change.Change;
import dev.parc.change.overlay.ChangedObject;
import dev.parc.change.proof.Proof;
import dev.parc.change.proof.TenantState;
import java.util.List;

/**
 * A change with what it would make of the tenant.
 *
 * @param change with what it was proved on
 */
public record ProvedChange(
        Change change, Proof proof, List<ChangedObject> touched, TenantState before, TenantState after) {

    public ProvedChange {
        touched = List.copyOf(touched);
    }

    /** Proves a change on a tenant. */
    @FunctionalInterface
    public interface Prover {

        /**
         * What a change would make of the tenant.
         *
         * @throws dev.parc.change.ChangeException if the service would refuse a request
         */
        ProvedChange prove(Change change);
    }

    /** What accounts are asked for that they were not asked for, each once, to stand after "for". */
    public List<String> newRequirements() {
        return proof.coverage().stream()
                .filter(Proof.Coverage::gained)
                .map(Proof.Coverage::requirement)
                .distinct()
                .toList();
    }

    /** How many accounts are asked for something that they were not asked for. */
    public int newlyAsked() {
        return (int) proof.coverage().stream()
                .filter(Proof.Coverage::gained)
                .map(Proof.Coverage::accountId)
                .distinct()
                .count();
    }
}
