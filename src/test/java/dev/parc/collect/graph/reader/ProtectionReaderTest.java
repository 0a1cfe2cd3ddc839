package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.CLOUD_APP_ALERTS;
import static dev.parc.facts.FactKind.SENSITIVITY_LABELS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.CloudAppAlert;
import dev.parc.facts.directory.SensitivityLabel;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProtectionReaderTest {

    private static final String LABELS = "/security/dataSecurityAndGovernance/sensitivityLabels";
    private static final String ALERTS = "/security/alerts_v2";

    private final FakeTenant tenant = FakeTenant.licensed();

    ProtectionReaderTest() {
        tenant.subscription("SPE_E5", FakeTenant.LABELS_PLAN, FakeTenant.CLOUD_APPS_PLAN);
    }

    @Test
    void labelsAreRead() {
        tenant.label("Confidential");
        assertThat(Readings.of(tenant, SENSITIVITY_LABELS).only(SENSITIVITY_LABELS, SensitivityLabel.class))
                .isEqualTo(new SensitivityLabel(FakeTenant.id("label Confidential"), "Confidential", true, true));
    }

    @Test
    void labelsBelowAnotherStandForIt() {
        tenant.label("Internal")
                .put("hasProtection", false)
                .putArray("sublabels")
                .add(FakeTenant.json("{id:'122f2568-cc67-4f07-b1bf-ff9a95dba2aa', name:'Staff', displayName:null,"
                        + " hasProtection:true, isEnabled:true, sublabels:[]}"))
                .add(FakeTenant.json("{id:'4dab3083-43f7-447a-9b2d-c71930277962', name:'Old', displayName:null,"
                        + " hasProtection:false, isEnabled:false, sublabels:[]}"));
        assertThat(Readings.of(tenant, SENSITIVITY_LABELS).values(SENSITIVITY_LABELS, SensitivityLabel.class))
                .containsExactly(
                        new SensitivityLabel("122f2568-cc67-4f07-b1bf-ff9a95dba2aa", "Internal / Staff", true, true),
                        new SensitivityLabel("4dab3083-43f7-447a-9b2d-c71930277962", "Internal / Old", false, false));
    }

    @Test
    void oneLabelBelowThatCannotBeUsedIsAGapAndTheOthersAreKept() {
        tenant.label("Internal")
                .putArray("sublabels")
                .add(FakeTenant.json("{id:'122f2568-cc67-4f07-b1bf-ff9a95dba2aa', name:'Staff', hasProtection:true}"))
                .add(FakeTenant.json("{id:'4dab3083-43f7-447a-9b2d-c71930277962', name:'Odd'}"));
        Readings readings = Readings.of(tenant, SENSITIVITY_LABELS);
        assertThat(readings.values(SENSITIVITY_LABELS, SensitivityLabel.class)).hasSize(1);
        assertThat(readings.gaps(SENSITIVITY_LABELS)).containsExactly("sensitivity labels came without hasProtection");
    }

    @Test
    void aLabelThatDoesNotSayWhetherItProtectsIsAGap() {
        tenant.label("Confidential").remove("hasProtection");
        assertThat(Readings.of(tenant, SENSITIVITY_LABELS).unread(SENSITIVITY_LABELS))
                .isEqualTo("sensitivity labels came without hasProtection");
    }

    @Test
    void refusedLabelsNameThePermission() {
        tenant.refuse(LABELS, 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, SENSITIVITY_LABELS).unread(SENSITIVITY_LABELS))
                .startsWith("permission SensitivityLabel.Read may be missing");
    }

    @Test
    void withoutThePlansNothingIsAsked() {
        FakeTenant small = FakeTenant.licensed();
        Readings.of(small, SENSITIVITY_LABELS).isUnlicensed(SENSITIVITY_LABELS, Licence.INFORMATION_PROTECTION);
        Readings.of(small, CLOUD_APP_ALERTS).isUnlicensed(CLOUD_APP_ALERTS, Licence.DEFENDER_FOR_CLOUD_APPS);
        assertThat(small.requests()).doesNotContainKeys("GET " + LABELS, "GET " + ALERTS);
    }

    @Test
    void theLatestAlertsAreReadAndNoMore() {
        tenant.cloudAppAlert("old", "2026-08-01T23:00:00Z");
        for (int i = 0; i < 7; i++) {
            tenant.cloudAppAlert("alert " + i, "2026-08-20T10:00:0%dZ".formatted(i));
        }
        Readings readings = Readings.of(tenant, CLOUD_APP_ALERTS);
        assertThat(readings.values(CLOUD_APP_ALERTS, CloudAppAlert.class))
                .hasSize(5)
                .first()
                .isEqualTo(new CloudAppAlert("ma" + FakeTenant.id("alert 0"), Instant.parse("2026-08-20T10:00:00Z")));
        assertThat(readings.gaps(CLOUD_APP_ALERTS)).isEmpty();
        assertThat(tenant.requests()).containsEntry("GET " + ALERTS, 1L);
    }

    @Test
    void refusedAlertsNameThePermission() {
        tenant.refuse(ALERTS, 403, "Forbidden");
        assertThat(Readings.of(tenant, CLOUD_APP_ALERTS).unread(CLOUD_APP_ALERTS))
                .startsWith("permission SecurityAlert.Read.All may be missing");
    }
}
