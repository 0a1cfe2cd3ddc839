package dev.parc.roadmap;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Stage;
import java.util.List;

/** A roadmap of one stage, for tests that are not about the items. */
public final class StageOne {

    private StageOne() {}

    /** The seven checks of stage 1. */
    public static List<Check> checks() {
        return Roadmap.checks().stream()
                .filter(check -> Stage.ofItem(Assessor.card(check).id()) == Stage.S1)
                .toList();
    }
}
