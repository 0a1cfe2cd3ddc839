package dev.parc.assessment;

import dev.parc.check.TenantBuilder;
import dev.parc.facts.Account;
import dev.parc.facts.ActivationDecision;
import dev.parc.facts.AssignmentKind;
import dev.parc.facts.Categorisation;
import dev.parc.facts.Category;
import dev.parc.facts.Evidence;
import dev.parc.facts.ExplainedAdministrators;
import dev.parc.facts.Explanation;
import dev.parc.facts.Means;
import dev.parc.facts.MfaAnswer;
import dev.parc.facts.MfaDecision;
import dev.parc.facts.PasswordAge;
import dev.parc.facts.PrincipalType;
import dev.parc.facts.ReachDecision;
import dev.parc.facts.Requirement;
import dev.parc.facts.SignIn;
import dev.parc.facts.WayIn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Administrators of runs, for tests. */
public final class Rosters {

    private Rosters() {}

    /** So many administrators with names that are hard to keep. */
    public static Roster roster(String runId, int administrators) {
        return new Roster(
                runId,
                Instant.parse("2026-01-31T08:00:02.000000001Z"),
                new ExplainedAdministrators(
                        IntStream.range(0, administrators)
                                .mapToObj(Rosters::administrator)
                                .toList(),
                        List.of(Assessments.HOSTILE)));
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
                        "role", hostile, AssignmentKind.STANDING, "/", Instant.EPOCH, Optional.of(Instant.EPOCH))),
                List.of(hostile),
                roles,
                List.of(),
                List.of(new WayIn(account.id(), PrincipalType.USER, hostile, hostile, hostile)),
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
                                        Set.of(Means.PHONE),
                                        new ReachDecision.LockedOut(List.of(hostile), List.of(hostile), hostile)),
                                new Explanation.Entry(
                                        Set.of(Means.MANAGED_DEVICE, Means.FEDERATION),
                                        new ReachDecision.Undecided(hostile)))),
                        List.of(hostile)));
    }
}
