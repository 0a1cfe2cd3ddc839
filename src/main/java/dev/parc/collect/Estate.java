package dev.parc.collect;

import java.util.List;
import java.util.Map;

/** How a collection reads what only each subscription itself can tell. */
public sealed interface Estate {

    /** From all of them, however many there are. */
    record Whole() implements Estate {}

    /**
     * From all of them if there are few; else the collection ends with {@link LargeEstateException}.
     *
     * @param most how many are few
     * @param block how many a block is to have
     */
    record Few(int most, int block) implements Estate {}

    /**
     * From what was read of each block before.
     *
     * @param answers what {@link Tenant#readBlock} gave
     * @param unread why a block could not be read
     */
    record InBlocks(List<String> answers, Map<SubscriptionBlock, String> unread) implements Estate {

        public InBlocks {
            answers = List.copyOf(answers);
            unread = Map.copyOf(unread);
        }
    }
}
