package dev.parc.facts.directory;

/** A fact about one principal, found by the principal's object id. */
public interface PrincipalFact {

    /** The object id of the principal. */
    String principalId();
}
