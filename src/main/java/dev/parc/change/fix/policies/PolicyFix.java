package dev.parc.change.fix.policies;

import dev.parc.assessment.change.FindingKeys;
import dev.parc.change.fix.Fix;
import dev.parc.change.fix.OpenItem;
import dev.parc.change.fix.Proposal;
import dev.parc.change.fix.Proposal.Alternative;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.roles.DirectoryRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Puts an item right by Conditional Access: a policy that is on and leaves out less, one in report-only mode switched on, one that is
 * for more people, or a new one. Which findings that closes, the item itself says of the policies as they would be.
 */
public final class PolicyFix implements Fix {

    private final List<Aim> aims;
    private final Optional<Set<String>> roles;

    private PolicyFix(List<Aim> aims, Optional<Set<String>> roles) {
        this.aims = List.copyOf(aims);
        this.roles = roles;
    }

    /** MFA of the four highly privileged roles. */
    public static Fix mfaOfHighlyPrivileged() {
        return new PolicyFix(
                List.of(Aim.MFA),
                Optional.of(DirectoryRole.HIGHLY_PRIVILEGED.stream()
                        .map(DirectoryRole::templateId)
                        .collect(Collectors.toUnmodifiableSet())));
    }

    /** MFA of everybody. */
    public static Fix mfaOfEverybody() {
        return new PolicyFix(List.of(Aim.MFA), Optional.empty());
    }

    /** An answer to the risk of sign-ins and of users. */
    public static Fix answersToRisk() {
        return new PolicyFix(List.of(Aim.MFA_AT_SIGN_IN_RISK, Aim.PASSWORD_CHANGE_AT_USER_RISK), Optional.empty());
    }

    /** No legacy authentication for anybody. */
    public static Fix noLegacyAuthentication() {
        return new PolicyFix(List.of(Aim.LEGACY_AUTHENTICATION_BLOCKED), Optional.empty());
    }

    @Override
    public Proposal propose(OpenItem item) {
        if (!(item.facts().reading(FactKind.CONDITIONAL_ACCESS_POLICIES) instanceof Reading.Read read)) {
            return new Proposal(List.of(), List.of());
        }
        Search search = new Search(item, read);
        List<Plan> plans = List.of();
        for (Aim aim : aims) {
            plans = search.together(plans, search.plans(aim));
        }
        List<Alternative> alternatives = new ArrayList<>();
        for (Plan plan : plans) {
            alternatives.add(
                    new Alternative(plan.requests(), search.closes(plan), search.notes(), plan.forEverybody()));
        }
        return new Proposal(alternatives, List.of());
    }

    /** The search for what closes an item's findings. */
    private final class Search {

        private final OpenItem item;
        private final Facts facts;
        private final Reading.Read read;
        private final List<ConditionalAccessPolicy> policies;
        private final LeftOut leftOut;

        Search(OpenItem item, Reading.Read read) {
            this.item = item;
            this.facts = item.facts();
            this.read = read;
            this.policies = facts.list(FactKind.CONDITIONAL_ACCESS_POLICIES);
            this.leftOut = LeftOut.of(facts, policies);
        }

        /** Those that close something, the least first. */
        List<Plan> plans(Aim aim) {
            List<ConditionalAccessPolicy> serving = policies.stream()
                    .filter(policy -> policy.state() == State.ENABLED || policy.state() == State.REPORT_ONLY)
                    .filter(policy -> policy.forEverybody()
                            || (roles.isPresent()
                                    && !policy.users().includeRoles().isEmpty()))
                    .filter(aim::isServedBy)
                    .toList();
            List<Plan> plans = new ArrayList<>();
            for (State state : new State[] {State.ENABLED, State.REPORT_ONLY}) {
                for (ConditionalAccessPolicy policy : serving) {
                    if (policy.state() == state) {
                        smallest(List.of(policy), aim).ifPresent(plans::add);
                    }
                }
            }
            List<ConditionalAccessPolicy> on = serving.stream()
                    .filter(policy -> policy.state() == State.ENABLED)
                    .toList();
            if (on.size() > 1) {
                smallest(on, aim).filter(plan -> plan.steps().size() > 1).ifPresent(plans::add);
            }
            Plan created = new Plan(List.of(created(aim)));
            if (!closes(created).isEmpty()) {
                plans.add(created);
            }
            return plans;
        }

        /** Each of the one with each of the others, where they close more together; else each by itself. */
        List<Plan> together(List<Plan> some, List<Plan> others) {
            if (some.isEmpty() || others.isEmpty()) {
                return some.isEmpty() ? others : some;
            }
            List<Plan> all = new ArrayList<>();
            some.forEach(one -> others.forEach(other -> one.and(other).ifPresent(all::add)));
            return all;
        }

        /** What of these policies has to be put otherwise; empty if that closes nothing. */
        private Optional<Plan> smallest(List<ConditionalAccessPolicy> serving, Aim aim) {
            List<Widening> needed = new ArrayList<>();
            for (ConditionalAccessPolicy policy : serving) {
                needed.addAll(Widening.of(policy, aim, roles.orElse(Set.of()), leftOut, facts));
            }
            List<Finding> target = closes(plan(serving, needed));
            if (target.isEmpty()) {
                return Optional.empty();
            }
            for (int place = needed.size() - 1; place >= 0; place--) {
                List<Widening> fewer = new ArrayList<>(needed);
                fewer.remove(place);
                if (closes(plan(serving, fewer)).containsAll(target)) {
                    needed = fewer;
                }
            }
            return Optional.of(plan(serving, needed));
        }

        private Plan plan(List<ConditionalAccessPolicy> serving, List<Widening> needed) {
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
                if (switched) {
                    draft = leftOut.of(draft.switchedOn(), facts);
                }
                for (Widening one : its) {
                    draft = one.edit().of(draft);
                }
                steps.add(new Plan.Step(Optional.of(policy), draft.policy(), why(policy, switched, its)));
            }
            return new Plan(steps);
        }

        private String why(ConditionalAccessPolicy policy, boolean switched, List<Widening> widenings) {
            String name = "'" + policy.displayName() + "'";
            String more = widenings.stream().map(Widening::words).collect(Collectors.joining(", "));
            if (!switched) {
                return "Make %s apply %s too".formatted(name, more);
            }
            return widenings.isEmpty()
                    ? "Switch on " + name
                    : "Switch on %s, and make it apply %s too".formatted(name, more);
        }

        private Plan.Step created(Aim aim) {
            String title = aim.title()
                    + roles.map(ids -> " of highly privileged roles").orElse("");
            String name = title;
            for (int number = 2; isTaken(name); number++) {
                name = title + " (" + number + ")";
            }
            UnaryOperator<PolicyDraft> whom =
                    draft -> roles.map(draft::forRolesOnly).orElse(draft);
            PolicyDraft draft = leftOut.of(whom.apply(aim.shaped(PolicyDraft.create(name, aim.demand()))), facts);
            return new Plan.Step(
                    Optional.empty(),
                    draft.policy(),
                    "Create '%s' for %s, leaving out %s"
                            .formatted(
                                    name,
                                    roles.map(ids -> RoleNames.inWords(ids, facts))
                                            .orElse("everybody"),
                                    leftOut.emergency().isEmpty() ? "nobody" : "the emergency accounts"));
        }

        private boolean isTaken(String name) {
            return policies.stream().anyMatch(policy -> policy.displayName().equalsIgnoreCase(name));
        }

        /** The findings that the item would not have, by its own answer; those that say the same after are not among them. */
        List<Finding> closes(Plan plan) {
            if (plan.steps().isEmpty()) {
                return List.of();
            }
            Verdict after = item.answerWith(Map.of(
                    FactKind.CONDITIONAL_ACCESS_POLICIES,
                    new Reading.Read(plan.in(policies), read.gaps(), read.unseen())));
            List<Finding> open = after.outcome() == Outcome.PASS ? List.of() : after.findings();
            Map<String, Integer> left = new HashMap<>();
            open.forEach(finding -> left.merge(FindingKeys.of(finding), 1, Integer::sum));
            List<Finding> closed = new ArrayList<>();
            // those that say the same after stay before those of the same subject that may have been put in other words
            item.findings().stream()
                    .filter(open::contains)
                    .forEach(finding -> left.merge(FindingKeys.of(finding), -1, Integer::sum));
            item.findings().stream()
                    .filter(finding -> !open.contains(finding))
                    .filter(finding -> left.merge(FindingKeys.of(finding), -1, Integer::sum) < 0)
                    .forEach(closed::add);
            return closed;
        }

        List<String> notes() {
            List<String> notes = new ArrayList<>();
            if (!leftOut.designated()) {
                notes.add(
                        leftOut.emergency().isEmpty()
                                ? "No emergency account is designated (PARC_EMERGENCY_ACCOUNTS), so no policy leaves one out;"
                                        + " designate two first."
                                : "No emergency account is designated (PARC_EMERGENCY_ACCOUNTS); accounts that look like one"
                                        + " are left out.");
            }
            return notes;
        }
    }
}
