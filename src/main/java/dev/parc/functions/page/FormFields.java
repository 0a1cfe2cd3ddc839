package dev.parc.functions.page;

import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.Attestations;
import dev.parc.functions.http.Caller;
import dev.parc.report.html.Html;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;

/** What the forms of the page are made of. */
final class FormFields {

    /** Whose buttons take decisions back, wherever they stand. */
    static final String TAKE_BACK = "take-back";

    static final Html BY = Html.of("maxlength=\"200\" autocomplete=\"name\"");

    private final Caller caller;
    private final String token;
    private final String at;
    private final LocalDate today;

    /**
     * @param token of the session
     * @param at which page it is: {@code report}, or {@code accounts/} with an object id
     */
    FormFields(Caller caller, String token, String at, LocalDate today) {
        this.caller = caller;
        this.token = token;
        this.at = at;
        this.today = today;
    }

    /** Whether the caller may decide. */
    boolean operator() {
        return caller.may(Caller.Role.OPERATOR);
    }

    LocalDate today() {
        return today;
    }

    /** A form that sends what it holds to the page. */
    Html form(String id, String action, Html attributes, Html content) {
        return Html.of("""
                <form method="post" action="{}" id="{}" {}>
                <input type="hidden" name="token" value="{}"><input type="hidden" name="do" value="{}"><input type="hidden" name="at" value="{}">
                {}</form>
                """, DecisionForms.REPORT, id, attributes, token, action, at, content);
    }

    /** A button that takes one decision back, if the caller may. */
    Html takeBack(String kind, Revision<?> stored, String what) {
        return Html.of(
                        "<button type=\"submit\" class=\"back\" form=\"{}\" name=\"what\" value=\"{}:{}:{}\" aria-label=\"Take back: {}\">Take back</button>",
                        TAKE_BACK,
                        kind,
                        stored.key(),
                        Integer.toString(stored.revision()),
                        what)
                .when(operator() && stored.stands());
    }

    static Html field(String label, Html input) {
        return Html.of("<label>{} {}</label>\n", label, input);
    }

    static Html input(String name, String type, String value, Html attributes) {
        return Html.of("<input type=\"{}\" name=\"{}\" value=\"{}\" {}>", type, name, value, attributes);
    }

    /** A day until which something may hold. */
    Html day(String name, String value, Html more) {
        return input(
                name,
                "date",
                value,
                Html.of("min=\"{}\" max=\"{}\" {}", today.plusDays(1), today.plusDays(Attestations.MOST_DAYS), more));
    }

    /** What is decided already, a line each. */
    static <T> Html list(String title, List<T> all, Function<T, Html> line, String none) {
        return Html.of(
                "<div class=\"panel\"><h3>{}</h3>\n{}</div>\n",
                title,
                all.isEmpty()
                        ? Html.of("<p>None. {}</p>\n", none)
                        : Html.of(
                                "<ul class=\"decided-now\">{}</ul>\n",
                                Html.each(all, one -> Html.of("<li>{}</li>\n", line.apply(one)))));
    }
}
