package dev.parc.facts.activity;

/**
 * An open health issue of Microsoft Defender for Identity.
 *
 * @param severity as Graph gives it: low, medium or high
 */
public record DefenderHealthIssue(String id, String title, String severity) {}
