package dev.parc.roadmap.stage3;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.ProvisioningJob.State;
import dev.parc.facts.directory.ProvisioningSupport;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S315ApplicationsAreProvisionedTest {

    private final CheckTester check = CheckTester.of(new S315ApplicationsAreProvisioned());

    private static TenantBuilder travelAnd(String other) {
        return tenant().application("Travel")
                .provisioned("Travel", State.ACTIVE)
                .application(other);
    }

    @Test
    void aJobForEveryApplicationIsAPass() {
        check.given(GoodTenant.build()).isPass("users are provisioned to 1 of 1 connected application");
    }

    @Test
    void anApplicationWithoutAJobIsForAPersonToAttest() {
        check.given(travelAnd("Lab"))
                .isReview("users are provisioned to 1 of 2 connected applications; 1 statement to attest")
                .findsOnly("Lab", "has no provisioning job");
        check.given(travelAnd("Lab").attested("S3-15", 1))
                .isAttested(
                        "users are provisioned to 1 of 2 connected applications; attested by Ann until" + " 2027-09-01")
                .findsOnly("Lab", "has no provisioning job");
    }

    @ParameterizedTest
    @CsvSource({"PAUSED, has a provisioning job that is paused", "NOT_RUNNING, has a provisioning job that never ran"})
    void aJobThatDoesNotRunIsNone(State state, String words) {
        check.given(travelAnd("Lab").provisioned("Lab", state))
                .isReview("users are provisioned to 1 of 2 connected applications; 1 statement to attest")
                .findsOnly("Lab", words);
    }

    @Test
    void aJobInQuarantineIsAFailWhateverAPersonSays() {
        check.given(travelAnd("Lab")
                        .provisioned("Lab", State.ACTIVE)
                        .provisioned("Lab", State.QUARANTINED)
                        .attested("S3-15", 1))
                .isFail("provisioning to 1 of 2 connected applications is in quarantine")
                .findsOnly("Lab", "has a provisioning job in quarantine: leavers may keep their accounts");
    }

    @Test
    void whereNothingIsProvisionedAnotherToolMayDoItOrNothingNeedsIt() {
        TenantBuilder tenant = tenant().application("Travel").application("terraform-pipeline");
        check.given(tenant)
                .isReview("users are provisioned to none of 2 connected applications; 1 statement to attest")
                .finds("terraform-pipeline", "has no provisioning job");
        check.given(tenant.attested("S3-15", 1))
                .isAttested("users are provisioned to none of 2 connected applications; attested by Ann until"
                        + " 2027-09-01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WDayInbound",
                "Workday2AD",
                "WorkdayToAAD",
                "SuccessFactors2AAD",
                "API2AAD",
                "AD2AADProvisioning",
                "AD2AADPasswordHash"
            })
    void aJobIntoTheDirectoryProvisionsToNoApplication(String template) {
        check.given(tenant().application("Workday").provisioned("Workday", State.ACTIVE, template))
                .isReview("users are provisioned to none of 1 connected application; 1 statement to attest")
                .findsOnly("Workday", "has a provisioning job into the directory only, and none to the application");
        check.given(travelAnd("Workday").provisioned("Workday", State.QUARANTINED, template))
                .isReview("users are provisioned to 1 of 2 connected applications; 1 statement to attest")
                .findsOnly(
                        "Workday",
                        "has a provisioning job into the directory only, and none to the application; it is in"
                                + " quarantine, so leavers may keep their accounts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scim",
                "customappsso",
                "WorkdayWriteback",
                "Workday2ADWriteback",
                "Azure2Azure",
                "BoxOutDelta",
                "salesforce"
            })
    void aJobToAnApplicationIsOne(String template) {
        check.given(GoodTenant.build().application("Lab").provisioned("Lab", State.ACTIVE, template))
                .isPass("users are provisioned to 2 of 2 connected applications");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PeopleSoft2AD", "personio2AAD", "UltiProToEntra", "apigee", "AAD2Adobe", "payroll"})
    void aJobThatMayGoIntoTheDirectoryIsNoProofOfProvisioning(String template) {
        check.given(GoodTenant.build()
                        .application("Lab")
                        .provisioned("Lab", State.ACTIVE, template)
                        .nothingAttested())
                .isReview("users are provisioned to 1 of 2 connected applications; 1 statement to attest")
                .findsOnly(
                        "Lab",
                        "has a provisioning job of which it is not known whether it goes to the application or into the"
                                + " directory");
    }

    private static TenantBuilder unknownTemplate(State state, Set<String> to, Set<String> into) {
        return GoodTenant.build()
                .application("Lab")
                .provisioned("Lab", state, "payroll")
                .add(
                        FactKind.PROVISIONING_SUPPORT,
                        new ProvisioningSupport(
                                TenantBuilder.id("Lab"), Optional.of(true), Optional.of(true), to, into))
                .nothingAttested();
    }

    @Test
    void theSchemaOfAJobTellsWhereItGoes() {
        check.given(unknownTemplate(State.ACTIVE, Set.of("job payroll"), Set.of()))
                .isPass("users are provisioned to 2 of 2 connected applications");
        check.given(unknownTemplate(State.ACTIVE, Set.of(), Set.of("job payroll")))
                .isReview("users are provisioned to 1 of 2 connected applications; 1 statement to attest")
                .findsOnly("Lab", "has a provisioning job into the directory only, and none to the application");
        check.given(unknownTemplate(State.QUARANTINED, Set.of("job payroll"), Set.of()))
                .isFail("provisioning to 1 of 2 connected applications is in quarantine");
    }

    @Test
    void theSchemaOfAnotherJobTellsNothing() {
        check.given(unknownTemplate(State.ACTIVE, Set.of(), Set.of("job other")))
                .isReview("users are provisioned to 1 of 2 connected applications; 1 statement to attest")
                .findsOnly(
                        "Lab",
                        "has a provisioning job of which it is not known whether it goes to the application or into the"
                                + " directory");
    }

    @Test
    void anApplicationThatCannotBeProvisionedToIsLeftOut() {
        check.given(GoodTenant.build().application("Lab").provisioning("Lab", false, true))
                .isPass("users are provisioned to 1 of 1 connected application, and 1 cannot be provisioned to");
        check.given(tenant().application("Lab").provisioning("Lab", false, null))
                .isNotApplicable("none of the connected applications can be provisioned to");
    }

    @Test
    void whetherItCanBeIsAskedAndNotGuessed() {
        check.given(travelAnd("Lab").provisioning("Lab", true, true)).findsOnly("Lab", "has no provisioning job");
        check.given(travelAnd("Lab").provisioning("Lab", null, null)).findsOnly("Lab", "has no provisioning job");
        check.given(travelAnd("Lab").provisioning("Lab", null, false))
                .isReview("users are provisioned to 1 of 2 connected applications; 1 statement to attest")
                .findsOnly("Lab", "has no provisioning job; nobody is assigned to it");
    }

    @Test
    void aJobIsListedWhateverTheTemplatesSay() {
        check.given(travelAnd("Lab").provisioned("Lab", State.PAUSED).provisioning("Lab", false, true))
                .findsOnly("Lab", "has a provisioning job that is paused");
    }

    @Test
    void aJobOfUnknownDirectionInQuarantineIsSaidToBe() {
        check.given(travelAnd("Lab").provisioned("Lab", State.QUARANTINED, ""))
                .isReview("users are provisioned to 1 of 2 connected applications; 1 statement to attest")
                .findsOnly(
                        "Lab",
                        "has a provisioning job of which it is not known whether it goes to the application or into the"
                                + " directory; it is in quarantine, so leavers may keep their accounts");
    }

    @Test
    void aJobToTheApplicationBesideOneOfUnknownDirectionCounts() {
        check.given(GoodTenant.build()
                        .application("Lab")
                        .provisioned("Lab", State.ACTIVE, "")
                        .provisioned("Lab", State.ACTIVE, "scim"))
                .isPass("users are provisioned to 2 of 2 connected applications");
    }

    @Test
    void aJobToTheApplicationBesideOneIntoTheDirectoryCounts() {
        check.given(GoodTenant.build()
                        .application("Workday")
                        .provisioned("Workday", State.ACTIVE, "Workday2AD")
                        .provisioned("Workday", State.ACTIVE, "WorkdayWriteback"))
                .isPass("users are provisioned to 2 of 2 connected applications");
    }

    @Test
    void withoutAnApplicationItDoesNotApply() {
        check.given(tenant()).isNotApplicable("no application is connected to the tenant");
    }

    @Test
    void unreadJobsAreNotAssessed() {
        check.given(GoodTenant.build().unread(FactKind.PROVISIONING_JOBS, "permission X is missing"))
                .isNotAssessed("provisioning jobs: permission X is missing");
    }
}
