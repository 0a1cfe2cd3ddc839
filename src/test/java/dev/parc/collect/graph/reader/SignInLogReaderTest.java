package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.EMERGENCY_SIGN_INS;
import static dev.parc.facts.FactKind.LEGACY_SIGN_INS;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.EmergencySignIn;
import dev.parc.facts.activity.LegacySignIns;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInLogReaderTest {

    private static final String ROLE = GLOBAL_ADMINISTRATOR.templateId();
    private static final String LATELY = "2026-08-30T09:00:00Z";

    private final FakeTenant tenant = FakeTenant.licensed();
    private final String kim = tenant.user("kim");

    private LegacySignIns only() {
        return Readings.of(tenant, LEGACY_SIGN_INS).only(LEGACY_SIGN_INS, LegacySignIns.class);
    }

    @Test
    void signInsOfOneUserByOneClientAreCountedTogether() {
        tenant.legacySignIn(kim, "IMAP4", "interactiveUser", "2026-08-29T09:00:00Z", 0);
        tenant.legacySignIn(kim, "IMAP4", "nonInteractiveUser", LATELY, 0);
        assertThat(only())
                .isEqualTo(new LegacySignIns(kim, "kim@contoso.onmicrosoft.com", "IMAP4", 2, Instant.parse(LATELY)));
        assertThat(tenant.requests())
                .containsEntry("GET /auditLogs/signIns", 1L)
                .containsEntry("GET /beta/auditLogs/signIns", 1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authenticated SMTP",
                "AutoDiscover",
                "Exchange ActiveSync",
                "Exchange Online PowerShell",
                "Exchange Web Services",
                "MAPI Over HTTP",
                "Offline Address Book",
                "Other clients",
                "Outlook Anywhere (RPC over HTTP)",
                "Outlook Service",
                "POP3",
                "Reporting Web Services"
            })
    void everyLegacyClientCounts(String client) {
        tenant.legacySignIn(kim, client, "nonInteractiveUser", LATELY, 0);
        assertThat(only().client()).isEqualTo(client);
    }

    @Test
    void failedModernAndOldSignInsDoNot() {
        tenant.legacySignIn(kim, "IMAP4", "interactiveUser", LATELY, 53003);
        tenant.legacySignIn(kim, "Browser", "interactiveUser", LATELY, 0);
        tenant.legacySignIn(kim, "IMAP4", "interactiveUser", "2026-08-01T23:59:59Z", 0);
        assertThat(Readings.of(tenant, LEGACY_SIGN_INS).values(LEGACY_SIGN_INS, LegacySignIns.class))
                .isEmpty();
    }

    @Test
    void theLogIsReadFromTheBeginningOfTheDayThirtyDaysAgo() {
        tenant.legacySignIn(kim, "IMAP4", "interactiveUser", "2026-08-02T00:00:00Z", 0);
        assertThat(only().times()).isEqualTo(1);
    }

    @Test
    void onlyTheFirstPageIsReadAndMoreIsAGap() {
        for (int i = 0; i < 25; i++) {
            tenant.legacySignIn(kim, "POP3", "interactiveUser", "2026-08-30T09:00:%02dZ".formatted(i), 0);
        }
        tenant.pageSize(10);
        Readings readings = Readings.of(tenant, LEGACY_SIGN_INS);
        assertThat(readings.values(LEGACY_SIGN_INS, LegacySignIns.class))
                .singleElement()
                .extracting(LegacySignIns::times)
                .isEqualTo(10);
        assertThat(readings.gaps(LEGACY_SIGN_INS))
                .containsExactly("there are more interactive ones than the latest 10, which were read");
        assertThat(tenant.requests()).containsEntry("GET /auditLogs/signIns", 1L);
    }

    @ParameterizedTest
    @CsvSource({"/auditLogs/signIns", "/beta/auditLogs/signIns"})
    void halfALogIsNoLog(String refused) {
        tenant.refuse(refused, 403, "Authorization_RequestDenied");
        assertThat(Readings.of(tenant, LEGACY_SIGN_INS).unread(LEGACY_SIGN_INS))
                .startsWith("permission AuditLog.Read.All may be missing");
    }

    @Test
    void aRowWithoutATimeIsAGap() {
        tenant.legacySignIn(kim, "IMAP4", "interactiveUser", LATELY, 0);
        tenant.legacySignIn(kim, "POP3", "interactiveUser", LATELY, 0).remove("userId");
        assertThat(Readings.of(tenant, LEGACY_SIGN_INS).gaps(LEGACY_SIGN_INS))
                .containsExactly("sign-ins came without userId");
    }

    @Test
    void withoutP1NothingIsAsked() {
        FakeTenant small = FakeTenant.unlicensed();
        Readings.of(small, LEGACY_SIGN_INS).isUnlicensed(LEGACY_SIGN_INS, Licence.ENTRA_ID_P1);
        assertThat(small.requests())
                .doesNotContainKey("GET /auditLogs/signIns")
                .doesNotContainKey("GET /beta/auditLogs/signIns");
    }

    @Test
    void aRefusalForWantOfALicenceIsBelievedWhereThePlansCouldNotBeRead() {
        FakeTenant small = FakeTenant.unlicensed();
        small.refuse("/subscribedSkus", 403, "Authorization_RequestDenied");
        Readings.of(small, LEGACY_SIGN_INS).isUnlicensed(LEGACY_SIGN_INS, Licence.ENTRA_ID_P1);
    }

    private String admin(String name) {
        String id = name.equals("kim") ? kim : tenant.user(name);
        tenant.permanent(id, ROLE);
        return id;
    }

    private Readings emergencySignIns() {
        return Readings.of(
                tenant,
                new Designations(Set.of("one@contoso.onmicrosoft.com", FakeTenant.id("gone")), Map.of()),
                EMERGENCY_SIGN_INS);
    }

    @Test
    void theLogIsAskedForDesignatedAccountsOnly() {
        String one = admin("one");
        tenant.signIn(one, "2026-08-20T10:00:00Z", 0);
        tenant.signIn(one, "2026-08-21T10:00:00Z", 50126);
        tenant.signIn(one, "2026-07-01T10:00:00Z", 0);
        tenant.signIn(admin("kim"), "2026-08-20T10:00:00Z", 0);
        assertThat(emergencySignIns().values(EMERGENCY_SIGN_INS, EmergencySignIn.class))
                .containsExactly(
                        new EmergencySignIn(one, Instant.parse("2026-08-20T10:00:00Z"), true, "Azure Portal"),
                        new EmergencySignIn(one, Instant.parse("2026-08-21T10:00:00Z"), false, "Azure Portal"));
        assertThat(tenant.requests()).containsEntry("GET /auditLogs/signIns", 1L);
    }

    @Test
    void moreSignInsThanAPageHoldsAreNotFollowed() {
        String one = admin("one");
        IntStream.range(0, 30).forEach(minute -> tenant.signIn(one, "2026-08-20T10:%02d:00Z".formatted(minute), 0));
        tenant.pageSize(20);
        assertThat(emergencySignIns().values(EMERGENCY_SIGN_INS, EmergencySignIn.class))
                .hasSize(20);
        assertThat(tenant.requests()).containsEntry("GET /auditLogs/signIns", 3L);
    }

    @Test
    void aRefusedLogNamesThePermissionAndAMissingLicenceIsNoRefusal() {
        admin("one");
        tenant.refuse("/auditLogs/signIns", 403, "Authorization_RequestDenied");
        assertThat(emergencySignIns().unread(EMERGENCY_SIGN_INS))
                .startsWith("permission AuditLog.Read.All may be missing");
        FakeTenant small = FakeTenant.unlicensed();
        small.permanent(small.user("kim"), ROLE);
        Readings.of(small, EMERGENCY_SIGN_INS).isUnlicensed(EMERGENCY_SIGN_INS, Licence.ENTRA_ID_P1);
        assertThat(small.requests()).doesNotContainKey("GET /auditLogs/signIns");
    }

    @Test
    void aSignInThatCannotBeUsedIsAGap() {
        tenant.signIn(admin("one"), "2026-08-20T10:00:00Z", 0);
        tenant.collection("/auditLogs/signIns").get(0).remove("status");
        assertThat(emergencySignIns().unread(EMERGENCY_SIGN_INS)).isEqualTo("sign-ins came without status");
    }

    private static final FactKind[] BOTH = {EMERGENCY_SIGN_INS, LEGACY_SIGN_INS};

    private Readings both() {
        return Readings.of(tenant, new Designations(Set.of(FakeTenant.id("one")), Map.of()), BOTH);
    }

    /** What they are when each is asked for itself. */
    private void assertAsApart(Readings together) {
        tenant.refuseSharedPages();
        Readings apart = both();
        for (FactKind kind : BOTH) {
            assertThat(together.byKind().get(kind)).isEqualTo(apart.byKind().get(kind));
        }
    }

    @Test
    void ofAShortLogOnePageAnswersBoth() {
        String one = admin("one");
        tenant.signIn(one, "2026-08-20T10:00:00Z", 0);
        tenant.signIn(admin("kim"), "2026-08-20T10:00:00Z", 0);
        tenant.legacySignIn(one, "IMAP4", "interactiveUser", LATELY, 0);
        tenant.legacySignIn(one, "POP3", "interactiveUser", LATELY, 50126);
        tenant.legacySignIn(kim, "IMAP4", "interactiveUser", LATELY, 0);
        Readings together = both();
        assertThat(tenant.requests()).containsEntry("GET /auditLogs/signIns", 1L);
        assertThat(together.values(EMERGENCY_SIGN_INS, EmergencySignIn.class)).hasSize(3);
        assertThat(together.values(LEGACY_SIGN_INS, LegacySignIns.class)).hasSize(2);
        assertAsApart(together);
    }

    @Test
    void twoThousandLegacySignInsHideNoSignInOfAnEmergencyAccount() {
        tenant.pageSize(999);
        String one = admin("one");
        for (int i = 0; i < 2_000; i++) {
            tenant.legacySignIn(
                    kim,
                    "POP3",
                    "interactiveUser",
                    "2026-08-30T%02d:%02d:%02dZ".formatted(i / 3600, i / 60 % 60, i % 60),
                    0);
        }
        tenant.signIn(one, "2026-08-20T10:00:00Z", 0);
        Readings together = both();
        assertThat(together.only(EMERGENCY_SIGN_INS, EmergencySignIn.class).accountId())
                .isEqualTo(one);
        assertThat(together.gaps(LEGACY_SIGN_INS))
                .containsExactly("there are more interactive ones than the latest 999, which were read");
        assertThat(tenant.requests()).containsEntry("GET /auditLogs/signIns", 3L);
        assertAsApart(together);
    }

    @Test
    void manySignInsOfAnEmergencyAccountHideNoLegacyOne() {
        tenant.pageSize(999);
        String one = admin("one");
        for (int i = 0; i < 1_200; i++) {
            tenant.signIn(one, "2026-08-30T%02d:%02d:%02dZ".formatted(i / 3600, i / 60 % 60, i % 60), 0);
        }
        tenant.legacySignIn(kim, "POP3", "interactiveUser", "2026-08-20T10:00:00Z", 0);
        Readings together = both();
        assertThat(together.values(EMERGENCY_SIGN_INS, EmergencySignIn.class)).hasSize(EmergencySignIn.MOST_READ);
        assertThat(together.only(LEGACY_SIGN_INS, LegacySignIns.class).userId()).isEqualTo(kim);
        assertAsApart(together);
    }

    @Test
    void whatIsRefusedToAllIsAskedOnce() {
        admin("one");
        tenant.refuse("/auditLogs/signIns", 403, "Authorization_RequestDenied");
        Readings refused = both();
        assertThat(refused.unread(EMERGENCY_SIGN_INS)).startsWith("permission AuditLog.Read.All may be missing");
        assertThat(refused.unread(LEGACY_SIGN_INS)).startsWith("permission AuditLog.Read.All may be missing");
        assertThat(tenant.requests()).containsEntry("GET /auditLogs/signIns", 1L);
    }
}
