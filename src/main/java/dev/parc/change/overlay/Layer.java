package dev.parc.change.overlay;

import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import java.util.function.Supplier;

/** What a change makes of the answers to some requests. */
interface Layer {

    /** Whether it may make another answer of this one. */
    boolean concerns(WireRequest request, RequestTarget target);

    /**
     * The answer with the change.
     *
     * @param beneath the answer without this layer, which is asked for only where it is needed
     */
    WireResponse answer(WireRequest request, RequestTarget target, Supplier<WireResponse> beneath);
}
