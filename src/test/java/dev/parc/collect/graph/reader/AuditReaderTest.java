package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.PIM_ACTIVATIONS;
import static dev.parc.facts.FactKind.ROLE_CHANGES;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.PimActivation;
import dev.parc.facts.activity.RoleChange;
import dev.parc.facts.activity.RoleChange.Kind;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AuditReaderTest {

    private static final String ROLE = GLOBAL_ADMINISTRATOR.templateId();
    private static final String LOG = "/auditLogs/directoryAudits";
    private static final String ACTIVATION = "Add member to role completed (PIM activation)";
    private static final String ELEVATION =
            "User has elevated their access to User Access Administrator for their Azure Resources";
    private static final String AT = "2026-08-30T10:00:00Z";

    private final FakeTenant tenant = FakeTenant.licensed();
    private String eve = "";
    private String kim = "";

    @BeforeEach
    void people() {
        eve = tenant.user("eve");
        kim = tenant.user("kim");
    }

    private RoleChange change() {
        return Readings.of(tenant, ROLE_CHANGES).only(ROLE_CHANGES, RoleChange.class);
    }

    private PimActivation activation() {
        return Readings.of(tenant, PIM_ACTIVATIONS).only(PIM_ACTIVATIONS, PimActivation.class);
    }

    @Test
    void theDirectoryNamesTheRoleAmongWhatChanged() {
        tenant.directoryAudit("Add member to role", AT, eve, kim, ROLE);
        assertThat(change())
                .isEqualTo(new RoleChange(
                        Instant.parse(AT),
                        Kind.ASSIGNED,
                        kim,
                        "kim@contoso.onmicrosoft.com",
                        Optional.of(ROLE),
                        "Global Administrator",
                        "eve@contoso.onmicrosoft.com"));
    }

    @ParameterizedTest
    @CsvSource({
        "Add member to role in PIM completed (permanent), ASSIGNED",
        "Add member to role in PIM completed (timebound), ASSIGNED",
        "Add member to role outside of PIM (permanent), ASSIGNED_OUTSIDE_PIM",
        "Add eligible member to role in PIM completed (permanent), MADE_ELIGIBLE",
        "Add eligible member to role in PIM completed (timebound), MADE_ELIGIBLE"
    })
    void pimTellsWhatItDidInWords(String activity, Kind kind) {
        tenant.pimAudit(activity, AT, eve, kim, ROLE, "new colleague");
        assertThat(change())
                .isEqualTo(new RoleChange(
                        Instant.parse(AT),
                        kind,
                        kim,
                        "kim@contoso.onmicrosoft.com",
                        Optional.of(ROLE),
                        "Global Administrator",
                        "eve@contoso.onmicrosoft.com"));
    }

    @Test
    void whatPimDoesInTheDirectoryIsNoChangeOfItsOwn() {
        ObjectNode entry = tenant.directoryAudit("Add member to role", AT, eve, kim, ROLE);
        entry.set("initiatedBy", FakeTenant.json("{user:null, app:{displayName:'MS-PIM'}}"));
        assertThat(Readings.of(tenant, ROLE_CHANGES).values(ROLE_CHANGES, RoleChange.class))
                .isEmpty();
        entry.withObject("/initiatedBy/app").put("displayName", "Joiner");
        assertThat(change().by()).isEqualTo("Joiner");
    }

    @Test
    void elevatedAccessIsThatOfWhoTookIt() {
        ObjectNode entry = tenant.directoryAudit(ELEVATION, AT, eve, kim, ROLE);
        entry.putArray("targetResources");
        assertThat(change())
                .isEqualTo(new RoleChange(
                        Instant.parse(AT),
                        Kind.ELEVATED,
                        eve,
                        "eve@contoso.onmicrosoft.com",
                        Optional.empty(),
                        "User Access Administrator of all of Azure",
                        "eve@contoso.onmicrosoft.com"));
    }

    @Test
    void whatFailedDidNotHappen() {
        tenant.directoryAudit("Add member to role", AT, eve, kim, ROLE).put("result", "failure");
        tenant.pimAudit(ACTIVATION, AT, kim, kim, ROLE, "x").put("result", "failure");
        assertThat(Readings.of(tenant, ROLE_CHANGES).values(ROLE_CHANGES, RoleChange.class))
                .isEmpty();
        assertThat(Readings.of(tenant, PIM_ACTIVATIONS).values(PIM_ACTIVATIONS, PimActivation.class))
                .isEmpty();
    }

    @Test
    void anActivationHasItsReason() {
        tenant.pimAudit(ACTIVATION, AT, kim, kim, ROLE, " ticket 4711 ");
        assertThat(activation())
                .isEqualTo(new PimActivation(
                        Instant.parse(AT), kim, Optional.of(ROLE), "Global Administrator", "ticket 4711"));
    }

    @Test
    void anActivationWithoutAReasonHasNone() {
        tenant.pimAudit(ACTIVATION, AT, kim, kim, ROLE, "x").putNull("resultReason");
        assertThat(activation().reason()).isEmpty();
    }

    @Test
    void anActivatedGroupHasNoRole() {
        ObjectNode entry = tenant.pimAudit(ACTIVATION, AT, kim, kim, ROLE, "x");
        entry.putArray("additionalDetails");
        ((ObjectNode) entry.at("/targetResources/0")).put("type", "Group").put("displayName", "admins");
        assertThat(activation().roleId()).isEmpty();
        assertThat(activation().targetName()).isEqualTo("admins");
    }

    @Test
    void onlyTheLastDaysAreAskedFor() {
        tenant.directoryAudit("Add member to role", "2026-08-24T23:59:59Z", eve, kim, ROLE);
        tenant.pimAudit(ACTIVATION, "2026-08-01T23:59:59Z", kim, kim, ROLE, "x");
        assertThat(Readings.of(tenant, ROLE_CHANGES).values(ROLE_CHANGES, RoleChange.class))
                .isEmpty();
        assertThat(Readings.of(tenant, PIM_ACTIVATIONS).values(PIM_ACTIVATIONS, PimActivation.class))
                .isEmpty();
    }

    @Test
    void anEntryThatNamesNobodyIsAGap() {
        tenant.directoryAudit("Add member to role", AT, eve, kim, ROLE);
        tenant.directoryAudit("Add member to role", AT, eve, eve, ROLE).putArray("targetResources");
        assertThat(Readings.of(tenant, ROLE_CHANGES).gaps(ROLE_CHANGES))
                .containsExactly("audit entries came with an unusable targetResources");
    }

    @Test
    void moreThanOnePageIsAGap() {
        tenant.pageSize(2);
        for (int i = 0; i < 3; i++) {
            tenant.directoryAudit("Add member to role", "2026-08-30T10:0" + i + ":00Z", eve, kim, ROLE);
            tenant.pimAudit(ACTIVATION, "2026-08-30T10:0" + i + ":00Z", kim, kim, ROLE, "x");
        }
        Readings readings = both();
        assertThat(readings.gaps(ROLE_CHANGES))
                .containsExactly("the log of 7 days has more than 999 entries; older ones were not read");
        assertThat(readings.gaps(PIM_ACTIVATIONS))
                .containsExactly("the log of 30 days has more than 999 entries; older ones were not read");
        assertThat(tenant.requests()).containsEntry("GET " + LOG, 3L);
    }

    @ParameterizedTest
    @EnumSource(names = {"ROLE_CHANGES", "PIM_ACTIVATIONS"})
    void aRefusalNamesThePermission(FactKind kind) {
        tenant.refuse(LOG, 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, kind).unread(kind))
                .isEqualTo(
                        "permission AuditLog.Read.All may be missing (Graph answered 403 Authorization_RequestDenied):"
                                + " if it is, grant it to PARC's identity");
    }

    @Test
    void withoutPimThereAreNoActivationsToAskFor() {
        FakeTenant free = FakeTenant.unlicensed();
        String user = free.user("kim");
        free.directoryAudit("Add member to role", AT, user, user, ROLE);
        free.refuseSharedPages();
        Readings readings = Readings.of(free, ROLE_CHANGES, PIM_ACTIVATIONS);
        readings.isUnlicensed(PIM_ACTIVATIONS, Licence.ENTRA_ID_P2_OR_GOVERNANCE);
        assertThat(readings.values(ROLE_CHANGES, RoleChange.class)).hasSize(1);
        assertThat(free.requests()).containsEntry("GET " + LOG, 1L);
    }

    private Readings both() {
        return Readings.of(tenant, ROLE_CHANGES, PIM_ACTIVATIONS);
    }

    @Test
    void ofAShortLogOnePageAnswersBoth() {
        tenant.directoryAudit("Add member to role", AT, eve, kim, ROLE);
        tenant.directoryAudit("Add member to role", "2026-08-20T10:00:00Z", eve, kim, ROLE);
        tenant.pimAudit(ACTIVATION, AT, kim, kim, ROLE, "");
        tenant.pimAudit(ACTIVATION, "2026-08-20T10:00:00Z", kim, kim, ROLE, "");
        Readings together = both();
        assertThat(together.only(ROLE_CHANGES, RoleChange.class).at()).isEqualTo(Instant.parse(AT));
        assertThat(together.values(PIM_ACTIVATIONS, PimActivation.class)).hasSize(2);
        assertThat(tenant.requests()).containsEntry("GET " + LOG, 1L);
        tenant.refuseSharedPages();
        assertThat(both().byKind()).isEqualTo(together.byKind());
    }

    @Test
    void twoThousandActivationsHideNoRoleChange() {
        for (int i = 0; i < 2_000; i++) {
            String at = "2026-08-30T%02d:%02d:%02dZ".formatted(i / 3600, i / 60 % 60, i % 60);
            tenant.pimAudit(ACTIVATION, at, kim, kim, ROLE, "");
        }
        tenant.directoryAudit("Add member to role", "2026-08-28T10:00:00Z", eve, kim, ROLE);
        Readings together = both();
        assertThat(together.only(ROLE_CHANGES, RoleChange.class).kind()).isEqualTo(Kind.ASSIGNED);
        assertThat(together.gaps(PIM_ACTIVATIONS))
                .containsExactly("the log of 30 days has more than 999 entries; older ones were not read");
        assertThat(tenant.requests()).containsEntry("GET " + LOG, 3L);
        tenant.refuseSharedPages();
        assertThat(both().byKind()).isEqualTo(together.byKind());
    }
}
