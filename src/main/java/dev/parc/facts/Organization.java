package dev.parc.facts;

/** The tenant itself. */
public record Organization(String id, String displayName, SyncState sync) {}
