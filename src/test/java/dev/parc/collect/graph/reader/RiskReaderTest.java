package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.RISKY_USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.collect.FakeTenant;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.RiskyUser;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RiskReaderTest {

    private static final String PATH = "/identityProtection/riskyUsers";

    private final FakeTenant tenant = FakeTenant.licensed();

    @Test
    void onlyUsersWhoAreAtRiskNowAreRead() {
        String kim = tenant.user("kim");
        tenant.risky(kim, "high", "atRisk");
        tenant.risky(tenant.user("lee"), "none", "dismissed");
        assertThat(Readings.of(tenant, RISKY_USERS).only(RISKY_USERS, RiskyUser.class))
                .isEqualTo(new RiskyUser(
                        kim,
                        "kim@contoso.onmicrosoft.com",
                        "high",
                        Optional.of(Instant.parse("2026-08-29T06:00:00Z")),
                        false));
    }

    @Test
    void confirmedCompromisedIsToldApart() {
        tenant.risky(tenant.user("kim"), "high", "confirmedCompromised");
        assertThat(Readings.of(tenant, RISKY_USERS)
                        .only(RISKY_USERS, RiskyUser.class)
                        .compromised())
                .isTrue();
    }

    @Test
    void onlyTheFirstPageIsReadAndMoreIsAGap() {
        for (int i = 0; i < 12; i++) {
            tenant.risky(tenant.user("user" + i), "low", "atRisk");
        }
        tenant.pageSize(5);
        Readings readings = Readings.of(tenant, RISKY_USERS);
        assertThat(readings.values(RISKY_USERS, RiskyUser.class)).hasSize(5);
        assertThat(readings.gaps(RISKY_USERS)).containsExactly("there are more than the 5 that were read");
        assertThat(tenant.requests()).containsEntry("GET " + PATH, 1L);
    }

    @Test
    void aUserWithoutAnIdIsAGap() {
        tenant.risky(tenant.user("kim"), "high", "atRisk");
        tenant.risky(tenant.user("lee"), "high", "atRisk").remove("id");
        assertThat(Readings.of(tenant, RISKY_USERS).gaps(RISKY_USERS)).containsExactly("risky users came without id");
    }

    @Test
    void refusedUsersNameThePermission() {
        tenant.refuse(PATH, 403, "Forbidden");
        assertThat(Readings.of(tenant, RISKY_USERS).unread(RISKY_USERS))
                .startsWith("permission IdentityRiskyUser.Read.All may be missing");
    }

    @Test
    void withoutP2NothingIsAsked() {
        FakeTenant small = FakeTenant.unlicensed();
        Readings.of(small, RISKY_USERS).isUnlicensed(RISKY_USERS, Licence.ENTRA_ID_P2);
        assertThat(small.requests()).containsOnlyKeys("GET /subscribedSkus");
    }

    @Test
    void aRefusalForWantOfALicenceIsKnownByItsWords() {
        FakeTenant small = FakeTenant.unlicensed();
        small.refuse("/subscribedSkus", 403, "Authorization_RequestDenied");
        Readings.of(small, RISKY_USERS).isUnlicensed(RISKY_USERS, Licence.ENTRA_ID_P2);
    }
}
