package dev.parc.app;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.json.EventJson;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.RunRange;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.register.AdministratorLists;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Check;
import dev.parc.check.Stage;
import dev.parc.collect.Estate;
import dev.parc.collect.LargeEstateException;
import dev.parc.collect.TenantException;
import dev.parc.facts.FactKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes a run from its request to its results: asked for, queued, worked on, done or failed. */
public final class Runs {

    /** How often a run is attempted before it is given up; host.json says the same to the platform. */
    public static final int ATTEMPTS = 5;

    private static final Logger LOG = Logger.getLogger(Runs.class.getName());
    private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofDays(1);

    private final Supplier<Engine> engine;
    private final Supplier<RunStore> store;
    private final Supplier<AdministratorLists> lists;
    private final EstateBlocks blocks;
    private final NewAdministratorAlert alert;
    private final RunFollowUp followUp;
    private final List<Check> checks;
    private final Period retention;
    private final Clock clock;

    Runs(
            Supplier<Engine> engine,
            Supplier<RunStore> store,
            Supplier<AdministratorLists> lists,
            Estate.Few few,
            NewAdministratorAlert alert,
            RunFollowUp followUp,
            List<Check> checks,
            Period retention,
            Clock clock) {
        this.engine = engine;
        this.store = store;
        this.lists = lists;
        this.blocks = new EstateBlocks(store, few);
        this.followUp = followUp;
        this.alert = alert;
        this.checks = List.copyOf(checks);
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * A new request for these stages and checks, as a person writes them; for all stages if both are empty.
     *
     * @throws UnknownItemException if one of them does not exist
     */
    public RunRequest request(List<String> stages, List<String> checkIds, Trigger trigger) {
        Set<Stage> wanted = new LinkedHashSet<>();
        stages.forEach(name -> wanted.add(stage(name)));
        if (stages.isEmpty() && checkIds.isEmpty()) {
            wanted.addAll(Arrays.asList(Stage.values()));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<String> ids = checkIds.stream()
                .map(id -> Check.card(check(id)).id())
                .distinct()
                .toList();
        return new RunRequest(RunIds.at(now), now, List.copyOf(wanted), ids, trigger);
    }

    /**
     * The stage that a person means.
     *
     * @throws UnknownItemException if there is none, listing those there are
     */
    public Stage stage(String name) {
        return Stage.of(name)
                .orElseThrow(() -> new UnknownItemException(
                        UnknownItemException.Item.STAGE,
                        "Unknown stage; the stages are "
                                + Stream.of(Stage.values()).map(Stage::name).collect(Collectors.joining(", "))));
    }

    /**
     * The check with this id, in upper or lower case.
     *
     * @throws UnknownItemException if there is none, listing those there are
     */
    public Check check(String id) {
        return checks.stream()
                .filter(check -> Check.card(check).id().equalsIgnoreCase(id.strip()))
                .findFirst()
                .orElseThrow(() -> new UnknownItemException(
                        UnknownItemException.Item.CHECK,
                        "Unknown item; the items are "
                                + checks.stream()
                                        .map(check -> Check.card(check).id())
                                        .collect(Collectors.joining(", "))));
    }

    /** Records the run as queued, unless it is known. Returns the record that is kept now. */
    public RunRecord begin(RunRequest request) {
        return store.get().begin(new RunRecord(request, State.QUEUED, "waiting to be started", clock.instant()));
    }

    /** Where the run stands. A run of which nothing was heard for a day is FAILED: whoever waits for it must end. */
    public Optional<RunRecord> find(String runId) {
        return RunIds.isOne(runId) ? store.get().find(runId).map(this::orLost) : Optional.empty();
    }

    /** The newest runs first, at most {@code limit}. */
    public List<RunRecord> newest(int limit) {
        return list(RunRange.newest(limit));
    }

    /** The runs of a span, newest first. */
    public List<RunRecord> list(RunRange span) {
        return store.get().runs(span).stream().map(this::orLost).toList();
    }

    private RunRecord orLost(RunRecord run) {
        boolean working = run.state() == State.QUEUED || run.state() == State.RUNNING;
        if (!working || run.updatedAt().plus(SILENCE).isAfter(clock.instant())) {
            return run;
        }
        String reason = "nothing was heard of this run since " + run.updatedAt() + "; start another one";
        return new RunRecord(run.request(), State.FAILED, reason, run.updatedAt());
    }

    /**
     * What a message came to.
     *
     * @param changes what the run changed, if it is done; the same if it was done before
     * @param publication how it is published, if it is done
     * @param messages to be put on the queue of runs: blocks of subscriptions to read, or the run that waited for them
     */
    public record Work(List<Change> changes, Optional<Publication> publication, List<String> messages) {

        public Work {
            changes = List.copyOf(changes);
            messages = List.copyOf(messages);
        }

        private static Work further(List<String> messages) {
            return new Work(List.of(), Optional.empty(), messages);
        }
    }

    /** How far the clock of another host may be ahead. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /**
     * Why a run is not taken from a message: its id or its time is ahead of the clock, and whatever comes later would stand behind
     * it for as long.
     */
    public Optional<String> refusal(RunRequest request) {
        Instant latest = clock.instant().plus(SKEW);
        Instant asked = RunIds.time(request.runId());
        return asked.isAfter(latest) || request.requestedAt().isAfter(latest)
                ? Optional.of("the run " + request.runId() + " is said to be asked for at "
                        + (asked.isAfter(latest) ? asked : request.requestedAt()) + ", which has not come yet")
                : Optional.empty();
    }

    /**
     * Does what a message of the queue asks for, unless it is done already: a run, or for a run of a large estate a part of
     * it.
     *
     * @param attempt how often the message was taken from the queue, this time included; after {@link #ATTEMPTS} a run is
     *     FAILED, and a block of subscriptions unread
     * @param log told what goes wrong
     * @throws RuntimeException if the attempt failed, so that the queue keeps the message
     */
    public Work work(RunMessage message, long attempt, Logger log) {
        RunRequest request = message.run();
        State known = begin(request).state();
        if (known == State.DONE) {
            blocks.forget(request);
            log.info("run " + request.runId() + " is done already");
            return done(request, log);
        }
        if (known == State.FAILED && store.get().tombstone(request.runId()).isPresent()) {
            log.info("run " + request.runId() + " was deleted");
            return Work.further(List.of());
        }
        if (message.block().isPresent()) {
            return Work.further(readBlock(request, message.block().getAsInt(), attempt, log));
        }
        EstateBlocks.Plan plan = blocks.plan(request);
        if (!plan.outstanding().isEmpty()) {
            return Work.further(plan.messages(request));
        }
        try {
            Publication publication = answer(request, blocks.estate(request, plan), attempt, log);
            if (plan.isSplit()) {
                quietly("its blocks are not deleted yet", () -> blocks.forget(request), request, log);
            }
            return done(publication, log);
        } catch (LargeEstateException e) {
            log.info("run " + request.runId() + ": " + e.getMessage());
            blocks.plan(request, e.blocks());
            return Work.further(blocks.plan(request).messages(request));
        }
    }

    private List<String> readBlock(RunRequest request, int number, long attempt, Logger log) {
        Progress progress = new Progress(request, log);
        try {
            return blocks.read(
                    request, number, (block, told) -> engine.get().readBlock(request, block, told), progress);
        } catch (RuntimeException e) {
            if (attempt < ATTEMPTS) {
                throw e;
            }
            log.warning(
                    "run " + request.runId() + ": block " + number + " of the subscriptions is unread: " + reason(e));
            return blocks.giveUp(request, number, reason(e));
        } finally {
            progress.close();
        }
    }

    /** A run that is done already; whoever did it, or an earlier release, may not have come to what follows. */
    private Work done(RunRequest request, Logger log) {
        Optional<Publication> publication = store.get().publication(request.runId());
        if (publication.filter(it -> it.position() == 0).isPresent()) {
            followUp.catchUp(request.runId());
            publication = store.get().publication(request.runId());
        } else {
            publication.ifPresent(it -> followUp.endTurn(it, log));
        }
        return publication.map(it -> done(it, log)).orElse(Work.further(List.of()));
    }

    /** What a run that is published came to; nothing that goes wrong from here on is tried by doing the run again. */
    private Work done(Publication publication, Logger log) {
        List<Change> changes = List.of();
        try {
            changes = followUp.changes(publication);
        } catch (StoreException e) {
            log.warning("run " + publication.runId() + " is done; its changes cannot be read now: " + e.getMessage());
        }
        return new Work(changes, Optional.of(publication), List.of());
    }

    private static void quietly(String what, Runnable work, RunRequest request, Logger log) {
        try {
            work.run();
        } catch (StoreException e) {
            log.warning("run " + request.runId() + " is done; " + what + ": " + e.getMessage());
        }
    }

    private Publication answer(RunRequest request, Estate estate, long attempt, Logger log) {
        Publication publication;
        Progress progress = new Progress(request, log);
        try {
            request.checks().forEach(this::check);
            progress.write("started");
            RunResult answers = engine.get().answer(request, progress, estate);
            progress.close();
            Consumer<Fault> faults = fault ->
                    log.log(Level.SEVERE, EventJson.fault(request.runId(), fault.what(), fault.cause()), fault.cause());
            answers.faults().forEach(faults);
            unlessFaulty("telling new Global Administrators", () -> alert.tell(answers, log), faults);
            publication = keep(answers, faults, log);
            log.info(EventJson.finished(answers.assessment()));
        } catch (LargeEstateException e) {
            progress.close();
            throw e;
        } catch (RuntimeException e) {
            progress.close();
            keepReason(request, attempt, reason(e), log);
            throw e;
        }
        deleteOld(log);
        return publication;
    }

    /**
     * Keeps what a run gave: the list of administrators that the next run compares with, if this one compared, then the
     * results and what they change, and with the last write all of it counts, and the run is DONE.
     *
     * @return what the run changed
     */
    public List<Change> keep(RunResult answers) {
        return followUp.changes(keep(answers, fault -> {}, LOG));
    }

    private Publication keep(RunResult answers, Consumer<Fault> faults, Logger log) {
        Assessment assessment = answers.assessment();
        if (answers.asked().contains(FactKind.EARLIER_ADMINISTRATORS)) {
            unlessFaulty(
                    "keeping the list of administrators",
                    () -> lists.get().keep(assessment.runId(), answers.facts()),
                    faults);
        }
        Publication publication = followUp.finish(assessment, answers.inventory(), log);
        try {
            if (answers.asked().contains(FactKind.EARLIER_ADMINISTRATORS)) {
                lists.get().trim();
            }
            alert.trim(answers);
        } catch (StoreException e) {
            log.warning("old lists of administrators are not deleted yet: " + e.getMessage());
        }
        return publication;
    }

    /**
     * Deletes a run that has ended; a tombstone stays.
     *
     * @param by who deletes it
     * @return how the deletion is published; empty if the run was not finished, so that nothing was ever told of it
     * @throws RefusedException if the run is still worked on
     */
    public Optional<Publication> delete(RunRecord run, String by, String reason) {
        if (run.state() == State.QUEUED || run.state() == State.RUNNING) {
            throw new RefusedException("The run is still in progress. Delete it when it has ended.");
        }
        return followUp.delete(run, by, reason, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    /** Does what no answer waits for; a fault of PARC in it does not end the run, a store that is down does. */
    private static void unlessFaulty(String what, Runnable work, Consumer<Fault> faults) {
        try {
            work.run();
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            faults.accept(new Fault(what, e));
        }
    }

    /**
     * Marks the run FAILED, unless it is done or has failed with a reason of its own; what of it was a block of subscriptions
     * is unread, and the run goes on.
     *
     * @return messages to be put on the queue of runs
     */
    public List<String> giveUp(RunMessage message, String reason) {
        RunRequest request = message.run();
        RunRecord known = begin(request);
        boolean ended = known.state() == State.DONE || known.state() == State.FAILED;
        if (message.block().isPresent()) {
            return ended ? List.of() : blocks.giveUp(request, message.block().getAsInt(), reason);
        }
        if (!ended) {
            store.get().update(new RunRecord(request, State.FAILED, reason, clock.instant()));
        }
        blocks.forget(request);
        return List.of();
    }

    private void keepReason(RunRequest request, long attempt, String reason, Logger log) {
        boolean last = attempt >= ATTEMPTS;
        String progress =
                last ? reason : "attempt " + attempt + " of " + ATTEMPTS + " failed, another one follows: " + reason;
        try {
            store.get().update(new RunRecord(request, last ? State.FAILED : State.RUNNING, progress, clock.instant()));
        } catch (StoreException e) {
            log.warning("run " + request.runId() + ": " + progress + "; not recorded: " + e.getMessage());
        }
    }

    /** Deletes some of what is older than the retention; what people decided and the newest run of each stage stay. */
    private void deleteOld(Logger log) {
        Instant before =
                clock.instant().atOffset(ZoneOffset.UTC).minus(retention).toInstant();
        try {
            boolean none = store.get()
                    .runs(new RunRange(Instant.EPOCH, before, Optional.empty(), 1))
                    .isEmpty();
            Set<String> newest = Stream.of(Stage.values())
                    .filter(stage -> !none)
                    .flatMap(stage -> store.get().latestId(stage).stream())
                    .collect(Collectors.toSet());
            store.get().deleteBefore(before, newest);
            followUp.deleteBefore(before, newest);
        } catch (StoreException e) {
            log.warning("runs from before " + before + " are not deleted yet: " + e.getMessage());
        }
    }

    /** Why it failed, in one line for an operator. */
    private static String reason(RuntimeException e) {
        boolean meant = e instanceof TenantException
                || e instanceof StoreException
                || e instanceof SettingsException
                || e instanceof UnknownItemException;
        return meant
                ? String.valueOf(e.getMessage())
                : "an unexpected " + e.getClass().getSimpleName() + "; the log has its details";
    }

    /** Writes what is being done to the store, from several threads, at most once a second. */
    private final class Progress implements Consumer<String> {

        private final RunRequest request;
        private final Logger log;
        private Instant written = Instant.MIN;
        private boolean closed;

        Progress(RunRequest request, Logger log) {
            this.request = request;
            this.log = log;
        }

        @Override
        public synchronized void accept(String phrase) {
            if (!closed && !written.plus(BETWEEN_PROGRESS).isAfter(clock.instant())) {
                try {
                    write(phrase);
                } catch (StoreException e) {
                    // the collector's threads must not take a store that is down for a tenant that is
                    log.warning("progress of run " + request.runId() + " not recorded: " + e.getMessage());
                }
            }
        }

        synchronized void write(String phrase) {
            written = clock.instant();
            store.get().update(new RunRecord(request, State.RUNNING, phrase, written));
        }

        synchronized void close() {
            closed = true;
        }
    }
}
