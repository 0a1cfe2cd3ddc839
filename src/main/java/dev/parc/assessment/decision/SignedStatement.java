package dev.parc.assessment.decision;

import dev.parc.facts.Attestation;

/**
 * An attestation as it is kept.
 *
 * @param words the statement as it read when it was attested; nobody attests another one
 */
public record SignedStatement(Attestation attestation, String words) {}
