package dev.parc.facts;

/**
 * A sensitivity label that the tenant defines.
 *
 * @param protects whether it encrypts what it is put on
 */
public record SensitivityLabel(String id, String name, boolean protects) {}
