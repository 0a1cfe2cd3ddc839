package dev.parc.facts.azure;

/** What a role in Azure makes of whoever holds it, the greatest first. */
public enum AzurePower {
    /** It can give roles, to itself too, and so has every other. */
    GIVES_ROLES,
    /** It may be able to: a condition that PARC cannot decide, or a custom role whose actions it does not know. */
    MAY_GIVE_ROLES,
    /** It changes everything below, and gives no role that can do more. */
    CHANGES_EVERYTHING,
    /** It does one job. */
    OTHER,
    /** It changes nothing. */
    READS
}
