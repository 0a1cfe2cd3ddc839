package dev.parc.check;

import dev.parc.facts.Facts;
import java.util.List;

/** Items that leave their answer to a person, for tests. */
public final class Asking {

    private Asking() {}

    /** S2-90. */
    @RoadmapItem(
            id = "S2-90",
            title = "Two statements are attested",
            severity = Severity.LOW,
            needs = {},
            attests = {"The plan exists", "The plan is tested"})
    public record TwoStatements() implements Check {
        @Override
        public Verdict evaluate(Facts facts) {
            return Verdict.attest(
                    "one contact was found",
                    List.of(new Finding(Finding.TENANT, SubjectType.TENANT, "the tenant", "has one contact")));
        }
    }

    /** S2-93. */
    @RoadmapItem(
            id = "S2-93",
            title = "One statement is attested",
            severity = Severity.LOW,
            needs = {},
            attests = "All is well")
    public record OneStatement() implements Check {
        @Override
        public Verdict evaluate(Facts facts) {
            return Verdict.attest("no interface tells this", List.of());
        }
    }
}
