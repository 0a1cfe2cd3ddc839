package dev.parc.analysis.emergency;

import dev.parc.analysis.azure.AzureEstate;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzureAlertRule;
import dev.parc.facts.azure.LogDestination;
import dev.parc.facts.azure.LogExports;
import dev.parc.facts.directory.Account;
import dev.parc.query.AlertQuery;
import dev.parc.query.LoggedEvent;
import dev.parc.query.Yield;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether an alert rule tells of every sign-in of an emergency account.
 *
 * @param rules the names of the rules that make it so
 */
public record EmergencyWatch(Kind kind, List<String> rules) {

    /** Best first. */
    public enum Kind {
        SURE("is watched by"),
        /** Its rule asks for the sign-in name. */
        BY_NAME("is watched by its sign-in name: renaming the account blinds"),
        /** What the query asks is not followed, or more than one sign-in is taken. */
        DOUBTFUL("may be watched, which PARC cannot tell from the query and threshold of"),
        /** Of the rules of Microsoft Sentinel not all are told: near-real-time ones, and those of Defender XDR. */
        PERHAPS_IN_SENTINEL(
                "is watched by no alert rule that PARC sees; Microsoft Sentinel, which has the sign-ins, may"
                        + " watch it by a near-real-time rule or in Defender XDR"),
        /** A workspace that PARC does not see, or something behind an event hub, has the sign-ins. */
        PERHAPS_ELSEWHERE(
                "is watched by no alert rule that PARC sees; what receives the sign-in log elsewhere may watch it"),
        /** Its rule asks for something that not every sign-in has. */
        PARTLY("is watched for some of its sign-ins only, by"),
        /** Its rule reads a workspace that no sign-in reaches. */
        BLIND("is not watched, as the sign-in log does not reach the workspace that is read by"),
        NONE("is watched by no enabled alert rule with an action group");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private static final String SIGN_INS = "SignInLogs";
    private static final int MOST_NAMED = 3;

    public EmergencyWatch {
        rules = List.copyOf(rules);
    }

    /** To stand after the account's name. */
    public String inWords() {
        if (rules.isEmpty()) {
            return kind.words;
        }
        String named = String.join(", ", rules.subList(0, Math.min(MOST_NAMED, rules.size())));
        int more = rules.size() - MOST_NAMED;
        return kind.words
                + (rules.size() == 1 ? " the alert rule " : " the alert rules ")
                + named
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** Whether an alert rule tells of every sign-in of the emergency account. */
    public static EmergencyWatch of(Facts facts, Account account) {
        AzureEstate azure = AzureEstate.of(facts);
        Optional<LogExports> exports = azure.directoryExports();
        Set<String> workspaces = exports.stream()
                .flatMap(it -> it.destinationsOf(SIGN_INS).stream())
                .filter(destination -> destination.kind() == LogDestination.Kind.WORKSPACE)
                .map(LogDestination::id)
                .collect(Collectors.toSet());
        Rules seeing = new Rules(azure, account);
        Rules others = new Rules(azure, account);
        for (AzureAlertRule rule : azure.alertRules()) {
            (rule.scopes().stream().anyMatch(workspaces::contains) ? seeing : others).add(rule);
        }
        if (!seeing.sure.isEmpty()) {
            return new EmergencyWatch(Kind.SURE, seeing.sure);
        }
        if (!seeing.byName.isEmpty()) {
            return new EmergencyWatch(Kind.BY_NAME, seeing.byName);
        }
        List<String> doubtful = new ArrayList<>(seeing.unknown);
        doubtful.addAll(others.reachingElsewhere);
        if (seeing.partly.size() > 1) {
            doubtful.addAll(seeing.partly); // together they may tell of all
        }
        if (!doubtful.isEmpty()) {
            return new EmergencyWatch(Kind.DOUBTFUL, doubtful);
        }
        Optional<AzureEstate.Custody> custody = exports.map(it -> azure.custody(it, SIGN_INS));
        if (custody.filter(AzureEstate.Custody::sentinel).isPresent()) {
            return new EmergencyWatch(Kind.PERHAPS_IN_SENTINEL, List.of());
        }
        if (custody.filter(it -> it.handedOn() || it.unseen()).isPresent()) {
            return new EmergencyWatch(Kind.PERHAPS_ELSEWHERE, List.of());
        }
        if (!seeing.partly.isEmpty()) {
            return new EmergencyWatch(Kind.PARTLY, seeing.partly);
        }
        List<String> blind = new ArrayList<>(others.sure);
        blind.addAll(others.byName);
        return blind.isEmpty() ? new EmergencyWatch(Kind.NONE, List.of()) : new EmergencyWatch(Kind.BLIND, blind);
    }

    /** The names of rules, by what they tell of the account. */
    private static final class Rules {
        private final List<LoggedEvent> asNamed;
        private final List<LoggedEvent> renamed;
        private final Set<String> names;
        private final AzureEstate azure;
        private final List<String> sure = new ArrayList<>();
        private final List<String> byName = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();
        private final List<String> partly = new ArrayList<>();
        private final List<String> reachingElsewhere = new ArrayList<>();

        Rules(AzureEstate azure, Account account) {
            this.azure = azure;
            asNamed = List.of(LoggedEvent.signIn(account.id(), Optional.of(account.signInName())));
            renamed = List.of(LoggedEvent.signIn(account.id(), Optional.empty()));
            names = Set.of(account.id(), account.signInName());
        }

        void add(AzureAlertRule rule) {
            switch (azure.answer(rule, asNamed)) {
                case EVERY -> (azure.answer(rule, renamed) == Yield.EVERY ? sure : byName).add(rule.name());
                case SOME -> partly.add(rule.name());
                case UNKNOWN -> {
                    unknown.add(rule.name());
                    if (rule.queries().stream()
                            .map(query -> AlertQuery.of(query.text()))
                            .anyMatch(this::reaches)) {
                        reachingElsewhere.add(rule.name());
                    }
                }
                case NONE -> {}
            }
        }

        /** Whether it asks another workspace than its own for the account. */
        private boolean reaches(AlertQuery query) {
            return query.mentions("workspace") && query.names(names);
        }
    }
}
