package dev.parc.check;

import static dev.parc.check.TenantBuilder.id;

import dev.parc.facts.FactKind;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.DeviceRegistration;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.SensitivityLabel;
import dev.parc.facts.directory.SyncState;
import dev.parc.facts.policies.AuthenticationMethods;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.policies.ExcludedMembers;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.policies.SecurityDefaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Fills a {@link TenantBuilder} with policies, whom they name and leave out, and with settings of the whole tenant. */
interface TenantPolicies extends TenantFacts {

    Set<String> ALL_METHODS = Set.of(
            "Fido2",
            "MicrosoftAuthenticator",
            "Sms",
            "Voice",
            "SoftwareOath",
            "HardwareOath",
            "TemporaryAccessPass",
            "X509Certificate");

    default TenantBuilder policy(ConditionalAccessPolicy policy) {
        return add(FactKind.CONDITIONAL_ACCESS_POLICIES, policy);
    }

    /** Tells of every account in which of the groups it is. */
    default TenantBuilder inGroups(Account account, String... groupIds) {
        return add(FactKind.GROUP_MEMBERSHIPS, new GroupMembership(account.id(), Set.of(groupIds)));
    }

    /** Tells in which of the groups that policies name a group is. */
    default TenantBuilder groupInGroups(String groupId, String... groupIds) {
        return add(FactKind.GROUP_MEMBERSHIPS, new GroupMembership(groupId, Set.of(groupIds)));
    }

    /** The account is in none of the groups that policies name, and can activate membership of this one. */
    default TenantBuilder canJoin(Account account, String groupId) {
        return add(FactKind.GROUP_MEMBERSHIPS, new GroupMembership(account.id(), Set.of(), Set.of(groupId)));
    }

    /** A role-assignable group that a policy excludes, with these members. */
    default TenantBuilder excludedGroup(String id, Account... members) {
        return excludedGroup(new ExcludedGroup(
                        id, id, true, true, false, Optional.empty(), SyncState.NEVER_SYNCED, List.of()))
                .excludedMembers(id, members.length, members);
    }

    /** An ordinary group that a policy excludes and nobody is in, with these owners. */
    default TenantBuilder openGroup(String id, ExcludedGroup.Principal... owners) {
        return excludedGroup(new ExcludedGroup(
                        id, id, true, false, false, Optional.empty(), SyncState.NEVER_SYNCED, List.of(owners)))
                .excludedMembers(id, 0);
    }

    default TenantBuilder excludedGroup(ExcludedGroup group) {
        of(FactKind.EXCLUDED_GROUPS).removeIf(old -> ((ExcludedGroup) old).id().equals(group.id()));
        return add(FactKind.EXCLUDED_GROUPS, group);
    }

    /** So many are in the excluded group, of whom these were read. */
    default TenantBuilder excludedMembers(String groupId, int count, Account... read) {
        of(FactKind.EXCLUDED_MEMBERS)
                .removeIf(old -> ((ExcludedMembers) old).groupId().equals(groupId));
        return add(
                FactKind.EXCLUDED_MEMBERS,
                new ExcludedMembers(
                        groupId,
                        count,
                        Stream.of(read)
                                .map(account -> new ExcludedGroup.Principal(
                                        account.id(), PrincipalType.USER, account.signInName()))
                                .toList()));
    }

    /** A trusted location of addresses. */
    default TenantBuilder trustedLocation(String id, String range) {
        return add(
                FactKind.NAMED_LOCATIONS,
                new NamedLocation(id, id, NamedLocation.Kind.IP, true, List.of(range), Set.of(), false));
    }

    /** The methods that the authentication methods policy enables, and no others. */
    default TenantBuilder authenticationMethods(String... enabled) {
        Map<String, AuthenticationMethods.Targets> everybody = new HashMap<>();
        Stream.of(enabled)
                .forEach(method -> everybody.put(
                        method, new AuthenticationMethods.Targets(Set.of(AuthenticationMethods.EVERYBODY), Set.of())));
        return authenticationMethods(everybody, true);
    }

    /** The methods that the authentication methods policy enables, and for whom; no others. */
    default TenantBuilder authenticationMethods(Map<String, AuthenticationMethods.Targets> targets, boolean migrated) {
        of(FactKind.AUTHENTICATION_METHODS_POLICY).clear();
        return add(
                FactKind.AUTHENTICATION_METHODS_POLICY,
                new AuthenticationMethods(targets.keySet(), ALL_METHODS, targets, migrated));
    }

    /** Certificates are for the group "smart cards" without those in "left out"; the account is in this group, or in both. */
    default TenantBuilder certificatesByGroup(Account account, String group) {
        return authenticationMethods(
                        Map.of(
                                "X509Certificate",
                                new AuthenticationMethods.Targets(Set.of("smart cards"), Set.of("left out"))),
                        true)
                .add(
                        FactKind.METHOD_GROUP_MEMBERSHIPS,
                        new GroupMembership(
                                account.id(),
                                group.equals("left out") ? Set.of("smart cards", group) : Set.of(group),
                                Set.of()));
    }

    default TenantBuilder securityDefaults(boolean on) {
        of(FactKind.SECURITY_DEFAULTS).clear();
        return add(FactKind.SECURITY_DEFAULTS, new SecurityDefaults(on));
    }

    default TenantBuilder deviceRegistration(
            DeviceRegistration.Scope joining,
            DeviceRegistration.Scope joinerIsAdministrator,
            boolean globalAdministratorsAreLocal,
            boolean localPasswordsKept) {
        of(FactKind.DEVICE_REGISTRATION).clear();
        return add(
                FactKind.DEVICE_REGISTRATION,
                new DeviceRegistration(
                        joining, joinerIsAdministrator, globalAdministratorsAreLocal, localPasswordsKept));
    }

    default TenantBuilder label(String name, boolean protects) {
        return add(FactKind.SENSITIVITY_LABELS, new SensitivityLabel(id(name), name, protects, true));
    }

    /** A label that is off. */
    default TenantBuilder labelOff(String name) {
        return add(FactKind.SENSITIVITY_LABELS, new SensitivityLabel(id(name), name, true, false));
    }
}
