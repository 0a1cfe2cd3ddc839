package dev.parc.change.proof;

import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.conditionalaccess.ReachDecision;
import dev.parc.analysis.signin.Requirement;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.facts.directory.Account;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares how a tenant stands with how it would stand with a change. */
public final class StateComparison {

    private final TenantState before;
    private final TenantState after;

    private StateComparison(TenantState before, TenantState after) {
        this.before = before;
        this.after = after;
    }

    /**
     * What a change makes of a tenant.
     *
     * @param requests how many requests the change has
     */
    public static Proof between(TenantState before, TenantState after, int requests) {
        return new StateComparison(before, after).proof(requests);
    }

    private Proof proof(int requests) {
        Assessment was = before.assessment();
        List<Proof.AccountProof> accounts = accounts();
        Set<String> undecided = new LinkedHashSet<>();
        if (before.unread().isEmpty()) {
            after.unread().forEach(gap -> undecided.add("who gets in with the change: " + gap));
        }
        List<Proof.ItemChange> items = items();
        items.stream()
                .filter(item -> item.after() == Outcome.NOT_ASSESSED)
                .forEach(item -> undecided.add(item.checkId() + ": " + item.summary()));
        return new Proof(
                was.tenantId(),
                was.tenantName(),
                was.source(),
                was.takenAt(),
                requests,
                accounts,
                items,
                findings(),
                coverage(accounts),
                blocked(accounts),
                open(accounts),
                scores(),
                List.copyOf(undecided));
    }

    private List<Proof.AccountProof> accounts() {
        Set<String> ids = new LinkedHashSet<>(before.ids());
        ids.addAll(after.ids());
        List<Proof.AccountProof> accounts = new ArrayList<>();
        for (String id : ids) {
            String name = before.account(id)
                    .or(() -> after.account(id))
                    .map(Account::signInName)
                    .orElse(id);
            accounts.add(new Proof.AccountProof(
                    id,
                    name,
                    before.isEmergency(id) || after.isEmergency(id),
                    before.isGlobal(id) || after.isGlobal(id),
                    after.methods(id).or(() -> before.methods(id)),
                    before.access(id),
                    after.access(id)));
        }
        accounts.sort(Comparator.comparing((Proof.AccountProof account) -> !account.emergency())
                .thenComparing(account -> !account.globalAdministrator())
                .thenComparing(Proof.AccountProof::name)
                .thenComparing(Proof.AccountProof::id));
        return accounts;
    }

    private List<Proof.ItemChange> items() {
        Map<String, CheckResult> was = byId(before);
        return after.assessment().results().stream()
                .flatMap(result -> Optional.ofNullable(was.get(result.checkId()))
                        .map(earlier -> new Proof.ItemChange(
                                result.checkId(),
                                result.title(),
                                earlier.outcome(),
                                result.outcome(),
                                result.summary()))
                        .stream())
                .filter(item -> item.before() != item.after())
                .toList();
    }

    private static Map<String, CheckResult> byId(TenantState state) {
        return state.assessment().results().stream()
                .collect(Collectors.toMap(CheckResult::checkId, Function.identity(), (first, again) -> first));
    }

    /** Of an item that is not assessed on one side nothing is told. */
    private List<Proof.FindingChange> findings() {
        Map<String, CheckResult> was = byId(before);
        List<Proof.FindingChange> changes = new ArrayList<>();
        for (CheckResult now : after.assessment().results()) {
            CheckResult then = was.get(now.checkId());
            if (then != null && then.outcome() != Outcome.NOT_ASSESSED && now.outcome() != Outcome.NOT_ASSESSED) {
                lacking(then.open(), now.open())
                        .forEach(finding -> changes.add(new Proof.FindingChange(now.checkId(), false, finding)));
                lacking(now.open(), then.open())
                        .forEach(finding -> changes.add(new Proof.FindingChange(now.checkId(), true, finding)));
            }
        }
        return changes;
    }

    /** Those of the one list whose subject the other does not find as often. */
    private static List<Finding> lacking(List<Finding> some, List<Finding> others) {
        Map<String, Integer> left = new HashMap<>();
        others.forEach(finding -> left.merge(FindingKeys.of(finding), 1, Integer::sum));
        return some.stream()
                .filter(finding -> left.merge(FindingKeys.of(finding), -1, Integer::sum) < 0)
                .toList();
    }

    private List<Proof.Coverage> coverage(List<Proof.AccountProof> accounts) {
        List<Proof.Coverage> coverage = new ArrayList<>();
        for (Proof.AccountProof account : accounts) {
            Map<Requirement, MfaDecision> was = before.required(account.id());
            Map<Requirement, MfaDecision> now = after.required(account.id());
            for (Requirement requirement : Requirement.values()) {
                MfaDecision one = was.get(requirement);
                MfaDecision other = now.get(requirement);
                if (one != null && other != null) {
                    if (other instanceof MfaDecision.Covered covered && !(one instanceof MfaDecision.Covered)) {
                        coverage.add(covered(account, requirement, true, covered, one));
                    } else if (one instanceof MfaDecision.Covered covered && !(other instanceof MfaDecision.Covered)) {
                        coverage.add(covered(account, requirement, false, covered, other));
                    }
                }
            }
        }
        return coverage;
    }

    private static Proof.Coverage covered(
            Proof.AccountProof account,
            Requirement requirement,
            boolean gained,
            MfaDecision.Covered covered,
            MfaDecision other) {
        return new Proof.Coverage(
                account.id(),
                account.name(),
                requirement.title(),
                gained,
                covered.by(),
                other instanceof MfaDecision.Uncovered open ? open.signIn() : "");
    }

    private List<Proof.BlockedSignIn> blocked(List<Proof.AccountProof> accounts) {
        List<Proof.BlockedSignIn> blocked = new ArrayList<>();
        for (Proof.AccountProof one : accounts) {
            Optional<Account> then = enabled(before, one.id());
            Optional<Account> now = enabled(after, one.id());
            if (then.isEmpty() || now.isEmpty()) {
                continue;
            }
            Stream<Set<SignInMeans>> losses = Stream.concat(
                    Stream.of(Set.<SignInMeans>of()),
                    Stream.of(SignInMeans.values()).map(Set::of));
            for (Set<SignInMeans> gone : losses.toList()) {
                if (before.reach(then.get(), gone) instanceof ReachDecision.Reachable got
                        && after.reach(now.get(), gone) instanceof ReachDecision.LockedOut locked) {
                    blocked.add(new Proof.BlockedSignIn(
                            one.id(),
                            one.name(),
                            SignInMeans.titles(gone),
                            got.signIn(),
                            locked.by(),
                            locked.because()));
                    if (gone.isEmpty()) {
                        break;
                    }
                }
            }
        }
        return blocked;
    }

    private List<Proof.OpenSignIn> open(List<Proof.AccountProof> accounts) {
        List<Proof.OpenSignIn> open = new ArrayList<>();
        for (Proof.AccountProof account : accounts) {
            Map<Requirement, MfaDecision> now = after.required(account.id());
            for (Requirement requirement : List.of(
                    Requirement.MFA, Requirement.PHISHING_RESISTANT_MFA, Requirement.LEGACY_AUTHENTICATION_BLOCKED)) {
                if (now.get(requirement) instanceof MfaDecision.Uncovered uncovered) {
                    open.add(new Proof.OpenSignIn(
                            account.id(), account.name(), requirement.title(), uncovered.signIn()));
                }
            }
        }
        return open;
    }

    private static Optional<Account> enabled(TenantState state, String id) {
        return state.account(id).filter(account -> account.state() == Account.State.ENABLED);
    }

    private List<Proof.ScoreChange> scores() {
        List<Proof.ScoreChange> scores = new ArrayList<>();
        scores.add(new Proof.ScoreChange(
                Optional.empty(),
                before.assessment().score(),
                after.assessment().score()));
        for (Stage stage : Stage.values()) {
            if (before.assessment().results().stream().anyMatch(result -> result.stage() == stage)) {
                scores.add(new Proof.ScoreChange(
                        Optional.of(stage),
                        before.assessment().score(stage),
                        after.assessment().score(stage)));
            }
        }
        return scores;
    }
}
