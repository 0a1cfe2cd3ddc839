package dev.parc.cli.text;

import dev.parc.assessment.Score;
import dev.parc.change.proof.Proof;
import dev.parc.check.Counted;
import dev.parc.cli.console.TextStyle;
import dev.parc.report.text.VisibleText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a change makes of a tenant as lines for a terminal: who is locked out first. */
public final class TextProof {

    /** So many of one kind are listed. */
    private static final int LISTED = 20;

    private static final String BAD = "31;1";
    private static final String GOOD = "32;1";
    private static final String OPEN = "33;1";

    private final TextStyle style;

    public TextProof(TextStyle style) {
        this.style = style;
    }

    /**
     * The whole text.
     *
     * @param changedSince what is not as it was when the change was proved before
     */
    public String of(Proof proof, List<String> changedSince) {
        StringBuilder text = new StringBuilder();
        text.append(style.heading(proof.tenantName(), proof.tenantId(), proof.source(), proof.takenAt()));
        text.append(
                Counted.say("%d [request|requests], checked against this data; nothing was sent.\n", proof.requests()));
        objections(text, proof);
        lines(text, "Changed since the change was last checked", changedSince);
        accounts(text, "Emergency accounts", proof, Proof.AccountProof::emergency, true);
        accounts(
                text,
                "Global Administrators",
                proof,
                account -> account.globalAdministrator() && !account.emergency(),
                false);
        accounts(
                text,
                "Other administrators",
                proof,
                account -> !account.globalAdministrator() && !account.emergency(),
                false);
        items(text, proof);
        findings(text, proof);
        coverage(text, proof);
        blocked(text, proof);
        scores(text, proof);
        undecided(text, proof);
        return text.toString();
    }

    /**
     * What is told of a baseline besides.
     *
     * @param notes what of it was matched with nothing, or is not known
     */
    public String ofBaseline(Proof proof, List<String> notes) {
        StringBuilder text = new StringBuilder();
        lines(text, "The folder", notes);
        lines(
                text,
                "Sign-ins of administrators that stay unprotected",
                proof.open().stream()
                        .map(one -> "%s without %s: %s".formatted(one.name(), one.requirement(), one.signIn()))
                        .toList());
        return text.toString();
    }

    private void heading(StringBuilder text, String title) {
        text.append('\n').append(style.of("1", title)).append('\n');
    }

    private void objections(StringBuilder text, Proof proof) {
        if (proof.objections().isEmpty()) {
            long lockedOut = proof.accounts().stream()
                    .filter(Proof.AccountProof::isLockedOutByIt)
                    .count();
            boolean open = !proof.undecided().isEmpty() || lockedOut > 0;
            String told = proof.undecided().isEmpty()
                    ? "No emergency account is locked out, and no item gets worse."
                    : "No emergency account is known to be locked out, but some answers are missing (see below).";
            text.append(style.of(open ? OPEN : GOOD, told)).append('\n');
            if (lockedOut > 0) {
                text.append(style.of(
                                OPEN,
                                Counted.say("%d other [administrator is|administrators are] locked out.", lockedOut)))
                        .append('\n');
            }
            return;
        }
        proof.objections()
                .forEach(objection -> text.append(style.of(BAD, "! " + VisibleText.of(objection)))
                        .append('\n'));
    }

    private void accounts(
            StringBuilder text, String title, Proof proof, Predicate<Proof.AccountProof> which, boolean each) {
        List<Proof.AccountProof> accounts = proof.accounts().stream()
                .filter(which)
                .filter(account -> account.before().reachability() != Proof.Reachability.NOT_AN_ADMINISTRATOR
                        || account.after().reachability() != Proof.Reachability.NOT_AN_ADMINISTRATOR)
                .toList();
        if (accounts.isEmpty()) {
            if (each) {
                heading(text, title);
                text.append("  none designated (PARC_EMERGENCY_ACCOUNTS), so none could be checked\n");
            }
            return;
        }
        heading(text, title);
        if (each) {
            text.append("  without a managed device, federation, a trusted network or an approver\n");
        }
        List<Proof.AccountProof> told = accounts.stream()
                .filter(account -> each
                        || account.after().reachability() != account.before().reachability()
                        || account.after().reachability() == Proof.Reachability.LOCKED_OUT)
                .toList();
        told.stream().limit(LISTED).forEach(account -> account(text, account));
        if (told.size() > LISTED) {
            text.append("  and %d more\n".formatted(told.size() - LISTED));
        }
        int others = accounts.size() - told.size();
        if (others > 0) {
            text.append(Counted.say("  %d [stands|stand] as before: %s\n", others, counted(accounts, told)));
        }
    }

    private static String counted(List<Proof.AccountProof> accounts, List<Proof.AccountProof> told) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        accounts.stream()
                .filter(account -> !told.contains(account))
                .forEach(account -> counts.merge(
                        switch (account.after().reachability()) {
                            case REACHABLE -> "can get in";
                            case LOCKED_OUT -> "locked out";
                            case UNDECIDED -> "undecided";
                            case NOT_AN_ADMINISTRATOR -> "without a role";
                        },
                        1,
                        Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private void account(StringBuilder text, Proof.AccountProof account) {
        Proof.Access after = account.after();
        String colour = switch (after.reachability()) {
            case REACHABLE -> GOOD;
            case LOCKED_OUT -> account.isLockedOutByIt() ? BAD : OPEN;
            case UNDECIDED, NOT_AN_ADMINISTRATOR -> OPEN;
        };
        String state = switch (after.reachability()) {
            case REACHABLE -> "gets in";
            case LOCKED_OUT ->
                (account.isLockedOutByIt() ? "is LOCKED OUT" : "is locked out, as before") + by(after.by()) + ": "
                        + after.because();
            case UNDECIDED -> "unknown: " + after.because();
            case NOT_AN_ADMINISTRATOR -> "no longer holds a role";
        };
        text.append("  ")
                .append(style.of(colour, VisibleText.of(account.name()) + " " + VisibleText.of(state)))
                .append('\n');
        if (after.reachability() == Proof.Reachability.REACHABLE) {
            text.append("    by ").append(VisibleText.of(after.signIn())).append('\n');
        }
        account.methods()
                .ifPresent(methods -> text.append("    registered: ")
                        .append(VisibleText.of(methods.isEmpty() ? "nothing" : String.join(", ", methods)))
                        .append('\n'));
    }

    private static String by(List<String> policies) {
        return policies.isEmpty() ? "" : " by '" + String.join("' and '", policies) + "'";
    }

    private void items(StringBuilder text, Proof proof) {
        heading(text, "Items");
        if (proof.items().isEmpty()) {
            text.append("  no outcome changes\n");
        }
        proof.items().forEach(item -> {
            String colour = item.isWorse() ? BAD : item.isBetter() ? GOOD : OPEN;
            text.append("  %-7s%s  %s\n"
                    .formatted(
                            item.checkId(),
                            style.of(colour, item.before() + " -> " + item.after()),
                            VisibleText.of(item.title())));
        });
    }

    private void findings(StringBuilder text, Proof proof) {
        findings(text, "Findings resolved", proof, false);
        findings(text, "New findings", proof, true);
    }

    private void findings(StringBuilder text, String title, Proof proof, boolean come) {
        List<Proof.FindingChange> changes = proof.findings().stream()
                .filter(change -> change.comes() == come)
                .toList();
        lines(
                text,
                title,
                changes.stream()
                        .map(change -> "%-7s%s %s"
                                .formatted(
                                        change.checkId(),
                                        change.finding().subjectName(),
                                        change.finding().message()))
                        .toList());
    }

    private void coverage(StringBuilder text, Proof proof) {
        lines(text, "Newly needed at every sign-in", coverage(proof, true));
        lines(text, "No longer needed at every sign-in", coverage(proof, false));
    }

    private static List<String> coverage(Proof proof, boolean gained) {
        Map<String, List<Proof.Coverage>> byNeed = proof.coverage().stream()
                .filter(coverage -> coverage.gained() == gained)
                .collect(Collectors.groupingBy(Proof.Coverage::requirement, LinkedHashMap::new, Collectors.toList()));
        return byNeed.entrySet().stream()
                .map(entry -> {
                    List<Proof.Coverage> all = entry.getValue();
                    String names =
                            all.stream().limit(5).map(Proof.Coverage::name).collect(Collectors.joining(", "));
                    String example = all.stream()
                            .map(Proof.Coverage::example)
                            .filter(one -> !one.isEmpty())
                            .findFirst()
                            .map(one -> "; for example " + one)
                            .orElse("");
                    return "%s: %s%s%s"
                            .formatted(
                                    entry.getKey(),
                                    names,
                                    all.size() > 5 ? " and " + (all.size() - 5) + " more" : "",
                                    example);
                })
                .toList();
    }

    private void blocked(StringBuilder text, Proof proof) {
        lines(
                text,
                "Sign-ins newly blocked",
                proof.blocked().stream()
                        .map(one -> "%s%s: %s%s"
                                .formatted(
                                        one.name(),
                                        one.without().isEmpty() ? "" : " without " + one.without(),
                                        one.signIn(),
                                        by(one.by())))
                        .toList());
    }

    private void scores(StringBuilder text, Proof proof) {
        heading(text, "Score");
        proof.scores()
                .forEach(change -> text.append("  %-12s%s\n"
                        .formatted(
                                change.stage().map(stage -> stage.title()).orElse("All"),
                                percent(change.before())
                                        + (change.before().equals(change.after())
                                                ? ", as before"
                                                : " -> " + percent(change.after())))));
    }

    private static String percent(Score score) {
        return score.percent() < 0 ? "none" : score.percent() + "%";
    }

    private void undecided(StringBuilder text, Proof proof) {
        lines(text, "Unknown", proof.undecided());
    }

    private void lines(StringBuilder text, String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        heading(text, title);
        lines.stream()
                .limit(LISTED)
                .forEach(line -> text.append("  ").append(VisibleText.of(line)).append('\n'));
        if (lines.size() > LISTED) {
            text.append("  and %d more\n".formatted(lines.size() - LISTED));
        }
    }
}
