package dev.parc.report.html;

import java.util.List;
import java.util.Locale;

/**
 * Small charts. They are measured in per cent of their width, so that words in them stay as large as elsewhere on every
 * screen, and every number in them stands in words beside them too.
 */
final class Svg {

    private Svg() {}

    /** A part of a bar. */
    record Part(String css, int count) {}

    /** A point: where in per cent from the left, and a score of 0 to 100. */
    record Point(double x, int score) {}

    /** One bar made of parts, as wide as there is room. */
    static Html bar(List<Part> parts) {
        int sum = parts.stream().mapToInt(Part::count).sum();
        Html rects = Html.NONE;
        int before = 0;
        for (Part part : parts) {
            if (part.count() > 0) {
                rects = Html.all(
                        rects,
                        Html.of(
                                "<rect class=\"{}\" x=\"{}%\" width=\"{}%\" height=\"100%\"/>",
                                part.css(), decimal(100.0 * before / sum), decimal(100.0 * part.count() / sum)));
            }
            before += part.count();
        }
        return Html.of("<svg class=\"bar\" width=\"100%\" height=\"12\" aria-hidden=\"true\">{}</svg>", rects);
    }

    /** A score over time: a line with its points, the last one larger. */
    static Html line(List<Point> points) {
        int top = 8;
        int high = 56;
        Html marks = Html.all(
                Html.of("<text x=\"100%\" y=\"{}\" text-anchor=\"end\">100%</text>", y(100, top, high + 26)),
                Html.each(
                        List.of(0, 50, 100),
                        score -> Html.of(
                                "<line class=\"grid\" x1=\"0%\" x2=\"100%\" y1=\"{}\" y2=\"{}\"/>",
                                y(score, top, high), y(score, top, high))));
        for (int at = 1; at < points.size(); at++) {
            marks = Html.all(
                    marks,
                    Html.of(
                            "<line x1=\"{}%\" y1=\"{}\" x2=\"{}%\" y2=\"{}\"/>",
                            decimal(points.get(at - 1).x()),
                            y(points.get(at - 1).score(), top, high),
                            decimal(points.get(at).x()),
                            y(points.get(at).score(), top, high)));
        }
        for (int at = 0; at < points.size(); at++) {
            Point point = points.get(at);
            marks = Html.all(
                    marks,
                    Html.of(
                            "<circle cx=\"{}%\" cy=\"{}\" r=\"{}\"/>",
                            decimal(point.x()), y(point.score(), top, high), at == points.size() - 1 ? "5" : "3"));
        }
        return Html.of(
                "<svg class=\"line\" width=\"100%\" height=\"{}\" aria-hidden=\"true\">{}</svg>",
                high + 2 * top, marks);
    }

    private static String y(int score, int top, int high) {
        return decimal(top + high - high * score / 100.0);
    }

    static String decimal(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
