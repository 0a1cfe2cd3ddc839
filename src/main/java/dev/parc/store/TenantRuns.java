package dev.parc.store;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.ledger.ItemIds;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.RunRecord;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the runs of one tenant must be like to be kept, in whichever store. A violation is a mistake of the caller and
 * throws {@link IllegalArgumentException}.
 *
 * @param tenantId the tenant's id or name in lower case: letters, digits, dots and hyphens, which are safe in a path
 *     and in a key
 */
public record TenantRuns(String tenantId) {

    private static final Pattern PART = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern TENANT = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,126}[a-z0-9])?");

    public TenantRuns {
        tenantId = tenantId.toLowerCase(Locale.ROOT);
        if (!TENANT.matcher(tenantId).matches()) {
            throw new IllegalArgumentException("the tenant id must be a GUID or a domain name");
        }
    }

    /** The record, if it may be begun or updated: it has a run id and is not DONE, which only finishing makes it. */
    public RunRecord open(RunRecord run) {
        if (!RunIds.isOne(run.request().runId())) {
            throw new IllegalArgumentException("the run id is not one");
        }
        if (run.state() == RunRecord.State.DONE) {
            throw new IllegalArgumentException("a run is DONE only with its results");
        }
        return run;
    }

    /**
     * The assessment, if it may be kept: it is this tenant's, each result has an item's id that no other has, and the
     * administrators are those of the same run.
     */
    public Assessment own(Assessment assessment, Optional<AdministratorInventory> inventory) {
        if (!inventory
                .map(AdministratorInventory::runId)
                .orElse(assessment.runId())
                .equals(assessment.runId())) {
            throw new IllegalArgumentException("the administrators are those of another run");
        }
        if (!RunIds.isOne(assessment.runId())) {
            throw new IllegalArgumentException("the run id is not one");
        }
        if (!assessment.tenantId().equalsIgnoreCase(tenantId)) {
            throw new IllegalArgumentException("the assessment is of another tenant than the store");
        }
        Set<String> ids = new HashSet<>();
        for (CheckResult result : assessment.results()) {
            if (!ItemIds.isOne(result.checkId()) || !ids.add(result.checkId())) {
                throw new IllegalArgumentException("the results must have different ids of items");
            }
        }
        return assessment;
    }

    /** The name, if a part of a run may have it. */
    public static String part(String name) {
        if (!PART.matcher(name).matches()) {
            throw new IllegalArgumentException("no part of a run has this name");
        }
        return name;
    }

    /** So many of the newest finished runs are looked at for the one that was finished last: others waited less than that. */
    public static final int FINISHED_LOOKED_AT = 20;

    /**
     * The id of the run that was finished last, whenever it was asked for.
     *
     * @param finished the newest first by their ids; one whose id is ahead of its own end is no measure for the others
     */
    public static Optional<String> lastFinished(Stream<RunRecord> finished) {
        Optional<RunRecord> last = Optional.empty();
        int looked = 0;
        Iterator<RunRecord> runs = finished.iterator();
        while (looked < FINISHED_LOOKED_AT && runs.hasNext()) {
            RunRecord run = runs.next();
            if (last.filter(it -> !it.updatedAt().isBefore(run.updatedAt())).isEmpty()) {
                last = Optional.of(run);
            }
            if (!RunIds.time(run.request().runId()).isAfter(run.updatedAt())) {
                looked++;
            }
        }
        return last.map(run -> run.request().runId());
    }

    /** The record that says that the run is done. */
    public static RunRecord done(RunRecord begun, Assessment assessment) {
        return new RunRecord(begun.request(), RunRecord.State.DONE, "done", assessment.finishedAt());
    }
}
