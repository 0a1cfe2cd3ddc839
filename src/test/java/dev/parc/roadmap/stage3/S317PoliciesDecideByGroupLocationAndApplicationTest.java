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
                .isPass(
                        "Conditional Access decides by group (2 policies), by location (1 policy), by application (1 policy)");
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
                .isPass(
                        "Conditional Access decides by group (4 policies), by location (1 policy), by application (1 policy)");
    }

    @Test
    void aPolicyForEverybodyAndEverythingDecidesByNothing() {
        check.given(tenantWith(policy("MFA for all").notForGroup("break glass")))
                .isFail("Conditional Access decides by 0 of group, location and application")
                .finds("the tenant", "has no enabled policy that decides by group")
                .finds("the tenant", "has no enabled policy that decides by location")
                .finds("the tenant", "has no enabled policy that decides by application");
    }

    @Test
    void sessionControlsDecideNothing() {
        check.given(tenantWith(byAll().sessionOnly()))
                .isFail("Conditional Access decides by 0 of group, location and application")
                .finds("the tenant", "has no enabled policy that decides by group");
        check.given(tenantWith(byAll().sessionOnly(), policy("g").forNobody().forGroup("a")))
                .isFail("Conditional Access decides by 1 of group, location and application");
        check.given(tenantWith(byAll().sessionOnly().state(State.REPORT_ONLY)))
                .isFail("Conditional Access decides by 0 of group, location and application")
                .finds("the tenant", "has no enabled policy that decides by location");
    }

    @Test
    void reportOnlyDecidesNothingAndIsNamed() {
        check.given(tenantWith(byAll().state(State.REPORT_ONLY)))
                .isFail("Conditional Access decides by 0 of group, location and application")
                .finds("the tenant", "has no enabled policy that decides by group; 'all' would, but only reports");
        check.given(tenantWith(byAll().state(State.DISABLED)))
                .isFail("Conditional Access decides by 0 of group, location and application")
                .finds("the tenant", "has no enabled policy that decides by group");
    }

    @Test
    void aPolicyForNobodyDecidesNothing() {
        check.given(tenantWith(byAll(), policy("nobody").forNobody().applications("ledger")))
                .isPass(
                        "Conditional Access decides by group (1 policy), by location (1 policy), by application (1 policy)");
    }

    @Test
    void anyLocationIsNoLocation() {
        check.given(tenantWith(policy("all")
                        .forNobody()
                        .forGroup("finance")
                        .applications("ledger")
                        .locations(Set.of("All"), Set.of())))
                .isFail("Conditional Access decides by 2 of group, location and application")
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
                .isPass(
                        "Conditional Access decides by group (1 policy), by location (1 policy), by application (1 policy)");
        check.given(tenant().policy(trusted.build()))
                .isReview(
                        "Conditional Access decides by group (1 policy), perhaps by location, by application (1 policy)")
                .findsOnly("all", "names locations that are not in the list of named locations");
    }

    @Test
    void anAuthenticationContextOrAFilterForApplicationsIsSensitivity() {
        check.given(tenantWith(
                        policy("group").forNobody().forGroup("a").locations(Set.of("office"), Set.of()),
                        policy("filter").notModelled("applicationFilter")))
                .isPass(
                        "Conditional Access decides by group (1 policy), by location (1 policy), by application (1 policy)");
        check.given(tenantWith(
                        policy("group").forNobody().forGroup("a").locations(Set.of("office"), Set.of()),
                        policy("action").onlyUserAction("urn:user:registersecurityinfo")))
                .isFail("Conditional Access decides by 2 of group, location and application");
    }

    @Test
    void aPolicyThatCameWithoutWhomItIsForMayDecideByThem() {
        PolicyBuilder half = policy("half").forNobody().notModelled("includeUsers");
        PolicyBuilder rest = policy("rest").applications("ledger").locations(Set.of("All"), Set.of("office"));
        check.given(tenantWith(rest, half))
                .isReview(
                        "Conditional Access decides perhaps by group, by location (1 policy), by application (1 policy)")
                .findsOnly("half", "may decide by group, which could not be told");
        check.given(tenantWith(byAll(), half))
                .isPass(
                        "Conditional Access decides by group (1 policy), by location (1 policy), by application (1 policy)");
    }

    @Test
    void withoutP1ItDoesNotApply() {
        check.given(tenant().without(Licence.ENTRA_ID_P1))
                .isNotApplicable("the tenant has no Microsoft Entra ID P1 licence");
    }

    @Test
    void policiesThatOutlivedTheLicenceAreJudged() {
        check.given(tenantWith(policy("MFA")).without(Licence.ENTRA_ID_P1))
                .isFail("Conditional Access decides by 0 of group, location and application");
    }

    @Test
    void withTheLicenceNoPolicyAtAllIsAFail() {
        check.given(tenant()).isFail("Conditional Access decides by 0 of group, location and application");
    }
}
