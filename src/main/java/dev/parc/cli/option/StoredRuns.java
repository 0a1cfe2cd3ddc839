package dev.parc.cli.option;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunStore;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.UsageException;
import dev.parc.collect.TenantException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands take that look at runs that are kept. */
public final class StoredRuns {

    /** So many runs are looked through for finished ones. */
    private static final int LOOKED_AT = 200;

    @Mixin
    TenantOptions tenant = new TenantOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder where runs are stored. Default: ${DEFAULT-VALUE}.")
    public Path data = RunOptions.DATA;

    /** Does the work for the tenant that is meant. */
    public <T, R> R with(Console console, Source<T> source, Function<T, R> work) {
        tenant.requireOne();
        try {
            return work.apply(tenant.of(source, console.environment(), Optional.empty(), data));
        } catch (TenantException e) {
            throw tenant.refused(e);
        }
    }

    /** The ids of finished runs, the one that was finished last first. */
    public static List<String> finished(RunStore store, int limit) {
        return store.newest(LOOKED_AT).stream()
                .filter(run -> run.state() == RunRecord.State.DONE)
                .sorted(Comparator.comparing(RunRecord::updatedAt).reversed())
                .map(run -> run.request().runId())
                .limit(limit)
                .toList();
    }

    /**
     * The answers of a finished run.
     *
     * @throws UsageException if no finished run has the id
     */
    public static Assessment results(RunStore store, String runId) {
        return Optional.of(runId)
                .filter(RunIds::isOne)
                .flatMap(store::results)
                .orElseThrow(() -> new UsageException(
                        "no finished run has the id '" + runId + "'; 'parc history' lists the newest"));
    }
}
