package dev.parc.change.fix;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.change.ChangeRequest;
import dev.parc.change.proof.Proof;
import dev.parc.change.proof.TenantState;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.DirectoryRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Why an alternative is not taken although its change could be made. */
final class Objections {

    private static final String POLICIES = "/identity/conditionalaccess/policies";

    private Objections() {}

    /** What speaks against it, a sentence each; empty if it is proved. */
    static List<String> to(CheckResult item, Proposal.Alternative alternative, ProvedChange attempt) {
        Set<String> objections = new LinkedHashSet<>();
        Proof proof = attempt.proof();
        proof.accounts().stream()
                .filter(Proof.AccountProof::isLockedOutByIt)
                .forEach(account -> objections.add("it locks out %s%s: %s"
                        .formatted(
                                account.name(),
                                account.after().by().isEmpty()
                                        ? ""
                                        : " by '"
                                                + String.join(
                                                        "' and '",
                                                        account.after().by()) + "'",
                                account.after().because())));
        proof.accounts().stream()
                .filter(Proof.AccountProof::isMadeUncertain)
                .forEach(account -> objections.add("it may lock out " + account.name() + ": "
                        + account.after().because()));
        objections.addAll(proof.objections());
        proof.undecided().forEach(one -> objections.add("it cannot be told: " + one));
        lastWayIn(attempt, objections);
        if (isOfPolicies(alternative)) {
            proof.coverage().stream()
                    .filter(one -> !one.gained())
                    .forEach(one -> objections.add(one.name() + " would no longer need " + one.requirement()));
        }
        item(item, alternative.closes(), attempt.after(), objections);
        return List.copyOf(objections);
    }

    /** The administrators whom it locks out or may lock out, and what is to be said of them; none if an emergency account is one. */
    static Map<String, String> inTheWay(ProvedChange attempt) {
        Map<String, String> inTheWay = new LinkedHashMap<>();
        for (Proof.AccountProof account : attempt.proof().accounts()) {
            if (account.isLockedOutByIt() || account.isMadeUncertain()) {
                if (account.emergency()) {
                    return Map.of();
                }
                inTheWay.put(
                        account.id().toLowerCase(Locale.ROOT),
                        "%s %s be locked out: %s"
                                .formatted(
                                        account.name(),
                                        account.isLockedOutByIt() ? "would" : "might",
                                        account.after().because()));
            }
        }
        return inTheWay;
    }

    private static boolean isOfPolicies(Proposal.Alternative alternative) {
        return alternative.requests().stream().allMatch(request -> path(request).startsWith(POLICIES));
    }

    /** Somebody must be left who holds Global Administrator without having to activate it, and gets in. */
    private static void lastWayIn(ProvedChange attempt, Set<String> objections) {
        Set<String> was = holding(attempt, attempt.before(), true);
        Set<String> now = holding(attempt, attempt.after(), false);
        if (!was.isEmpty() && now.isEmpty()) {
            objections.add("no permanently assigned Global Administrator would still be able to sign in");
        }
    }

    private static Set<String> holding(ProvedChange attempt, TenantState state, boolean before) {
        Set<String> reachable = attempt.proof().accounts().stream()
                .filter(account ->
                        (before ? account.before() : account.after()).reachability() == Proof.Reachability.REACHABLE)
                .map(account -> account.id().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return Administrators.of(state.facts()).in(Set.of(DirectoryRole.GLOBAL_ADMINISTRATOR)).stream()
                .filter(Administrator::assigned)
                .map(one -> one.id().toLowerCase(Locale.ROOT))
                .filter(reachable::contains)
                .filter(id -> state.facts()
                        .account(id)
                        .filter(account -> account.state() == Account.State.ENABLED)
                        .isPresent())
                .collect(Collectors.toSet());
    }

    private static void item(CheckResult item, List<Finding> closes, TenantState state, Set<String> objections) {
        CheckResult after = result(state, item.checkId());
        if (after.outcome() == Outcome.NOT_ASSESSED) {
            objections.add(item.checkId() + " could not be assessed with it: " + String.join("; ", after.reasons()));
            return;
        }
        List<Finding> open = after.open();
        Map<String, Integer> allowed = new HashMap<>();
        item.findings().forEach(finding -> allowed.merge(FindingKeys.of(finding), 1, Integer::sum));
        closes.forEach(finding -> allowed.merge(FindingKeys.of(finding), -1, Integer::sum));
        Set<String> known = item.findings().stream().map(FindingKeys::of).collect(Collectors.toSet());
        for (Finding finding : open) {
            String key = FindingKeys.of(finding);
            boolean over = allowed.merge(key, -1, Integer::sum) < 0;
            if (over && known.contains(key)) {
                objections.add("it leaves open: " + finding.subjectName() + " " + finding.message());
            } else if (over && after.outcome() == Outcome.FAIL) {
                objections.add("it opens: " + finding.subjectName() + " " + finding.message());
            }
        }
    }

    /** What the item answers in a state. */
    static CheckResult result(TenantState state, String checkId) {
        return state.assessment().results().stream()
                .filter(one -> one.checkId().equals(checkId))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(checkId + " was not assessed"));
    }

    /** Those of the findings that nothing of the list is about. */
    static List<Finding> notAmong(List<Finding> findings, List<Finding> others) {
        List<Finding> left = new ArrayList<>(findings);
        others.forEach(left::remove);
        return left;
    }

    /** Whether a request creates a Conditional Access policy. */
    static boolean createsPolicy(ChangeRequest request) {
        return request.method() == ChangeRequest.Method.POST && path(request).equals(POLICIES);
    }

    /** As it is written: it may name by {@code ${id.id}} what is not there yet. */
    private static String path(ChangeRequest request) {
        return request.url().path().toLowerCase(Locale.ROOT);
    }
}
