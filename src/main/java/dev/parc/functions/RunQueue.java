package dev.parc.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import dev.parc.app.Runs;
import dev.parc.app.Webhooks;
import dev.parc.app.WhatIfs;
import dev.parc.assessment.json.EventJson;
import dev.parc.assessment.json.RunJson;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;

/** The queue of runs: a message is a run to do, or a change to prove. */
public final class RunQueue {

    /** The queue's name. */
    public static final String NAME = "parc-runs";

    static final String POISON = NAME + "-poison";
    static final String UNREADABLE = NAME + "-unreadable";
    /** The setting that connects to it. */
    public static final String CONNECTION = "AzureWebJobsStorage";

    private final Supplier<Runs> runs;
    private final Supplier<RunStore> store;
    private final Supplier<Webhooks> webhooks;
    private final Supplier<WhatIfs> whatIfs;
    private final Supplier<List<String>> overdueStages;

    public RunQueue(
            Supplier<Runs> runs,
            Supplier<RunStore> store,
            Supplier<Webhooks> webhooks,
            Supplier<WhatIfs> whatIfs,
            Supplier<List<String>> overdueStages) {
        this.runs = runs;
        this.store = store;
        this.webhooks = webhooks;
        this.whatIfs = whatIfs;
        this.overdueStages = overdueStages;
    }

    /**
     * Does the run, and asks for its changes to be delivered: a list, of which the platform makes one message each. A run
     * of a large estate asks for messages of its own first. An attempt that fails throws, and the platform tries again.
     */
    @FunctionName("DoRun")
    public void doRun(
            @QueueTrigger(name = "message", queueName = NAME, connection = CONNECTION) String message,
            @BindingName("DequeueCount") long dequeueCount,
            @QueueOutput(name = "deliveries", queueName = WebhooksApi.QUEUE, connection = CONNECTION)
                    OutputBinding<String> deliveries,
            @QueueOutput(name = "further", queueName = NAME, connection = CONNECTION) OutputBinding<String> further,
            ExecutionContext context) {
        Optional<String> whatIf = WhatIfs.asked(message);
        if (whatIf.isPresent()) {
            whatIfs.get().work(whatIf.get(), dequeueCount, context.getLogger());
            return;
        }
        RunMessage run = read(message);
        this.runs.get().refusal(run.run()).ifPresent(reason -> {
            throw new IllegalArgumentException("a message of " + NAME + " is refused: " + reason);
        });
        Runs.Work work = this.runs.get().work(run, dequeueCount, context.getLogger());
        put(further, work.messages());
        deliver(webhooks.get(), work.publication(), deliveries);
        if (run.block().isEmpty()) {
            tellOverdueStages(context.getLogger());
            deleteOldWhatIfs(context.getLogger());
        }
    }

    /** Here and not in the timers: the store is open, and a timer must put its run on the queue whatever cannot be reached. */
    private void tellOverdueStages(Logger log) {
        try {
            overdueStages.get().forEach(log::warning);
        } catch (StoreException e) {
            log.warning("whether a stage is overdue is not known: " + e.getMessage());
        }
    }

    private void deleteOldWhatIfs(Logger log) {
        try {
            whatIfs.get().deleteOld();
        } catch (StoreException e) {
            log.warning("proofs of changes whose day is over are not deleted yet: " + e.getMessage());
        }
    }

    /** Asks for what was published to be delivered: a message of its own, with attempts of its own. */
    static void deliver(Webhooks webhooks, Optional<Publication> publication, OutputBinding<String> deliveries) {
        put(deliveries, publication.map(webhooks::telling).stream().toList());
    }

    static void put(OutputBinding<String> queue, List<String> messages) {
        if (!messages.isEmpty()) {
            queue.setValue("[" + String.join(",", messages) + "]");
        }
    }

    /**
     * Marks a run that was given up as failed, or a block of its subscriptions as unread; has one that is done for all that told
     * to subscribers. A message that is no run, or one that cannot be, is kept as it came in a queue of its own.
     */
    @FunctionName("GiveUpRun")
    public void giveUpRun(
            @QueueTrigger(name = "message", queueName = POISON, connection = CONNECTION) String message,
            @QueueOutput(name = "unreadable", queueName = UNREADABLE, connection = CONNECTION)
                    OutputBinding<String> unreadable,
            @QueueOutput(name = "further", queueName = NAME, connection = CONNECTION) OutputBinding<String> further,
            @QueueOutput(name = "deliveries", queueName = WebhooksApi.QUEUE, connection = CONNECTION)
                    OutputBinding<String> deliveries,
            ExecutionContext context) {
        Optional<String> whatIf = WhatIfs.asked(message);
        if (whatIf.isPresent()) {
            context.getLogger().severe("the what-if " + whatIf.get() + " is given up");
            whatIfs.get().giveUp(whatIf.get(), "given up after " + Runs.ATTEMPTS + " attempts");
            return;
        }
        RunMessage run;
        try {
            run = RunJson.readMessage(message);
            this.runs.get().refusal(run.run()).ifPresent(reason -> {
                throw new IllegalArgumentException(reason);
            });
        } catch (IllegalArgumentException e) {
            context.getLogger()
                    .severe(EventJson.unreadable(
                            UNREADABLE, message.length() + " characters are no run: " + e.getMessage()));
            // the platform takes a list of JSON for that many messages
            unreadable.setValue(message.strip().startsWith("[") ? "[" + Views.text(message) + "]" : message);
            return;
        }
        Runs runs = this.runs.get();
        String runId = run.run().runId();
        Optional<Publication> publication = store.get().publication(runId);
        if (publication.isPresent()) {
            deliver(webhooks.get(), publication, deliveries);
            return;
        }
        String last = runs.find(runId).map(RunRecord::progress).orElse("nothing");
        String reason = "given up after " + Runs.ATTEMPTS + " attempts; last heard of it: " + last;
        if (run.block().isEmpty()) {
            context.getLogger().severe(EventJson.failed(runId, reason));
        } else {
            context.getLogger().warning("run " + runId + ": a block of subscriptions is unread: " + reason);
        }
        put(further, runs.giveUp(run, reason));
    }

    private static RunMessage read(String message) {
        try {
            return RunJson.readMessage(message);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a message of " + NAME + " is no run: " + e.getMessage());
        }
    }
}
