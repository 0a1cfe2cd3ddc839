package dev.parc.analysis.conditionalaccess;

import java.util.List;

/**
 * Whether an account that administers meets a requirement, with the roles that it is assigned and with each one that it
 * could activate.
 *
 * @param decision the worst of all
 * @param activations each way to a role that must be activated, as it was found
 */
public record AdministratorDecision(MfaDecision decision, List<ActivationDecision> activations) {

    public AdministratorDecision {
        activations = List.copyOf(activations);
    }
}
