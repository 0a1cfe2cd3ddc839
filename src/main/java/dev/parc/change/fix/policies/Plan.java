package dev.parc.change.fix.policies;

import dev.parc.change.ChangeRequest;
import dev.parc.change.ChangeRequest.Method;
import dev.parc.change.ChangeUrl;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Policies that are to be changed or created.
 *
 * @param steps one for each policy
 */
record Plan(List<Step> steps) {

    private static final String POLICIES = "/identity/conditionalAccess/policies";

    /**
     * One policy.
     *
     * @param before as it is; empty if it is to be created
     * @param why for whoever reviews the request
     */
    record Step(Optional<ConditionalAccessPolicy> before, ConditionalAccessPolicy after, String why) {}

    Plan {
        steps = List.copyOf(steps);
    }

    /** Both; empty if they change the same policy. */
    Optional<Plan> and(Plan other) {
        List<String> mine = changed();
        return other.changed().stream().anyMatch(mine::contains)
                ? Optional.empty()
                : Optional.of(new Plan(
                        Stream.of(steps, other.steps).flatMap(List::stream).toList()));
    }

    private List<String> changed() {
        return steps.stream()
                .flatMap(step -> step.before().stream())
                .map(ConditionalAccessPolicy::id)
                .toList();
    }

    /** The policies of the tenant as they would be. */
    List<ConditionalAccessPolicy> in(List<ConditionalAccessPolicy> policies) {
        Map<String, ConditionalAccessPolicy> after = new LinkedHashMap<>();
        policies.forEach(policy -> after.put(policy.id(), policy));
        int created = 0;
        for (Step step : steps) {
            after.put(step.before().map(ConditionalAccessPolicy::id).orElse("new " + created++), step.after());
        }
        return List.copyOf(after.values());
    }

    /** Whether one of the policies is for everybody. */
    boolean forEverybody() {
        return steps.stream().anyMatch(step -> step.after().forEverybody());
    }

    /** Whether one of the policies would be for accounts by their ids that it was not for. */
    boolean namesUsers() {
        return steps.stream().anyMatch(step -> {
            Set<String> named = new HashSet<>(step.after().users().includeUsers());
            step.before().ifPresent(policy -> named.removeAll(policy.users().includeUsers()));
            named.remove("All");
            return !named.isEmpty();
        });
    }

    /** The requests that make it so. */
    List<ChangeRequest> requests() {
        List<ChangeRequest> requests = new ArrayList<>();
        for (Step step : steps) {
            requests.add(new ChangeRequest(
                    "policy-" + (requests.size() + 1),
                    step.before().isPresent() ? Method.PATCH : Method.POST,
                    ChangeUrl.of(POLICIES
                            + step.before().map(policy -> "/" + policy.id()).orElse("")),
                    Optional.of(
                            step.before().isPresent()
                                    ? PolicyBody.change(step.before().get(), step.after())
                                    : PolicyBody.whole(step.after())),
                    List.of(),
                    step.why()));
        }
        return requests;
    }
}
