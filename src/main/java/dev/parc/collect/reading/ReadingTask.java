package dev.parc.collect.reading;

import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Kinds that a reader reads together, and what must be read before.
 *
 * @param after one kind of each task that this one builds on, which is read for it
 * @param afterIfRead kinds that are read before this one where they are read at all
 * @param ofEachSubscription whether only each subscription of Azure itself can tell, with a call for each of them
 * @param read gives what became of each of the kinds
 */
public record ReadingTask(
        List<FactKind> kinds,
        List<FactKind> after,
        List<FactKind> afterIfRead,
        boolean ofEachSubscription,
        Function<ReadingContext, Map<FactKind, Reading>> read) {

    public ReadingTask {
        kinds = List.copyOf(kinds);
        after = List.copyOf(after);
        afterIfRead = List.copyOf(afterIfRead);
    }

    /** One kind, after others. */
    public static ReadingTask of(FactKind kind, Function<ReadingContext, Reading> read, FactKind... after) {
        return of(List.of(kind), context -> Map.of(kind, read.apply(context)), after);
    }

    /** Several kinds that the same requests read, after others. */
    public static ReadingTask of(
            List<FactKind> kinds, Function<ReadingContext, Map<FactKind, Reading>> read, FactKind... after) {
        return new ReadingTask(kinds, List.of(after), List.of(), false, read);
    }

    /** The same, after these kinds too where they are read at all. */
    public ReadingTask afterIfRead(FactKind... first) {
        return new ReadingTask(kinds, after, List.of(first), ofEachSubscription, read);
    }

    /** The same, with a call for each subscription. */
    public ReadingTask askingEachSubscription() {
        return new ReadingTask(kinds, after, afterIfRead, true, read);
    }
}
