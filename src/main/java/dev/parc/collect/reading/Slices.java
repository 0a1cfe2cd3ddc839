package dev.parc.collect.reading;

import java.util.ArrayList;
import java.util.List;

/** A list in slices, for questions that take only so many ids at once. */
public final class Slices {

    /** The most alternatives that a filter of Microsoft Graph takes. */
    public static final int ALTERNATIVES = 15;

    private Slices() {}

    /** The list in its order, in slices of this size; the last one may be shorter. */
    public static <T> List<List<T>> of(List<T> list, int size) {
        List<List<T>> slices = new ArrayList<>();
        for (int from = 0; from < list.size(); from += size) {
            slices.add(List.copyOf(list.subList(from, Math.min(list.size(), from + size))));
        }
        return slices;
    }
}
