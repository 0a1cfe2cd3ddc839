package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.LEGACY_SIGN_INS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.LegacySignIns;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacySignInReaderTest {

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
        assertThat(small.requests()).containsOnlyKeys("GET /subscribedSkus");
    }

    @Test
    void aRefusalForWantOfALicenceIsBelievedWhereThePlansCouldNotBeRead() {
        FakeTenant small = FakeTenant.unlicensed();
        small.refuse("/subscribedSkus", 403, "Authorization_RequestDenied");
        Readings.of(small, LEGACY_SIGN_INS).isUnlicensed(LEGACY_SIGN_INS, Licence.ENTRA_ID_P1);
    }
}
