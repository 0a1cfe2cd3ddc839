package dev.parc.app;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.json.TenantHistory;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.register.Acknowledgements;
import dev.parc.assessment.register.Attestations;
import dev.parc.assessment.register.Waivers;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Check;
import dev.parc.check.NewFinding;
import dev.parc.disk.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * The weeks before the demo tenant's snapshot: earlier runs, and what its people attested and waived. Every answer in it
 * was given by PARC to an earlier state of that tenant. The demo's time begins where its past ends.
 */
final class DemoPast {

    /** Where it is kept. */
    static final String RESOURCE = "/demo-past.json.gz";

    private static final Logger LOG = Logger.getLogger(DemoPast.class.getName());
    private static final String BEGAN = "began";

    private final Path folder;
    private final Clock wall;
    private final Supplier<Instant> takenAt;
    private final Supplier<Instant> began;

    /**
     * @param folder the folder of the demo's runs, in which is kept when the demo was first run
     * @param wall the time outside of the demo
     * @param takenAt the time of the demo's facts
     */
    DemoPast(Path folder, Clock wall, Supplier<Instant> takenAt) {
        this.folder = folder;
        this.wall = wall;
        this.takenAt = takenAt;
        this.began = Lazy.of(() -> began().orElseGet(wall::instant));
    }

    /** The demo's time: when its facts were read, and what has passed since it was first run here. */
    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return wall.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("PARC counts in UTC");
            }

            @Override
            public Instant instant() {
                Duration since = Duration.between(began.get(), wall.instant());
                return takenAt.get().plus(since.isNegative() ? Duration.ZERO : since);
            }
        };
    }

    /** The stores with the past in them: it is put there once, into stores that are empty. */
    Stores in(Stores stores, List<Check> checks) {
        if (began().isPresent()) {
            return stores;
        }
        TenantHistory past = read();
        if (!isPartOf(past, stores.runs())) {
            return stores;
        }
        Supplier<Attestations> attestations = () -> new Attestations(stores.ledger(), checks, clock());
        Supplier<Waivers> waivers = () -> new Waivers(stores.ledger(), checks, clock());
        RunFollowUp followUp = new RunFollowUp(
                stores::runs,
                stores::trends,
                attestations,
                waivers,
                () -> new Acknowledgements(stores.ledger(), clock(), stores.runs()::counts),
                NewFinding.of(checks));
        past.decisions().forEach(decision -> stores.ledger().append(decision.book(), decision.entry()));
        for (Assessment run : past.runs()) {
            stores.runs()
                    .begin(new RunRecord(
                            new RunRequest(run.runId(), run.startedAt(), run.stages(), List.of(), run.trigger()),
                            RunRecord.State.RUNNING,
                            "of the demo's past",
                            run.startedAt()));
            followUp.finish(run, Optional.empty(), LOG);
        }
        begin();
        return stores;
    }

    /** Whether there is nothing but what a process has put there that was ended in between; it is put there again from the start. */
    private static boolean isPartOf(TenantHistory past, RunStore runs) {
        Set<String> ids = past.runs().stream().map(Assessment::runId).collect(Collectors.toSet());
        return runs.newest(ids.size() + 1).stream()
                .allMatch(run -> ids.contains(run.request().runId()));
    }

    /** What ships. */
    static TenantHistory read() {
        try (InputStream file = DemoPast.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the build");
            }
            return TenantHistory.read(new String(new GZIPInputStream(file).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Instant> began() {
        try {
            Path file = folder.resolve(BEGAN);
            return Files.exists(file)
                    ? Optional.of(Instant.parse(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException | DateTimeException e) {
            throw new StoreException(folder.resolve(BEGAN) + " cannot be read: delete the folder " + folder, e);
        }
    }

    private void begin() {
        try {
            OwnerOnly.folder(folder);
            Path aside = folder.resolve(BEGAN + ".new");
            Files.writeString(aside, began.get() + "\n");
            Files.move(aside, folder.resolve(BEGAN), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StoreException(folder + " cannot be written to", e);
        }
    }
}
