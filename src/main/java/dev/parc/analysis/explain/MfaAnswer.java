package dev.parc.analysis.explain;

import dev.parc.analysis.conditionalaccess.MfaDecision;
import java.util.List;

/** Whether a principal can sign in without MFA, as far as that can be asked and told. */
public sealed interface MfaAnswer {

    /**
     * Conditional Access decides it.
     *
     * @param missing what could not be read besides, a sentence each; with any of these it is never covered
     */
    record Decided(MfaDecision decision, List<String> missing) implements MfaAnswer {
        public Decided {
            missing = List.copyOf(missing);
        }
    }

    /**
     * There is nothing to decide.
     *
     * @param because why, to stand after the principal's name
     */
    record NotAsked(String because) implements MfaAnswer {}

    /**
     * What decides it could not be read.
     *
     * @param reasons why, a sentence each
     */
    record NotRead(List<String> reasons) implements MfaAnswer {
        public NotRead {
            reasons = List.copyOf(reasons);
        }
    }
}
