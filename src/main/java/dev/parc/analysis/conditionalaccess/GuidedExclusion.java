package dev.parc.analysis.conditionalaccess;

import dev.parc.facts.directory.MicrosoftApplication;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An application that an enabled policy leaves out as Microsoft's own guides ask, so that a person attests it. */
public record GuidedExclusion(ConditionalAccessPolicy policy, MicrosoftApplication application) {

    /** Those of the enabled policies of these names. */
    static List<GuidedExclusion> of(List<ConditionalAccessPolicy> policies, Collection<String> policyNames) {
        return policies.stream()
                .filter(policy -> policy.state() == ConditionalAccessPolicy.State.ENABLED
                        && policyNames.contains(policy.displayName()))
                .flatMap(policy -> policy.applications().exclude().stream()
                        .flatMap(id -> guided(id).stream())
                        .sorted()
                        .map(application -> new GuidedExclusion(policy, application)))
                .sorted(Comparator.comparing(exclusion -> exclusion.policy().displayName()))
                .toList();
    }

    /** The policy as if it left out no application that guides ask to leave out. */
    static ConditionalAccessPolicy without(ConditionalAccessPolicy policy) {
        Set<String> exclude = policy.applications().exclude().stream()
                .filter(id -> guided(id).isEmpty())
                .collect(Collectors.toSet());
        return exclude.size() == policy.applications().exclude().size() ? policy : policy.leavingOut(exclude);
    }

    private static Optional<MicrosoftApplication> guided(String id) {
        return MicrosoftApplication.of(id)
                .filter(application -> application.leftOutWhere().isPresent());
    }

    /** In words, to stand after the name of the policy. */
    public String inWords() {
        return "excludes the application %s, as Microsoft's guides ask %s; confirm that it has to"
                .formatted(application.title(), application.leftOutWhere().orElseThrow());
    }
}
