package dev.parc.functions.page;

import dev.parc.analysis.explain.Explanation;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.decision.AccountCategory;
import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.Attestations;
import dev.parc.assessment.register.Waivers;
import dev.parc.assessment.run.RunRecord;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.facts.Acknowledgement;
import dev.parc.facts.Attestation;
import dev.parc.facts.Category;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.functions.http.Caller;
import dev.parc.functions.http.Http;
import dev.parc.report.html.Forms;
import dev.parc.report.html.Html;
import dev.parc.report.html.HtmlFormat;
import dev.parc.report.portal.Portals;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the served page has besides the report: what is decided, by whom, and for operators the forms to decide with. */
final class DecisionForms implements Forms {

    /** Where the report is, and where its forms are sent. */
    static final String REPORT = Http.PREFIX + "report";

    /** Whose buttons take decisions back, wherever they stand. */
    private static final String TAKE_BACK = "take-back";

    private static final Html BY = Html.of("maxlength=\"200\" autocomplete=\"name\"");

    private final CurrentDecisions decided;
    private final Caller caller;
    private final String token;
    private final Html done;
    private final Names names;
    private final String at;

    /**
     * What the page knows of names.
     *
     * @param subjects of findings, by their ids in lower case
     * @param accounts of administrators, by their ids in lower case
     */
    record Names(Portals portals, Map<String, Finding> subjects, Map<String, Explanation> accounts) {

        static final Names NONE = new Names(Portals.NONE, Map.of(), Map.of());

        private Html subject(String id) {
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
        this.token = token;
        this.done = done.map(words ->
                        Html.of("<p class=\"done panel\" id=\"done\" role=\"status\" tabindex=\"-1\">{}</p>\n", words))
                .orElse(Html.NONE);
        this.names = names;
        this.at = at;
    }

    private boolean operator() {
        return caller.may(Caller.Role.OPERATOR);
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
        return Html.all(done, form(TAKE_BACK, "take-back", Html.NONE, Html.NONE).when(operator()));
    }

    /** A form that sends what it holds to the page. */
    private Html form(String id, String action, Html attributes, Html content) {
        return Html.of("""
                <form method="post" action="{}" id="{}" {}>
                <input type="hidden" name="token" value="{}"><input type="hidden" name="do" value="{}"><input type="hidden" name="at" value="{}">
                {}</form>
                """, REPORT, id, attributes, token, action, at, content);
    }

    /** A button that takes one decision back, if the caller may. */
    private Html takeBack(String kind, Revision<?> stored, String what) {
        return Html.of(
                        "<button type=\"submit\" class=\"back\" form=\"{}\" name=\"what\" value=\"{}:{}:{}\" aria-label=\"Take back: {}\">Take back</button>",
                        TAKE_BACK,
                        kind,
                        stored.key(),
                        Integer.toString(stored.revision()),
                        what)
                .when(operator() && stored.stands());
    }

    private static Html field(String label, Html input) {
        return Html.of("<label>{} {}</label>\n", label, input);
    }

    private static Html input(String name, String type, String value, Html attributes) {
        return Html.of("<input type=\"{}\" name=\"{}\" value=\"{}\" {}>", type, name, value, attributes);
    }

    private Html day(String name, String value, Html more) {
        LocalDate today = today();
        return input(
                name,
                "date",
                value,
                Html.of("min=\"{}\" max=\"{}\" {}", today.plusDays(1), today.plusDays(Attestations.MOST_DAYS), more));
    }

    private LocalDate today() {
        return decided.now().atOffset(ZoneOffset.UTC).toLocalDate();
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
                        operator()
                                ? "as {}; your decisions are recorded with your name, and you can take them back"
                                : "as {}, who can read; decisions need the Operator role",
                        Html.name(caller.name())),
                runs(),
                Html.each(
                        Arrays.asList(Stage.values()).stream()
                                .filter(decided.statements()::containsKey)
                                .toList(),
                        this::statements),
                accepted(),
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
        Html start = form(
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
                .when(operator());
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

    private Html statements(Stage stage) {
        List<CurrentDecisions.Statement> all = decided.statements().getOrDefault(stage, List.of());
        long attested = all.stream().filter(decided::isAttested).count();
        String id = "attest-" + stage;
        Html rows = Html.each(all, one -> operator() ? toAttest(one) : told(one));
        return Html.of(
                "<details class=\"fold statements\" id=\"statements-{}\"><summary>{}: {} of {} attested</summary>\n{}</details>\n",
                stage,
                stage.title(),
                Math.toIntExact(attested),
                HtmlFormat.counted(all.size(), "statement"),
                operator()
                        ? form(
                                id,
                                "attest",
                                Html.of("aria-label=\"Statements of {}\"", stage.title()),
                                Html.all(
                                        rows,
                                        Html.of(
                                                """
                                                <fieldset class="all"><legend>For selected statements that leave these blank</legend>
                                                {}{}</fieldset>
                                                <p class="send"><button type="submit">Attest selected</button></p>
                                                """,
                                                field("Attested by", input("all.by", "text", "", BY)),
                                                field("Until", day("all.until", "", Html.NONE)))))
                        : rows);
    }

    private Html toAttest(CurrentDecisions.Statement one) {
        String key = one.key();
        Optional<Attestation> last = one.last();
        boolean holds = decided.isAttested(one);
        return Html.of(
                """
                <fieldset class="statement" id="say-{}"><legend>{} <span class="of">{}, {}</span></legend>
                {}<p><label class="tick"><input type="checkbox" name="attest" value="{}"> {}</label></p>
                {}{}{}{}{}{}</fieldset>
                """,
                key,
                Html.name(one.question().words()),
                HtmlFormat.item(one.question().item()),
                "statement " + one.question().statement(),
                word(one),
                key,
                holds ? "Attest this again" : "Attest this",
                input(key + ".revision", "hidden", Integer.toString(one.revision()), Html.NONE),
                input(
                        key + ".read",
                        "hidden",
                        CurrentDecisions.mark(one.question().words()),
                        Html.NONE),
                field(
                        "Attested by",
                        input(
                                key + ".by",
                                "text",
                                last.map(Attestations::speaker).orElse(""),
                                BY)),
                field(
                        "Until",
                        day(
                                key + ".until",
                                last.flatMap(this::again)
                                        .map(LocalDate::toString)
                                        .orElse(""),
                                Html.NONE)),
                field(
                        "Evidence",
                        input(
                                key + ".evidence",
                                "url",
                                last.flatMap(Attestation::evidence).orElse(""),
                                Html.of("maxlength=\"2000\" placeholder=\"https://\""))),
                field(
                        "Note",
                        input(
                                key + ".note",
                                "text",
                                last.map(Attestation::note).orElse(""),
                                Html.of("maxlength=\"2000\""))));
    }

    /** As long again as it was attested for last time. */
    private Optional<LocalDate> again(Attestation last) {
        long days = ChronoUnit.DAYS.between(HtmlFormat.date(last.at()), last.validUntil());
        return days >= 1 && days <= Attestations.MOST_DAYS ? Optional.of(today().plusDays(days)) : Optional.empty();
    }

    private Html told(CurrentDecisions.Statement one) {
        return Html.of(
                "<div class=\"statement\" id=\"say-{}\"><p>{} <span class=\"of\">{}, {}</span></p>{}</div>\n",
                one.key(),
                Html.name(one.question().words()),
                HtmlFormat.item(one.question().item()),
                "statement " + one.question().statement(),
                word(one));
    }

    /** The last word on a statement. */
    private Html word(CurrentDecisions.Statement one) {
        return one.last()
                .map(said -> Html.of(
                        "<p class=\"word\">{}{} by {} on {}, until {}{}{}{} {}</p>\n",
                        decided.isAttested(one) ? "" : "Not attested any more: ",
                        decided.isAttested(one) ? "Attested" : "was",
                        Html.name(said.by()),
                        HtmlFormat.day(said.at()),
                        HtmlFormat.until(said.validUntil(), today()),
                        said.evidence()
                                .map(link -> Html.of(", {}", Html.link(link)))
                                .orElse(Html.NONE),
                        Html.of(", {}", Html.name(said.note()))
                                .when(!said.note().isEmpty()),
                        withdrawal(one.newest()),
                        one.newest()
                                .map(stored -> takeBack(
                                        "attestation",
                                        stored,
                                        one.question().item() + ", statement "
                                                + one.question().statement()))
                                .orElse(Html.NONE)))
                .orElseGet(() -> Html.of("<p class=\"word\">Not attested.</p>\n"));
    }

    private static Html withdrawal(Optional<? extends Revision<?>> stored) {
        return stored.flatMap(Revision::withdrawal)
                .map(gone -> Html.of("; taken back by {} on {}", Html.name(gone.by()), HtmlFormat.day(gone.at())))
                .orElse(Html.NONE);
    }

    private Html accepted() {
        List<Revision<Waiver>> current =
                decided.waivers().values().stream().filter(Revision::stands).toList();
        return list(
                "Accepted findings",
                current,
                stored -> {
                    Waiver waiver = stored.value();
                    return Html.of(
                            "{} of {}: {}; {} is responsible, until {}; recorded by {} on {} {}",
                            waiver.subject().map(names::subject).orElse(Html.of("The whole item")),
                            HtmlFormat.item(waiver.checkId()),
                            Html.name(waiver.reason()),
                            Html.name(waiver.owner()),
                            HtmlFormat.until(waiver.until(), today()),
                            Html.name(waiver.by()),
                            HtmlFormat.day(waiver.at()),
                            takeBack(
                                    "waiver",
                                    stored,
                                    waiver.checkId()
                                            + waiver.subject()
                                                    .map(id -> ", " + id)
                                                    .orElse("")));
                },
                "To accept findings until a date, select them under Results.");
    }

    private Html categories() {
        return list(
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
                            takeBack("category", stored, said.accountId()));
                },
                "To set a category, open an administrator below.");
    }

    private Html newAdministrators() {
        Html open = Html.each(decided.open(), this::newcomer);
        Html form = form(
                "acknowledge",
                "acknowledge",
                Html.of("aria-label=\"New administrators\""),
                Html.of(
                        "{}{}<p class=\"send\"><button type=\"submit\">Acknowledge selected</button></p>\n",
                        open,
                        field(
                                "Why the role is right",
                                input("reason", "text", "", Html.of("maxlength=\"2000\" required")))));
        Html told = decided.open().isEmpty()
                ? Html.of("<p>No new administrators to acknowledge.</p>\n")
                : operator() ? form : open;
        return Html.of(
                "<div class=\"panel\"><h3>New administrators</h3>\n{}{}</div>\n",
                told,
                Html.of(
                                "<ul class=\"decided-now\">{}</ul>\n",
                                Html.each(decided.acknowledgements().values(), this::acknowledged))
                        .when(!decided.acknowledgements().isEmpty()));
    }

    private Html newcomer(EarlierAdministrator one) {
        Html who = Html.of(
                "{} ({} at {}, since {})",
                Html.name(one.name()),
                names.role(one.principalId(), one.roleId()),
                Html.of("<code>{}</code>", one.scope()),
                one.since().map(HtmlFormat::day).orElse(Html.NONE));
        return operator()
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
                takeBack("acknowledgement", stored, one.name()));
    }

    private static <T> Html list(String title, List<T> all, Function<T, Html> line, String none) {
        return Html.of(
                "<div class=\"panel\"><h3>{}</h3>\n{}</div>\n",
                title,
                all.isEmpty()
                        ? Html.of("<p>None. {}</p>\n", none)
                        : Html.of(
                                "<ul class=\"decided-now\">{}</ul>\n",
                                Html.each(all, one -> Html.of("<li>{}</li>\n", line.apply(one)))));
    }

    // what stands at the items and the administrators

    private static boolean isOpen(CheckResult result) {
        return result.outcome() == Outcome.FAIL || result.outcome() == Outcome.REVIEW;
    }

    @Override
    public Html ofFinding(CheckResult result, Finding finding) {
        return Html.of(
                        "<label class=\"tick\"><input type=\"checkbox\" form=\"accept-{}\" name=\"subject\" value=\"{}\" aria-label=\"Accept {}\"></label>",
                        result.checkId(),
                        finding.subjectId(),
                        finding.subjectName())
                .when(operator()
                        && isOpen(result)
                        && !stands(Waivers.id(result.checkId(), Optional.of(finding.subjectId()))));
    }

    private boolean stands(String id) {
        return Optional.ofNullable(decided.waivers().get(id))
                .filter(Revision::stands)
                .filter(stored -> stored.value().isValidAt(decided.now()))
                .isPresent();
    }

    @Override
    public Html ofItem(CheckResult result) {
        return Html.all(statementsOf(result), accept(result).when(operator() && isOpen(result)));
    }

    private Html statementsOf(CheckResult result) {
        List<CurrentDecisions.Statement> own = decided.statements().getOrDefault(result.stage(), List.of()).stream()
                .filter(one -> one.question().item().equals(result.checkId()))
                .toList();
        return Html.of(
                        "<p class=\"of-item\">{}: {}</p>\n",
                        operator() ? "To attest" : "Statements",
                        own.stream()
                                .map(one -> Html.of(
                                        "<a href=\"#say-{}\">statement {}</a>{}",
                                        one.key(),
                                        Integer.toString(one.question().statement()),
                                        decided.isAttested(one) ? " (attested)" : ""))
                                .collect(Html.joined(", ")))
                .when(!own.isEmpty());
    }

    private Html accept(CheckResult result) {
        String id = result.checkId();
        Html revisions = Stream.concat(
                        Stream.of(Waivers.id(id, Optional.empty())),
                        result.findings().stream().map(finding -> Waivers.id(id, Optional.of(finding.subjectId()))))
                .distinct()
                .flatMap(key -> Stream.ofNullable(decided.waivers().get(key)))
                .map(stored -> input("revision", "hidden", stored.key() + ":" + stored.revision(), Html.NONE))
                .collect(Html.joined());
        return Html.of(
                "<details class=\"fold accept\"><summary>Accept until a date</summary>\n{}</details>\n",
                form(
                        "accept-" + id,
                        "accept",
                        Html.of("aria-label=\"Accept findings of {}\"", id),
                        Html.of(
                                """
                                <input type="hidden" name="item" value="{}">{}<p>{}</p>
                                <p><label class="tick"><input type="checkbox" name="whole" value="yes"> The whole item, with all its findings</label></p>
                                {}{}{}<p class="send"><button type="submit">Accept selected</button></p>
                                """,
                                id,
                                revisions,
                                result.findings().isEmpty() ? "" : "Select findings in the table above, or:",
                                field("Responsible", input("owner", "text", "", Html.all(BY, Html.of(" required")))),
                                field("Until", day("until", "", Html.of("required"))),
                                field("Reason", input("reason", "text", "", Html.of("maxlength=\"2000\" required"))))));
    }

    @Override
    public Html ofAdministrator(Explanation one) {
        return Html.of(
                "<a class=\"besides\" href=\"{}\">Explain{}</a>",
                REPORT + "/accounts/" + Address.encoded(one.id()),
                Html.of(" or categorise<span class=\"unseen\"> {}</span>", Html.name(one.name()))
                        .when(operator()));
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
                        takeBack("category", stored, one.name())))
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
        Html form = form(
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
                                field(
                                        "Category of the account",
                                        Html.of("<select name=\"category\">{}</select>", options)),
                                field("Why", input("reason", "text", "", Html.of("maxlength=\"2000\" required")))))
                .when(operator());
        return Html.of(
                "<section aria-labelledby=\"category\" class=\"decide\"><h2 id=\"category\">Category</h2>\n<div class=\"panel\">{}{}</div></section>\n",
                now,
                form);
    }
}
