package dev.parc.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Some of the subscriptions of a large estate, which are read by themselves.
 *
 * @param running ids of those in which something can run
 * @param idle ids of the others
 */
public record SubscriptionBlock(List<String> running, List<String> idle) {

    private static final String IDLE = "-";

    public SubscriptionBlock {
        running = List.copyOf(running);
        idle = List.copyOf(idle);
    }

    /** In one line. */
    public String written() {
        return String.join(
                ",",
                Stream.concat(running.stream(), idle.stream().map(id -> IDLE + id))
                        .toList());
    }

    /**
     * The block of a line.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static SubscriptionBlock read(String line) {
        List<String> running = new ArrayList<>();
        List<String> idle = new ArrayList<>();
        for (String id : line.split(",", -1)) {
            if (!id.matches("-?[0-9a-fA-F-]{36}")) {
                throw new IllegalArgumentException("a block holds what is no id of a subscription");
            }
            if (id.startsWith(IDLE)) {
                idle.add(id.substring(IDLE.length()));
            } else {
                running.add(id);
            }
        }
        return new SubscriptionBlock(running, idle);
    }
}
