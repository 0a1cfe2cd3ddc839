package dev.parc.cli.text;

import dev.parc.analysis.accounts.Categorisation;
import dev.parc.analysis.conditionalaccess.ActivationDecision;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.conditionalaccess.ReachDecision;
import dev.parc.analysis.explain.Evidence;
import dev.parc.analysis.explain.Explanation;
import dev.parc.analysis.explain.MfaAnswer;
import dev.parc.analysis.explain.WhatIf;
import dev.parc.assessment.AccountExplanation;
import dev.parc.check.Counted;
import dev.parc.cli.console.TextStyle;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.report.text.VisibleText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An explained account as lines for a terminal. */
public final class TextExplanation {

    /** So many accounts are named that a policy would close; files hold them all. */
    private static final int LISTED = 10;

    private static final String YES = "31;1";
    private static final String NO = "32;1";
    private static final String OPEN = "35;1";

    private final TextStyle style;

    public TextExplanation(TextStyle style) {
        this.style = style;
    }

    /** The whole text. */
    public String of(AccountExplanation explained) {
        StringBuilder text = new StringBuilder(
                style.heading(explained.tenantName(), explained.tenantId(), explained.source(), explained.takenAt()));
        explained.whatIf().ifPresent(whatIf -> whatIf(text, whatIf));
        Explanation one = explained.explanation();
        who(text, one);
        roles(text, one);
        heading(text, "Use");
        field(text, "last success", signIn(one.lastSignIn()));
        field(text, "registered", evidence(one.registration(), TextExplanation::registration));
        mfa(text, explained);
        activations(text, one.activations());
        reach(text, one);
        return text.append('\n')
                .append(TextReport.requests(explained.source(), explained.requests()))
                .append('\n')
                .toString();
    }

    private void whatIf(StringBuilder text, WhatIf whatIf) {
        List<WhatIf.Change> closed = whatIf.closed();
        text.append(style.of("1", "What if '%s' were on".formatted(VisibleText.of(whatIf.policyName()))))
                .append('\n');
        line(
                text,
                Counted.say(
                        "it would change the answer for %d of %d [administrator|administrators], and close the sign-in"
                                + " without MFA for %d",
                        whatIf.changes().size(), whatIf.asked(), closed.size()));
        closed.stream().limit(LISTED).forEach(change -> line(text, "- closed: " + change.name()));
        if (closed.size() > LISTED) {
            line(text, "and %,d more (--json has all)".formatted(closed.size() - LISTED));
        }
        whatIf.changes().stream()
                .filter(change -> !change.closes())
                .limit(LISTED)
                .forEach(change -> line(text, "- %s: then %s".formatted(change.name(), inShort(change.after()))));
        text.append('\n');
    }

    private static String inShort(MfaAnswer answer) {
        return answer instanceof MfaAnswer.Decided decided && decided.decision() instanceof MfaDecision.Uncovered
                ? "it can sign in without MFA"
                : "undecided";
    }

    private void who(StringBuilder text, Explanation one) {
        text.append(style.of("1", VisibleText.of(one.name()))).append('\n');
        one.account().ifPresent(account -> field(text, "sign-in name", account.signInName()));
        field(text, "object id", one.id());
        field(text, "kind", kind(one));
        one.account().ifPresent(account -> {
            field(text, "state", account.state().name().toLowerCase(Locale.ROOT));
            field(text, "directory", directory(account));
        });
        one.servicePrincipal().ifPresent(principal -> field(text, "state", state(principal)));
        field(text, "category", evidence(one.category(), TextExplanation::category));
        field(text, "emergency", evidence(one.emergency(), TextExplanation::emergency));
    }

    private static String kind(Explanation one) {
        if (one.account().isPresent()) {
            Account account = one.account().get();
            if (account.microsoftAccount()) {
                return "user, personal Microsoft account";
            }
            return account.guest() ? "user, guest" : account.external() ? "user, invited member" : "user, member";
        }
        return switch (one.type()) {
            case SERVICE_PRINCIPAL ->
                one.servicePrincipal()
                        .map(ServicePrincipal::type)
                        .filter(type -> !type.isEmpty())
                        .map(type -> type.equals("ManagedIdentity") ? "managed identity" : "service principal, " + type)
                        .orElse("service principal");
            case GROUP -> "group";
            case USER -> "user (not read)";
            case UNKNOWN -> "unknown";
        };
    }

    private static String directory(Account account) {
        return switch (account.sync()) {
            case SYNCED -> "synchronised from on-premises";
            case NO_LONGER_SYNCED -> "no longer synchronised from on-premises";
            case NEVER_SYNCED -> account.external() ? "cloud-only here, signs in to another tenant" : "cloud-only";
        };
    }

    private static String state(ServicePrincipal principal) {
        return principal.deleted() ? "deleted" : principal.enabled() ? "enabled" : "disabled";
    }

    private static String category(Categorisation category) {
        return "%s, because %s%s"
                .formatted(
                        category.category().title(),
                        category.reason(),
                        category.confirmed() ? "" : " (to be confirmed by a person)");
    }

    private static String emergency(Explanation.Emergency emergency) {
        return switch (emergency) {
            case NO -> "no";
            case DESIGNATED -> "yes, designated by the operator";
            case LOOKS_LIKE_ONE -> "not designated, but it looks like one; confirm it";
        };
    }

    private void roles(StringBuilder text, Explanation one) {
        if (one.roles().isEmpty()) {
            heading(text, "Not an administrator: PARC found no directory role");
        } else {
            heading(text, "Why it is an administrator");
            trees(text, one.roles());
        }
        missing(text, one.rolesMissing());
        if (!one.later().isEmpty() || !one.laterMissing().isEmpty()) {
            heading(text, "Roles it could get");
        }
        one.later().forEach(role -> line(text, role.name() + ": " + role.inWords()));
        missing(text, one.laterMissing());
        heading(text, "Roles in Azure");
        if (one.azureRoles().isEmpty()) {
            line(text, one.azureRolesMissing().isEmpty() ? "no role" : "no role found, but not everything was read");
        }
        trees(text, one.azureRoles());
        missing(text, one.azureRolesMissing());
        if (!one.waysIn().isEmpty() || !one.waysInMissing().isEmpty()) {
            heading(text, "Roles it can give itself");
        }
        Map<String, List<String>> waysIn = new LinkedHashMap<>();
        one.waysIn()
                .forEach(way -> waysIn.computeIfAbsent(way.leadsTo(), role -> new ArrayList<>())
                        .add(way.path()));
        waysIn.forEach((role, paths) -> tree(text, "can make itself " + role, paths));
        missing(text, one.waysInMissing());
    }

    private static void trees(StringBuilder text, List<Explanation.Role> roles) {
        roles.forEach(role -> tree(
                text,
                role.name(),
                role.ways().stream().map(Explanation.Way::inWords).toList()));
    }

    private static void tree(StringBuilder text, String root, List<String> branches) {
        line(text, root);
        for (int index = 0; index < branches.size(); index++) {
            line(text, (index == branches.size() - 1 ? "└─ " : "├─ ") + branches.get(index));
        }
    }

    private static String signIn(Evidence<SignIn> evidence) {
        return evidence(
                evidence,
                signIn -> signIn.lastSuccess()
                        .map(TextExplanation::time)
                        .orElseGet(() -> "none on record"
                                + signIn.lastAttempt()
                                        .map(attempt -> ", last attempt " + time(attempt))
                                        .orElse("")));
    }

    private static String registration(Registration registration) {
        String methods = registration.methods().isEmpty()
                ? ""
                : ": " + registration.methods().stream().collect(Collectors.joining(", "));
        if (!registration.mfaCapable()) {
            return "for no allowed MFA method" + methods;
        }
        return "for MFA" + methods
                + (registration.source() == Registration.Source.METHODS
                        ? "; not known whether the authentication methods policy allows it"
                        : "");
    }

    private void mfa(StringBuilder text, AccountExplanation explained) {
        heading(
                text,
                explained
                        .whatIf()
                        .map(whatIf -> "Could it sign in without MFA, with '%s' on?".formatted(whatIf.policyName()))
                        .orElse("Can it sign in without MFA?"));
        MfaAnswer answer = explained.explanation().mfa();
        if (answer instanceof MfaAnswer.NotAsked notAsked) {
            line(text, "not evaluated: it " + notAsked.because());
        } else if (answer instanceof MfaAnswer.NotRead notRead) {
            answer(text, OPEN, "NOT ASSESSED", "the data needed could not be read");
            missing(text, notRead.reasons());
        } else if (answer instanceof MfaAnswer.Decided decided) {
            decision(text, decided.decision());
            missing(text, decided.missing());
        }
    }

    private void activations(StringBuilder text, List<ActivationDecision> activations) {
        if (activations.isEmpty()) {
            return;
        }
        heading(text, "And when it activates a role?");
        Map<String, List<String>> byRole = new LinkedHashMap<>();
        activations.forEach(one -> byRole.computeIfAbsent(
                        one.named() + (one.approved() ? "; needs approval" : ""), role -> new ArrayList<>())
                .add(one.requirement().title() + ": " + one.inWords()));
        byRole.forEach((role, answers) -> tree(text, role, answers));
    }

    private void decision(StringBuilder text, MfaDecision decision) {
        if (decision instanceof MfaDecision.Uncovered gap) {
            answer(text, YES, "YES", gap.signIn());
            line(text, "because " + gap.because());
        } else if (decision instanceof MfaDecision.Covered covered) {
            answer(text, NO, "NO", "every sign-in requires MFA or is blocked, by these policies together:");
            covered.by().forEach(policy -> line(text, "- " + policy));
        } else if (decision instanceof MfaDecision.Undecided doubt) {
            answer(text, OPEN, "UNDECIDED", doubt.because());
        }
    }

    private void reach(StringBuilder text, Explanation one) {
        heading(text, "What would lock it out?");
        one.entries()
                .value()
                .ifPresent(entries -> entries.forEach(entry -> {
                    String codes =
                            entry.lockedOut() ? YES : entry.decision() instanceof ReachDecision.Reachable ? NO : OPEN;
                    answer(text, codes, entry.circumstance(), "it " + entry.inWords());
                }));
        missing(text, one.entries().missing());
    }

    private void answer(StringBuilder text, String codes, String answer, String words) {
        text.append("  ")
                .append(style.of(codes, answer))
                .append(": ")
                .append(VisibleText.of(words))
                .append('\n');
    }

    private void heading(StringBuilder text, String words) {
        text.append('\n').append(style.of("1", VisibleText.of(words))).append('\n');
    }

    private static <T> String evidence(Evidence<T> evidence, Function<T, String> words) {
        String missing = String.join("; ", evidence.missing());
        return evidence.value()
                .map(words)
                .map(value -> missing.isEmpty() ? value : value + "; not certain: " + missing)
                .orElse("unknown: " + missing);
    }

    private static void missing(StringBuilder text, List<String> reasons) {
        reasons.forEach(reason -> line(text, "! " + reason));
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append("  %-14s%s\n".formatted(name, VisibleText.of(value)));
    }

    private static void line(StringBuilder text, String line) {
        text.append("  ").append(VisibleText.of(line)).append('\n');
    }

    private static String time(Instant instant) {
        return TextStyle.TIME.format(instant);
    }
}
