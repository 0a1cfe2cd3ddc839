package dev.parc.facts.directory;

/**
 * A sensitivity label that can be put on something: one with labels below it cannot, they stand for it.
 *
 * @param name with that of the label above it, if there is one
 * @param protects whether it encrypts what it is put on
 * @param enabled whether it is on; nobody can use one that is off, whoever it is published to
 */
public record SensitivityLabel(String id, String name, boolean protects, boolean enabled) {}
