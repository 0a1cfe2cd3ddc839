package dev.parc.change.fix.roles;

import dev.parc.change.ChangeRequest;
import dev.parc.change.fix.Proposal;
import dev.parc.change.fix.Proposal.Alternative;
import dev.parc.change.fix.Proposal.Left;
import dev.parc.check.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has to be sent for each finding; what two findings take alike is sent once. Not safe for use by several threads. */
final class Steps {

    /** So many findings are left out, and tried, one by one where all together are not proved. */
    private static final int MOST_ALONE = 8;

    private final Map<String, List<ChangeRequest>> steps = new LinkedHashMap<>();
    private final Map<Finding, Set<String>> byFinding = new LinkedHashMap<>();
    private final Set<Finding> ofGlobalAdministrators = new LinkedHashSet<>();
    private final List<Left> left = new ArrayList<>();

    /** The finding is closed by these steps, each with its requests, together. */
    void close(Finding finding, Map<String, List<ChangeRequest>> needed, boolean takesGlobalAdministrator) {
        needed.forEach(steps::putIfAbsent);
        byFinding.put(finding, new LinkedHashSet<>(needed.keySet()));
        if (takesGlobalAdministrator) {
            ofGlobalAdministrators.add(finding);
        }
    }

    void leave(Finding finding, String what) {
        left.add(new Left(finding, what));
    }

    /** All of it; else all but what takes somebody's Global Administrator, or all but one; else each alone. */
    Proposal proposal(List<String> notes) {
        List<Finding> all = List.copyOf(byFinding.keySet());
        List<Finding> others = all.stream()
                .filter(finding -> !ofGlobalAdministrators.contains(finding))
                .toList();
        List<Alternative> alternatives = new ArrayList<>();
        if (!all.isEmpty()) {
            alternatives.add(alternative(all, notes));
        }
        if (!others.isEmpty() && others.size() < all.size()) {
            alternatives.add(alternative(others, notes));
        }
        if (all.size() > 2) {
            all.stream()
                    .limit(MOST_ALONE)
                    .forEach(one -> alternatives.add(alternative(
                            all.stream().filter(finding -> !finding.equals(one)).toList(), notes)));
        }
        if (all.size() > 1) {
            all.stream().limit(MOST_ALONE).forEach(finding -> alternatives.add(alternative(List.of(finding), notes)));
        }
        return new Proposal(alternatives, left);
    }

    private Alternative alternative(List<Finding> findings, List<String> notes) {
        Set<String> needed = new LinkedHashSet<>();
        byFinding.forEach((finding, keys) -> {
            if (findings.contains(finding)) {
                needed.addAll(keys);
            }
        });
        List<ChangeRequest> requests = new ArrayList<>();
        steps.forEach((key, its) -> {
            if (needed.contains(key)) {
                requests.addAll(its);
            }
        });
        return new Alternative(requests, findings, notes, false);
    }
}
