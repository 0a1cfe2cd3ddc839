package dev.parc.change.fix.policies;

import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.Applications;
import dev.parc.facts.policies.ConditionalAccessPolicy.Grant;
import dev.parc.facts.policies.ConditionalAccessPolicy.Guests;
import dev.parc.facts.policies.ConditionalAccessPolicy.Scope;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.policies.ConditionalAccessPolicy.Users;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Conditional Access policy as it would be, one part after the other put otherwise.
 *
 * @param policy all of it
 */
record PolicyDraft(ConditionalAccessPolicy policy) {

    /** A new policy for everybody at every application from everywhere, switched on. */
    static PolicyDraft create(String name, Grant grant) {
        return new PolicyDraft(new ConditionalAccessPolicy(
                "new",
                name,
                State.ENABLED,
                new Users(
                        Set.of("All"),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Optional.empty(),
                        Optional.empty()),
                new Applications(Set.of("All"), Set.of(), Set.of(), Set.of()),
                Set.of("all"),
                Scope.ANY,
                Scope.ANY,
                Optional.empty(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.of(grant),
                false,
                false,
                List.of()));
    }

    PolicyDraft switchedOn() {
        return new PolicyDraft(policy.in(State.ENABLED));
    }

    PolicyDraft fromEveryPlace() {
        return with(policy.users(), policy.applications(), policy.clientAppTypes(), policy.platforms(), Scope.ANY);
    }

    PolicyDraft onEveryPlatform() {
        return with(policy.users(), policy.applications(), policy.clientAppTypes(), Scope.ANY, policy.locations());
    }

    PolicyDraft forClients(Set<String> types) {
        return with(policy.users(), policy.applications(), types, policy.platforms(), policy.locations());
    }

    PolicyDraft forEveryApplication() {
        Applications old = policy.applications();
        return forApplications(
                new Applications(Set.of("All"), old.exclude(), old.userActions(), old.authenticationContexts()));
    }

    PolicyDraft forExcludedApplication(String id) {
        Applications old = policy.applications();
        return forApplications(new Applications(
                old.include(), without(old.exclude(), id), old.userActions(), old.authenticationContexts()));
    }

    private PolicyDraft forApplications(Applications applications) {
        return with(policy.users(), applications, policy.clientAppTypes(), policy.platforms(), policy.locations());
    }

    PolicyDraft forEverybody() {
        Users old = policy.users();
        return forUsers(new Users(
                Set.of("All"),
                old.excludeUsers(),
                Set.of(),
                old.excludeGroups(),
                Set.of(),
                old.excludeRoles(),
                Optional.empty(),
                old.excludeGuests()));
    }

    PolicyDraft forRolesToo(Set<String> roles) {
        Users old = policy.users();
        return forUsers(new Users(
                without(old.includeUsers(), "None"),
                old.excludeUsers(),
                old.includeGroups(),
                old.excludeGroups(),
                union(old.includeRoles(), roles),
                old.excludeRoles(),
                old.includeGuests(),
                old.excludeGuests()));
    }

    /** For these roles and nobody else. */
    PolicyDraft forRolesOnly(Set<String> roles) {
        Users old = policy.users();
        return forUsers(new Users(
                Set.of(),
                old.excludeUsers(),
                Set.of(),
                old.excludeGroups(),
                roles,
                old.excludeRoles(),
                Optional.empty(),
                old.excludeGuests()));
    }

    PolicyDraft forUsersToo(Set<String> ids) {
        Users old = policy.users();
        return forUsers(new Users(
                union(without(old.includeUsers(), "None"), ids),
                old.excludeUsers(),
                old.includeGroups(),
                old.excludeGroups(),
                old.includeRoles(),
                old.excludeRoles(),
                old.includeGuests(),
                old.excludeGuests()));
    }

    PolicyDraft forExcludedUser(String id) {
        Users old = policy.users();
        return excluding(without(old.excludeUsers(), id), old.excludeGroups(), old.excludeRoles(), old.excludeGuests());
    }

    PolicyDraft forExcludedGroup(String id) {
        Users old = policy.users();
        return excluding(old.excludeUsers(), without(old.excludeGroups(), id), old.excludeRoles(), old.excludeGuests());
    }

    PolicyDraft forExcludedRole(String id) {
        Users old = policy.users();
        return excluding(old.excludeUsers(), old.excludeGroups(), without(old.excludeRoles(), id), old.excludeGuests());
    }

    PolicyDraft forExcludedGuests() {
        Users old = policy.users();
        return excluding(old.excludeUsers(), old.excludeGroups(), old.excludeRoles(), Optional.empty());
    }

    PolicyDraft leavingOut(Set<String> users, Set<String> groups, Set<String> roles) {
        Users old = policy.users();
        return excluding(
                union(old.excludeUsers(), users),
                union(old.excludeGroups(), groups),
                union(old.excludeRoles(), roles),
                old.excludeGuests());
    }

    private PolicyDraft excluding(Set<String> users, Set<String> groups, Set<String> roles, Optional<Guests> guests) {
        Users old = policy.users();
        return forUsers(new Users(
                old.includeUsers(),
                users,
                old.includeGroups(),
                groups,
                old.includeRoles(),
                roles,
                old.includeGuests(),
                guests));
    }

    private PolicyDraft forUsers(Users users) {
        return with(users, policy.applications(), policy.clientAppTypes(), policy.platforms(), policy.locations());
    }

    private PolicyDraft with(
            Users users, Applications applications, Set<String> clients, Scope platforms, Scope locations) {
        return with(
                users,
                applications,
                clients,
                platforms,
                locations,
                policy.deviceFilter(),
                policy.signInRisks(),
                policy.userRisks(),
                policy.insiderRisks(),
                policy.authenticationFlows());
    }

    PolicyDraft onEveryDevice() {
        return conditions(
                Optional.empty(),
                policy.signInRisks(),
                policy.userRisks(),
                policy.insiderRisks(),
                policy.authenticationFlows());
    }

    PolicyDraft atSignInRisks(Set<String> risks) {
        return conditions(
                policy.deviceFilter(), risks, policy.userRisks(), policy.insiderRisks(), policy.authenticationFlows());
    }

    PolicyDraft atUserRisks(Set<String> risks) {
        return conditions(
                policy.deviceFilter(),
                policy.signInRisks(),
                risks,
                policy.insiderRisks(),
                policy.authenticationFlows());
    }

    PolicyDraft inFlows(Set<String> flows) {
        return conditions(
                policy.deviceFilter(), policy.signInRisks(), policy.userRisks(), policy.insiderRisks(), flows);
    }

    private PolicyDraft conditions(
            Optional<ConditionalAccessPolicy.DeviceFilter> devices,
            Set<String> signInRisks,
            Set<String> userRisks,
            Set<String> insiderRisks,
            Set<String> flows) {
        return with(
                policy.users(),
                policy.applications(),
                policy.clientAppTypes(),
                policy.platforms(),
                policy.locations(),
                devices,
                signInRisks,
                userRisks,
                insiderRisks,
                flows);
    }

    private PolicyDraft with(
            Users users,
            Applications applications,
            Set<String> clients,
            Scope platforms,
            Scope locations,
            Optional<ConditionalAccessPolicy.DeviceFilter> devices,
            Set<String> signInRisks,
            Set<String> userRisks,
            Set<String> insiderRisks,
            Set<String> flows) {
        return new PolicyDraft(new ConditionalAccessPolicy(
                policy.id(),
                policy.displayName(),
                policy.state(),
                users,
                applications,
                clients,
                platforms,
                locations,
                devices,
                signInRisks,
                userRisks,
                insiderRisks,
                flows,
                policy.grant(),
                policy.cloudAppSecurity(),
                policy.everyTime(),
                policy.notModelled()));
    }

    private static Set<String> without(Set<String> all, String one) {
        return all.stream().filter(other -> !other.equalsIgnoreCase(one)).collect(Collectors.toSet());
    }

    static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Stream.of(some, others).forEach(all::addAll);
        return Set.copyOf(all);
    }
}
