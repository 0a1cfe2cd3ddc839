package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.signin.Requirement;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.facts.Facts;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Grant;
import dev.parc.facts.policies.Match;
import dev.parc.facts.policies.NamedLocation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The answers of {@link Reach} in words. */
final class ReachText {

    private final Facts facts;
    private final Map<String, NamedLocation> locations;
    private final ReachWays ways;
    private final List<ConditionalAccessPolicy> policies;

    ReachText(Facts facts, Map<String, NamedLocation> locations, ReachWays ways) {
        this.facts = facts;
        this.locations = locations;
        this.ways = ways;
        this.policies = ways.policies;
    }

    /**
     * The answer for an account.
     *
     * @param asked what was asked
     * @param activated the role that it would have to activate first, if any
     */
    ReachDecision decision(
            ReachQuestion.Outcome outcome,
            ReachQuestion.Asked asked,
            Optional<String> activated,
            Credentials credentials) {
        String active = activated
                .map(role -> "while " + Administrators.of(facts).roleName(role) + " is active, ")
                .orElse("");
        return switch (outcome.reachable()) {
            case YES ->
                new ReachDecision.Reachable("%s%s, with %s"
                        .formatted(
                                active,
                                words(outcome.signIn().orElseThrow()),
                                outcome.registering()
                                        ? credentials.means() + ", registering " + credentials.registrable()
                                        : credentials.means()));
            case NO ->
                new ReachDecision.LockedOut(
                        names(outcome.by()),
                        names(outcome.also()),
                        active + lack(outcome.by(), credentials, asked.gone()));
            case MAYBE -> new ReachDecision.Undecided(active + doubt(outcome, asked, credentials));
        };
    }

    /** The sign-in, by the class of each dimension. */
    String words(int[] signIn) {
        return new SignInText(ways.space, locations, ApplicationNames.of(facts), Requirement.MFA, signIn).signIn();
    }

    /** The names of policies, and of what is demanded beside them, by their places. */
    List<String> names(List<Integer> by) {
        return by.stream()
                .filter(place -> place != ways.beginPlace())
                .map(place -> place < policies.size()
                        ? policies.get(place).displayName()
                        : place == ways.defaultsPlace() ? Reach.SECURITY_DEFAULTS : Reach.MANDATORY_MFA)
                .distinct()
                .toList();
    }

    private String lack(List<Integer> by, Credentials credentials, Set<SignInMeans> gone) {
        List<String> told = new ArrayList<>();
        for (int place : by) {
            if (place == ways.beginPlace()) {
                told.add("it " + credentials.cannotBegin());
            } else if (place >= policies.size()) {
                told.add(names(List.of(place)).get(0) + " asks for MFA" + nothingRegistered(gone));
            } else {
                told.add("'%s' %s".formatted(policies.get(place).displayName(), demand(place, gone)));
            }
        }
        return String.join("; ", told);
    }

    /** Of the means that are missing only those are told that a method may need. */
    private static String nothingRegistered(Set<SignInMeans> gone) {
        Set<SignInMeans> told = new TreeSet<>(gone);
        told.remove(SignInMeans.TRUSTED_NETWORK);
        return ", and it has registered nothing for that"
                + (told.isEmpty() ? " that may be used" : " that works without " + SignInMeans.titles(told));
    }

    private String demand(int place, Set<SignInMeans> gone) {
        Grant grant = policies.get(place).grant().orElseThrow();
        if (grant.controls().contains("block")) {
            return "blocks it";
        }
        Set<String> asked = new TreeSet<>();
        grant.controls()
                .forEach(control -> asked.add(
                        switch (control) {
                            case "mfa" -> "MFA";
                            case "compliantDevice" -> "a compliant device";
                            case "domainJoinedDevice" -> "a hybrid joined device";
                            case "approvedApplication" -> "an approved application";
                            case "compliantApplication" -> "a protected application";
                            case "passwordChange" -> "a new password";
                            case "riskRemediation" -> "risk remediation";
                            default -> control;
                        }));
        grant.strength().ifPresent(strength -> asked.add("the strength '" + strength.displayName() + "'"));
        boolean ofMethods = grant.controls().contains("mfa") || grant.strength().isPresent();
        return (ways.ofRegistering.get(place) ? "asks whoever registers a method for " : "asks for ")
                + String.join(grant.all() ? " and " : " or ", asked)
                + (ofMethods && (asked.size() == 1 || !grant.all()) ? nothingRegistered(gone) : "");
    }

    private String doubt(ReachQuestion.Outcome outcome, ReachQuestion.Asked asked, Credentials credentials) {
        Set<String> doubts = new LinkedHashSet<>();
        if (Credentials.doubtful(asked.now())) {
            doubts.addAll(credentials.doubts());
        }
        if (outcome.registering()) {
            doubts.add("whether it can register a method that is asked for while it signs in is not certain");
        }
        if (ways.mandatory == Match.MAYBE) {
            doubts.add("whether Microsoft demands MFA at its portals in this cloud is not known");
        }
        asked.reach().falling().stream()
                .filter(place -> ways.matters(place, asked.after().isPresent()))
                .forEach(place -> {
                    ConditionalAccessPolicy policy = policies.get(place);
                    String name = "'" + policy.displayName() + "'";
                    if (!policy.notModelled().isEmpty()) {
                        doubts.add("%s sets %s, which is not modelled"
                                .formatted(name, String.join(", ", policy.notModelled())));
                    }
                    if (asked.reach().doubtful().get(place)) {
                        doubts.add("whether " + name + " is for the account is not known");
                    }
                    if (ways.atPortals.get(place) == Match.MAYBE && !ways.ofRegistering.get(place)) {
                        doubts.add("whether " + name + " is for Microsoft Graph is not known");
                    }
                });
        return doubts.isEmpty()
                ? "it depends on locations that are not told by addresses, device filters, or controls that are not"
                        + " modelled"
                : String.join("; ", doubts);
    }
}
