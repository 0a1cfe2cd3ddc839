package dev.parc.analysis.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds the names that somebody may have meant who wrote one that does not exist. */
final class NearNames {

    /** Longer names are compared by their beginning, so that a hostile one costs little. */
    private static final int COMPARED = 100;

    private record Near(String name, int distance) {}

    private final String wanted;
    private final List<Near> found = new ArrayList<>();

    NearNames(String wanted) {
        this.wanted = normal(wanted);
    }

    /**
     * Adds a candidate if one of these spellings of it is near: it holds the wanted text, or at most a third of the
     * wanted text's letters must change. What follows an {@code @} does not count.
     *
     * @param name what is told of it
     */
    void add(String name, Stream<String> spellings) {
        int distance =
                spellings.map(NearNames::normal).mapToInt(this::distance).min().orElse(Integer.MAX_VALUE);
        if (distance <= Math.max(1, wanted.length() / 3)) {
            found.add(new Near(name, distance));
        }
    }

    /** The nearest ones first. */
    List<String> nearest(int most) {
        return found.stream()
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .map(Near::name)
                .distinct()
                .limit(most)
                .toList();
    }

    private static String normal(String text) {
        String whole = text.strip().toLowerCase(Locale.ROOT);
        String name = whole.indexOf('@') > 0 ? whole.substring(0, whole.indexOf('@')) : whole;
        return name.substring(0, Math.min(name.length(), COMPARED));
    }

    private int distance(String spelling) {
        return !wanted.isEmpty() && spelling.contains(wanted) ? 0 : edits(spelling);
    }

    /** The Levenshtein distance: how many letters must be put in, taken out or replaced. */
    private int edits(String spelling) {
        int[] above = new int[spelling.length() + 1];
        for (int column = 0; column < above.length; column++) {
            above[column] = column;
        }
        for (int row = 1; row <= wanted.length(); row++) {
            int[] line = new int[above.length];
            line[0] = row;
            for (int column = 1; column < line.length; column++) {
                int replaced = above[column - 1] + (wanted.charAt(row - 1) == spelling.charAt(column - 1) ? 0 : 1);
                line[column] = Math.min(replaced, 1 + Math.min(above[column], line[column - 1]));
            }
            above = line;
        }
        return above[spelling.length()];
    }
}
