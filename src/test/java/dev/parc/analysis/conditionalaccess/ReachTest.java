package dev.parc.analysis.conditionalaccess;

import static dev.parc.analysis.conditionalaccess.Reaches.ANN;
import static dev.parc.analysis.conditionalaccess.Reaches.bare;
import static dev.parc.analysis.conditionalaccess.Reaches.blockedBy;
import static dev.parc.analysis.conditionalaccess.Reaches.reach;
import static dev.parc.analysis.conditionalaccess.Reaches.registered;
import static dev.parc.analysis.conditionalaccess.Reaches.with;
import static dev.parc.analysis.signin.SignInMeans.MANAGED_DEVICE;
import static dev.parc.analysis.signin.SignInMeans.PHONE;
import static dev.parc.analysis.signin.SignInMeans.TRUSTED_NETWORK;
import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.conditionalaccess.ReachDecision.LockedOut;
import dev.parc.analysis.conditionalaccess.ReachDecision.Reachable;
import dev.parc.analysis.conditionalaccess.ReachDecision.Undecided;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whether an account gets in past the policies that are in its way. */
class ReachTest {

    @Test
    void whatWasNotReadIsUndecidedAndNeverReachableOrLockedOut() {
        TenantBuilder unread = bare();
        assertThat(reach(unread)).isInstanceOf(Undecided.class);
        assertThat(reach(unread, SignInMeans.values())).isInstanceOf(Undecided.class);
        assertThat(((Undecided) reach(unread)).because()).contains("what it has registered was not read");
    }

    @Test
    void aBlockLocksOutWhateverIsRegistered() {
        TenantBuilder blocked = with("fido2")
                .policy(policy("no portals")
                        .applications("MicrosoftAdminPortals")
                        .any("block")
                        .build());
        assertThat(blockedBy(reach(blocked))).containsExactly("no portals");
        assertThat(reach(with("fido2")
                        .policy(policy("no mail")
                                .applications("00000002-0000-0ff1-ce00-000000000000")
                                .any("block")
                                .build())))
                .isInstanceOf(Reachable.class);
        assertThat(reach(with("fido2")
                        .policy(policy("no portals")
                                .notForUser(ANN.id())
                                .any("block")
                                .build())))
                .isInstanceOf(Reachable.class);
        assertThat(reach(with("fido2")
                        .policy(policy("trial")
                                .state(ConditionalAccessPolicy.State.REPORT_ONLY)
                                .any("block")
                                .build())))
                .isInstanceOf(Reachable.class);
    }

    @Test
    void aDemandForADeviceLocksOutWithoutOne() {
        for (PolicyBuilder demand : List.of(
                policy("device").any("compliantDevice"),
                policy("device").any("compliantDevice", "domainJoinedDevice"),
                policy("device").every("mfa", "compliantDevice"))) {
            TenantBuilder tenant = with("fido2").policy(demand.build());
            assertThat(reach(tenant)).isInstanceOf(Reachable.class);
            assertThat(blockedBy(reach(tenant, MANAGED_DEVICE))).containsExactly("device");
        }
        TenantBuilder either = with("fido2")
                .policy(policy("device").any("mfa", "compliantDevice").build());
        assertThat(reach(either, MANAGED_DEVICE)).isInstanceOf(Reachable.class);
        TenantBuilder phones = with("fido2")
                .policy(policy("joined").any("domainJoinedDevice").build())
                .policy(policy("no Windows")
                        .platforms(Set.of("windows"), Set.of())
                        .any("block")
                        .build());
        assertThat(blockedBy(reach(phones))).containsExactly("joined", "no Windows");
    }

    @Test
    void aDeviceThatTheDirectoryDoesNotKnowMatchesNoRule() {
        TenantBuilder workstation = with("fido2")
                .policy(policy("workstations")
                        .device(false, "device.extensionAttribute1 -eq \"PAW\"")
                        .any("block")
                        .build());
        assertThat(reach(workstation)).isInstanceOf(Reachable.class);
        assertThat(blockedBy(reach(workstation, MANAGED_DEVICE))).containsExactly("workstations");
        TenantBuilder negated = with("fido2")
                .policy(policy("workstations")
                        .device(false, "device.extensionAttribute1 -ne \"PAW\"")
                        .any("block")
                        .build());
        assertThat(reach(negated, MANAGED_DEVICE)).isInstanceOf(Undecided.class);
    }

    @Test
    void phonesAreNoPlatformWithoutOne() {
        TenantBuilder phones = with("fido2")
                .policy(policy("phones")
                        .platforms(Set.of("all"), Set.of("iOS"))
                        .any("block")
                        .build());
        assertThat(reach(phones)).isInstanceOf(Reachable.class);
        assertThat(blockedBy(reach(phones, PHONE))).containsExactly("phones");
    }

    @Test
    void aTrustedNetworkMayBeGoneAndACountryIsAlwaysThere() {
        TenantBuilder office = with("fido2")
                .trustedLocation("office", "203.0.113.0/24")
                .policy(policy("office")
                        .locations(Set.of("All"), Set.of("office"))
                        .any("block")
                        .build());
        assertThat(reach(office)).isInstanceOf(Reachable.class);
        assertThat(blockedBy(reach(office, TRUSTED_NETWORK))).containsExactly("office");
        TenantBuilder country = with("fido2")
                .add(
                        FactKind.NAMED_LOCATIONS,
                        new NamedLocation(
                                "nl", "NL", NamedLocation.Kind.COUNTRY, false, List.of(), Set.of("NL"), false))
                .policy(policy("country")
                        .locations(Set.of("All"), Set.of("nl"))
                        .any("block")
                        .build());
        assertThat(reach(country, TRUSTED_NETWORK)).isInstanceOf(Reachable.class);
        TenantBuilder trusted = with("fido2")
                .policy(policy("trusted")
                        .locations(Set.of("All"), Set.of("AllTrusted"))
                        .any("block")
                        .build());
        assertThat(reach(trusted)).isInstanceOf(Undecided.class);
        assertThat(blockedBy(reach(trusted, TRUSTED_NETWORK))).containsExactly("trusted");
    }

    @Test
    void aRiskIsNotChosenAndNotThere() {
        assertThat(reach(with("fido2")
                        .policy(policy("risk").userRisks("high").any("block").build())))
                .isInstanceOf(Reachable.class);
        assertThat(reach(with("fido2")
                        .policy(policy("no risk")
                                .signInRisks("none")
                                .any("block")
                                .build())))
                .isInstanceOf(LockedOut.class);
    }

    @Test
    void obstaclesAreWhatNobodyChooses() {
        Reach reach = ConditionalAccess.of(with("fido2")
                        .add(
                                FactKind.NAMED_LOCATIONS,
                                new NamedLocation(
                                        "nl", "NL", NamedLocation.Kind.COUNTRY, false, List.of(), Set.of("NL"), false))
                        .policy(policy("abroad")
                                .locations(Set.of("All"), Set.of("nl"))
                                .any("block")
                                .build())
                        .policy(policy("new password")
                                .userRisks("high")
                                .every("mfa", "passwordChange")
                                .build())
                        .policy(policy("MFA at risk")
                                .signInRisks("high")
                                .any("mfa")
                                .build())
                        .policy(policy("leaver")
                                .insiderRisks("elevated")
                                .any("block")
                                .build())
                        .facts())
                .reach();
        List<Reach.Obstacle> obstacles = reach.obstacles(ANN, EnumSet.allOf(SignInMeans.class));
        assertThat(obstacles.stream().filter(Reach.Obstacle::certain).flatMap(it -> it.by().stream()))
                .containsOnly("abroad", "leaver");
        assertThat(obstacles.stream().filter(it -> !it.certain()).flatMap(it -> it.by().stream()))
                .contains("new password")
                .doesNotContain("MFA at risk");
    }

    @Test
    void nothingIsAnObstacleToWhomNoPolicyIsFor() {
        Reach reach = ConditionalAccess.of(with("fido2")
                        .policy(policy("block")
                                .notForUser(ANN.id())
                                .userRisks("high")
                                .any("block")
                                .build())
                        .facts())
                .reach();
        assertThat(reach.obstacles(ANN, EnumSet.allOf(SignInMeans.class))).isEmpty();
    }

    @Test
    void everyPolicyInTheWayIsNamed() {
        TenantBuilder tenant = with("fido2")
                .policy(policy("one").any("block").build())
                .policy(policy("two").any("compliantDevice").build())
                .policy(policy("three").any("mfa").build());
        LockedOut locked = (LockedOut) reach(tenant, MANAGED_DEVICE);
        assertThat(locked.by()).hasSize(1);
        assertThat(locked.also()).hasSize(1);
        assertThat(List.of(locked.by().get(0), locked.also().get(0))).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void twoPoliciesThatOnlyTogetherBlockAreBothNamed() {
        TenantBuilder tenant = with("fido2")
                .policy(policy("computers")
                        .platforms(Set.of("windows", "macOS", "linux", "unknown"), Set.of())
                        .any("block")
                        .build())
                .policy(policy("phones")
                        .platforms(Set.of("iOS", "android", "windowsPhone"), Set.of())
                        .any("block")
                        .build());
        // what claims to be an unknown platform cannot be blocked by name
        assertThat(reach(tenant)).isInstanceOf(LockedOut.class);
        assertThat(blockedBy(reach(tenant))).containsExactlyInAnyOrder("computers", "phones");
    }

    @Test
    void securityDefaultsDemandMfaOfSixteenRoles() {
        TenantBuilder tenant = tenant().domain("contoso.example", false)
                .globalAdmin(ANN)
                .inGroups(ANN)
                .registered(ANN, false)
                .authenticationMethods("Fido2")
                .securityDefaults(true);
        LockedOut locked = (LockedOut) registered(tenant);
        assertThat(locked.by()).containsExactly(Reach.SECURITY_DEFAULTS);
        assertThat(locked.also()).containsExactly(Reach.MANDATORY_MFA);
    }

    @Test
    void microsoftDemandsMfaInItsPublicCloud() {
        TenantBuilder elsewhere =
                tenant().globalAdmin(ANN).inGroups(ANN).registered(ANN, false).authenticationMethods("Fido2");
        elsewhere.instead(
                FactKind.DOMAINS,
                new Reading.Read(
                        List.of(
                                new Domain("contoso.com", false, false, true),
                                new Domain("contoso.onmicrosoft.us", false, true, true)),
                        List.of()));
        assertThat(registered(elsewhere)).isInstanceOf(Undecided.class);
    }

    @Test
    void whatOnlyMayBeForAnAccountLocksNobodyOut() {
        TenantBuilder unread = tenant().globalAdmin(ANN)
                .authenticationMethods("Fido2")
                .registered(ANN, "fido2")
                .policy(policy("block some")
                        .forNobody()
                        .forGroup("some")
                        .any("block")
                        .build());
        assertThat(reach(unread)).isInstanceOf(Undecided.class);
        assertThat(((Undecided) reach(unread)).because()).contains("block some");
        assertThat(reach(with("fido2")
                        .policy(policy("half read")
                                .notModelled("somethingNew")
                                .any("block")
                                .build())))
                .isInstanceOf(Undecided.class);
        assertThat(reach(with("fido2").policy(policy("vendor").mfaOrCustom("x").build())))
                .isInstanceOf(Reachable.class);
    }

    /** Whoever joins the group has the role and is in the groups around it, of which one is left out and one is meant. */
    @Test
    void aRoleThatIsReachedThroughAGroupIsAskedAboutWithTheGroupsAroundIt() {
        TenantBuilder byGroup = tenant().group("admins", GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .grant("admins", ANN, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                .inGroups(ANN)
                .groupInGroups(TenantBuilder.id("admins"), "around")
                .registered(ANN, "fido2")
                .authenticationMethods("Fido2")
                .policy(policy("around")
                        .forNobody()
                        .forGroup("around")
                        .any("compliantDevice")
                        .build());
        assertThat(reach(byGroup)).isInstanceOf(Reachable.class);
        LockedOut locked = (LockedOut) reach(byGroup, MANAGED_DEVICE);
        assertThat(locked.by()).containsExactly("around");
        assertThat(locked.because()).startsWith("while Global Administrator is active");
        TenantBuilder beside = tenant().group("admins", GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .grant("admins", ANN, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                .inGroups(ANN)
                .groupInGroups(TenantBuilder.id("admins"), "another")
                .registered(ANN, "fido2")
                .authenticationMethods("Fido2")
                .policy(policy("around")
                        .forNobody()
                        .forGroup("around")
                        .any("compliantDevice")
                        .build());
        assertThat(reach(beside, MANAGED_DEVICE)).isInstanceOf(Reachable.class);
        TenantBuilder unread = tenant().group("admins", GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .grant("admins", ANN, GroupGrant.Access.MEMBER, AssignmentKind.ELIGIBLE)
                .inGroups(ANN)
                .unseen(FactKind.GROUP_MEMBERSHIPS, TenantBuilder.id("admins"), "403")
                .registered(ANN, "fido2")
                .authenticationMethods("Fido2")
                .policy(policy("around")
                        .forNobody()
                        .forGroup("around")
                        .any("compliantDevice")
                        .build());
        assertThat(reach(unread, MANAGED_DEVICE)).isInstanceOf(Undecided.class);
    }

    /** A group of no role that the policy leaves out: whether the account has joined it by then is not known. */
    @Test
    void aGroupThatItCouldJoinMayLeaveItOutOfWhatLocksItOut() {
        for (String group : List.of("exempt", "another")) {
            TenantBuilder tenant = tenant().globalAdmin(ANN)
                    .canJoin(ANN, group)
                    .registered(ANN, "fido2")
                    .authenticationMethods("Fido2")
                    .policy(policy("devices")
                            .notForGroup("exempt")
                            .any("compliantDevice")
                            .build());
            assertThat(reach(tenant, MANAGED_DEVICE))
                    .isInstanceOf(group.equals("exempt") ? Undecided.class : LockedOut.class);
        }
    }

    @Test
    void aRoleThatIsActivatedMayLockOutOfItself() {
        TenantBuilder tenant = tenant().holder(ANN, GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .inGroups(ANN)
                .registered(ANN, "fido2")
                .authenticationMethods("Fido2")
                .policy(policy("workstations")
                        .forNobody()
                        .forRole(GLOBAL_ADMINISTRATOR.templateId())
                        .any("compliantDevice")
                        .build());
        assertThat(reach(tenant)).isInstanceOf(Reachable.class);
        LockedOut locked = (LockedOut) reach(tenant, MANAGED_DEVICE);
        assertThat(locked.by()).containsExactly("workstations");
        assertThat(locked.because()).startsWith("while Global Administrator is active");
        TenantBuilder other = tenant().holder(ANN, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .inGroups(ANN)
                .registered(ANN, "fido2")
                .authenticationMethods("Fido2")
                .policy(policy("workstations")
                        .forNobody()
                        .forRole(GLOBAL_ADMINISTRATOR.templateId())
                        .any("compliantDevice")
                        .build());
        assertThat(reach(other, MANAGED_DEVICE)).isInstanceOf(Reachable.class);
    }

    @Test
    void anApplicationThatIsLeftOutIsNotInTheWay() {
        assertThat(reach(with("fido2")
                        .policy(policy("all but portals")
                                .notApplications("MicrosoftAdminPortals", "00000003-0000-0000-c000-000000000000")
                                .any("block")
                                .build())))
                .as("whether Graph can be left out is not certain")
                .isInstanceOf(Undecided.class);
        assertThat(reach(with("fido2")
                        .policy(policy("all but portals")
                                .notApplications("MicrosoftAdminPortals")
                                .any("block")
                                .build())))
                .as("Graph is not left out")
                .isInstanceOf(LockedOut.class);
        assertThat(reach(with("fido2")
                        .policy(policy("Azure")
                                .applications("797f4846-ba00-4fd7-ba43-dac1f8f63013")
                                .any("block")
                                .build())))
                .isInstanceOf(LockedOut.class);
        assertThat(reach(with("fido2")
                        .policy(policy("context").onContext("c1").any("block").build())))
                .isInstanceOf(Reachable.class);
    }
}
