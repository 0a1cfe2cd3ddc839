package dev.parc.collect.exchange;

import com.fasterxml.jackson.databind.JsonNode;

/** What became of one request to Graph, after retries and paging. */
public sealed interface Answer {

    /** The whole body; of a collection, {@code value} holds the items of every page. */
    record Value(JsonNode body) implements Answer {}

    /**
     * Graph answered with an error that no retry will change.
     *
     * @param code {@code error.code}, for example Authorization_RequestDenied; empty text where there is none
     */
    record Refused(int status, String code, String message) implements Answer {}

    /**
     * No usable answer: throttled to the end of the budget, unreachable, cut off, not in the snapshot.
     *
     * @param reason a phrase to stand after "because"
     */
    record Failed(String reason) implements Answer {}
}
