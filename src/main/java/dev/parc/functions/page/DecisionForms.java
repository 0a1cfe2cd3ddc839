package dev.parc.functions.page;

import dev.parc.analysis.explain.Explanation;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.decision.AccountCategory;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.run.RunRecord;
import dev.parc.check.Finding;
import dev.parc.check.Stage;
import dev.parc.facts.Acknowledgement;
import dev.parc.facts.Category;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.functions.http.Caller;
import dev.parc.functions.http.Http;
import dev.parc.report.html.Forms;
import dev.parc.report.html.Html;
import dev.parc.report.html.HtmlFormat;
import dev.parc.report.portal.Portals;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the served page has besides the report: what is decided, by whom, and for operators the forms to decide with. */
final class DecisionForms implements Forms {

    /** Where the report is, and where its forms are sent. */
    static final String REPORT = Http.PREFIX + "report";

    private final CurrentDecisions decided;
    private final Caller caller;
    private final Html done;
    private final Names names;
    private final FormFields fields;
    private final StatementForms statements;
    private final AcceptanceForms acceptance;

    /**
     * What the page knows of names.
     *
     * @param subjects of findings, by their ids in lower case
     * @param accounts of administrators, by their ids in lower case
     */
    record Names(Portals portals, Map<String, Finding> subjects, Map<String, Explanation> accounts) {

        static final Names NONE = new Names(Portals.NONE, Map.of(), Map.of());

        Html subject(String id) {
            return Optional.ofNullable(subjects.get(id.toLowerCase(Locale.ROOT)))
                    .map(found -> Html.of(
                            "{} <code>{}</code>",
                            Html.name(found.subjectName(), portals.of(found.subjectType(), found.subjectId())),
                            id))
                    .orElseGet(() -> account(id));
        }

        private Html role(String accountId, String roleId) {
            return Optional.ofNullable(accounts.get(accountId.toLowerCase(Locale.ROOT))).stream()
                    .flatMap(one -> Stream.concat(one.roles().stream(), one.azureRoles().stream()))
                    .filter(role -> role.id().equalsIgnoreCase(roleId))
                    .map(role -> Html.name(role.name()))
                    .findFirst()
                    .orElseGet(() -> Html.of("role <code>{}</code>", roleId));
        }

        private Html account(String id) {
            return Optional.ofNullable(accounts.get(id.toLowerCase(Locale.ROOT)))
                    .map(one ->
                            Html.of("{} <code>{}</code>", Html.name(one.name(), portals.of(one.type(), one.id())), id))
                    .orElseGet(() -> Html.of("<code>{}</code>", id));
        }
    }

    /**
     * @param token of the session
     * @param done what was just done, in words; empty for nothing
     * @param at which page it is: {@code report}, or {@code accounts/} with an object id
     */
    DecisionForms(
            CurrentDecisions decided, Caller caller, String token, Optional<String> done, Names names, String at) {
        this.decided = decided;
        this.caller = caller;
        this.done = done.map(words ->
                        Html.of("<p class=\"done panel\" id=\"done\" role=\"status\" tabindex=\"-1\">{}</p>\n", words))
                .orElse(Html.NONE);
        this.names = names;
        this.fields = new FormFields(
                caller, token, at, decided.now().atOffset(ZoneOffset.UTC).toLocalDate());
        this.statements = new StatementForms(decided, fields);
        this.acceptance = new AcceptanceForms(decided, names, fields);
    }

    @Override
    public String script() {
        return Assets.SCRIPT;
    }

    @Override
    public String style() {
        return Assets.STYLE;
    }

    @Override
    public Html top() {
        return Html.all(
                done,
                fields.form(FormFields.TAKE_BACK, "take-back", Html.NONE, Html.NONE)
                        .when(fields.operator()));
    }

    @Override
    public Html section() {
        return Html.of(
                """
                <section aria-labelledby="decide" class="decide">
                <h2 id="decide">Decide <small>{}</small></h2>
                {}
                <div class="panel"><h3>Statements to attest</h3>
                <p>What no API can tell. Attest each statement until a date; who attested it and who recorded it are stored.</p>
                {}</div>
                {}{}{}
                </section>
                """,
                Html.of(
                        fields.operator()
                                ? "as {}; your decisions are recorded with your name, and you can take them back"
                                : "as {}, who can read; decisions need the Operator role",
                        Html.name(caller.name())),
                runs(),
                statements.all(),
                acceptance.accepted(),
                newAdministrators(),
                categories());
    }

    private Html runs() {
        Html working = Html.each(
                decided.working(),
                run -> Html.of(
                        "<li><a href=\"{}\">{}</a>, {}{}</li>\n",
                        REPORT + "/runs/" + run.request().runId(),
                        "Watch the " + inWords(run),
                        run.state().name().toLowerCase(Locale.ROOT),
                        run.request()
                                .requestedBy()
                                .map(by -> Html.of(", requested by {}", Html.name(by)))
                                .orElse(Html.NONE)));
        Html start = fields.form(
                        "run",
                        "run",
                        Html.of("class=\"run\" aria-label=\"Run a stage now\""),
                        Html.of(
                                "<p>Run now:</p>{}",
                                Html.each(
                                        List.of(Stage.values()),
                                        stage -> Html.of(
                                                "<button type=\"submit\" name=\"stage\" value=\"{}\">{}</button>\n",
                                                stage,
                                                stage.title()))))
                .when(fields.operator());
        return working.isEmpty() && start.isEmpty()
                ? Html.NONE
                : Html.of(
                        "<div class=\"panel\"><h3>Runs</h3>\n{}{}</div>\n",
                        start,
                        Html.of("<ul class=\"working\">{}</ul>\n", working).when(!working.isEmpty()));
    }

    /** What a run asks, to stand after "the". */
    static String inWords(RunRecord run) {
        String stages = run.request().stages().stream().map(Stage::title).collect(Collectors.joining(", "));
        return "run of " + (stages.isEmpty() ? String.join(", ", run.request().checks()) : stages);
    }

    private Html categories() {
        return FormFields.list(
                "Categories of accounts",
                List.copyOf(decided.categories().values()),
                stored -> {
                    AccountCategory said = stored.value();
                    return Html.of(
                            "{} is {}{}; by {} on {} {}",
                            names.account(said.accountId()),
                            said.category().title(),
                            Html.of(": {}", Html.name(said.reason()))
                                    .when(!said.reason().isEmpty()),
                            Html.name(said.by()),
                            HtmlFormat.day(said.at()),
                            fields.takeBack("category", stored, said.accountId()));
                },
                "To set a category, open an administrator below.");
    }

    private Html newAdministrators() {
        Html open = Html.each(decided.open(), this::newAdministrator);
        Html form = fields.form(
                "acknowledge",
                "acknowledge",
                Html.of("aria-label=\"New administrators\""),
                Html.of(
                        "{}{}<p class=\"send\"><button type=\"submit\">Acknowledge selected</button></p>\n",
                        open,
                        FormFields.field(
                                "Why the role is right",
                                FormFields.input("reason", "text", "", Html.of("maxlength=\"2000\" required")))));
        Html told = decided.open().isEmpty()
                ? Html.of("<p>No new administrators to acknowledge.</p>\n")
                : fields.operator() ? form : open;
        return Html.of(
                "<div class=\"panel\"><h3>New administrators</h3>\n{}{}</div>\n",
                told,
                Html.of(
                                "<ul class=\"decided-now\">{}</ul>\n",
                                Html.each(decided.acknowledgements().values(), this::acknowledged))
                        .when(!decided.acknowledgements().isEmpty()));
    }

    private Html newAdministrator(EarlierAdministrator one) {
        Html who = Html.of(
                "{} ({} at {}, since {})",
                Html.name(one.name()),
                names.role(one.principalId(), one.roleId()),
                Html.of("<code>{}</code>", one.scope()),
                one.since().map(HtmlFormat::day).orElse(Html.NONE));
        return fields.operator()
                ? Html.of(
                        "<p><label class=\"tick\"><input type=\"checkbox\" name=\"key\" value=\"{}\"> {}</label></p>\n",
                        one.key().orElse(""),
                        who)
                : Html.of("<p>{}</p>\n", who);
    }

    private Html acknowledged(Revision<Acknowledgement> stored) {
        Acknowledgement one = stored.value();
        return Html.of(
                "<li>{} is acknowledged: {}; by {} on {} {}</li>\n",
                Html.name(one.name()),
                Html.name(one.reason()),
                Html.name(one.by()),
                HtmlFormat.day(one.at()),
                fields.takeBack("acknowledgement", stored, one.name()));
    }

    @Override
    public Html ofFinding(CheckResult result, Finding finding) {
        return acceptance.box(result, finding);
    }

    @Override
    public Html ofItem(CheckResult result) {
        return Html.all(statements.of(result), acceptance.accept(result));
    }

    @Override
    public Html ofAdministrator(Explanation one) {
        return Html.of(
                "<a class=\"besides\" href=\"{}\">Explain{}</a>",
                REPORT + "/accounts/" + Address.encoded(one.id()),
                Html.of(" or categorise<span class=\"unseen\"> {}</span>", Html.name(one.name()))
                        .when(fields.operator()));
    }

    /** What the operator says that an account is for, on the page of the account. */
    Html category(Explanation one) {
        Optional<Revision<AccountCategory>> current =
                Optional.ofNullable(decided.categories().get(one.id().toLowerCase(Locale.ROOT)));
        Html now = current.map(stored -> Html.of(
                        "<p class=\"word\">Categorised as {}{}; by {} on {} {}</p>\n",
                        stored.value().category().title(),
                        Html.of(": {}", Html.name(stored.value().reason()))
                                .when(!stored.value().reason().isEmpty()),
                        Html.name(stored.value().by()),
                        HtmlFormat.day(stored.value().at()),
                        fields.takeBack("category", stored, one.name())))
                .orElseGet(() -> Html.of("<p class=\"word\">No category on record.</p>\n"));
        Html options = Html.each(
                List.of(Category.values()),
                category -> Html.of(
                        "<option value=\"{}\"{}>{}</option>\n",
                        category,
                        Html.of(" selected")
                                .when(current.filter(stored -> stored.value().category() == category)
                                        .isPresent()),
                        category.title()));
        Html form = fields.form(
                        "categorise",
                        "categorise",
                        Html.of("aria-label=\"Category\""),
                        Html.of(
                                """
                                <input type="hidden" name="account" value="{}"><input type="hidden" name="revision" value="{}">
                                {}{}<p class="send"><button type="submit">Set the category</button></p>
                                """,
                                one.id(),
                                Integer.toString(current.map(Revision::revision).orElse(0)),
                                FormFields.field(
                                        "Category of the account",
                                        Html.of("<select name=\"category\">{}</select>", options)),
                                FormFields.field(
                                        "Why",
                                        FormFields.input(
                                                "reason", "text", "", Html.of("maxlength=\"2000\" required")))))
                .when(fields.operator());
        return Html.of(
                "<section aria-labelledby=\"category\" class=\"decide\"><h2 id=\"category\">Category</h2>\n<div class=\"panel\">{}{}</div></section>\n",
                now,
                form);
    }
}
