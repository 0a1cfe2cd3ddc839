package dev.parc.facts.directory;

/** What {@code onPremisesSyncEnabled} says: Graph tells never (null) and no longer (false) apart. */
public enum SyncState {
    NEVER_SYNCED,
    NO_LONGER_SYNCED,
    SYNCED
}
