package dev.parc.roadmap;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.id;
import static dev.parc.check.TenantBuilder.inTenantOf;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.check.TenantBuilder.withMail;
import static dev.parc.facts.roles.DirectoryRole.EXCHANGE_ADMINISTRATOR;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static dev.parc.roadmap.Traps.EXCHANGE;
import static dev.parc.roadmap.Traps.GLOBAL;
import static dev.parc.roadmap.Traps.ask;
import static dev.parc.roadmap.Traps.outcome;
import static dev.parc.roadmap.Traps.withAnn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.check.Check;
import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.Outcome;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.Acknowledgement;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import dev.parc.roadmap.Traps.Trap;
import dev.parc.roadmap.stage1.S101PimIsOn;
import dev.parc.roadmap.stage1.S103UnneededAccountsAreOut;
import dev.parc.roadmap.stage1.S104EmergencyAccountsExist;
import dev.parc.roadmap.stage1.S105MfaIsRegistered;
import dev.parc.roadmap.stage1.S106MfaIsRequired;
import dev.parc.roadmap.stage1.S107GlobalAdministratorsAreFew;
import dev.parc.roadmap.stage2.S203AllAdministratorsAreRegistered;
import dev.parc.roadmap.stage2.S213IdentityProtectionIsConfigured;
import dev.parc.roadmap.stage3.S302AdministratorsAreEligible;
import dev.parc.roadmap.stage3.S319NewAdministratorsAreNoticed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Verdicts that PARC itself once got wrong; each test fails if it did so again. */
class OwnMistakesTest {

    @Test
    @Trap(36)
    void anAccountOfSynchronisationIsAskedForNoMfaAndOneThatIsOnlyCalledSoIs() {
        Account sync = account("Sync_DC1_0a1b2c3d4e5f@contoso.onmicrosoft.com");
        Account ann = account("ann@contoso.com");
        Check check = new S203AllAdministratorsAreRegistered();
        TenantBuilder alone =
                tenant().synchronised().globalAdmin(ann).registered(ann, true).registered(sync, false);
        assertThat(outcome(check, alone.holder(sync, GoodTenant.SYNCHRONISATION_ROLE, AssignmentKind.PERMANENT)))
                .isEqualTo(Outcome.PASS);
        TenantBuilder named =
                tenant().synchronised().globalAdmin(ann).registered(ann, true).registered(sync, false);
        assertThat(outcome(check, named.holder(sync, "Helpdesk Administrator", AssignmentKind.PERMANENT)))
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    @Trap(37)
    void theInitialDomainIsTheTenantsOwnWhateverTheCloud() {
        for (String domain : List.of("contoso.onmicrosoft.com", "contoso.onmicrosoft.us", "contoso.onms.example")) {
            FakeTenant tenant = FakeTenant.named("Contoso", domain);
            tenant.authenticationMethods("Fido2");
            for (String name : List.of("one", "two")) {
                String id = tenant.user(name);
                tenant.permanent(id, GLOBAL);
                tenant.registration(id, true, "fido2SecurityKey");
            }
            assertThat(ask(new S104EmergencyAccountsExist(), tenant, "one@" + domain, "two@" + domain)
                            .verdict()
                            .outcome())
                    .as(domain)
                    .isEqualTo(Outcome.PASS);
        }
    }

    @Test
    @Trap(38)
    void whoMaySignInWithACertificateIsNotSaidToBeWithoutMfa() {
        Account ann = account("ann@contoso.com");
        TenantBuilder enabled = tenant().globalAdmin(ann).registered(ann, false);
        assertThat(outcome(new S105MfaIsRegistered(), enabled.authenticationMethods("Fido2", "X509Certificate")))
                .isEqualTo(Outcome.REVIEW);
        TenantBuilder disabled = tenant().globalAdmin(ann).registered(ann, false);
        assertThat(outcome(new S105MfaIsRegistered(), disabled.authenticationMethods("Fido2")))
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    @Trap(39)
    void mailOfPimToDefaultRecipientsWhoHaveNoMailboxReachesNobody() {
        Account active = GoodTenant.ONE;
        Account eligible = account("eve@contoso.com");
        Account mailed = withMail(account("ada@contoso.com"), "ada@contoso.com");
        assertThat(outcome(
                        new S101PimIsOn(),
                        tenant().globalAdmin(active)
                                .emergency(active.id())
                                .holder(eligible, GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                                .pimMailToDefaultRecipients()))
                .isEqualTo(Outcome.FAIL);
        assertThat(outcome(
                        new S101PimIsOn(),
                        tenant().globalAdmin(active)
                                .emergency(active.id())
                                .globalAdmin(mailed)
                                .holder(eligible, GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                                .pimMailToDefaultRecipients()))
                .isEqualTo(Outcome.PASS);
    }

    @Test
    @Trap(40)
    void mfaForEverySignInDoesNotAnswerTheRiskOfASessionThatHoldsIt() {
        Account ann = account("ann@contoso.com");
        PolicyBuilder user = policy("user risk").userRisks("high").every("mfa", "passwordChange");
        PolicyBuilder risk =
                policy("sign-in risk").signInRisks("medium", "high").any("mfa");
        TenantBuilder all = tenant().globalAdmin(ann)
                .inGroups(ann)
                .policy(policy("MFA").build())
                .policy(user.build());
        assertThat(outcome(new S213IdentityProtectionIsConfigured(), all)).isEqualTo(Outcome.REVIEW);
        assertThat(outcome(new S213IdentityProtectionIsConfigured(), all.policy(risk.build())))
                .isEqualTo(Outcome.PASS);
    }

    @Test
    @Trap(41)
    void aNewAdministratorStaysNewAtTheNextRunUntilSomebodyAcknowledgesIt() {
        Account kim = account("kim@contoso.com");
        Instant since = TenantBuilder.NOW.minus(Duration.ofDays(3));
        TenantBuilder later = GoodTenant.build()
                .holder(kim, EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .add(
                        FactKind.EARLIER_ADMINISTRATORS,
                        new EarlierAdministrator(kim.id(), "kim", EXCHANGE, "/", Optional.of(since)));
        assertThat(outcome(new S319NewAdministratorsAreNoticed(), later)).isEqualTo(Outcome.REVIEW);
        Acknowledgement known = new Acknowledgement(
                kim.id(), "kim", EXCHANGE, "/", since, "Ann", TenantBuilder.NOW, "takes over from Bob");
        assertThat(outcome(new S319NewAdministratorsAreNoticed(), later.add(FactKind.ACKNOWLEDGEMENTS, known)))
                .isEqualTo(Outcome.PASS);
    }

    @Test
    @Trap(42)
    void emergencyAccountsAreNoGlobalAdministratorsTooMany() {
        TenantBuilder tenant = tenant().globalAdmin(GoodTenant.ONE).globalAdmin(GoodTenant.TWO);
        List.of("a", "b", "c", "d").forEach(name -> tenant.globalAdmin(name + "@contoso.com"));
        tenant.emergency(GoodTenant.ONE.id(), GoodTenant.TWO.id());
        assertThat(outcome(new S107GlobalAdministratorsAreFew(), tenant)).isEqualTo(Outcome.PASS);
        assertThat(outcome(new S107GlobalAdministratorsAreFew(), tenant.globalAdmin("e@contoso.com")))
                .isEqualTo(Outcome.FAIL);
    }

    @Test
    @Trap(43)
    void mfaOfAGuestsHomeCountsOnlyWhereItIsAccepted() {
        for (boolean accepted : new boolean[] {true, false}) {
            FakeTenant tenant = FakeTenant.licensed().mfaOfOthersAccepted(accepted);
            String guest = tenant.user("dana", "dana_fabrikam.com#EXT#@contoso.onmicrosoft.com");
            tenant.object(guest)
                    .put("userType", "Guest")
                    .putArray("identities")
                    .add(FakeTenant.json("{signInType:'federated', issuer:'ExternalAzureAD', issuerAssignedId:null}"));
            tenant.permanent(guest, GLOBAL);
            tenant.registration(guest, false);
            assertThat(ask(new S105MfaIsRegistered(), tenant).verdict().outcome())
                    .isEqualTo(accepted ? Outcome.REVIEW : Outcome.FAIL);
        }
    }

    @Test
    @Trap(44)
    void anApplicationIsNotInUseForBeingEnabled() {
        for (String lastUse : List.of("2026-08-30T01:00:00Z", "2026-01-30T01:00:00Z", "")) {
            FakeTenant tenant = FakeTenant.licensed();
            tenant.permanent(tenant.user("ann"), GLOBAL);
            String backup = tenant.servicePrincipal("backup");
            tenant.permanent(backup, EXCHANGE);
            if (!lastUse.isEmpty()) {
                tenant.lastUsed(backup, lastUse);
            }
            Outcome expected = lastUse.startsWith("2026-08") ? Outcome.PASS : Outcome.FAIL;
            assertThat(ask(new S103UnneededAccountsAreOut(), tenant).verdict().outcome())
                    .isEqualTo(lastUse.isEmpty() ? Outcome.REVIEW : expected);
        }
    }

    @Test
    @Trap(46)
    void applicationsThatChangeGroupsCanTakeAnAccountOutOfAPolicy() {
        for (boolean assignable : new boolean[] {true, false}) {
            FakeTenant tenant = withAnn();
            String exempt = tenant.group("exempt");
            tenant.object(exempt).put("isAssignableToRole", assignable);
            tenant.policy("MFA", "All", exempt, "mfa");
            tenant.graphAppRole(tenant.servicePrincipal("feed"), "62a82d76-70ea-41e2-9197-370581804d09");
            assertThat(ask(new S106MfaIsRequired(), tenant).verdict().outcome())
                    .isEqualTo(assignable ? Outcome.PASS : Outcome.REVIEW);
        }
    }

    @Test
    @Trap(47)
    void aGroupInsideAnExcludedGroupThatSomebodyCanJoinTakesTheMfaAway() {
        Account ann = account("ann@contoso.com");
        for (String around : List.of("exempt", "another")) {
            MfaDecision answer = ConditionalAccess.of(tenant().globalAdmin(ann)
                            .canJoin(ann, "inner")
                            .groupInGroups("inner", around)
                            .policy(policy("MFA").notForGroup("exempt").build())
                            .facts())
                    .mfa(ann);
            assertThat(answer)
                    .isInstanceOf(around.equals("exempt") ? MfaDecision.Undecided.class : MfaDecision.Covered.class);
        }
    }

    @Test
    @Trap(48)
    void whatMicrosoftLabelsPrivilegedIsToldByItsLabelAndNotByAListThatGrowsOld() {
        String role = "11111111-2222-4333-8444-555555555555";
        RoleDefinition late = new RoleDefinition(role, role, "Of late", true, Set.of(), Optional.of(true));
        CheckTester.of(new S302AdministratorsAreEligible())
                .given(GoodTenant.build()
                        .holder(account("kim@contoso.com"), role, AssignmentKind.PERMANENT)
                        .inGroups(account("kim@contoso.com"))
                        .add(FactKind.ROLE_DEFINITIONS, late))
                .isFail("1 of 4 administrators permanently holds a privileged role");
    }

    @Test
    @Trap(49)
    void aRoleThatBeginsLaterIsNotHeldYetAndNotForgotten() {
        RoleAssignment row = new RoleAssignment(
                "kim", PrincipalType.USER, "kim@contoso.com", GLOBAL, "/", AssignmentKind.PERMANENT, Optional.empty());
        CheckTester.of(new S302AdministratorsAreEligible())
                .given(GoodTenant.build()
                        .add(
                                FactKind.LATER_ASSIGNMENTS,
                                new RoleAssignment.Later(row, Instant.parse("2099-12-24T00:00:00Z"))))
                .isReview("no permanent assignment confirmed; 1 needs review");
    }

    @Test
    @Trap(50)
    void microsoftsOwnMfaIsNoProofWhereItIsNotAskedOfEverySignIn() {
        Account ann = inTenantOf("contoso.onmicrosoft.com", account("ann@contoso.com"));
        for (String application :
                List.of("00000006-0000-0ff1-ce00-000000000000", "797f4846-ba00-4fd7-ba43-dac1f8f63013")) {
            assertThat(ConditionalAccess.of(tenant().globalAdmin(ann)
                                    .inGroups(ann)
                                    .policy(policy("MFA")
                                            .notApplications(application)
                                            .build())
                                    .facts())
                            .mfa(ann))
                    .isNotInstanceOf(MfaDecision.Covered.class);
        }
    }
}
