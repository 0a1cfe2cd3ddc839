package dev.parc.analysis.accounts;

import dev.parc.facts.Category;

/**
 * What an administrator's account is for.
 *
 * @param reason the evidence, to stand after "because"
 * @param confirmed whether it rests on the operator's word or on a fact that leaves no choice; otherwise a person must
 *     confirm it, since no API tells a shared account or a second use
 */
public record Categorisation(Category category, String reason, boolean confirmed) {}
