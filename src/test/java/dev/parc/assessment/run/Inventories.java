package dev.parc.assessment.run;

import dev.parc.analysis.accounts.Categorisation;
import dev.parc.analysis.accounts.PasswordAge;
import dev.parc.analysis.administrators.EscalationPath;
import dev.parc.analysis.conditionalaccess.ActivationDecision;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.conditionalaccess.ReachDecision;
import dev.parc.analysis.explain.Evidence;
import dev.parc.analysis.explain.ExplainedAdministrators;
import dev.parc.analysis.explain.Explanation;
import dev.parc.analysis.explain.MfaAnswer;
import dev.parc.analysis.signin.Requirement;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.assessment.Assessments;
import dev.parc.check.SubjectType;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Category;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Administrators of runs, for tests. */
public final class Inventories {

    private Inventories() {}

    /** So many administrators with names that are hard to keep. */
    public static AdministratorInventory inventory(String runId, int administrators) {
        return new AdministratorInventory(
                runId,
                Instant.parse("2026-01-31T08:00:02.000000001Z"),
                new ExplainedAdministrators(
                        IntStream.range(0, administrators)
                                .mapToObj(Inventories::administrator)
                                .toList(),
                        List.of(Assessments.HOSTILE)),
                List.of(new NamedObject(SubjectType.POLICY, Assessments.HOSTILE, Assessments.HOSTILE)));
    }

    private static Explanation administrator(int number) {
        Account account = TenantBuilder.account("admin" + number + "@contoso.com");
        String hostile = Assessments.HOSTILE + number;
        Explanation.Way way = new Explanation.Way(AssignmentKind.ELIGIBLE, "/", "", hostile);
        List<Explanation.Role> roles = List.of(new Explanation.Role("role", hostile, true, List.of(way)));
        return new Explanation(
                account.id(),
                PrincipalType.USER,
                hostile,
                Optional.of(account),
                Optional.empty(),
                new Evidence<>(
                        Optional.of(new Categorisation(Category.SHARED, hostile, true)), List.of("domains: 403")),
                new Evidence<>(Optional.of(Explanation.Emergency.NO), List.of()),
                roles,
                List.of(hostile),
                List.of(new Explanation.Later(
                        "role", hostile, AssignmentKind.PERMANENT, "/", Instant.EPOCH, Optional.of(Instant.EPOCH))),
                List.of(hostile),
                roles,
                List.of(),
                List.of(new EscalationPath(account.id(), PrincipalType.USER, hostile, hostile, hostile)),
                List.of(),
                new Evidence<>(
                        Optional.of(new SignIn(account.id(), Optional.of(Instant.EPOCH), Optional.empty())), List.of()),
                new Evidence<>(Optional.empty(), List.of("403")),
                new Evidence<>(Optional.of(new PasswordAge(PasswordAge.Kind.OLD, hostile)), List.of()),
                new MfaAnswer.Decided(new MfaDecision.Uncovered(hostile, hostile), List.of(hostile)),
                List.of(
                        new ActivationDecision(
                                Requirement.MFA,
                                "role",
                                hostile,
                                hostile,
                                new MfaDecision.Covered(List.of(hostile)),
                                new MfaDecision.Uncovered(hostile, hostile),
                                Optional.of(new MfaDecision.Covered(List.of(hostile))),
                                new MfaDecision.Covered(List.of(hostile)),
                                true),
                        new ActivationDecision(
                                Requirement.MANAGED_DEVICE,
                                "role",
                                hostile,
                                hostile,
                                new MfaDecision.Undecided(hostile),
                                new MfaDecision.Covered(List.of()),
                                Optional.empty(),
                                new MfaDecision.Undecided(hostile),
                                false)),
                new Evidence<>(
                        Optional.of(List.of(
                                new Explanation.Entry(Set.of(), new ReachDecision.Reachable(hostile)),
                                new Explanation.Entry(
                                        Set.of(SignInMeans.PHONE),
                                        new ReachDecision.LockedOut(List.of(hostile), List.of(hostile), hostile)),
                                new Explanation.Entry(
                                        Set.of(SignInMeans.MANAGED_DEVICE, SignInMeans.FEDERATION),
                                        new ReachDecision.Undecided(hostile)))),
                        List.of(hostile)));
    }
}
