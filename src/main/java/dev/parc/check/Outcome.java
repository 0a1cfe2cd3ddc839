package dev.parc.check;

/** The five answers. Only {@link #PASS} is good news. */
public enum Outcome {
    PASS,
    FAIL,
    /** Evidence was found, and a person must decide. */
    REVIEW,
    /** The item does not apply to this tenant, or its licence is missing. */
    NOT_APPLICABLE,
    /** Something that the answer needs could not be read. */
    NOT_ASSESSED
}
