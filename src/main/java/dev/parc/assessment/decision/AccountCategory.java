package dev.parc.assessment.decision;

import dev.parc.facts.Category;
import java.time.Instant;

/**
 * What the operator says that an account is for.
 *
 * @param accountId the object id, lower case
 * @param reason why, for who reads it later; may be empty
 * @param by who recorded it
 * @param at when it was recorded
 */
public record AccountCategory(String accountId, Category category, String reason, String by, Instant at) {}
