package dev.parc.query;

/** Whether a query returns a row for an event each time that it happens, worst first. */
public enum Yield {
    /** Never, or the query is none and the rule fails. */
    NONE,
    /** Sometimes, as the query asks for something that differs from one time to the next. */
    SOME,
    /** The query does not tell, or asks in a way that PARC does not follow. */
    UNKNOWN,
    /** Each time. */
    EVERY
}
