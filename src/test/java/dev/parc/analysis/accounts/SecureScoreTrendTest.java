package dev.parc.analysis.accounts;

import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecureScoreTrendTest {

    private static Optional<SecureScoreTrend> trend(Map<String, Double> before, Map<String, Double> now) {
        return SecureScoreTrend.of(
                tenant().secureScore(31, before).secureScore(0, now).facts());
    }

    @Test
    void halfOfTheControlsInCommonAreEnoughToCompare() {
        assertThat(trend(Map.of("a", 1.0, "b", 1.0), Map.of("a", 1.0, "c", 1.0)))
                .isPresent();
        assertThat(trend(Map.of("a", 1.0), Map.of("a", 1.0, "b", 1.0))).isPresent();
        assertThat(trend(Map.of("a", 1.0, "b", 1.0), Map.of("a", 1.0))).isPresent();
        assertThat(trend(Map.of("a", 1.0), Map.of("a", 1.0, "b", 1.0, "c", 1.0)))
                .isEmpty();
        assertThat(trend(Map.of("a", 1.0, "b", 1.0, "c", 1.0), Map.of("a", 1.0)))
                .isEmpty();
    }

    @Test
    void whatFellMostIsToldFirstAndWhatStayedIsNot() {
        SecureScoreTrend trend = trend(
                        Map.of("a", 2.0, "b", 9.0, "c", 3.0, "d", 1.0), Map.of("a", 1.0, "b", 5.0, "c", 3.0, "d", 1.0))
                .orElseThrow();

        assertThat(trend.falls()).extracting(SecureScoreTrend.Fall::control).containsExactly("b", "a");
    }
}
