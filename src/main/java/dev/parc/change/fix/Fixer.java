package dev.parc.change.fix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.CheckResult;
import dev.parc.change.Change;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeJson;
import dev.parc.change.ChangeRequest;
import dev.parc.change.fix.Proposal.Alternative;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Proves what a fix proposes and takes the smallest of what is proved: what closes most findings, then what has to create no
 * Conditional Access policy unless policies are enforced, then fewest requests, then fewest accounts newly asked (administrators only
 * before everybody), then as the fix prefers. What is not proved is not taken. Where nothing but accounts of administrators stands in
 * the way of what would be preferred, the fix is asked again with these spared.
 */
public final class Fixer {

    /** So often a fix is asked again, with those spared who stood in the way. */
    private static final int MOST_ROUNDS = 3;

    private static final String ON = "enabled";
    private static final String REPORT_ONLY = "enabledForReportingButNotEnforced";

    private final boolean enforce;
    private final ProvedChange.Prover prover;

    /**
     * @param enforce whether new Conditional Access policies are written as switched on; else in report-only mode
     * @param prover proves a change on the tenant
     */
    public Fixer(boolean enforce, ProvedChange.Prover prover) {
        this.enforce = enforce;
        this.prover = prover;
    }

    /** What puts the item right. */
    public Solution solve(Fix fix, OpenItem item) {
        CheckResult result = item.result();
        if (result.outcome() != Outcome.FAIL && result.outcome() != Outcome.REVIEW) {
            return new Solution(result, Optional.empty(), false, List.of(), List.of());
        }
        Search search = new Search(result);
        OpenItem asked = item;
        List<Proposal> proposals = new ArrayList<>();
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Proposal proposal = fix.propose(asked);
            if (proposals.contains(proposal)) {
                break;
            }
            proposals.add(proposal);
            Map<String, String> inTheWay = search.among(proposal.alternatives());
            if (inTheWay.isEmpty()) {
                break;
            }
            asked = asked.sparing(inTheWay.keySet());
        }
        List<Finding> open = Objections.notAmong(
                result.findings(), search.chosen.map(Solution.Chosen::closes).orElse(List.of()));
        return new Solution(
                result,
                search.chosen,
                search.chosen.filter(chosen -> narrower(chosen, proposals)).isPresent(),
                left(
                        proposals.stream()
                                .flatMap(proposal -> proposal.left().stream())
                                .toList(),
                        open),
                search.refused);
    }

    private boolean narrower(Solution.Chosen chosen, List<Proposal> proposals) {
        return !enforce
                && chosen.alternative().everybody()
                && !chosen.reportOnly()
                && proposals.stream()
                        .flatMap(proposal -> proposal.alternatives().stream())
                        .anyMatch(other -> createsPolicy(other)
                                && !other.everybody()
                                && other.closes().containsAll(chosen.closes()));
    }

    /** The search among alternatives for the smallest that is proved. */
    private final class Search {

        private final CheckResult item;
        private final List<Solution.Refused> refused = new ArrayList<>();
        /** Who was found to be in the way, and why. */
        private final Map<String, String> spared = new LinkedHashMap<>();

        private Optional<Solution.Chosen> chosen = Optional.empty();

        Search(CheckResult item) {
            this.item = item;
        }

        /** Looks at these too; gives who stands in the way of the one that would be preferred, if nothing else does. */
        Map<String, String> among(List<Alternative> alternatives) {
            List<Alternative> inOrder = alternatives.stream()
                    .filter(alternative -> !alternative.requests().isEmpty()
                            && !alternative.closes().isEmpty()
                            && alternative.requests().size() <= Change.MOST_REQUESTS)
                    .sorted(Comparator.comparing(Fixer.this::rank))
                    .limit(Proposal.MOST_ALTERNATIVES)
                    .toList();
            Map<String, String> inTheWay = new LinkedHashMap<>();
            for (Alternative alternative : inOrder) {
                if (chosen.isPresent() && rank(chosen.get().alternative()).compareTo(rank(alternative)) < 0) {
                    break;
                }
                Map<String, String> its = proved(alternative);
                if (inTheWay.isEmpty() && chosen.isEmpty()) {
                    inTheWay.putAll(its);
                }
            }
            spared.putAll(inTheWay);
            return inTheWay;
        }

        /** Takes the alternative if it is proved and better than what was taken; else gives who alone stands in its way. */
        private Map<String, String> proved(Alternative alternative) {
            ProvedChange attempt;
            try {
                attempt = prover.prove(new Change(alternative.requests()));
            } catch (ChangeException e) {
                refused.add(new Solution.Refused(inWords(alternative), List.of(String.valueOf(e.getMessage()))));
                return Map.of();
            }
            List<String> objections = Objections.to(item, alternative, attempt);
            if (!objections.isEmpty()) {
                refused.add(new Solution.Refused(inWords(alternative), objections));
                return Objections.inTheWay(attempt);
            }
            Solution.Chosen proved = chosen(alternative, attempt);
            if (chosen.isEmpty() || isSmaller(proved, chosen.get())) {
                chosen = Optional.of(proved);
            }
            return Map.of();
        }

        private Solution.Chosen chosen(Alternative alternative, ProvedChange attempt) {
            boolean reportOnly = !enforce && createsPolicy(alternative);
            return new Solution.Chosen(
                    new Change(
                            alternative.requests().stream()
                                    .map(request -> reportOnly ? inReportOnly(request) : request)
                                    .map(ChangeJson::writable)
                                    .toList(),
                            attempt.change().provedOn()),
                    attempt,
                    reportOnly,
                    alternative,
                    List.copyOf(spared.values()),
                    Objections.result(attempt.after(), item.checkId()));
        }
    }

    private boolean isSmaller(Solution.Chosen one, Solution.Chosen other) {
        return Comparator.comparing((Solution.Chosen chosen) -> rank(chosen.alternative()))
                        .thenComparing(chosen -> chosen.alternative().everybody())
                        .thenComparing(chosen -> chosen.attempt().newlyAsked())
                        .compare(one, other)
                < 0;
    }

    /** What is compared before anything is proved. */
    private record Rank(int closed, boolean waits, int requests) implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            return Comparator.comparingInt(Rank::closed)
                    .reversed()
                    .thenComparing(Rank::waits)
                    .thenComparingInt(Rank::requests)
                    .compare(this, other);
        }
    }

    private Rank rank(Alternative alternative) {
        return new Rank(
                alternative.closes().size(),
                !enforce && createsPolicy(alternative),
                alternative.requests().size());
    }

    private static boolean createsPolicy(Alternative alternative) {
        return alternative.requests().stream().anyMatch(Objections::createsPolicy);
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

    private static List<String> left(List<Proposal.Left> told, List<Finding> open) {
        List<String> left = new ArrayList<>();
        Set<Finding> said = new HashSet<>();
        for (Proposal.Left one : told) {
            if (open.contains(one.finding()) && said.add(one.finding())) {
                left.add(one.inWords());
            }
        }
        open.stream()
                .filter(finding -> !said.contains(finding))
                .forEach(finding -> left.add(finding.subjectName() + " " + finding.message()));
        return left;
    }
}
