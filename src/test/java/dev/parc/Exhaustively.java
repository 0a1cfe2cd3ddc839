package dev.parc;

import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** For properties with many more tries than an ordinary build has time for; {@code mvn -Pexhaustive} runs them. */
public final class Exhaustively implements SkipExecutionHook {

    /** How many, in an ordinary build and in an exhaustive one. */
    public static int or(int ordinary, int exhaustive) {
        return Boolean.getBoolean("parc.exhaustive") ? exhaustive : ordinary;
    }

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
        return Boolean.getBoolean("parc.exhaustive")
                ? SkipResult.doNotSkip()
                : SkipResult.skip("takes minutes; -Pexhaustive runs it");
    }
}
