package dev.parc.facts;

/** A fact about one principal, found by the principal's object id. */
interface OfPrincipal {

    /** The object id of the principal. */
    String principalId();
}
