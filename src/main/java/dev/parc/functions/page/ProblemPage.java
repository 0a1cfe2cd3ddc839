package dev.parc.functions.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.functions.http.Reply;
import dev.parc.report.html.Forms;
import dev.parc.report.html.Html;
import dev.parc.report.html.SubPage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says what stood in the way, and keeps what was typed: it can be put right and sent again. */
final class ProblemPage {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a person types, by the end of a field's name. */
    private static final Map<String, String> TYPED = Map.of(
            "by", "Attested by",
            "until", "Until",
            "evidence", "Evidence",
            "note", "Note",
            "owner", "Responsible",
            "reason", "Why");

    private ProblemPage() {}

    /** The problem as a page; the form is what was sent, if something was. */
    static String html(Reply problem, Optional<Form> sent, Forms forms) {
        JsonNode document;
        try {
            document = JSON.readTree(problem.body());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is no problem", e);
        }
        Html body = Html.of(
                """
                <section aria-labelledby="problem" class="decide"><h2 id="problem">{}</h2>
                <div class="panel"><p class="problem" role="alert">{}</p>
                {}</div></section>
                """,
                document.path("title").asText(),
                document.path("detail").asText(),
                sent.map(form -> typed(form, problem.status() == 400)).orElse(Html.NONE));
        return SubPage.html("not done", DecisionForms.REPORT, Html.NONE, body, forms);
    }

    private static Html typed(Form form, boolean again) {
        Set<String> ticked = new HashSet<>(form.all("attest"));
        List<Map.Entry<String, List<String>>> shown = form.fields().entrySet().stream()
                .filter(field -> !field.getKey().contains(".")
                        || field.getKey().startsWith("all.")
                        || ticked.contains(
                                field.getKey().substring(0, field.getKey().lastIndexOf('.'))))
                .toList();
        Html fields = shown.stream()
                .flatMap(field -> field.getValue().stream().map(value -> field(field.getKey(), value, again)))
                .collect(Html.joined());
        return again
                ? Html.of(
                        "<h3>What you sent</h3>\n<form method=\"post\" action=\"{}\" aria-label=\"What you sent\">{}<p class=\"send\"><button type=\"submit\">Send it again</button></p></form>\n",
                        DecisionForms.REPORT,
                        fields)
                : Html.of("<h3>What you typed</h3>\n<dl class=\"facts\">{}</dl>\n", fields)
                        .when(!fields.isEmpty());
    }

    private static Html field(String name, String value, boolean again) {
        int dot = name.lastIndexOf('.');
        String label = TYPED.getOrDefault(name.substring(dot + 1), "");
        String of = dot < 0 || name.startsWith("all.") ? "" : ", " + name.substring(0, dot);
        if (!again) {
            return Html.of("<div><dt>{}{}</dt><dd>{}</dd></div>\n", label, of, Html.name(value))
                    .when(!label.isEmpty() && !value.isBlank());
        }
        return label.isEmpty()
                ? Html.of("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", name, value)
                : Html.of(
                        "<label>{}{} <input type=\"text\" name=\"{}\" value=\"{}\"></label>\n", label, of, name, value);
    }
}
