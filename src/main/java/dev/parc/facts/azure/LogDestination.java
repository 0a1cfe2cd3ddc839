package dev.parc.facts.azure;

/**
 * Where logs are sent.
 *
 * @param id the resource, as Azure Resource Manager writes it, lower case
 */
public record LogDestination(Kind kind, String id) {

    /** What it is. */
    public enum Kind {
        /** A Log Analytics workspace. */
        WORKSPACE,
        STORAGE_ACCOUNT,
        /** From where anything may fetch them. */
        EVENT_HUB,
        /** A service of another company. */
        PARTNER_SOLUTION
    }

    /** Whether whatever comes after it is outside what Azure tells. */
    public boolean handsOn() {
        return kind == Kind.EVENT_HUB || kind == Kind.PARTNER_SOLUTION;
    }

    /** The last part of its id. */
    public String name() {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
