package dev.parc.assessment.run;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.azure.AzureEstate;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.check.SubjectType;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.EnterpriseApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something of the tenant that the sentences of a run may name, so that whoever shows them can lead to it.
 *
 * @param id by which the portals know it
 */
public record NamedObject(SubjectType type, String id, String name) {

    /**
     * The policies and the applications that these name, the groups on the way to a role, those that policies exclude, and the
     * subscriptions, as far as they were read.
     */
    public static List<NamedObject> of(Facts facts) {
        List<NamedObject> named = new ArrayList<>();
        if (facts.asksFor(FactKind.CONDITIONAL_ACCESS_POLICIES)) {
            ConditionalAccess.of(facts)
                    .policies()
                    .forEach(policy ->
                            named.add(new NamedObject(SubjectType.POLICY, policy.id(), policy.displayName())));
        }
        if (facts.asksForAll(Set.of(FactKind.CONDITIONAL_ACCESS_POLICIES, FactKind.ENTERPRISE_APPLICATIONS))) {
            Set<String> byPolicies = ConditionalAccess.of(facts).policies().stream()
                    .flatMap(policy -> Stream.concat(
                            policy.applications().include().stream(), policy.applications().exclude().stream()))
                    .collect(Collectors.toSet());
            facts.<EnterpriseApplication>list(FactKind.ENTERPRISE_APPLICATIONS).stream()
                    .filter(one -> byPolicies.contains(one.appId()))
                    .forEach(one ->
                            named.add(new NamedObject(SubjectType.SERVICE_PRINCIPAL, one.id(), one.displayName())));
        }
        Administrators.of(facts).all().stream()
                .flatMap(administrator -> administrator.holdings().stream())
                .flatMap(holding -> holding.path().stream())
                .forEach(hop -> named.add(new NamedObject(SubjectType.GROUP, hop.groupId(), hop.groupName())));
        if (facts.asksFor(FactKind.EXCLUDED_GROUPS)) {
            facts.excludedGroups()
                    .forEach(group -> named.add(new NamedObject(SubjectType.GROUP, group.id(), group.displayName())));
        }
        if (facts.asksFor(FactKind.AZURE_SUBSCRIPTIONS)) {
            AzureEstate.of(facts)
                    .subscriptions()
                    .forEach(one -> named.add(new NamedObject(SubjectType.SUBSCRIPTION, one.id(), one.displayName())));
        }
        return named.stream().distinct().toList();
    }
}
