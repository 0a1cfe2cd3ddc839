package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.Holding;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.analysis.signin.SignInSpace;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.Match;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.policies.SecurityDefaults;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.PrivilegedRoles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides over all enabled policies together whether there is a sign-in by which an account gets in: to the admin portals and to
 * Microsoft Graph, in a browser, with what is registered for it, while some {@link SignInMeans} are missing. The dual of {@link
 * ConditionalAccess#require}, over the same sign-ins: risks are not chosen, so none is there unless asked about; a means that
 * is not missing is at hand. Not safe for use by several threads.
 *
 * <p>It needs the {@link #KINDS} beside what {@link ConditionalAccess} does. What of them was not read makes the answer {@link
 * ReachDecision.Undecided} wherever it matters. The document {@code docs/conditional-access.md} has the rules with their sources.
 */
public final class Reach {

    /** What an answer rests on beside policies, groups and roles. */
    public static final Set<FactKind> KINDS = Set.of(
            FactKind.ACCOUNTS,
            FactKind.REGISTRATIONS,
            FactKind.AUTHENTICATION_METHODS_POLICY,
            FactKind.METHOD_GROUP_MEMBERSHIPS,
            FactKind.DOMAINS,
            FactKind.FEDERATIONS);

    /** What stands among the names of policies for Microsoft's own demand. */
    public static final String MANDATORY_MFA = "Microsoft's mandatory MFA for admin portals";

    /** What stands among the names of policies for security defaults. */
    public static final String SECURITY_DEFAULTS = "security defaults";

    private final Facts facts;
    private final Map<String, NamedLocation> locations;
    private final Audience audience;
    private final boolean securityDefaults;
    private final ReachWays ways;
    private final ReachText words;
    private final Map<ReachQuestion.Asked, ReachQuestion.Outcome> decided = new HashMap<>();

    Reach(
            Facts facts,
            List<ConditionalAccessPolicy> policies,
            Map<String, NamedLocation> locations,
            Map<String, AuthenticationStrength> strengths,
            SignInSpace space,
            Audience audience,
            boolean securityDefaults) {
        this.facts = facts;
        this.locations = locations;
        this.audience = audience;
        this.securityDefaults = securityDefaults;
        this.ways = new ReachWays(policies, strengths, space, mandatory(facts));
        this.words = new ReachText(facts, locations, ways);
    }

    private static Match mandatory(Facts facts) {
        return facts.<Domain>list(FactKind.DOMAINS).stream()
                        .anyMatch(
                                domain -> domain.name().toLowerCase(Locale.ROOT).endsWith(".onmicrosoft.com"))
                ? Match.YES
                : Match.MAYBE;
    }

    /**
     * Whether the account gets in while these means are missing; a method that it could register while signing in counts. For
     * each role that it would have to activate, with that role too: the worst answer counts, for who cannot use a role is
     * locked out of it.
     */
    public ReachDecision decide(Account account, Set<SignInMeans> gone) {
        return worst(account, gone, true);
    }

    /** The same with nothing but what is registered for it already. */
    public ReachDecision decideAsRegistered(Account account, Set<SignInMeans> gone) {
        return worst(account, gone, false);
    }

    private ReachDecision worst(Account account, Set<SignInMeans> gone, boolean registering) {
        Credentials credentials = new Credentials(facts, account, gone);
        Optional<ReachDecision> worst = Optional.empty();
        for (State state : states(account)) {
            ReachQuestion.Asked asked = asked(state, credentials, gone, registering);
            ReachQuestion.Outcome outcome = outcome(asked);
            if (outcome.reachable() != Match.YES || worst.isEmpty()) {
                ReachDecision decision = words.decision(outcome, asked, state.activated(), credentials);
                if (outcome.reachable() == Match.NO) {
                    return decision;
                }
                if (worst.isEmpty() || worst.get() instanceof ReachDecision.Reachable) {
                    worst = Optional.of(decision);
                }
            }
        }
        return worst.orElseThrow();
    }

    /**
     * What stands in the way of the account somewhere, or at some risk that others see in the sign-in: from every place that is
     * no network of the tenant, at every level of every risk, with nothing but what is registered for it.
     *
     * @param means what is missing
     */
    public List<Obstacle> obstacles(Account account, Set<SignInMeans> means) {
        Set<SignInMeans> gone = new HashSet<>(means);
        gone.add(SignInMeans.TRUSTED_NETWORK);
        Credentials credentials = new Credentials(facts, account, gone);
        List<Obstacle> obstacles = new ArrayList<>();
        for (State state : states(account)) {
            obstacles.addAll(question(asked(state, credentials, gone, false)).obstacles());
        }
        return obstacles.stream().distinct().toList();
    }

    /**
     * Something that keeps an account out under some circumstances that it does not choose.
     *
     * @param where the circumstances, for a person to read
     * @param by the names of policies that together block it there, or may
     * @param certain whether it is kept out; else it may be
     */
    public record Obstacle(String where, List<String> by, boolean certain) {
        public Obstacle {
            by = List.copyOf(by);
        }
    }

    /** An account with the roles that it has active, or with one more that it could activate. */
    private record State(PolicySubject subject, Optional<String> activated) {}

    private List<State> states(Account account) {
        Administrators administrators = Administrators.of(facts);
        Set<State> states = new LinkedHashSet<>();
        states.add(state(administrators, account, Set.of(), Set.of(), Optional.empty()));
        for (Holding holding : administrators.holdings(account.id())) {
            if (holding.kind() == AssignmentKind.ELIGIBLE && !holding.onlyAWayIn()) {
                states.add(state(
                        administrators,
                        account,
                        administrators.forPolicies(holding)
                                ? Set.of(administrators.templateId(holding.roleId()))
                                : Set.of(),
                        holding.path().stream()
                                .map(hop -> hop.groupId().toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet()),
                        Optional.of(holding.roleId())));
            }
        }
        return List.copyOf(states);
    }

    /** The account as it is now, once it has activated a role and joined the groups on the way to it. */
    private State state(
            Administrators administrators,
            Account account,
            Set<String> role,
            Set<String> joined,
            Optional<String> activated) {
        Set<String> roles = new HashSet<>(administrators.activeTemplateIds(account.id()));
        roles.addAll(role);
        Optional<GroupMembership> membership = facts.groupMembership(account);
        Optional<Set<String>> read = membership.map(GroupMembership::groupIds);
        Set<String> groups = new HashSet<>(read.orElse(Set.of()));
        EnclosingGroups enclosing = new EnclosingGroups(facts, administrators);
        groups.addAll(joined);
        groups.addAll(enclosing.around(joined));
        Set<String> doubtful = new HashSet<>(administrators.doubtfulTemplateIds(account.id()));
        doubtful.removeAll(roles);
        Set<String> toJoin = new HashSet<>(administrators.groupsToJoin(account.id()));
        membership.map(GroupMembership::joinable).ifPresent(toJoin::addAll);
        boolean allRead = read.isPresent() && enclosing.read(joined) && enclosing.read(toJoin);
        toJoin.addAll(enclosing.around(toJoin));
        toJoin.removeAll(groups);
        return new State(
                PolicySubject.of(
                        administrators,
                        account,
                        new PolicySubject.Belonging(roles, Set.of(), groups, allRead, toJoin),
                        new PolicySubject.Belonging(roles, doubtful, groups, allRead, toJoin)),
                activated);
    }

    private ReachQuestion.Asked asked(
            State state, Credentials credentials, Set<SignInMeans> gone, boolean registering) {
        return new ReachQuestion.Asked(
                audience.of(state.subject()),
                state.subject().account().external(),
                Set.copyOf(gone),
                credentials.ability(ways.strengths),
                registering ? credentials.afterRegistering(ways.strengths) : Optional.empty(),
                defaultsDemandMfa(state.subject()));
    }

    /**
     * The sign-in by which the account certainly gets in as it is now, by the class of each dimension of it, with {@code
     * registering} for one on which a method is registered; empty if there is none.
     */
    Optional<Map<String, String>> classes(Account account, Set<SignInMeans> gone, boolean registering) {
        Credentials credentials = new Credentials(facts, account, gone);
        ReachQuestion.Outcome outcome = outcome(asked(states(account).get(0), credentials, gone, registering));
        return outcome.signIn()
                .filter(signIn -> outcome.reachable() == Match.YES)
                .map(signIn -> {
                    Map<String, String> classes = new HashMap<>();
                    ways.space
                            .dimensions()
                            .forEach(
                                    dimension -> classes.put(dimension.name(), SignInSpace.classOf(dimension, signIn)));
                    classes.put("registering", String.valueOf(outcome.registering()));
                    return classes;
                });
    }

    private ReachQuestion question(ReachQuestion.Asked asked) {
        return new ReachQuestion(ways, words, locations, asked);
    }

    private ReachQuestion.Outcome outcome(ReachQuestion.Asked asked) {
        ReachQuestion.Outcome outcome = decided.get(asked);
        if (outcome == null) {
            outcome = question(asked).answer();
            decided.put(asked, outcome);
        }
        return outcome;
    }

    /** Sixteen roles need MFA at every sign-in, everybody else when Microsoft thinks fit. */
    private Match defaultsDemandMfa(PolicySubject subject) {
        if (!securityDefaults) {
            return Match.NO;
        }
        Set<String> roles = subject.now().roles();
        boolean synchronises = !Collections.disjoint(roles, PrivilegedRoles.SYNCHRONISATION)
                || !Collections.disjoint(subject.now().doubtfulRoles(), PrivilegedRoles.SYNCHRONISATION);
        return !synchronises && !Collections.disjoint(roles, SecurityDefaults.ROLES_WITH_MFA) ? Match.YES : Match.MAYBE;
    }
}
