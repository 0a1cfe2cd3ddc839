package dev.parc.assessment.run;

import dev.parc.analysis.explain.ExplainedAdministrators;
import java.time.Instant;

/**
 * The effective administrators as one run saw them: schema {@code parc-accounts/1}. It holds nobody else.
 *
 * @param takenAt when the facts were read
 */
public record AdministratorInventory(String runId, Instant takenAt, ExplainedAdministrators explained) {}
