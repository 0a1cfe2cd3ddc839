package dev.parc.report;

import static dev.parc.report.HtmlReport.name;
import static dev.parc.report.HtmlReport.text;

import dev.parc.facts.Account;
import dev.parc.facts.Evidence;
import dev.parc.facts.ExplainedAdministrators;
import dev.parc.facts.Explanation;
import dev.parc.facts.MfaAnswer;
import dev.parc.facts.MfaDecision;
import dev.parc.facts.SignIn;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The part of the report that lists the administrators, each with its roles and its way past MFA. */
final class AdministratorsSection {

    private final List<String> reasons;
    private final Set<String> missing;
    private final List<Explanation> administrators;

    AdministratorsSection(ExplainedAdministrators explained) {
        this.reasons = explained.missing();
        this.missing = Set.copyOf(reasons);
        this.administrators = explained.administrators().stream()
                .filter(Explanation::highlyPrivileged)
                .toList();
    }

    /** Writes the section. */
    void write(StringBuilder page) {
        page.append("""
            <section aria-labelledby="administrators">
            <h2 id="administrators">Administrators <small>who hold a highly privileged role, or can activate one</small></h2>
            <div class="roster">
            <p>%s</p>
            """.formatted(text(summary())));
        if (!reasons.isEmpty()) {
            page.append("<div class=\"reasons\"><h3>What could not be read</h3>\n<ul>\n");
            reasons.forEach(reason -> page.append("<li>%s</li>\n".formatted(name(reason))));
            page.append("</ul></div>\n");
        }
        String azure = administrators.stream()
                .flatMap(one -> one.azureRolesMissing().stream())
                .distinct()
                .collect(Collectors.joining("; "));
        if (!azure.isEmpty()) {
            page.append("<p>Roles in Azure are not told, or not all of them: %s</p>\n".formatted(name(azure)));
        }
        table(page);
        page.append("</div>\n</section>\n");
    }

    private String summary() {
        if (administrators.isEmpty()) {
            return "None was found.";
        }
        long uncovered = administrators.stream()
                .filter(one -> badge(one).equals(Badge.UNCOVERED))
                .count();
        return "%,d of %,d can sign in without MFA%s."
                .formatted(
                        uncovered,
                        administrators.size(),
                        administrators.stream().anyMatch(one -> badge(one).equals(Badge.EMERGENCY))
                                ? ", designated emergency accounts not counted"
                                : "");
    }

    private void table(StringBuilder page) {
        if (administrators.isEmpty()) {
            return;
        }
        page.append("<details class=\"findings\"%s><summary>%,d administrator%s</summary>\n"
                .formatted(
                        administrators.size() > HtmlReport.UNFOLDED ? "" : " open",
                        administrators.size(),
                        administrators.size() == 1 ? "" : "s"));
        for (int from = 0; from < administrators.size(); from += HtmlReport.BLOCK) {
            int to = Math.min(from + HtmlReport.BLOCK, administrators.size());
            page.append("""
                <div class="block"><table><caption>Administrators %,d to %,d</caption>
                <thead><tr><th scope="col">Who</th><th scope="col">Roles</th><th scope="col">MFA</th><th scope="col">Last sign-in</th></tr></thead>
                <tbody>
                """.formatted(from + 1, to));
            administrators.subList(from, to).forEach(one -> row(page, one));
            page.append("</tbody></table></div>\n");
        }
        page.append("</details>\n");
    }

    private void row(StringBuilder page, Explanation one) {
        page.append("<tr><th scope=\"row\">%s%s<code>%s</code><p>%s</p></th><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                .formatted(
                        name(one.name()),
                        one.account()
                                .map(Account::signInName)
                                .filter(signInName -> !signInName.equals(one.name()))
                                .map(signInName -> "<br>" + name(signInName))
                                .orElse(""),
                        text(one.id()),
                        category(one),
                        roles(one),
                        mfa(one),
                        lastSignIn(one.lastSignIn())));
    }

    private String category(Explanation one) {
        return one.category()
                        .value()
                        .map(category -> text("%s, because %s%s"
                                .formatted(
                                        category.category().title(),
                                        category.reason(),
                                        category.confirmed() ? "" : " (to be confirmed)")))
                        .orElse("")
                + besides(one.category().missing());
    }

    private static String roles(Explanation one) {
        return Stream.concat(roles(one.roles(), ""), roles(one.azureRoles(), " in Azure"))
                .collect(Collectors.joining("", "<ul>", "</ul>"));
    }

    private static Stream<String> roles(List<Explanation.Role> roles, String where) {
        return roles.stream()
                .flatMap(role -> role.ways().stream()
                        .map(way ->
                                "<li><b>%s</b>%s: %s</li>".formatted(name(role.name()), where, name(way.inWords()))));
    }

    /** What the answer looks like: never by colour alone. */
    private enum Badge {
        UNCOVERED("fail", "✕", "Uncovered"),
        EMERGENCY("review", "!", "Uncovered, emergency account"),
        UNDECIDED("review", "?", "Undecided"),
        NOT_READ("not-assessed", "○", "Not assessed"),
        COVERED("pass", "✓", "Covered"),
        NOT_ASKED("not-applicable", "–", "Not asked");

        private final String html;

        Badge(String css, String sign, String title) {
            this.html = "<span class=\"badge %s\"><span aria-hidden=\"true\">%s</span> %s</span>"
                    .formatted(css, sign, title);
        }
    }

    private static Badge badge(Explanation one) {
        if (!(one.mfa() instanceof MfaAnswer.Decided decided)) {
            return one.mfa() instanceof MfaAnswer.NotRead ? Badge.NOT_READ : Badge.NOT_ASKED;
        }
        if (decided.decision() instanceof MfaDecision.Uncovered) {
            return one.emergency()
                            .value()
                            .filter(Explanation.Emergency.DESIGNATED::equals)
                            .isPresent()
                    ? Badge.EMERGENCY
                    : Badge.UNCOVERED;
        }
        return decided.decision() instanceof MfaDecision.Covered ? Badge.COVERED : Badge.UNDECIDED;
    }

    private String mfa(Explanation one) {
        String html = badge(one).html;
        if (one.mfa() instanceof MfaAnswer.NotAsked notAsked) {
            return html + "<p>%s</p>".formatted(text("it " + notAsked.because()));
        }
        if (one.mfa() instanceof MfaAnswer.NotRead notRead) {
            return html + besides(notRead.reasons());
        }
        if (one.mfa() instanceof MfaAnswer.Decided decided) {
            if (decided.decision() instanceof MfaDecision.Uncovered gap) {
                html += "<p>%s</p><p>because %s</p>".formatted(name(gap.signIn()), name(gap.because()));
            } else if (decided.decision() instanceof MfaDecision.Covered covered) {
                html += "<p>by %s</p>".formatted(name(String.join(", ", covered.by())));
            } else if (decided.decision() instanceof MfaDecision.Undecided doubt) {
                html += "<p>%s</p>".formatted(name(doubt.because()));
            }
            html += besides(decided.missing());
        }
        return html;
    }

    private String lastSignIn(Evidence<SignIn> evidence) {
        return evidence.value()
                .map(signIn -> signIn.lastSuccess()
                        .map(AdministratorsSection::date)
                        .orElseGet(() -> "none on record"
                                + signIn.lastAttempt()
                                        .map(attempt -> ", last attempt " + date(attempt))
                                        .orElse("")))
                .orElseGet(() -> "not known" + besides(evidence.missing()));
    }

    private static String date(Instant instant) {
        return "<time datetime=\"%s\">%s</time>"
                .formatted(instant, instant.atOffset(ZoneOffset.UTC).toLocalDate());
    }

    /** What keeps an answer open, unless it is said above for all. */
    private String besides(List<String> open) {
        String own = open.stream()
                .filter(reason -> !missing.contains(reason))
                .map(reason -> "<p>%s</p>".formatted(name(reason)))
                .collect(Collectors.joining());
        return own.isEmpty() && !open.isEmpty() ? "<p>see what could not be read, above</p>" : own;
    }
}
