package dev.parc.collect.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Fetches what a signed link leads to; no credential goes with it. */
@FunctionalInterface
public interface Download {

    /** Makes an answer of a body while it comes. */
    @FunctionalInterface
    interface Body {

        /**
         * The answer that the body makes.
         *
         * @throws IOException if the body breaks off, or is not what it should be
         */
        WireResponse read(InputStream body) throws IOException;
    }

    /**
     * What the body at the link makes, or the status of a refusal with an empty object.
     *
     * @throws IOException if there is no whole body
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    WireResponse fetch(URI link, Body body) throws IOException, InterruptedException;
}
