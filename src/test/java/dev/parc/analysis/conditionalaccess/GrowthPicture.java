package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.conditionalaccess.ConditionalAccessBench.Row;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * CPU time to decide as a picture, over accounts and over policies, cold and warm.
 *
 * @param byAccounts rows with the same number of policies, fewest accounts first
 * @param byPolicies rows with the same number of accounts, fewest policies first
 */
record GrowthPicture(List<Row> byAccounts, List<Row> byPolicies) {

    private static final double LEFT = 50;
    private static final double WIDTH = 300;
    private static final double FLOOR = 190;
    private static final double HEIGHT = 150;
    private static final int LINES = 4;

    GrowthPicture {
        byAccounts = List.copyOf(byAccounts);
        byPolicies = List.copyOf(byPolicies);
    }

    String svg() {
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 240" role="img" aria-label="CPU time to decide, by accounts and by policies, cold and warm; the figures are in the table">
            <style>text{font:12px sans-serif;fill:#334}.t{font-weight:bold;font-size:13px}.y{text-anchor:end}.v{text-anchor:middle}.g{stroke:#ccd}.l{fill:none;stroke:#1a6dd4;stroke-width:2}.w{stroke-dasharray:5 4}circle{fill:#1a6dd4}</style>
            <rect width="760" height="240" fill="#fff"/>
            %s%s</svg>
            """.formatted(
                chart(
                        10,
                        "%,d policies, 300 groups".formatted(byAccounts.get(0).policies()),
                        "accounts",
                        byAccounts,
                        Row::accounts),
                chart(
                        390,
                        "%,d accounts, 300 groups".formatted(byPolicies.get(0).accounts()),
                        "policies",
                        byPolicies,
                        Row::policies));
    }

    private String chart(int at, String title, String unit, List<Row> rows, ToIntFunction<Row> size) {
        double most = Math.max(top(byAccounts), top(byPolicies));
        double widest = rows.stream().mapToInt(size).max().orElse(1);
        StringBuilder svg =
                new StringBuilder("<g transform=\"translate(%d 0)\">%n<text x=\"50\" y=\"18\" class=\"t\">%s</text>%n"
                        .formatted(at, title));
        for (int i = 0; i <= LINES; i++) {
            double y = FLOOR - HEIGHT * i / LINES;
            svg.append(text(
                    "<line x1=\"%.0f\" y1=\"%.1f\" x2=\"%.0f\" y2=\"%.1f\" class=\"g\"/><text x=\"44\" y=\"%.1f\" class=\"y\">%.2f s</text>%n",
                    LEFT, y, LEFT + WIDTH, y, y + 4, most * i / LINES));
        }
        line(svg, "l", rows, size, Row::cold, widest, most);
        line(svg, "l w", rows, size, Row::warm, widest, most);
        for (Row row : rows) {
            svg.append(text(
                    "<text x=\"%.1f\" y=\"208\" class=\"v\">%,d</text>%n",
                    LEFT + WIDTH * size.applyAsInt(row) / widest, size.applyAsInt(row)));
        }
        return svg.append(
                        "<text x=\"200\" y=\"228\" class=\"v\">%s; solid: first shot of a process, dashed: warm</text></g>%n"
                                .formatted(unit))
                .toString();
    }

    private static void line(
            StringBuilder svg,
            String css,
            List<Row> rows,
            ToIntFunction<Row> size,
            ToDoubleFunction<Row> time,
            double widest,
            double most) {
        StringBuilder points = new StringBuilder();
        for (Row row : rows) {
            double x = LEFT + WIDTH * size.applyAsInt(row) / widest;
            double y = FLOOR - HEIGHT * time.applyAsDouble(row) / most;
            points.append(text("%.1f,%.1f ", x, y));
            svg.append(text(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/><text x=\"%.1f\" y=\"%.1f\" class=\"v\">%.2f</text>%n",
                    x, y, x, y - 9, time.applyAsDouble(row)));
        }
        svg.append("<polyline points=\"%s\" class=\"%s\"/>%n"
                .formatted(points.toString().strip(), css));
    }

    private static double top(List<Row> rows) {
        double highest = rows.stream().mapToDouble(Row::cold).max().orElse(1);
        return Math.ceil(highest * 5) / 5;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
