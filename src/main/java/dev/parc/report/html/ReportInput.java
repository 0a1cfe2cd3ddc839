package dev.parc.report.html;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.check.Stage;
import dev.parc.report.portal.Portals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the report shows.
 *
 * @param assessment the answers
 * @param inventory the administrators, if the run asked who they are
 * @param earlier what is different from before, if an earlier run answered the same
 * @param read when the facts of each stage were read, where that was not with the run
 * @param series how the score of each stage went up to this run, oldest first; a stage without points is not in it
 * @param portals where what it names stands in the tenant's portals
 */
public record ReportInput(
        Assessment assessment,
        Optional<AdministratorInventory> inventory,
        Optional<Earlier> earlier,
        Map<Stage, List<StagePoint>> series,
        Map<Stage, Instant> read,
        Portals portals) {

    /**
     * What is different from an earlier run.
     *
     * @param at when the earlier run began
     * @param score that of the earlier run; empty if it did not answer the same items
     * @param changes from it to this one
     */
    public record Earlier(Instant at, OptionalInt score, List<Change> changes) {
        public Earlier {
            changes = List.copyOf(changes);
        }
    }

    public ReportInput {
        series = Map.copyOf(series);
        read = Map.copyOf(read);
    }

    /** All of one run. */
    public ReportInput(
            Assessment assessment,
            Optional<AdministratorInventory> inventory,
            Optional<Earlier> earlier,
            Map<Stage, List<StagePoint>> series) {
        this(assessment, inventory, earlier, series, Map.of(), Portals.NONE);
    }

    /** A run of which nothing else is known. */
    public static ReportInput of(Assessment assessment) {
        return new ReportInput(assessment, Optional.empty(), Optional.empty(), Map.of());
    }

    /** The same with these administrators. */
    public ReportInput with(AdministratorInventory administrators) {
        return new ReportInput(assessment, Optional.of(administrators), earlier, series, read, portals);
    }

    /** The same of a tenant with these portals. */
    public ReportInput in(Portals itsPortals) {
        return new ReportInput(assessment, inventory, earlier, series, read, itsPortals);
    }
}
