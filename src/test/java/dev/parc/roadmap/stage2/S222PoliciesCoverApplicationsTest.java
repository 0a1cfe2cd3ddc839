package dev.parc.roadmap.stage2;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.appId;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.EnterpriseApplication;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import java.util.Set;
import org.junit.jupiter.api.Test;

class S222PoliciesCoverApplicationsTest {

    private static final String NONE = "1 of 1 connected or published application is not covered by Conditional Access";

    private final CheckTester check = CheckTester.of(new S222PoliciesCoverApplications());

    private static TenantBuilder travelWith(PolicyBuilder policy) {
        return tenant().application("Travel").policy(policy.build());
    }

    private void isUncovered(PolicyBuilder policy) {
        check.given(travelWith(policy)).isFail(NONE).findsOnly("Travel", "is covered by no enabled policy");
    }

    @Test
    void aPolicyForAllApplicationsCoversEveryOne() {
        check.given(GoodTenant.build())
                .isPass("all 2 connected or published applications are covered for all users, by MFA for all");
    }

    @Test
    void policiesForSingleApplicationsCoverThese() {
        check.given(travelWith(policy("travel").applications(appId("Travel")))
                        .published("Intranet", true)
                        .policy(policy("intranet")
                                .applications(appId("Intranet"))
                                .any("compliantDevice")
                                .build()))
                .isPass("all 2 connected or published applications are covered for all users, by intranet, travel");
    }

    @Test
    void anApplicationThatIsLeftOutIsAFail() {
        check.given(travelWith(policy("MFA").notApplications(appId("Travel"))).application("Payroll"))
                .isFail("1 of 2 connected or published applications is not covered by Conditional Access")
                .findsOnly("Travel", "is covered by no enabled policy");
    }

    @Test
    void whatSaysNothingAboutOrdinarySignInsCoversNothing() {
        isUncovered(policy("report").state(State.REPORT_ONLY));
        isUncovered(policy("off").state(State.DISABLED));
        isUncovered(policy("legacy").clients("exchangeActiveSync", "other").any("block"));
        isUncovered(policy("risk").signInRisks("high"));
        isUncovered(policy("user risk").userRisks("high"));
        isUncovered(policy("flow").flows("deviceCodeFlow").any("block"));
        isUncovered(policy("session").sessionOnly());
        isUncovered(policy("nobody").forNobody());
        isUncovered(policy("action").onlyUserAction("urn:user:registersecurityinfo"));
        isUncovered(policy("office").applications("Office365"));
    }

    @Test
    void aPolicyForSomePlacesPlatformsOrDevicesIsForAPersonToJudge() {
        isCoveredInPart(policy("partly").locations(Set.of("All"), Set.of("AllTrusted")));
        isCoveredInPart(policy("partly").locations(Set.of("country"), Set.of()).any("block"));
        isCoveredInPart(policy("partly").platforms(Set.of("android"), Set.of()));
        isCoveredInPart(policy("partly").device(true, "device.isCompliant -eq True"));
    }

    private void isCoveredInPart(PolicyBuilder policy) {
        check.given(travelWith(policy))
                .isReview("1 of 1 connected or published application is covered in part")
                .findsOnly("Travel", "is covered only at the places, platforms or devices that 'partly' are for");
    }

    @Test
    void aPolicyForEverySignInCoversBesideOneForSomePlaces() {
        check.given(travelWith(policy("countries")
                                .locations(Set.of("country"), Set.of())
                                .any("block"))
                        .policy(policy("MFA").platforms(Set.of("all"), Set.of()).build()))
                .isPass("the only connected or published application is covered for all users, by MFA");
    }

    @Test
    void aPolicyForSomePeopleIsForAPersonToJudge() {
        check.given(travelWith(policy("travellers").forNobody().forGroup("travellers")))
                .isReview("1 of 1 connected or published application is covered in part")
                .findsOnly("Travel", "is covered only for those whom 'travellers' include");
    }

    private static final String NOT_EVERYBODY =
            "the only connected or published application is covered, by %s, but not for everybody";

    @Test
    void whoIsLeftOutOfABlockIsNamed() {
        check.given(travelWith(policy("block").notForGroup("finance").any("block")))
                .isReview(NOT_EVERYBODY.formatted("block"))
                .findsOnly("group finance", "is excluded from 'block'; no other policy asks at 1 application");
        check.given(travelWith(policy("block").notForGroup("finance").any("block"))
                        .policy(policy("finance")
                                .forNobody()
                                .forGroup("finance")
                                .build()))
                .isPass("the only connected or published application is covered for all users, by block");
        check.given(travelWith(policy("block").notForGroup("finance").any("block"))
                        .policy(policy("finance")
                                .forNobody()
                                .forGroup("finance")
                                .platforms(Set.of("android"), Set.of())
                                .build()))
                .isReview(NOT_EVERYBODY.formatted("block"));
    }

    @Test
    void whoIsLeftOutOfOnePolicyMayFallUnderAnother() {
        check.given(travelWith(policy("MFA").notForGroup("finance"))
                        .policy(policy("devices").any("compliantDevice").build()))
                .isPass("the only connected or published application is covered for all users, by MFA, devices");
        check.given(travelWith(policy("MFA").notForGuests("b2bCollaborationGuest")))
                .isReview(NOT_EVERYBODY.formatted("MFA"));
    }

    @Test
    void emergencyAccountsAreLeftOutAsTheyShouldBe() {
        check.given(travelWith(policy("MFA").notForGroup("break glass"))
                        .globalAdmin(GoodTenant.ONE)
                        .emergency(GoodTenant.ONE.id())
                        .inGroups(GoodTenant.ONE, "break glass")
                        .excludedGroup("break glass", GoodTenant.ONE))
                .isPass("the only connected or published application is covered for all users, by MFA");
    }

    @Test
    void aFilterForApplicationsIsForAPersonToJudge() {
        check.given(travelWith(policy("filter").applications().notModelled("applicationFilter")))
                .isReview("1 of 1 connected or published application is covered in part")
                .findsOnly("Travel", "is covered if the filter of 'filter' matches it, which is not modelled");
    }

    @Test
    void aPolicyThatCameWithoutItsApplicationsMayCoverAndProvesNothing() {
        check.given(travelWith(policy("half").applications().notModelled("includeApplications")))
                .isReview("1 of 1 connected or published application is covered in part")
                .findsOnly("Travel", "is covered if 'half' demands something of its sign-ins, which could not be told");
        isUncovered(policy("half").applications().notModelled("locations"));
    }

    @Test
    void anApplicationPublishedWithoutPreAuthenticationIsCoveredByNothing() {
        check.given(tenant().application("Timesheet")
                        .published("Timesheet", false)
                        .policy(policy("MFA").build()))
                .isFail(NONE)
                .findsOnly("Timesheet", "is published without pre-authentication, so that no policy applies to it");
    }

    @Test
    void microsoftsOwnAndDisabledApplicationsAreNotAsked() {
        check.given(tenant().add(
                                FactKind.ENTERPRISE_APPLICATIONS,
                                new EnterpriseApplication("1", "1", "Graph Explorer", true, true))
                        .add(
                                FactKind.ENTERPRISE_APPLICATIONS,
                                new EnterpriseApplication("2", "2", "Old", false, false)))
                .isNotApplicable("no application is connected to the tenant, and none is published");
    }

    @Test
    void securityDefaultsAreForAPersonToJudge() {
        check.given(tenant().application("Travel").securityDefaults(true))
                .isReview("security defaults stand in for policies for 1 application")
                .findsOnly(
                        "the tenant",
                        "asks administrators for MFA at every sign-in and others when Microsoft finds it necessary,"
                                + " whatever the application: no policy decides");
    }

    @Test
    void aCertainFailStandsWithoutThePublishedOnes() {
        check.given(travelWith(policy("off").state(State.DISABLED))
                        .unread(FactKind.PUBLISHED_APPLICATIONS, "permission X is missing"))
                .isFail(NONE);
    }

    @Test
    void withoutP1ItDoesNotApply() {
        check.given(tenant().application("Travel").without(Licence.ENTRA_ID_P1))
                .isNotApplicable("the tenant has no Microsoft Entra ID P1 licence");
    }
}
