package dev.parc.facts.directory;

/** What can hold a role. {@code UNKNOWN}: the answer did not say. */
public enum PrincipalType {
    USER,
    GROUP,
    SERVICE_PRINCIPAL,
    UNKNOWN
}
