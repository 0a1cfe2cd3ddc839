package dev.parc.roadmap.stage3;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.CheckTester;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.CloudAppAlert;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import org.junit.jupiter.api.Test;

class S318CloudApplicationsAreMonitoredTest {

    private static final String UNSEEN =
            "Defender for Cloud Apps is licensed, watches the sessions of 0 policies, and no" + " alert of it was seen";
    private static final String OPEN = "; 1 statement to attest";

    private final CheckTester check = CheckTester.of(new S318CloudApplicationsAreMonitored());

    private static TenantBuilder licensed() {
        return tenant().plan(GoodTenant.CLOUD_APPS_PLAN);
    }

    @Test
    void itIsAPassOnAPersonsWordOnly() {
        check.given(GoodTenant.build())
                .isAttested(UNSEEN + "; attested by Ann until 2027-09-01")
                .findsOnly("the tenant", "shows no sign that Defender for Cloud Apps is used");
        check.given(licensed()).isReview(UNSEEN + OPEN);
    }

    @Test
    void policiesThatLetItWatchAreNamed() {
        check.given(licensed()
                        .policy(policy("sessions")
                                .sessionOnly()
                                .cloudAppSecurity()
                                .build())
                        .policy(policy("report")
                                .state(State.REPORT_ONLY)
                                .cloudAppSecurity()
                                .build()))
                .isReview("Defender for Cloud Apps is licensed, watches the sessions of 1 policy, and no alert of"
                        + " it was seen" + OPEN)
                .findsOnly("sessions", "lets Defender for Cloud Apps watch the sessions");
    }

    @Test
    void alertsAreASign() {
        check.given(licensed().add(FactKind.CLOUD_APP_ALERTS, new CloudAppAlert("1", NOW)))
                .isReview(
                        "Defender for Cloud Apps is licensed, watches the sessions of 0 policies, and raised alerts in"
                                + " the last 30 days" + OPEN)
                .findsNothing();
    }

    @Test
    void unreadAlertsAreNamedBesideTheAnswer() {
        assertThat(check.given(licensed().unread(FactKind.CLOUD_APP_ALERTS, "permission X is missing"))
                        .isReview(UNSEEN + OPEN)
                        .verdict()
                        .reasons())
                .contains("alerts of Defender for Cloud Apps: permission X is missing");
    }

    @Test
    void withoutTheLicenceItDoesNotApply() {
        check.given(tenant()).isNotApplicable("the tenant has no Microsoft Defender for Cloud Apps licence");
    }
}
