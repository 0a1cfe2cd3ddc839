package dev.parc.assessment.run;

import dev.parc.analysis.explain.ExplainedAdministrators;
import java.time.Instant;
import java.util.List;

/**
 * The effective administrators as one run saw them: schema {@code parc-accounts/2}. It holds nobody else.
 *
 * @param takenAt when the facts were read
 * @param named what sentences of the run may name; a run that an earlier release kept has nothing there
 */
public record AdministratorInventory(
        String runId, Instant takenAt, ExplainedAdministrators explained, List<NamedObject> named) {

    public AdministratorInventory {
        named = List.copyOf(named);
    }
}
