package dev.parc.report.html;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A table of which every row is in the page. The page's script makes it searchable and sortable, and shows the first rows
 * until more are wanted; without script it is a plain table.
 */
public final class DataTable {

    /** The script shows so many rows at first, and so many more each time they are asked for. */
    public static final int SHOWN = 200;

    /** The same for tables that stand among others. */
    static final int FEW = 10;

    private DataTable() {}

    /**
     * @param caption what it lists, for those who do not see where it stands
     * @param noun what one row is, such as {@code finding}
     * @param css of the table
     * @param columns their titles
     * @param cells the cells of a row; the first is a {@code th scope="row"}
     */
    static <T> Html of(
            String caption, String noun, String css, List<String> columns, List<T> rows, Function<T, Html> cells) {
        return of(SHOWN, caption, noun, css, columns, rows, cells);
    }

    /** The same with so many rows shown at first. */
    static <T> Html of(
            int shown,
            String caption,
            String noun,
            String css,
            List<String> columns,
            List<T> rows,
            Function<T, Html> cells) {
        return Html.of(
                """
                <div class="table"><table class="data {}" data-noun="{}" data-shown="{}"><caption class="unseen">{}</caption>
                <thead><tr>{}</tr></thead>
                <tbody>
                {}</tbody></table></div>
                """,
                css,
                noun,
                shown,
                caption,
                Html.each(columns, title -> Html.of("<th scope=\"col\">{}</th>", title)),
                IntStream.range(0, rows.size())
                        .mapToObj(at -> Html.of(
                                "<tr{}>{}</tr>\n",
                                Html.of(" class=\"later\"").when(at >= shown),
                                cells.apply(rows.get(at))))
                        .collect(Html.joined()));
    }
}
