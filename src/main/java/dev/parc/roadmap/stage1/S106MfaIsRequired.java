package dev.parc.roadmap.stage1;

import static dev.parc.check.Effort.HOURS;
import static dev.parc.check.Severity.CRITICAL;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.EXCLUDED_GROUPS;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.GROUP_WRITERS;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.PER_USER_MFA;
import static dev.parc.facts.FactKind.POLICY_OBJECTS;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static dev.parc.facts.roles.DirectoryRole.HIGHLY_PRIVILEGED;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.conditionalaccess.OpenExclusion;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.analysis.signin.Requirement;
import dev.parc.check.Check;
import dev.parc.check.Counted;
import dev.parc.check.Finding;
import dev.parc.check.NewFinding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.RelevantRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Asks of each permanently assigned account whether all policies together leave a sign-in without MFA. */
@RoadmapItem(
        id = "S1-06",
        title = "MFA is required at every sign-in of permanently assigned highly privileged accounts",
        severity = CRITICAL,
        effort = HOURS,
        remedy = "Enforce one Conditional Access policy that requires MFA for administrators everywhere and"
                + " excludes only the emergency accounts",
        newFinding = NewFinding.LOST_MFA,
        needs = {
            ACCOUNTS,
            CONDITIONAL_ACCESS_POLICIES,
            NAMED_LOCATIONS,
            AUTHENTICATION_STRENGTHS,
            SECURITY_DEFAULTS,
            GROUP_MEMBERSHIPS
        },
        completedBy = {PER_USER_MFA, EXCLUDED_GROUPS},
        signals = {GROUP_WRITERS, POLICY_OBJECTS},
        administrators = true,
        roles = RelevantRoles.HIGHLY_PRIVILEGED)
public final class S106MfaIsRequired implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        List<Administrator> administrators = Administrators.of(facts).in(HIGHLY_PRIVILEGED);
        ConditionalAccess conditionalAccess = ConditionalAccess.of(facts);
        EmergencyAccounts emergency = EmergencyAccounts.of(facts);
        List<Finding> open = new ArrayList<>();
        List<Finding> unclear = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        TreeSet<String> proof = new TreeSet<>();
        Optional<ConditionalAccess> guided = conditionalAccess.withoutGuidedExclusions();
        boolean vouched = false;
        int covered = 0;
        for (Administrator administrator : administrators) {
            if (administrator.type() == PrincipalType.SERVICE_PRINCIPAL || !administrator.assigned()) {
                continue;
            }
            Optional<Account> read = facts.account(administrator.id());
            if (facts.isUnresolved(administrator.id())) {
                continue; // the assessor tells of it
            }
            if (read.isEmpty()) {
                unknown.add("administrators' accounts: nothing was read of " + administrator.name());
                continue;
            }
            Account account = read.get();
            if (account.state() != Account.State.ENABLED || facts.designations().isEmergency(account)) {
                continue;
            }
            MfaDecision decision = MfaDecision.withPerUserMfa(
                    facts, account, conditionalAccess.require(account, HIGHLY_PRIVILEGED, Requirement.MFA));
            if (guided.isPresent() && !(decision instanceof MfaDecision.Covered)) {
                decision = MfaDecision.withPerUserMfa(
                        facts, account, guided.get().require(account, HIGHLY_PRIVILEGED, Requirement.MFA));
                vouched |= decision instanceof MfaDecision.Covered;
            }
            if (decision instanceof MfaDecision.Covered by) {
                covered++;
                proof.addAll(by.by());
            } else if (decision instanceof MfaDecision.Uncovered gap) {

                if (emergency.looksLikeOne(account)) {
                    unclear.add(Finding.of(account, without(gap, "S1-06.perhaps-emergency")));
                } else if (administrator.kind() == AssignmentKind.ACTIVE) {
                    unclear.add(Finding.of(account, without(gap, "S1-06.perhaps-permanent")));
                } else {
                    open.add(Finding.of(account, without(gap, "S1-06.without-mfa")));
                }
            } else if (decision instanceof MfaDecision.Undecided doubt) {
                unclear.add(Finding.of(account, Details.of("S1-06.unclear").with("why", doubt.because())));
            }
        }
        int asked = covered + open.size() + unclear.size();
        if (!open.isEmpty()) {
            int uncovered = open.size();
            open.addAll(unclear);
            return Verdict.fail(
                    Counted.say(
                            "%d of %d permanently assigned [account|accounts] can sign in without MFA",
                            uncovered, asked),
                    open);
        }
        if (!unknown.isEmpty()) {
            return Verdict.notAssessed(unknown).withFindings(unclear);
        }
        List<OpenExclusion> changeable = conditionalAccess.openExclusions(
                proof, account -> conditionalAccess.require(account, Requirement.MFA) instanceof MfaDecision.Covered);
        List<Finding> applications = vouched
                ? conditionalAccess.guidedExclusions(proof).stream()
                        .map(Finding::of)
                        .toList()
                : List.of();
        Predicate<String> heldByOthers = group -> conditionalAccess.holdsMembersOf(group, Requirement.MFA);
        List<Finding> exclusions = Stream.of(
                        changeable.stream()
                                .filter(exclusion -> !exclusion.doubts().isEmpty())
                                .filter(exclusion ->
                                        !heldByOthers.test(exclusion.group().id()))
                                .map(Finding::of),
                        conditionalAccess.exclusionsChangedByApplications(proof, heldByOthers).stream()
                                .map(what -> Finding.ofTenant(Details.of("exclusions.changed-by-applications")
                                        .with("what", what))),
                        applications.stream())
                .flatMap(findings -> findings)
                .toList();
        if (!unclear.isEmpty()) {
            int accounts = unclear.size();
            unclear.addAll(exclusions);
            return Verdict.review(
                    Counted.say(
                            "%d of %d permanently assigned [account|accounts] [1:needs|need] review", accounts, asked),
                    unclear);
        }
        if (asked == 0) {
            return Verdict.notApplicable("no account besides emergency accounts is permanently assigned");
        }
        String summary = Counted.say(
                "all %d permanently assigned [account|accounts] [needs|need] MFA at every sign-in, by %s",
                asked, String.join(", ", proof));
        if (exclusions.isEmpty()) {
            return Verdict.pass(summary + OpenExclusion.changedBy(changeable));
        }
        return exclusions.equals(applications)
                ? Verdict.review(
                        summary + "; applications that Microsoft's guides ask to exclude are excluded", exclusions)
                : Verdict.review(summary + "; who is left out can be changed by others", exclusions);
    }

    private static Details without(MfaDecision.Uncovered gap, String phrase) {
        return Details.of(phrase).with("signIn", gap.signIn()).with("because", gap.because());
    }
}
