package dev.parc.collect.http;

import java.io.IOException;

/** Carries one HTTP exchange; layers around it count, pace, record or replay. */
public interface Wire {

    /**
     * Sends and waits for the whole answer, whatever its status.
     *
     * @throws IOException if there is no whole answer: refused, reset, cut off, timed out
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    WireResponse send(WireRequest request) throws IOException, InterruptedException;
}
