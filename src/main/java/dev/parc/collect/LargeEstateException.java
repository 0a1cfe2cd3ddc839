package dev.parc.collect;

import java.util.List;

/** The tenant has more subscriptions than one collection may read; nothing but their list was asked for. */
public final class LargeEstateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<SubscriptionBlock> blocks;

    /** @param blocks all subscriptions */
    public LargeEstateException(List<SubscriptionBlock> blocks) {
        super("the tenant has so many subscriptions that they are read in " + blocks.size() + " blocks");
        this.blocks = List.copyOf(blocks);
    }

    /** All subscriptions, in blocks to be read one by one. */
    public List<SubscriptionBlock> blocks() {
        return blocks;
    }
}
