package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.MAILBOX_PURPOSES;
import static dev.parc.facts.FactKind.MICROSOFT_365_ACTIVITY;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.Microsoft365Activity;
import dev.parc.facts.directory.MailboxPurpose;
import dev.parc.facts.directory.MailboxPurpose.Purpose;
import dev.parc.facts.directory.Microsoft365Service;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Microsoft365ReaderTest {

    private static final LocalDate AS_OF = LocalDate.parse("2026-08-30");
    private static final String CONCEALED =
            "user names are concealed in usage reports, so nobody can be found in them: in the Microsoft"
                    + " 365 admin center, under Settings > Org settings > Reports, clear 'Display concealed user,"
                    + " group, and site names'";

    private final FakeTenant tenant = FakeTenant.licensed();
    private String ann = "";

    @BeforeEach
    void oneAdministrator() {
        ann = tenant.user("ann");
        tenant.permanent(ann, GLOBAL_ADMINISTRATOR.templateId());
    }

    private Readings activity() {
        return Readings.of(tenant, MICROSOFT_365_ACTIVITY);
    }

    private String unread() {
        return activity().unread(MICROSOFT_365_ACTIVITY);
    }

    @Test
    void theLastUseOfEachServiceIsRead() {
        tenant.used(ann, "Exchange", "2026-08-29");
        tenant.used(ann, "Teams", "2026-08-28");
        tenant.used(ann, "SharePoint", "2026-08-27");
        tenant.used(ann, "OneDrive", "2026-08-26");
        tenant.used(ann, "Skype For Business", "2026-08-25");
        tenant.used(ann, "Yammer", "2026-08-24");
        assertThat(activity().only(MICROSOFT_365_ACTIVITY, Microsoft365Activity.class))
                .isEqualTo(new Microsoft365Activity(
                        ann,
                        AS_OF,
                        true,
                        Map.of(
                                Microsoft365Service.EXCHANGE, LocalDate.parse("2026-08-29"),
                                Microsoft365Service.TEAMS, LocalDate.parse("2026-08-28"),
                                Microsoft365Service.SHAREPOINT, LocalDate.parse("2026-08-27"),
                                Microsoft365Service.ONEDRIVE, LocalDate.parse("2026-08-26"),
                                Microsoft365Service.SKYPE_FOR_BUSINESS, LocalDate.parse("2026-08-25"),
                                Microsoft365Service.YAMMER, LocalDate.parse("2026-08-24"))));
    }

    @Test
    void namesAreComparedWithoutCase() {
        tenant.used(ann, "Exchange", "2026-08-29");
        tenant.object(ann).put("userPrincipalName", "ANN@Contoso.onmicrosoft.com");
        assertThat(activity()
                        .only(MICROSOFT_365_ACTIVITY, Microsoft365Activity.class)
                        .listed())
                .isTrue();
    }

    @Test
    void whoIsNotListedIsNotListed() {
        tenant.usedNothing(tenant.user("somebody else"));
        assertThat(activity().only(MICROSOFT_365_ACTIVITY, Microsoft365Activity.class))
                .isEqualTo(new Microsoft365Activity(ann, AS_OF, false, Map.of()));
    }

    @Test
    void concealedNamesAreAReasonAndTheReportIsNotAskedFor() {
        tenant.used(ann, "Exchange", "2026-08-29");
        tenant.reportSettings().put("displayConcealedNames", true);
        assertThat(unread()).isEqualTo(CONCEALED);
        assertThat(tenant.requests()).doesNotContainKey("GET /reports/getOffice365ActiveUserDetail(period='D90')");
    }

    @Test
    void concealedNamesAreSeenWithoutTheSettingsToo() {
        tenant.used(ann, "Exchange", "2026-08-29");
        tenant.reportSettings().put("displayConcealedNames", true);
        tenant.refuse("/admin/reportSettings", 403, "Authorization_RequestDenied");
        assertThat(unread()).isEqualTo(CONCEALED);
    }

    @Test
    void namesThatAreThereNeedNoSettings() {
        tenant.used(ann, "Exchange", "2026-08-29");
        tenant.refuse("/admin/reportSettings", 403, "Authorization_RequestDenied");
        assertThat(activity()
                        .only(MICROSOFT_365_ACTIVITY, Microsoft365Activity.class)
                        .listed())
                .isTrue();
    }

    @Test
    void aReportOfNobodyIsATenantWithoutMicrosoft365() {
        activity().isUnlicensed(MICROSOFT_365_ACTIVITY, Licence.MICROSOFT_365);
    }

    @Test
    void aReportOfNobodyInATenantWithMicrosoft365IsNotReady() {
        tenant.plan("Exchange Online", "EXCHANGE_S_ENTERPRISE");
        assertThat(unread()).isEqualTo("the usage report is empty");
    }

    @Test
    void aReportOfNobodyWhereLicencesAreUnknownIsNotReady() {
        tenant.refuse("/subscribedSkus", 403, "Authorization_RequestDenied");
        assertThat(unread()).isEqualTo("the usage report is empty");
    }

    @Test
    void theMissingPermissionIsNamed() {
        tenant.refuse("/reports/getOffice365ActiveUserDetail(period='D90')", 403, "S2SUnauthorized");
        assertThat(unread())
                .isEqualTo(
                        "permission Reports.Read.All may be missing (Graph answered 403 S2SUnauthorized): if it is, grant it to PARC's"
                                + " identity");
    }

    @Test
    void aReportThatNobodyRenewedIsAGap() {
        tenant.used(ann, "Exchange", "2026-08-29").refreshed("2026-08-17");
        assertThat(activity().gaps(MICROSOFT_365_ACTIVITY))
                .containsExactly("the usage report ends on 2026-08-17, 15 days back");
        tenant.refreshed("2026-08-18");
        assertThat(activity().gaps(MICROSOFT_365_ACTIVITY)).isEmpty();
    }

    @Test
    void aDayThatIsNoneIsAGap() {
        tenant.used(ann, "Exchange", "29.08.2026");
        assertThat(unread()).isEqualTo("usage reports came with an unusable exchangeLastActivityDate");
    }

    @Test
    void withoutAccountsThereIsNobodyToAskFor() {
        tenant.refuse("/users/{id}", 403, "Authorization_RequestDenied");
        assertThat(unread()).startsWith("administrators' accounts could not be read");
        assertThat(tenant.requests()).doesNotContainKey("GET /admin/reportSettings");
    }

    @ParameterizedTest
    @CsvSource({
        "user, USER",
        "linked, USER",
        "shared, SHARED",
        "room, RESOURCE",
        "equipment, RESOURCE",
        "others, OTHER",
        "unknownFutureValue, OTHER"
    })
    void thePurposeOfAMailboxIsRead(String purpose, Purpose expected) {
        tenant.object(ann).put("mail", "ann@contoso.com");
        tenant.mailbox(ann, purpose);
        assertThat(Readings.of(tenant, MAILBOX_PURPOSES).only(MAILBOX_PURPOSES, MailboxPurpose.class))
                .isEqualTo(new MailboxPurpose(ann, expected));
    }

    @Test
    void anAddressWithoutAMailboxIsNoMailbox() {
        tenant.object(ann).put("mail", "ann@contoso.com");
        assertThat(Readings.of(tenant, MAILBOX_PURPOSES).only(MAILBOX_PURPOSES, MailboxPurpose.class))
                .isEqualTo(new MailboxPurpose(ann, Purpose.NONE));
    }

    @Test
    void whoHasNeitherAddressNorLicenceIsNotAsked() {
        assertThat(Readings.of(tenant, MAILBOX_PURPOSES).values(MAILBOX_PURPOSES, MailboxPurpose.class))
                .isEmpty();
        assertThat(tenant.requests()).doesNotContainKey("GET /users/{id}/mailboxSettings");
    }

    @Test
    void theOptionalPermissionIsNamed() {
        tenant.object(ann).put("mail", "ann@contoso.com");
        tenant.refuse("/users/{id}/mailboxSettings", 403, "ErrorAccessDenied");
        assertThat(Readings.of(tenant, MAILBOX_PURPOSES).unread(MAILBOX_PURPOSES))
                .isEqualTo(
                        "permission MailboxSettings.Read may be missing (Graph answered 403 ErrorAccessDenied): if it is, grant it to"
                                + " PARC's identity");
    }
}
