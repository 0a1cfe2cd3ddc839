package dev.parc.store;

import static dev.parc.assessment.Assessments.assessment;
import static dev.parc.assessment.Assessments.queued;
import static dev.parc.assessment.Assessments.request;

import dev.parc.assessment.CheckResult;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.Inventories;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import java.time.Instant;

/** Runs that the contracts of stores keep. */
final class RunsToKeep {

    static final String ONE = "20260131T080000Z-00000001";

    static final String TWO = "20260131T080000Z-00000002";

    static final String LATER = "20260201T080000Z-00000003";

    private RunsToKeep() {}

    static RunRecord running(RunRequest request, String progress) {
        return new RunRecord(request, RunRecord.State.RUNNING, progress, Instant.parse("2026-01-31T08:00:03Z"));
    }

    static void keep(RunStore store, String runId, RunRequest request, CheckResult... results) {
        store.begin(queued(request));
        store.finish(assessment(runId, results));
    }

    static AdministratorInventory inventory(String runId, int administrators) {
        return Inventories.inventory(runId, administrators);
    }
}
