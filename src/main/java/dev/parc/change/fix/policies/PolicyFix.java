package dev.parc.change.fix.policies;

import dev.parc.assessment.change.FindingKeys;
import dev.parc.change.fix.Fix;
import dev.parc.change.fix.OpenItem;
import dev.parc.change.fix.Proposal;
import dev.parc.change.fix.Proposal.Alternative;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.SubjectType;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts an item right by Conditional Access: a policy that is on and leaves out less, one in report-only mode switched on, one that is
 * for more people, or a new one. Which findings that closes, the item itself says of the policies as they would be.
 */
public final class PolicyFix implements Fix {

    private final List<PolicyGoal> aims;
    private final Function<Facts, Audience> audiences;
    private final String whom;
    private final String byPeople;

    /**
     * @param audiences whom the policies have to be for
     * @param whom the same, to stand at the end of a new policy's name; empty text for everybody
     * @param byPeople what people can do about an account that no policy puts right; empty text for nothing in particular
     */
    private PolicyFix(List<PolicyGoal> aims, Function<Facts, Audience> audiences, String whom, String byPeople) {
        this.aims = List.copyOf(aims);
        this.audiences = audiences;
        this.whom = whom;
        this.byPeople = byPeople;
    }

    private static Fix forEverybody(String byPeople, PolicyGoal... aims) {
        return new PolicyFix(List.of(aims), facts -> Audience.EVERYBODY, "", byPeople);
    }

    /** MFA of the four highly privileged roles. */
    public static Fix mfaOfHighlyPrivileged() {
        return new PolicyFix(
                List.of(PolicyGoal.MFA), facts -> Audience.highlyPrivileged(), " of highly privileged roles", "");
    }

    /** MFA of everybody. */
    public static Fix mfaOfEverybody() {
        return forEverybody("", PolicyGoal.MFA);
    }

    /** An answer to the risk of sign-ins and of users. */
    public static Fix answersToRisk() {
        return forEverybody(
                "look into the detections, then confirm the account as compromised and reset its password, or dismiss the risk",
                PolicyGoal.MFA_AT_SIGN_IN_RISK,
                PolicyGoal.PASSWORD_CHANGE_AT_USER_RISK);
    }

    /** No legacy authentication for anybody. */
    public static Fix noLegacyAuthentication() {
        return forEverybody(
                "move what signs in so to modern authentication, or end it", PolicyGoal.LEGACY_AUTHENTICATION_BLOCKED);
    }

    /** Phishing-resistant MFA of administrators. */
    public static Fix resistantMfaOfAdministrators() {
        return new PolicyFix(
                List.of(PolicyGoal.PHISHING_RESISTANT_MFA),
                Audience::administrators,
                " of administrators",
                "a passkey, Windows Hello for Business or a certificate has to be registered first");
    }

    /** Managed devices for administrators. */
    public static Fix managedDevicesOfAdministrators() {
        return new PolicyFix(
                List.of(PolicyGoal.MANAGED_DEVICE),
                Audience::administrators,
                " of administrators",
                "a compliant or hybrid joined device has to be there first");
    }

    @Override
    public Proposal propose(OpenItem item) {
        if (!(item.facts().reading(FactKind.CONDITIONAL_ACCESS_POLICIES) instanceof Reading.Read read)) {
            return new Proposal(List.of(), List.of());
        }
        Search search = new Search(item, read);
        List<Plan> plans = List.of();
        for (PolicyGoal aim : aims) {
            plans = search.together(plans, search.plans(aim));
        }
        List<Alternative> alternatives = new ArrayList<>();
        for (Plan plan : plans) {
            alternatives.add(
                    new Alternative(plan.requests(), search.closes(plan), search.notes(plan), plan.forEverybody()));
        }
        return new Proposal(alternatives, left(item));
    }

    private List<Proposal.Left> left(OpenItem item) {
        return byPeople.isEmpty()
                ? List.of()
                : item.findings().stream()
                        .filter(finding -> finding.subjectType() == SubjectType.USER)
                        .map(finding -> new Proposal.Left(finding, finding.message() + "; " + byPeople))
                        .toList();
    }

    /** The search for what closes an item's findings. */
    private final class Search {

        private final OpenItem item;
        private final Facts facts;
        private final Reading.Read read;
        private final List<ConditionalAccessPolicy> policies;
        private final RequiredExclusions leftOut;
        private final Audience audience;
        /** What goes with every plan. */
        private Optional<PolicyGoal> beside = Optional.empty();

        Search(OpenItem item, Reading.Read read) {
            this.item = item;
            this.facts = item.facts();
            this.read = read;
            this.policies = facts.list(FactKind.CONDITIONAL_ACCESS_POLICIES);
            this.leftOut = RequiredExclusions.of(facts, policies, item.spared());
            this.audience = audiences.apply(facts);
        }

        /** Those that close something, the least first; if none does alone, with what has to go with it. */
        List<Plan> plans(PolicyGoal aim) {
            List<Plan> alone = among(aim);
            if (!alone.isEmpty() || aim.companion().isEmpty()) {
                return alone;
            }
            beside = aim.companion();
            List<Plan> together = among(aim);
            beside = Optional.empty();
            return together;
        }

        private List<Plan> among(PolicyGoal aim) {
            Audience all = withThoseBeyondRoles(aim);
            List<ConditionalAccessPolicy> serving = policies.stream()
                    .filter(policy -> policy.state() == State.ENABLED || policy.state() == State.REPORT_ONLY)
                    .filter(policy -> policy.forEverybody()
                            || (!audience.everybody()
                                    && !policy.users().includeRoles().isEmpty()))
                    .filter(aim::isServedBy)
                    .toList();
            List<Plan> plans = new ArrayList<>();
            for (State state : new State[] {State.ENABLED, State.REPORT_ONLY}) {
                for (ConditionalAccessPolicy policy : serving) {
                    if (policy.state() == state) {
                        smallest(List.of(policy), aim, all).ifPresent(plans::add);
                    }
                }
            }
            List<ConditionalAccessPolicy> on = serving.stream()
                    .filter(policy -> policy.state() == State.ENABLED)
                    .toList();
            if (on.size() > 1) {
                smallest(on, aim, all)
                        .filter(plan -> plan.steps().size() > (beside.isPresent() ? 2 : 1))
                        .ifPresent(plans::add);
            }
            for (Audience one : all.equals(audience) ? List.of(audience) : List.of(all, audience)) {
                created(aim, one).filter(plan -> !closes(plan).isEmpty()).ifPresent(plans::add);
            }
            return plans;
        }

        /** With the accounts that a policy for the roles would leave open: those who have to activate a role, or hold a custom one. */
        private Audience withThoseBeyondRoles(PolicyGoal aim) {
            Optional<Plan> byRoles = audience.everybody() ? Optional.empty() : created(aim, audience);
            if (byRoles.isEmpty()) {
                return audience;
            }
            List<Finding> closed = closes(byRoles.get());
            Set<String> beyond = item.findings().stream()
                    .filter(finding -> finding.subjectType() == SubjectType.USER && !closed.contains(finding))
                    .map(Finding::subjectId)
                    .filter(id -> !item.spared().contains(id.toLowerCase(Locale.ROOT)))
                    .filter(id -> facts.account(id)
                            .filter(account -> account.state() == Account.State.ENABLED
                                    && !facts.designations().isEmergency(account))
                            .isPresent())
                    .collect(Collectors.toUnmodifiableSet());
            return created(aim, audience.with(beyond))
                    .filter(plan -> closes(plan).size() > closed.size())
                    .map(plan -> audience.with(beyond))
                    .orElse(audience);
        }

        /** Each of the one with each of the others; where there are none of the one, the others. */
        List<Plan> together(List<Plan> some, List<Plan> others) {
            if (some.isEmpty() || others.isEmpty()) {
                return some.isEmpty() ? others : some;
            }
            List<Plan> all = new ArrayList<>();
            some.forEach(one -> others.forEach(other -> one.and(other).ifPresent(all::add)));
            return all;
        }

        /** What of these policies has to be put otherwise; empty if that closes nothing. */
        private Optional<Plan> smallest(List<ConditionalAccessPolicy> serving, PolicyGoal aim, Audience whole) {
            List<Widening> needed = new ArrayList<>();
            for (ConditionalAccessPolicy policy : serving) {
                needed.addAll(Widening.of(policy, aim, whole, leftOut, facts));
            }
            List<Finding> target = closes(plan(serving, needed, whole));
            if (target.isEmpty()) {
                return Optional.empty();
            }
            for (int place = needed.size() - 1; place >= 0; place--) {
                List<Widening> fewer = new ArrayList<>(needed);
                fewer.remove(place);
                if (closes(plan(serving, fewer, whole)).containsAll(target)) {
                    needed = fewer;
                }
            }
            return Optional.of(plan(serving, needed, whole));
        }

        private Plan plan(List<ConditionalAccessPolicy> serving, List<Widening> needed, Audience whole) {
            List<Plan.Step> steps = new ArrayList<>();
            for (ConditionalAccessPolicy policy : serving) {
                List<Widening> its = needed.stream()
                        .filter(one -> one.policyId().equals(policy.id()))
                        .toList();
                boolean switched = policy.state() == State.REPORT_ONLY;
                if (its.isEmpty() && !switched) {
                    continue;
                }
                PolicyDraft draft = new PolicyDraft(policy);
                for (Widening one : its) {
                    draft = one.edit().of(draft);
                }
                if (switched) {
                    draft = leftOut.ofNew(draft.switchedOn(), facts);
                }
                steps.add(new Plan.Step(Optional.of(policy), draft.policy(), why(policy, switched, its)));
            }
            return with(steps, whole, leftOut);
        }

        private String why(ConditionalAccessPolicy policy, boolean switched, List<Widening> widenings) {
            String name = "'" + policy.displayName() + "'";
            String more = widenings.stream().map(Widening::words).collect(Collectors.joining(", "));
            if (!switched) {
                return "Make %s also apply %s".formatted(name, more);
            }
            return widenings.isEmpty()
                    ? "Turn on " + name
                    : "Turn on %s, and make it also apply %s".formatted(name, more);
        }

        private Plan with(List<Plan.Step> steps, Audience people, RequiredExclusions without) {
            Optional<Plan.Step> more =
                    steps.isEmpty() ? Optional.empty() : beside.flatMap(aim -> create(aim, people, without));
            return new Plan(Stream.concat(steps.stream(), more.stream()).toList());
        }

        /** By the ids of the emergency accounts where a group of theirs would be the reason for a person to look. */
        private Optional<Plan> created(PolicyGoal aim, Audience people) {
            Optional<Plan> byGroup = create(aim, people, leftOut).map(step -> with(List.of(step), people, leftOut));
            if (leftOut.group().isEmpty() || byGroup.filter(this::passes).isPresent()) {
                return byGroup;
            }
            RequiredExclusions byIds = leftOut.byIds();
            return create(aim, people, byIds)
                    .map(step -> with(List.of(step), people, byIds))
                    .filter(this::passes)
                    .or(() -> byGroup);
        }

        private boolean passes(Plan plan) {
            return answer(plan).outcome() == Outcome.PASS;
        }

        private Verdict answer(Plan plan) {
            return item.answerWith(Map.of(
                    FactKind.CONDITIONAL_ACCESS_POLICIES,
                    new Reading.Read(plan.in(policies), read.gaps(), read.unseen())));
        }

        private Optional<Plan.Step> create(PolicyGoal aim, Audience people, RequiredExclusions without) {
            String title = aim.title() + whom;
            String name = title;
            for (int number = 2; isTaken(name); number++) {
                name = title + " (" + number + ")";
            }
            String free = name;
            return aim.demand(facts)
                    .map(grant -> aim.shaped(PolicyDraft.create(free, grant)))
                    .map(draft -> people.everybody()
                            ? draft
                            : draft.forRolesOnly(people.roles()).forUsersToo(people.users()))
                    .map(draft -> without.ofNew(draft, facts).policy())
                    .map(policy -> new Plan.Step(
                            Optional.empty(),
                            policy,
                            "Create '%s' for %s, excluding %s"
                                    .formatted(
                                            free,
                                            people.inWords(facts),
                                            leftOut.emergency().isEmpty() ? "nobody" : "the emergency accounts")));
        }

        private boolean isTaken(String name) {
            return policies.stream().anyMatch(policy -> policy.displayName().equalsIgnoreCase(name));
        }

        /** The findings that the item would not have, by its own answer; those that say the same after are not among them. */
        List<Finding> closes(Plan plan) {
            if (plan.steps().isEmpty()) {
                return List.of();
            }
            Verdict after = answer(plan);
            List<Finding> open = after.open();
            Map<String, Integer> left = new HashMap<>();
            open.forEach(finding -> left.merge(FindingKeys.of(finding), 1, Integer::sum));
            // a finding that says the same after stays; another of its subject may have been put in other words
            item.findings().stream()
                    .filter(open::contains)
                    .forEach(finding -> left.merge(FindingKeys.of(finding), -1, Integer::sum));
            return item.findings().stream()
                    .filter(finding -> !open.contains(finding))
                    .filter(finding -> left.merge(FindingKeys.of(finding), -1, Integer::sum) < 0)
                    .toList();
        }

        List<String> notes(Plan plan) {
            List<String> notes = new ArrayList<>();
            aims.forEach(aim -> notes.addAll(aim.notes(facts)));
            if (plan.namesUsers()) {
                notes.add(
                        "Accounts that policies for roles do not reach, such as of those who activate a role, are named one by"
                                + " one: add those who come later.");
            }
            if (!leftOut.designated()) {
                notes.add(
                        leftOut.emergency().isEmpty()
                                ? "No emergency account is designated (PARC_EMERGENCY_ACCOUNTS), so no policy excludes one."
                                        + " Designate two first."
                                : "No emergency account is designated (PARC_EMERGENCY_ACCOUNTS). Accounts that look like one are"
                                        + " excluded.");
            }
            return notes;
        }
    }
}
