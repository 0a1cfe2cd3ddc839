package dev.parc.report.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import dev.parc.analysis.accounts.Categorisation;
import dev.parc.analysis.accounts.PasswordAge;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.explain.Evidence;
import dev.parc.analysis.explain.ExplainedAdministrators;
import dev.parc.analysis.explain.Explanation;
import dev.parc.analysis.explain.MfaAnswer;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.Remedy;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.decision.Waiver;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.phrase.Details;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.report.text.Compliance;
import dev.parc.report.text.VisibleText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tables for a spreadsheet: CSV as in RFC 4180, UTF-8, every cell quoted. No cell begins with what a spreadsheet takes for a
 * formula: an apostrophe stands before it.
 */
public final class CsvReport {

    /** Between several things in one cell. */
    private static final String AND = " | ";

    /** What begins a formula, at the start of a cell or behind what some spreadsheets take for the end of one. */
    private static final Pattern FORMULA = Pattern.compile("(^|;)([\\s\"']*)([=+\\-@\uFF1D\uFF0B\uFF0D\uFF20])");

    /** A column: its heading and what stands below it. */
    private record Column<T>(String heading, Function<T, String> cell) {}

    /** A finding with the answer that it is part of; an answer without findings is a line too. */
    private record Line(Assessment run, CheckResult result, Optional<Finding> finding) {

        private String subject(Function<Finding, String> what) {
            return finding.map(what).orElse("");
        }

        private String details(Function<Details, String> what) {
            return finding.flatMap(Finding::details).map(what).orElse("");
        }

        /** What to do about the answer, where something is to be done. */
        private String remedy(Function<Remedy, String> what) {
            return result.outcome() == Outcome.PASS || result.outcome() == Outcome.NOT_APPLICABLE
                    ? ""
                    : what.apply(result.remedy());
        }

        private boolean waived() {
            return finding.map(result::isWaived).orElse(result.isWaived());
        }

        private String waiver(Function<Waiver, String> what) {
            return result.waivers().stream()
                    .filter(waiver -> finding.map(waiver::covers).orElse(true))
                    .findFirst()
                    .map(what)
                    .orElse("");
        }
    }

    private static final List<Column<Line>> ANSWERS = List.of(
            new Column<>("Item", line -> line.result().checkId()),
            new Column<>("Stage", line -> line.result().stage().title()),
            new Column<>("Asked", line -> line.result().title()),
            new Column<>("Severity", line -> line.result().severity().name()),
            new Column<>("Outcome", line -> line.result().outcome().name()),
            new Column<>("Basis", line -> line.result().basis().name()),
            new Column<>("Summary", line -> line.result().summary()),
            new Column<>("Reasons", line -> String.join(AND, line.result().reasons())),
            new Column<>("Remedy", line -> line.remedy(Remedy::words)),
            new Column<>("Effort", line -> line.remedy(remedy -> remedy.effort().name())),
            new Column<>(
                    "Subject type",
                    line -> line.subject(finding -> finding.subjectType().json())),
            new Column<>("Subject", line -> line.subject(Finding::subjectName)),
            new Column<>("Subject id", line -> line.subject(Finding::subjectId)),
            new Column<>("Finding", line -> line.subject(Finding::message)),
            new Column<>("Waived", line -> yes(line.waived())),
            new Column<>(
                    "Waived until", line -> line.waiver(waiver -> waiver.until().toString())),
            new Column<>("Waiver owner", line -> line.waiver(Waiver::owner)),
            new Column<>("Waiver reason", line -> line.waiver(Waiver::reason)));

    private static final List<Column<Line>> RUN = List.of(
            new Column<>("Tenant", line -> line.run().tenantName()),
            new Column<>("Tenant id", line -> line.run().tenantId()),
            new Column<>("Source", line -> line.run().source()),
            new Column<>("Facts of", line -> line.run().takenAt().toString()),
            new Column<>("Run", line -> line.run().runId()));

    /** What the finding says, for programs; last, so that no other column moves. */
    private static final List<Column<Line>> DETAILS = List.of(
            new Column<>("Phrase", line -> line.details(Details::phrase)),
            new Column<>("Details", line -> line.details(CsvReport::values)));

    private static final List<Column<Line>> FINDINGS = Stream.of(
                    ANSWERS,
                    Compliance.frameworks().stream().map(CsvReport::references).toList(),
                    RUN,
                    DETAILS)
            .flatMap(List::stream)
            .toList();

    private static String values(Details details) {
        return details.values().stream()
                .map(value -> value.name() + "="
                        + value.text()
                        + value.id()
                                .filter(id -> !id.equals(value.text()))
                                .map(id -> " (" + id + ")")
                                .orElse(""))
                .collect(Collectors.joining(AND));
    }

    /** An administrator, or something about all of them that could not be read. */
    private record Administrator(Assessment run, Optional<Explanation> explanation, String unread) {

        private static Column<Administrator> column(String heading, Function<Explanation, String> cell) {
            return new Column<>(heading, row -> row.explanation().map(cell).orElse(""));
        }
    }

    private static final List<Column<Administrator>> ADMINISTRATORS = List.of(
            new Column<>(
                    "Administrator",
                    row -> row.explanation().map(Explanation::name).orElse("NOT READ")),
            Administrator.column(
                    "Sign-in name",
                    one -> one.account().map(Account::signInName).orElse("")),
            Administrator.column("Object id", Explanation::id),
            Administrator.column("Type", one -> one.type().name()),
            Administrator.column("State", CsvReport::state),
            Administrator.column(
                    "Category", one -> known(one.category(), it -> it.category().name())),
            Administrator.column("Category because", one -> known(one.category(), Categorisation::reason)),
            Administrator.column("Category confirmed", one -> known(one.category(), it -> yes(it.confirmed()))),
            Administrator.column("Emergency account", one -> known(one.emergency(), Explanation.Emergency::name)),
            Administrator.column("Highly privileged", one -> yes(one.highlyPrivileged())),
            Administrator.column("Roles", one -> roles(one.roles())),
            Administrator.column("Azure roles", one -> roles(one.azureRoles())),
            Administrator.column("Future roles", CsvReport::later),
            Administrator.column("Sign-in without MFA", one -> answer(one.mfa())),
            Administrator.column("By or because", one -> because(one.mfa())),
            Administrator.column("MFA capable", one -> ofUser(one, one.registration(), it -> yes(it.mfaCapable()))),
            Administrator.column("MFA methods", one -> ofUser(one, one.registration(), CsvReport::methods)),
            Administrator.column("Last sign-in", one -> ofUser(one, one.lastSignIn(), it -> time(it.lastSuccess()))),
            Administrator.column("Last attempt", one -> ofUser(one, one.lastSignIn(), it -> time(it.lastAttempt()))),
            Administrator.column("Password", one -> ofUser(one, one.password(), PasswordAge::words)),
            new Column<>("Not read", Administrator::unread),
            new Column<>("Tenant", row -> row.run().tenantName()),
            new Column<>("Tenant id", row -> row.run().tenantId()),
            new Column<>("Source", row -> row.run().source()),
            new Column<>("Facts of", row -> row.run().takenAt().toString()),
            new Column<>("Run", row -> row.run().runId()));

    private static final List<Column<StagePoint>> TREND = List.of(
            new Column<>("Stage", point -> point.stage().title()),
            new Column<>("At", point -> point.at().toString()),
            new Column<>(
                    "Score",
                    point -> point.score().percent() < 0
                            ? ""
                            : String.valueOf(point.score().percent())),
            new Column<>("Assessed", point -> String.valueOf(point.score().assessed())),
            new Column<>("Items", point -> String.valueOf(point.score().items())),
            new Column<>("Pass", point -> count(point, Outcome.PASS)),
            new Column<>("Fail", point -> count(point, Outcome.FAIL)),
            new Column<>("Review", point -> count(point, Outcome.REVIEW)),
            new Column<>("Not applicable", point -> count(point, Outcome.NOT_APPLICABLE)),
            new Column<>("Not assessed", point -> count(point, Outcome.NOT_ASSESSED)),
            new Column<>("Opened", point -> String.valueOf(point.opened())),
            new Column<>("Resolved", point -> String.valueOf(point.resolved())),
            new Column<>("Run", StagePoint::runId));

    private CsvReport() {}

    private static Column<Line> references(Compliance.Framework framework) {
        return new Column<>(
                framework.inWords(),
                line -> Compliance.of(line.result().checkId(), framework).stream()
                        .map(Compliance.Reference::id)
                        .collect(Collectors.joining(AND)));
    }

    /** A line for each finding, and one for each answer without any, so that nothing that was not assessed is left out. */
    public static String findings(Assessment assessment) {
        return table(
                FINDINGS,
                assessment.results().stream()
                        .flatMap(result -> result.findings().isEmpty()
                                ? Stream.of(new Line(assessment, result, Optional.empty()))
                                : result.findings().stream()
                                        .map(finding -> new Line(assessment, result, Optional.of(finding)))));
    }

    /**
     * A line for each administrator; last, a line for each thing about all of them that could not be read.
     *
     * @param assessment the run whose facts explain them
     */
    public static String administrators(Assessment assessment, ExplainedAdministrators explained) {
        return table(
                ADMINISTRATORS,
                Stream.concat(
                        explained.administrators().stream()
                                .map(one -> new Administrator(assessment, Optional.of(one), missing(one))),
                        explained.missing().stream()
                                .map(reason -> new Administrator(assessment, Optional.empty(), reason))));
    }

    /** A line for each point of the series of stages. */
    public static String trend(List<StagePoint> points) {
        return table(TREND, points.stream());
    }

    private static String count(StagePoint point, Outcome outcome) {
        return String.valueOf(point.counts().getOrDefault(outcome, 0));
    }

    private static <T> String table(List<Column<T>> columns, Stream<T> rows) {
        StringWriter text = new StringWriter();
        try (CsvWriter table = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(QuoteStrategies.ALWAYS)
                .build(text)) {
            table.writeRecord(columns.stream().map(Column::heading).toList());
            rows.forEach(row -> table.writeRecord(columns.stream()
                    .map(column -> cell(column.cell().apply(row)))
                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The text as it may stand in a cell. */
    public static String cell(String text) {
        return FORMULA.matcher(VisibleText.of(text)).replaceAll("$1$2'$3");
    }

    private static String yes(boolean it) {
        return it ? "yes" : "no";
    }

    private static String state(Explanation one) {
        return one.account()
                .map(account -> account.state().name())
                .or(() -> one.servicePrincipal().map(CsvReport::state))
                .orElse("");
    }

    private static String state(ServicePrincipal principal) {
        return principal.deleted() ? "DELETED" : principal.enabled() ? "ENABLED" : "DISABLED";
    }

    private static <T> String known(Evidence<T> evidence, Function<T, String> what) {
        return evidence.value().map(what).orElse("not read");
    }

    private static String methods(Registration registration) {
        return String.join(AND, registration.methods());
    }

    private static String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("");
    }

    /** What only users have; nothing for others. */
    private static <T> String ofUser(Explanation one, Evidence<T> evidence, Function<T, String> what) {
        return one.type() == PrincipalType.USER || evidence.value().isPresent() ? known(evidence, what) : "";
    }

    private static String later(Explanation one) {
        return one.later().stream()
                .map(role -> role.name() + ": " + role.inWords())
                .collect(Collectors.joining(AND));
    }

    private static String roles(List<Explanation.Role> roles) {
        return roles.stream()
                .flatMap(role -> role.ways().stream().map(way -> role.name() + ": " + way.inWords()))
                .collect(Collectors.joining(AND));
    }

    private static String answer(MfaAnswer answer) {
        if (answer instanceof MfaAnswer.Decided decided) {
            return decided.decision() instanceof MfaDecision.Covered
                    ? "COVERED"
                    : decided.decision() instanceof MfaDecision.Uncovered ? "UNCOVERED" : "UNDECIDED";
        }
        return answer instanceof MfaAnswer.NotRead ? "NOT READ" : "NOT ASKED";
    }

    private static String because(MfaAnswer answer) {
        if (answer instanceof MfaAnswer.NotAsked notAsked) {
            return "it " + notAsked.because();
        }
        if (answer instanceof MfaAnswer.Decided decided) {
            if (decided.decision() instanceof MfaDecision.Covered covered) {
                return String.join(AND, covered.by());
            }
            if (decided.decision() instanceof MfaDecision.Uncovered gap) {
                return gap.signIn() + AND + "because " + gap.because();
            }
            if (decided.decision() instanceof MfaDecision.Undecided doubt) {
                return doubt.because();
            }
        }
        return "";
    }

    private static String missing(Explanation one) {
        List<String> mfa = one.mfa() instanceof MfaAnswer.Decided decided
                ? decided.missing()
                : one.mfa() instanceof MfaAnswer.NotRead unread ? unread.reasons() : List.of();
        return Stream.of(
                        mfa,
                        one.rolesMissing(),
                        one.azureRolesMissing(),
                        one.category().missing(),
                        one.emergency().missing(),
                        one.registration().missing(),
                        one.lastSignIn().missing(),
                        one.password().missing())
                .flatMap(List::stream)
                .distinct()
                .collect(Collectors.joining(AND));
    }
}
