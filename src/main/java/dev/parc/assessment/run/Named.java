package dev.parc.assessment.run;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.azure.AzureEstate;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.check.SubjectType;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import java.util.ArrayList;
import java.util.List;

/**
 * Something of the tenant that the sentences of a run may name, so that whoever shows them can lead to it.
 *
 * @param id by which the portals know it
 */
public record Named(SubjectType type, String id, String name) {

    /** The policies, the groups on the way to a role, those that policies exclude, and the subscriptions, as far as they were read. */
    public static List<Named> of(Facts facts) {
        List<Named> named = new ArrayList<>();
        if (facts.asksFor(FactKind.CONDITIONAL_ACCESS_POLICIES)) {
            ConditionalAccess.of(facts)
                    .policies()
                    .forEach(policy -> named.add(new Named(SubjectType.POLICY, policy.id(), policy.displayName())));
        }
        Administrators.of(facts).all().stream()
                .flatMap(administrator -> administrator.holdings().stream())
                .flatMap(holding -> holding.path().stream())
                .forEach(hop -> named.add(new Named(SubjectType.GROUP, hop.groupId(), hop.groupName())));
        if (facts.asksFor(FactKind.EXCLUDED_GROUPS)) {
            facts.excludedGroups()
                    .forEach(group -> named.add(new Named(SubjectType.GROUP, group.id(), group.displayName())));
        }
        if (facts.asksFor(FactKind.AZURE_SUBSCRIPTIONS)) {
            AzureEstate.of(facts)
                    .subscriptions()
                    .forEach(one -> named.add(new Named(SubjectType.SUBSCRIPTION, one.id(), one.displayName())));
        }
        return named.stream().distinct().toList();
    }
}
