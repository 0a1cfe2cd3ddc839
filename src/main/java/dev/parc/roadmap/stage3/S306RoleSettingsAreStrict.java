package dev.parc.roadmap.stage3;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.HIGH;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.GROUP_OWNERS;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.PIM_GROUP_POLICIES;
import static dev.parc.facts.FactKind.PIM_POLICIES;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.HIGHLY_PRIVILEGED;
import static dev.parc.facts.roles.DirectoryRole.PRIVILEGED_ROLE_ADMINISTRATOR;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.Holding;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.pim.ActivatableGroup;
import dev.parc.analysis.pim.PimNotices;
import dev.parc.analysis.signin.Requirement;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.PimSettings;
import dev.parc.facts.roles.RelevantRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What PIM demands before a highly privileged role is active, by the role's settings or by those of a group on the way to it. */
@RoadmapItem(
        id = "S3-06",
        title = "PIM activation requires MFA, a justification and, for the strongest roles, approval, and ends"
                + " within hours",
        severity = HIGH,
        effort = HOURS,
        remedy = "Require MFA, justification and approval for activating the listed roles, and limit activation"
                + " to 8 hours",
        needs = PIM_POLICIES,
        completedBy = {
            PIM_GROUP_POLICIES,
            GROUP_OWNERS,
            ACCOUNTS,
            CONDITIONAL_ACCESS_POLICIES,
            NAMED_LOCATIONS,
            AUTHENTICATION_STRENGTHS,
            SECURITY_DEFAULTS,
            GROUP_MEMBERSHIPS
        },
        administrators = true,
        roles = RelevantRoles.HIGHLY_PRIVILEGED)
public final class S306RoleSettingsAreStrict implements Check {

    /** Whoever holds one of these can make itself anything else. */
    private static final Set<DirectoryRole> APPROVED = Set.of(GLOBAL_ADMINISTRATOR, PRIVILEGED_ROLE_ADMINISTRATOR);

    /** What was found so far. */
    private record Found(PimNotices notices, List<Finding> weak, List<Finding> doubts, List<String> untold) {
        Found(PimNotices notices) {
            this(notices, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void add(Function<Details, Finding> finding, List<String> weakness, List<String> doubt) {
            if (!weakness.isEmpty()) {
                weak.add(finding.apply(Details.of("S3-06.weak").with("settings", String.join("; ", weakness))));
            }
            if (!doubt.isEmpty()) {
                doubts.add(finding.apply(Details.of("S3-06.unclear").with("settings", String.join("; ", doubt))));
            }
        }
    }

    /**
     * What somebody activates.
     *
     * @param eligible the ids of those who can
     * @param roleIds the template ids of the roles that they have then
     * @param groupIds the groups that they are members of then
     */
    private record Asked(PimSettings settings, Set<String> eligible, Set<String> roleIds, Set<String> groupIds) {}

    @Override
    public Verdict evaluate(Facts facts) {
        Found found = new Found(PimNotices.of(facts));
        HIGHLY_PRIVILEGED.stream().sorted().forEach(role -> judge(facts, role, found));
        List<ActivatableGroup> groups = ActivatableGroup.of(facts).stream()
                .filter(group -> group.leadsTo(HIGHLY_PRIVILEGED))
                .toList();
        groups.forEach(group -> judge(facts, group, found));
        int all = HIGHLY_PRIVILEGED.size() + groups.size();
        if (!found.weak().isEmpty()) {
            int weak = found.weak().size();
            found.weak().addAll(found.doubts());
            return Verdict.fail(
                    "the PIM settings of %d of %d roles and groups are weak".formatted(weak, all), found.weak());
        }
        if (!found.untold().isEmpty()) {
            return Verdict.notAssessed(found.untold()).withFindings(found.doubts());
        }
        return found.doubts().isEmpty()
                ? Verdict.pass(Counted.say(
                        "the PIM settings of all %d highly privileged [role|roles] and of %d [group|groups] that lead to one are strict",
                        HIGHLY_PRIVILEGED.size(), groups.size()))
                : Verdict.review(
                        "the PIM settings of %d of %d roles and groups need review"
                                .formatted(found.doubts().size(), all),
                        found.doubts());
    }

    private static void judge(Facts facts, DirectoryRole role, Found found) {
        Optional<PimSettings> read = facts.pimPolicy(role).map(policy -> policy.settings());
        if (read.isEmpty()) {
            found.untold().add(PIM_POLICIES.title() + ": Graph gave none for " + role.title());
            return;
        }
        PimSettings settings = read.get();
        List<String> weak = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        Set<String> eligible = Administrators.of(facts).in(Set.of(role)).stream()
                .filter(one -> one.holding(Holding::activatedByRole).isPresent())
                .map(Administrator::id)
                .collect(Collectors.toSet());
        judge(
                facts,
                new Asked(settings, eligible, Set.of(role.templateId()), Set.of()),
                APPROVED.contains(role),
                weak,
                doubts);
        PimNotices.Silence silence = found.notices().ofRole(settings);
        weak.addAll(silence.certain());
        doubts.addAll(silence.doubtful());
        if (role != GLOBAL_ADMINISTRATOR && !settings.activeAssignmentsEnd()) {
            doubts.add("allows permanent active assignments");
        }
        found.add(details -> Finding.of(role, details), weak, doubts);
    }

    private static void judge(Facts facts, ActivatableGroup group, Found found) {
        if (group.settings().isEmpty()) {
            group.untold().ifPresent(found.untold()::add);
            return;
        }
        List<String> weak = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        judge(
                facts,
                new Asked(group.settings().get(), group.eligible(), group.roleIds(), Set.of(group.id())),
                group.leadsTo(APPROVED),
                weak,
                doubts);
        PimNotices.Silence silence = found.notices().ofGroup(group);
        weak.addAll(silence.certain());
        doubts.addAll(silence.doubtful());
        found.add(details -> Finding.of(group, details), weak, doubts);
    }

    private static void judge(Facts facts, Asked asked, boolean approved, List<String> weak, List<String> doubts) {
        PimSettings settings = asked.settings();
        if (!settings.demandsMfa()) {
            settings.context()
                    .ifPresentOrElse(
                            context -> judgeContext(facts, context, asked, weak, doubts),
                            () -> weak.add("asks for no MFA"));
        }
        if (!settings.demandsReason()) {
            weak.add("asks for no reason");
        }
        if (approved && !settings.demandsApproval()) {
            weak.add("needs no approval");
        }
        settings.lastsTooLong().ifPresent(weak::add);
    }

    /**
     * PIM itself asks for MFA only while no policy names the context. Source: "Configure Microsoft Entra role settings in
     * PIM", On activation, require Microsoft Entra Conditional Access authentication context.
     */
    private static void judgeContext(Facts facts, String context, Asked asked, List<String> weak, List<String> doubts) {
        ConditionalAccess conditionalAccess = ConditionalAccess.of(facts);
        List<ConditionalAccessPolicy> policies = conditionalAccess.policiesOn(context);
        String asks = "asks for authentication context " + context;
        if (policies.isEmpty()) {
            doubts.add(asks + ", which no Conditional Access policy names; PIM asks for MFA until one does");
            return;
        }
        if (policies.stream().noneMatch(policy -> policy.state() == ConditionalAccessPolicy.State.ENABLED)) {
            weak.add(asks + ", and no policy that names it is enabled");
            return;
        }
        for (String id : asked.eligible()) {
            Optional<Account> account = facts.account(id);
            if (account.isEmpty()) {
                doubts.add(asks + "; nothing was read of " + id + ", which can activate it");
            } else if (account.get().state() == Account.State.ENABLED) {
                MfaDecision decision = conditionalAccess.requireOnActivation(
                        account.get(), context, asked.roleIds(), asked.groupIds(), Requirement.MFA);
                if (decision instanceof MfaDecision.Uncovered gap) {
                    weak.add("%s, which %s can meet without MFA: %s; because %s"
                            .formatted(asks, account.get().signInName(), gap.signIn(), gap.because()));
                } else if (decision instanceof MfaDecision.Undecided doubt) {
                    doubts.add("%s; of %s: %s".formatted(asks, account.get().signInName(), doubt.because()));
                }
            }
        }
    }
}
