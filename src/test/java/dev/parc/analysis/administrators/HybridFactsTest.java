package dev.parc.analysis.administrators;

import static dev.parc.check.TenantBuilder.NOW;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.accounts.SecureScoreTrend;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.ServicePlan;
import dev.parc.facts.directory.Domain;
import dev.parc.facts.directory.PasswordHashSync;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HybridFactsTest {

    private static Optional<PasswordHashSync.LastReceived> received(String when) {
        return switch (when) {
            case "unread" -> Optional.empty();
            case "never" -> Optional.of(new PasswordHashSync.LastReceived(Optional.empty()));
            default -> Optional.of(new PasswordHashSync.LastReceived(Optional.of(Instant.parse(when))));
        };
    }

    private static Optional<Boolean> flag(String on) {
        return on.equals("unread") ? Optional.empty() : Optional.of(Boolean.valueOf(on));
    }

    @ParameterizedTest
    @CsvSource({
        "true,   2026-08-29T08:00:00Z, false",
        "true,   2026-08-29T07:59:59Z, true",
        "unread, 2026-09-01T09:00:00Z, false",
        "unread, never,                true",
        "false,  2026-09-01T07:00:00Z, false",
        "false,  unread,               true",
        "true,   unread,               false",
        "true,   never,                true",
    })
    void passwordHashSynchronisationFailsOnlyForCertain(String on, String last, boolean fails) {
        assertThat(new PasswordHashSync(flag(on), received(last)).fails(NOW)).isEqualTo(fails);
    }

    @ParameterizedTest
    @CsvSource({
        "EXCHANGE_S_ENTERPRISE, true",
        "EXCHANGE_S_DESKLESS_GOV, true",
        "EXCHANGE_S_FOUNDATION, false",
        "SHAREPOINTSTANDARD_EDU, true",
        "TEAMS1, true",
        "OFFICESUBSCRIPTION, true",
        "AAD_PREMIUM_P2, false",
        "INTUNE_A, false",
        "'', true",
    })
    void microsoft365IsToldByTheNamesOfPlans(String name, boolean microsoft365) {
        assertThat(new ServicePlan("x", name, true).ofMicrosoft365()).isEqualTo(microsoft365);
        assertThat(new ServicePlan("x", name, false).ofMicrosoft365()).isFalse();
    }

    @Test
    void onlyVerifiedFederatedDomainsAreFederated() {
        Facts facts = tenant().domain("fed.contoso.com", true)
                .add(FactKind.DOMAINS, new Domain("claimed.contoso.com", true, false, false))
                .facts();
        assertThat(facts.federatedDomains()).extracting(Domain::name).containsExactly("fed.contoso.com");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 29, 30, 31, 60})
    void theScoreOfThirtyDaysBeforeIsComparedWhereThereIsOne(int days) {
        Facts facts = tenant().secureScore(0, Map.of("A", 1.0))
                .secureScore(days, Map.of("A", 1.0))
                .secureScore(30, Map.of("A", 1.0))
                .secureScore(45, Map.of("A", 1.0))
                .facts();
        assertThat(SecureScoreTrend.of(facts).orElseThrow().before().at()).isEqualTo(NOW.minus(Duration.ofDays(30)));
    }
}
