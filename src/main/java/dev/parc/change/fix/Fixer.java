package dev.parc.change.fix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.CheckResult;
import dev.parc.change.Change;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeRequest;
import dev.parc.change.fix.Proposal.Alternative;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Proves what a fix proposes and takes the smallest of what is proved: what closes most findings, then what has to create no
 * Conditional Access policy unless policies are enforced, then fewest requests, then fewest accounts newly asked (administrators only
 * before everybody), then as the fix prefers. What is not proved is not taken.
 */
public final class Fixer {

    private static final String ON = "enabled";
    private static final String REPORT_ONLY = "enabledForReportingButNotEnforced";

    private final boolean enforce;
    private final Attempt.Prover prover;

    /**
     * @param enforce whether new Conditional Access policies are written as switched on; else in report-only mode
     * @param prover proves a change on the tenant
     */
    public Fixer(boolean enforce, Attempt.Prover prover) {
        this.enforce = enforce;
        this.prover = prover;
    }

    /** What puts the item right. */
    public Solution solve(Fix fix, OpenItem item) {
        CheckResult result = item.result();
        if (result.outcome() == Outcome.PASS
                || result.outcome() == Outcome.NOT_APPLICABLE
                || result.outcome() == Outcome.NOT_ASSESSED) {
            return new Solution(result, Optional.empty(), List.of(), List.of());
        }
        Proposal proposal = fix.propose(item);
        List<Alternative> inOrder = proposal.alternatives().stream()
                .filter(alternative -> !alternative.requests().isEmpty()
                        && !alternative.closes().isEmpty()
                        && alternative.requests().size() <= Change.MOST_REQUESTS)
                .limit(Proposal.MOST_ALTERNATIVES)
                .sorted(Comparator.comparing(this::rank))
                .toList();
        List<Solution.Refused> refused = new ArrayList<>();
        Optional<Solution.Chosen> chosen = Optional.empty();
        Optional<Rank> taken = Optional.empty();
        for (Alternative alternative : inOrder) {
            Rank rank = rank(alternative);
            if (taken.isPresent() && !taken.get().equals(rank)) {
                break;
            }
            Optional<Solution.Chosen> proved = proved(result, alternative, refused);
            if (proved.isPresent() && (chosen.isEmpty() || asksFewer(proved.get(), chosen.get()))) {
                chosen = proved;
                taken = Optional.of(rank);
            }
        }
        List<Finding> open = Objections.notAmong(
                result.findings(), chosen.map(Solution.Chosen::closes).orElse(List.of()));
        return new Solution(result, chosen, left(result, proposal, open), refused);
    }

    private static boolean asksFewer(Solution.Chosen one, Solution.Chosen other) {
        return Comparator.comparing(
                                (Solution.Chosen chosen) -> chosen.alternative().everybody())
                        .thenComparing(chosen -> chosen.attempt().newlyAsked())
                        .compare(one, other)
                < 0;
    }

    /** What is compared before anything is proved. */
    private record Rank(int open, boolean waits, int requests) implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            return Comparator.comparingInt(Rank::open)
                    .thenComparing(Rank::waits)
                    .thenComparingInt(Rank::requests)
                    .compare(this, other);
        }
    }

    private Rank rank(Alternative alternative) {
        return new Rank(
                -alternative.closes().size(),
                !enforce && createsPolicy(alternative),
                alternative.requests().size());
    }

    private static boolean createsPolicy(Alternative alternative) {
        return alternative.requests().stream().anyMatch(Objections::createsPolicy);
    }

    private Optional<Solution.Chosen> proved(
            CheckResult item, Alternative alternative, List<Solution.Refused> refused) {
        Attempt attempt;
        try {
            attempt = prover.prove(new Change(alternative.requests()));
        } catch (ChangeException e) {
            refused.add(new Solution.Refused(inWords(alternative), List.of(String.valueOf(e.getMessage()))));
            return Optional.empty();
        }
        List<String> objections = Objections.to(item, alternative, attempt);
        if (!objections.isEmpty()) {
            refused.add(new Solution.Refused(inWords(alternative), objections));
            return Optional.empty();
        }
        boolean reportOnly = !enforce && createsPolicy(alternative);
        Change written = new Change(
                alternative.requests().stream()
                        .map(request -> reportOnly ? inReportOnly(request) : request)
                        .toList(),
                attempt.change().provedOn());
        return Optional.of(new Solution.Chosen(
                written, attempt, reportOnly, alternative, Objections.result(attempt.after(), item.checkId())));
    }

    private static ChangeRequest inReportOnly(ChangeRequest request) {
        if (!Objections.createsPolicy(request)) {
            return request;
        }
        return request.with(request.url(), request.body().map(body -> {
            ObjectNode copy = body.deepCopy();
            if (copy.path("state").asText().equals(ON)) {
                copy.put("state", REPORT_ONLY);
            }
            return copy;
        }));
    }

    private static String inWords(Alternative alternative) {
        ChangeRequest first = alternative.requests().get(0);
        String why = first.why().isEmpty() ? first.inWords() : first.why();
        int more = alternative.requests().size() - 1;
        return more == 0 ? why : why + ", and " + more + " more";
    }

    private static List<String> left(CheckResult item, Proposal proposal, List<Finding> open) {
        List<String> left = new ArrayList<>();
        Set<Finding> said = new HashSet<>();
        for (Proposal.Left one : proposal.left()) {
            if (open.contains(one.finding())) {
                left.add(one.inWords());
                said.add(one.finding());
            }
        }
        open.stream()
                .filter(finding -> !said.contains(finding))
                .forEach(finding -> left.add(finding.subjectName() + " " + finding.message()));
        return left;
    }
}
