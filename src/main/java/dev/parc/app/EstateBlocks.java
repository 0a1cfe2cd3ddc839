package dev.parc.app;

import dev.parc.assessment.json.RunJson;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.collect.Estate;
import dev.parc.collect.SubscriptionBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The runs of large estates: what only each subscription itself can tell is read in blocks, a message each, and kept as
 * parts of the run; whoever keeps the last part asks for the run to be done with all of them. Every step may be done again:
 * the first part that is kept under a name stays.
 */
final class EstateBlocks {

    private static final String PLAN = "plan";
    private static final String JOINER = "joiner";

    private final Supplier<RunStore> store;
    private final Estate.Few few;

    /** @param few what is done in one message */
    EstateBlocks(Supplier<RunStore> store, Estate.Few few) {
        this.store = store;
        this.few = few;
    }

    /** Lays down the blocks of a run. */
    void plan(RunRequest run, List<SubscriptionBlock> blocks) {
        store.get()
                .addPart(
                        run.runId(),
                        PLAN,
                        String.join(
                                ";",
                                blocks.stream().map(SubscriptionBlock::written).toList()));
    }

    /** The blocks of a run as they stand. */
    Plan plan(RunRequest run) {
        return planned(run, store.get().parts(run.runId()));
    }

    /** How the run reads the tenant when nothing is outstanding. */
    Estate estate(RunRequest run, Plan plan) {
        if (!plan.isSplit()) {
            return few;
        }
        List<String> answers = new ArrayList<>();
        Map<SubscriptionBlock, String> unread = new HashMap<>();
        for (int number = 0; number < plan.blocks().size(); number++) {
            Optional<String> reason = store.get().part(run.runId(), failed(number));
            if (reason.isPresent()) {
                unread.put(plan.blocks().get(number), reason.get());
            } else {
                answers.add(store.get().part(run.runId(), read(number)).orElseThrow());
            }
        }
        return new Estate.InBlocks(answers, unread);
    }

    /** Reads one block of a subscription. */
    interface Reader {
        String read(SubscriptionBlock block, Consumer<String> progress);
    }

    /**
     * Reads a block of the run, unless it is there already.
     *
     * @return the message that does the run, if this was the last block
     */
    List<String> read(RunRequest run, int number, Reader reader, Consumer<String> progress) {
        Plan plan = plan(run);
        if (plan.outstanding().contains(number)) {
            String phrase = "block " + (number + 1) + " of " + plan.blocks().size() + " of the subscriptions: ";
            String answers = reader.read(plan.blocks().get(number), text -> progress.accept(phrase + text));
            store.get().addPart(run.runId(), read(number), answers);
        }
        return joined(run, number);
    }

    /**
     * Gives a block of the run up, unless it is there already: what it holds is unread.
     *
     * @return the message that does the run, if this was the last block
     */
    List<String> giveUp(RunRequest run, int number, String reason) {
        if (plan(run).outstanding().contains(number)) {
            store.get().addPart(run.runId(), failed(number), ascii(reason));
        }
        return joined(run, number);
    }

    /** Forgets the parts of a run that has ended. */
    void forget(RunRequest run) {
        store.get().deleteParts(run.runId());
    }

    /** One of those that find all blocks there asks for the run to be done, as often as it comes here. */
    private List<String> joined(RunRequest run, int number) {
        Set<String> parts = store.get().parts(run.runId());
        Plan plan = planned(run, parts);
        if (!plan.isSplit() || !plan.outstanding().isEmpty()) {
            return List.of();
        }
        String me = Integer.toString(number);
        if (!parts.contains(JOINER)) {
            store.get().addPart(run.runId(), JOINER, me);
        }
        return store.get().part(run.runId(), JOINER).filter(me::equals).isPresent()
                ? List.of(RunJson.write(run))
                : List.of();
    }

    /**
     * The blocks of a run.
     *
     * @param blocks none if it was not split
     * @param outstanding numbers of those that are neither read nor given up
     */
    record Plan(List<SubscriptionBlock> blocks, List<Integer> outstanding) {

        boolean isSplit() {
            return !blocks.isEmpty();
        }

        /** The messages that the run waits for. */
        List<String> messages(RunRequest run) {
            return outstanding.stream()
                    .map(number -> RunJson.write(new RunMessage(run, OptionalInt.of(number))))
                    .toList();
        }
    }

    private Plan planned(RunRequest run, Set<String> parts) {
        if (!parts.contains(PLAN)) {
            return new Plan(List.of(), List.of());
        }
        List<SubscriptionBlock> blocks = new ArrayList<>();
        List<Integer> outstanding = new ArrayList<>();
        for (String line : store.get().part(run.runId(), PLAN).orElse("").split(";", -1)) {
            int number = blocks.size();
            blocks.add(SubscriptionBlock.read(line));
            if (!parts.contains(read(number)) && !parts.contains(failed(number))) {
                outstanding.add(number);
            }
        }
        return new Plan(blocks, outstanding);
    }

    private static String read(int number) {
        return String.format(Locale.ROOT, "block-%04d", number);
    }

    private static String failed(int number) {
        return String.format(Locale.ROOT, "failed-%04d", number);
    }

    private static String ascii(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
