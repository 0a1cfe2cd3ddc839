package dev.parc.roadmap.stage3;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.Licence;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import java.util.Set;
import org.junit.jupiter.api.Test;

class S317PoliciesDecideByGroupLocationAndApplicationTest {

    private final CheckTester check = CheckTester.of(new S317PoliciesDecideByGroupLocationAndApplication());

    private static PolicyBuilder byAll() {
        return policy("all")
                .forNobody()
                .forGroup("finance")
                .applications("ledger")
                .locations(Set.of("All"), Set.of("office"));
    }

    private static TenantBuilder tenantWith(PolicyBuilder... policies) {
        TenantBuilder tenant = tenant().trustedLocation("office", "203.0.113.0/24");
        for (PolicyBuilder one : policies) {
            tenant.policy(one.build());
        }
        return tenant;
    }

    @Test
    void onePolicyMayDecideByAllThree() {
        check.given(GoodTenant.build())
                .isPass("enabled policies decide by group ('Finance from the office only', 'Phishing-resistant MFA'),"
                        + " by location ('Finance from the office only'), by application ('Finance from the office"
                        + " only')");
    }

    @Test
    void severalPoliciesDoTogetherAndAreNamed() {
        check.given(tenantWith(
                        policy("g1").forNobody().forGroup("a"),
                        policy("g2").forNobody().forGroup("b"),
                        policy("g3").forNobody().forGroup("c"),
                        policy("g4").forNobody().forGroup("d"),
                        policy("place").locations(Set.of("office"), Set.of()),
                        policy("portal").applications("MicrosoftAdminPortals")))
                .isPass("enabled policies decide by group ('g1', 'g2', 'g3' and 1 more), by location ('place'), by"
                        + " application ('portal')");
    }

    @Test
    void aPolicyForEverybodyAndEverythingDecidesByNothing() {
        check.given(tenantWith(policy("MFA for all").notForGroup("break glass")))
                .isFail("Conditional Access decides by 0 of the 3: group, location, application")
                .finds("the tenant", "has no enabled policy that decides by group")
                .finds("the tenant", "has no enabled policy that decides by location")
                .finds("the tenant", "has no enabled policy that decides by application");
    }

    @Test
    void sessionControlsDecideNothing() {
        check.given(tenantWith(byAll().sessionOnly()))
                .isFail("Conditional Access decides by 0 of the 3: group, location, application")
                .finds("the tenant", "has no enabled policy that decides by group");
        check.given(tenantWith(byAll().sessionOnly(), policy("g").forNobody().forGroup("a")))
                .isFail("Conditional Access decides by 1 of the 3: group, location, application");
        check.given(tenantWith(byAll().sessionOnly().state(State.REPORT_ONLY)))
                .isFail("Conditional Access decides by 0 of the 3: group, location, application")
                .finds("the tenant", "has no enabled policy that decides by location");
    }

    @Test
    void reportOnlyDecidesNothingAndIsNamed() {
        check.given(tenantWith(byAll().state(State.REPORT_ONLY)))
                .isFail("Conditional Access decides by 0 of the 3: group, location, application")
                .finds("the tenant", "has no enabled policy that decides by group; 'all' would, but only reports");
        check.given(tenantWith(byAll().state(State.DISABLED)))
                .isFail("Conditional Access decides by 0 of the 3: group, location, application")
                .finds("the tenant", "has no enabled policy that decides by group");
    }

    @Test
    void aPolicyForNobodyDecidesNothing() {
        check.given(tenantWith(byAll(), policy("nobody").forNobody().applications("ledger")))
                .isPass("enabled policies decide by group ('all'), by location ('all'), by application ('all')");
    }

    @Test
    void anyLocationIsNoLocation() {
        check.given(tenantWith(policy("all")
                        .forNobody()
                        .forGroup("finance")
                        .applications("ledger")
                        .locations(Set.of("All"), Set.of())))
                .isFail("Conditional Access decides by 2 of the 3: group, location, application")
                .findsOnly("the tenant", "has no enabled policy that decides by location");
    }

    @Test
    void trustedLocationsCountWhereThereIsOne() {
        PolicyBuilder trusted = policy("all")
                .forNobody()
                .forGroup("finance")
                .applications("ledger")
                .locations(Set.of("All"), Set.of("AllTrusted"));
        check.given(tenantWith(trusted))
                .isPass("enabled policies decide by group ('all'), by location ('all'), by application ('all')");
        check.given(tenant().policy(trusted.build()))
                .isReview(
                        "enabled policies decide by group ('all'), by locations that could not be told, by application"
                                + " ('all')")
                .findsOnly("all", "names locations that are not in the list of named locations");
    }

    @Test
    void anAuthenticationContextOrAFilterForApplicationsIsSensitivity() {
        check.given(tenantWith(
                        policy("group").forNobody().forGroup("a").locations(Set.of("office"), Set.of()),
                        policy("filter").notModelled("applicationFilter")))
                .isPass("enabled policies decide by group ('group'), by location ('group'), by application ('filter')");
        check.given(tenantWith(
                        policy("group").forNobody().forGroup("a").locations(Set.of("office"), Set.of()),
                        policy("action").onlyUserAction("urn:user:registersecurityinfo")))
                .isFail("Conditional Access decides by 2 of the 3: group, location, application");
    }

    @Test
    void withoutP1ItDoesNotApply() {
        check.given(tenant().without(Licence.ENTRA_ID_P1))
                .isNotApplicable("the tenant has no Microsoft Entra ID P1 licence");
    }

    @Test
    void policiesThatOutlivedTheLicenceAreJudged() {
        check.given(tenantWith(policy("MFA")).without(Licence.ENTRA_ID_P1))
                .isFail("Conditional Access decides by 0 of the 3: group, location, application");
    }

    @Test
    void withTheLicenceNoPolicyAtAllIsAFail() {
        check.given(tenant()).isFail("Conditional Access decides by 0 of the 3: group, location, application");
    }
}
