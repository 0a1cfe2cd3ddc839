package dev.parc;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** For properties with many more tries than an ordinary build has time for; {@code mvn -Pexhaustive} runs them. */
public final class Exhaustively implements SkipExecutionHook {

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        return Boolean.getBoolean("parc.exhaustive")
                ? SkipResult.doNotSkip()
                : SkipResult.skip("takes minutes; -Pexhaustive runs it");
    }
}
