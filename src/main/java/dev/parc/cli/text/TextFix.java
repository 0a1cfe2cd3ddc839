package dev.parc.cli.text;

import dev.parc.change.ChangeRequest;
import dev.parc.change.fix.Solution;
import dev.parc.change.proof.Proof;
import dev.parc.check.Counted;
import dev.parc.check.Outcome;
import dev.parc.cli.console.TextStyle;
import dev.parc.report.text.VisibleText;
import java.util.List;
import java.util.stream.Collectors;

/** What puts an item right as lines for a terminal: the proof first, then what is left to people. */
public final class TextFix {

    /** So many of one kind are listed. */
    private static final int LISTED = 20;

    private final TextStyle style;

    public TextFix(TextStyle style) {
        this.style = style;
    }

    /** The whole text. */
    public String of(Solution solution) {
        StringBuilder text = new StringBuilder();
        text.append(style.of(
                        "1",
                        solution.item().checkId() + "  " + solution.item().outcome() + "  "
                                + VisibleText.of(solution.item().title())))
                .append('\n');
        if (solution.item().outcome() == Outcome.PASS || solution.item().outcome() == Outcome.NOT_APPLICABLE) {
            text.append("There is nothing to put right: ")
                    .append(VisibleText.of(solution.item().summary()))
                    .append('\n');
            return text.toString();
        }
        if (solution.item().outcome() == Outcome.NOT_ASSESSED) {
            text.append("It is not assessed, so nothing can be proved:\n");
            solution.item().reasons().forEach(reason -> line(text, reason));
            return text.toString();
        }
        if (solution.item().outcome() == Outcome.REVIEW) {
            text.append("What it found is for a person to judge. This is for those findings that are not to stay.\n");
        }
        solution.chosen()
                .ifPresentOrElse(
                        chosen -> chosen(text, solution, chosen),
                        () -> text.append(
                                solution.refused().isEmpty()
                                        ? "PARC knows no request that closes what it found.\n"
                                        : "No change could be proved; nothing is written.\n"));
        if (solution.chosen().isEmpty()) {
            solution.refused().stream().limit(LISTED).forEach(refused -> {
                text.append("\nNot taken: ")
                        .append(VisibleText.of(refused.what()))
                        .append('\n');
                refused.because().stream().limit(LISTED).forEach(because -> line(text, because));
                more(text, refused.because().size());
            });
            more(text, solution.refused().size());
        }
        listed(text, "For a person", solution.left());
        return text.toString();
    }

    private void chosen(StringBuilder text, Solution solution, Solution.Chosen chosen) {
        Proof proof = chosen.attempt().proof();
        int closed = chosen.closes().size();
        int findings = solution.item().findings().size();
        int requests = chosen.change().requests().size();
        String closes = Counted.say(
                "%d [request|requests] that [1:closes|close] %d of %d [finding|findings]", requests, closed, findings);
        text.append(closes)
                .append(chosen.reportOnly() ? " once what is new is switched on" : "")
                .append(". Nobody is locked out, and no item gets worse.\n")
                .append(asked(chosen));
        if (chosen.reportOnly()) {
            text.append(
                    "What is new is written in report-only mode, in which it closes nothing: this was proved as if it were"
                            + " on. Look at its report-only results, then switch it on; --enforce writes it switched on.\n");
        }
        if (solution.narrower()) {
            text.append("A new policy for administrators only may close as much; --enforce weighs that too.\n");
        }
        text.append(chosen.reportOnly() ? "Then " : "").append(outcome(solution, chosen));
        for (ChangeRequest request : chosen.change().requests()) {
            line(
                    text,
                    request.why() + " (" + request.method() + " "
                            + request.url().relative() + ")");
        }
        listed(
                text,
                "Other items",
                proof.items().stream()
                        .filter(one -> !one.checkId().equals(solution.item().checkId()))
                        .map(one -> one.checkId() + " " + one.before() + " -> " + one.after() + "  " + one.title())
                        .toList());
        listed(
                text,
                "Sign-ins newly blocked",
                proof.blocked().stream()
                        .map(one -> "%s%s: %s, by %s"
                                .formatted(
                                        one.name(),
                                        one.without().isEmpty() ? "" : " without " + one.without(),
                                        one.signIn(),
                                        one.by().stream()
                                                .map(policy -> "'" + policy + "'")
                                                .collect(Collectors.joining(" and "))))
                        .toList());
        listed(text, "Left out of what is new; take each out of its exclusions once that is settled", chosen.spared());
        listed(text, "To know before", chosen.alternative().notes());
        if (chosen.after().outcome() == Outcome.REVIEW) {
            listed(
                    text,
                    "What then is for a person to judge",
                    chosen.after().findings().stream()
                            .map(one -> one.subjectName() + " " + one.message())
                            .toList());
        }
    }

    private static String outcome(Solution solution, Solution.Chosen chosen) {
        Outcome before = solution.item().outcome();
        Outcome after = chosen.after().outcome();
        return solution.item().checkId()
                + (before == after ? " stays " + after : " goes from " + before + " to " + after)
                + ".\n";
    }

    private static String asked(Solution.Chosen chosen) {
        String needs = String.join(", ", chosen.attempt().newRequirements());
        String administrators = Counted.say(
                "%d [administrator is|administrators are] newly asked",
                chosen.attempt().newlyAsked());
        return administrators
                + (needs.isEmpty() ? "" : " for " + needs)
                + (chosen.alternative().everybody() ? "; so is everybody else whom the policy is for.\n" : ".\n");
    }

    private void listed(StringBuilder text, String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        text.append('\n').append(style.of("1", title)).append('\n');
        lines.stream().limit(LISTED).forEach(line -> line(text, line));
        more(text, lines.size());
    }

    private static void line(StringBuilder text, String line) {
        text.append("  ").append(VisibleText.of(line)).append('\n');
    }

    private static void more(StringBuilder text, int all) {
        if (all > LISTED) {
            text.append("  and %d more\n".formatted(all - LISTED));
        }
    }
}
