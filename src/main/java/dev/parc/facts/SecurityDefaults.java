package dev.parc.facts;

/** Microsoft's preset of identity protections; it excludes enabled Conditional Access policies. */
public record SecurityDefaults(boolean enabled) {}
