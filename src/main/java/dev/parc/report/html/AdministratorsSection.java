package dev.parc.report.html;

import dev.parc.analysis.accounts.PasswordAge;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.conditionalaccess.ReachDecision;
import dev.parc.analysis.explain.Evidence;
import dev.parc.analysis.explain.Explanation;
import dev.parc.analysis.explain.MfaAnswer;
import dev.parc.analysis.signin.Requirement;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.Account;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The administrators, each with its category, its roles, its way past MFA, its last sign-in and the age of its password. */
final class AdministratorsSection {

    private static final List<String> COLUMNS =
            List.of("Who", "Category", "Roles and their paths", "MFA", "Lockout", "Last sign-in", "Password");

    private final List<String> reasons;
    private final Set<String> missing;
    private final List<Explanation> administrators;

    private final PortalLinks places;
    private final Forms forms;

    AdministratorsSection(AdministratorInventory inventory, PortalLinks places, Forms forms) {
        this.places = places;
        this.forms = forms;
        this.reasons = inventory.explained().missing();
        this.missing = Set.copyOf(reasons);
        this.administrators = inventory.explained().administrators();
    }

    Html html() {
        return Html.of(
                """
                <section aria-labelledby="administrators">
                <h2 id="administrators">Administrators <small>who hold a role or can activate one</small></h2>
                <div class="panel roster">
                <p>{}</p>
                {}{}{}{}{}</div>
                </section>
                """,
                summary(),
                Html.of(
                                "<div class=\"reasons\"><h3>What could not be read</h3>\n<ul>{}</ul></div>\n",
                                Html.each(reasons, reason -> Html.of("<li>{}</li>\n", Html.name(reason))))
                        .when(!reasons.isEmpty()),
                missing("Future roles", Explanation::laterMissing),
                missing("Roles in Azure", Explanation::azureRolesMissing),
                missing("Paths to further roles", Explanation::waysInMissing),
                DataTable.of("Administrators", "administrator", "administrators", COLUMNS, administrators, this::cells)
                        .when(!administrators.isEmpty()));
    }

    /** What is missing of something that was read for all of them together, said once. */
    private Html missing(String what, Function<Explanation, List<String>> of) {
        String told = administrators.stream()
                .flatMap(one -> of.apply(one).stream())
                .distinct()
                .collect(Collectors.joining("; "));
        return Html.of("<p>{} are incomplete: {}</p>\n", what, Html.name(told)).when(!told.isEmpty());
    }

    private String summary() {
        if (administrators.isEmpty()) {
            return "None found.";
        }
        long uncovered = administrators.stream()
                .filter(one -> Badge.of(one) == Badge.UNCOVERED)
                .count();
        return "%,d of %,d can sign in without MFA%s. %,d hold a highly privileged role or can activate one."
                .formatted(
                        uncovered,
                        administrators.size(),
                        administrators.stream().anyMatch(one -> Badge.of(one) == Badge.EMERGENCY)
                                ? ", not counting designated emergency accounts"
                                : "",
                        administrators.stream()
                                .filter(Explanation::highlyPrivileged)
                                .count());
    }

    private Html cells(Explanation one) {
        Badge badge = Badge.of(one);
        return Html.of(
                """
                <th scope="row">{}{}<code>{}</code>{}</th><td>{}</td><td>{}</td><td data-key="{}">{}</td><td data-key="{}">{}</td><td data-key="{}">{}</td><td data-key="{}">{}</td>""",
                Html.name(one.name(), places.of(one.type(), one.id())),
                signInName(one),
                one.id(),
                forms.ofAdministrator(one),
                category(one),
                roles(one),
                HtmlFormat.rank(badge),
                mfa(one, badge),
                lockOuts(one),
                lockedOut(one.entries()),
                one.lastSignIn()
                        .value()
                        .flatMap(SignIn::lastSuccess)
                        .map(Instant::toString)
                        .orElse(""),
                lastSignIn(one.lastSignIn()),
                one.account()
                        .flatMap(Account::passwordChangedAt)
                        .map(Instant::toString)
                        .orElse(""),
                password(one.password()));
    }

    /** One of them by itself. */
    Html alone(Explanation one) {
        return Html.of(
                """
                <dl class="facts one">{}{}{}{}{}{}{}{}</dl>
                {}""",
                fact(
                        "Account",
                        Html.of(
                                "{}{}<code>{}</code>",
                                Html.name(one.name(), places.of(one.type(), one.id())),
                                signInName(one),
                                one.id())),
                fact("Category", category(one)),
                fact("Roles and their paths", roles(one)),
                fact("MFA", mfa(one, Badge.of(one))),
                fact("Lockout", lockedOut(one.entries())),
                fact(
                        "Gets in",
                        Html.each(
                                one.entries().value().orElse(List.of()),
                                entry -> Html.of(
                                        "<p><b>{}</b>: it {}</p>", entry.circumstance(), places.in(entry.inWords())))),
                fact("Last sign-in", lastSignIn(one.lastSignIn())),
                fact("Password", password(one.password())),
                Html.of(
                                "<div class=\"reasons\"><h3>What could not be read</h3>\n<ul>{}</ul></div>\n",
                                Html.each(reasons, reason -> Html.of("<li>{}</li>\n", Html.name(reason))))
                        .when(!reasons.isEmpty()));
    }

    private static Html fact(String term, Html told) {
        return Html.of("<div><dt>{}</dt><dd>{}</dd></div>\n", term, told).when(!told.isEmpty());
    }

    private static Html signInName(Explanation one) {
        return one.account()
                .map(Account::signInName)
                .filter(signInName -> !signInName.equals(one.name()))
                .map(signInName -> Html.of("<span class=\"besides\">{}</span>", Html.name(signInName)))
                .orElse(Html.NONE);
    }

    private Html category(Explanation one) {
        return Html.all(
                one.category()
                        .value()
                        .map(category -> Html.of(
                                "{}<p>because {}{}</p>",
                                category.category().title(),
                                places.in(category.reason()),
                                category.confirmed() ? "" : " (to be confirmed)"))
                        .orElse(Html.NONE),
                besides(one.category().missing()));
    }

    private Html roles(Explanation one) {
        Html held = Stream.concat(held(one.roles(), ""), held(one.azureRoles(), " in Azure"))
                .collect(Html.joined());
        Html later = Html.each(
                one.later(),
                role -> Html.of(
                        "<li><b>{}</b>, from a later date: {}</li>",
                        Html.name(role.name()),
                        places.in(role.inWords())));
        Html waysIn = Html.each(
                one.waysIn(),
                way -> Html.of("<li>could become <b>{}</b>: {}</li>", places.in(way.leadsTo()), places.in(way.path())));
        return Html.all(
                Html.of("<ul>{}{}{}</ul>", held, later, waysIn)
                        .when(!held.isEmpty() || !later.isEmpty() || !waysIn.isEmpty()),
                besides(one.rolesMissing()));
    }

    private Stream<Html> held(List<Explanation.Role> roles, String where) {
        return roles.stream()
                .flatMap(role -> role.ways().stream()
                        .map(way -> Html.of(
                                "<li><b>{}</b>{}: {}</li>", Html.name(role.name()), where, places.in(way.inWords()))));
    }

    /** What the answer about MFA looks like; in the order of how much it matters. */
    private enum Badge {
        UNCOVERED("fail", "✕", "Uncovered"),
        EMERGENCY("review", "!", "Uncovered, emergency account"),
        UNDECIDED("review", "?", "Undecided"),
        NOT_READ("not-assessed", "○", "Not assessed"),
        COVERED("pass", "✓", "Covered"),
        NOT_ASKED("not-applicable", "–", "Not applicable");

        private final Html html;

        Badge(String css, String sign, String title) {
            this.html = HtmlFormat.badge(css, sign, title);
        }

        static Badge of(Explanation one) {
            if (!(one.mfa() instanceof MfaAnswer.Decided decided)) {
                return one.mfa() instanceof MfaAnswer.NotRead ? NOT_READ : NOT_ASKED;
            }
            if (decided.decision() instanceof MfaDecision.Uncovered) {
                return one.emergency()
                                .value()
                                .filter(Explanation.Emergency.DESIGNATED::equals)
                                .isPresent()
                        ? EMERGENCY
                        : UNCOVERED;
            }
            return decided.decision() instanceof MfaDecision.Covered ? COVERED : UNDECIDED;
        }
    }

    private Html mfa(Explanation one, Badge badge) {
        if (one.mfa() instanceof MfaAnswer.NotAsked notAsked) {
            return Html.of("{}<p>it {}</p>", badge.html, Html.name(notAsked.because()));
        }
        if (one.mfa() instanceof MfaAnswer.NotRead notRead) {
            return Html.all(badge.html, besides(notRead.reasons()));
        }
        Html told = Html.NONE;
        if (one.mfa() instanceof MfaAnswer.Decided decided) {
            if (decided.decision() instanceof MfaDecision.Uncovered gap) {
                told = Html.of("<p>{}</p><p>because {}</p>", places.in(gap.signIn()), places.in(gap.because()));
            } else if (decided.decision() instanceof MfaDecision.Covered covered) {
                told = Html.of("<p>by {}</p>", places.named(covered.by()));
            } else if (decided.decision() instanceof MfaDecision.Undecided doubt) {
                told = Html.of("<p>{}</p>", places.in(doubt.because()));
            }
            told = Html.all(told, besides(decided.missing()));
        }
        return Html.all(badge.html, told, activations(one));
    }

    /** How it is held to MFA as the holder of each role that it must activate. */
    private Html activations(Explanation one) {
        return one.activations().stream()
                .filter(activation -> activation.requirement() == Requirement.MFA)
                .map(activation -> Html.of(
                        "<p>eligible for {}, {}: {}{}</p>",
                        Html.name(activation.role()),
                        places.in(activation.path()),
                        places.in(activation.inWords()),
                        activation.approved() ? "; needs approval" : ""))
                .collect(Html.joined());
    }

    /** The more circumstances lock it out, the earlier it stands. */
    private static String lockOuts(Explanation one) {
        return one.entries()
                .value()
                .map(entries ->
                        entries.stream().filter(Explanation.Entry::lockedOut).count())
                .map(count -> String.valueOf(9 - count))
                .orElse("");
    }

    /** What would lock it out, and what may; nothing of what would not. */
    private Html lockedOut(Evidence<List<Explanation.Entry>> evidence) {
        return evidence.value()
                .map(entries -> {
                    List<Explanation.Entry> told = entries.stream()
                            .filter(entry -> !(entry.decision() instanceof ReachDecision.Reachable))
                            .toList();
                    return told.isEmpty()
                            ? Html.of(
                                    "<p>not locked out: {}</p>",
                                    entries.stream()
                                            .map(Explanation.Entry::circumstance)
                                            .skip(1)
                                            .collect(Collectors.joining(", ")))
                            : Html.of(
                                    "<ul>{}</ul>",
                                    Html.each(
                                            told,
                                            entry -> Html.of(
                                                    "<li><b>{}</b>: it {}</li>",
                                                    entry.circumstance(),
                                                    places.in(entry.inWords()))));
                })
                .orElseGet(() -> besides(evidence.missing()));
    }

    private Html lastSignIn(Evidence<SignIn> evidence) {
        return evidence.value()
                .map(signIn -> signIn.lastSuccess()
                        .map(HtmlFormat::day)
                        .orElseGet(() -> Html.all(
                                Html.of("none on record"),
                                signIn.lastAttempt()
                                        .map(attempt -> Html.of(", last attempt {}", HtmlFormat.day(attempt)))
                                        .orElse(Html.NONE))))
                .orElseGet(() -> Html.all(Html.of("unknown"), besides(evidence.missing())));
    }

    private Html password(Evidence<PasswordAge> evidence) {
        return evidence.value()
                .map(age -> Html.all(
                        HtmlFormat.badge("fail", "!", "Old").when(age.kind() == PasswordAge.Kind.OLD),
                        Html.of("<p>{}</p>", Html.name(age.words()))))
                .orElseGet(() -> besides(evidence.missing()));
    }

    /** What keeps an answer open, unless it is said above for all. */
    private Html besides(List<String> open) {
        Html own = open.stream()
                .filter(reason -> !missing.contains(reason))
                .map(reason -> Html.of("<p>{}</p>", Html.name(reason)))
                .collect(Html.joined());
        return own.isEmpty() && !open.isEmpty() ? Html.of("<p>see \"What could not be read\" above</p>") : own;
    }
}
