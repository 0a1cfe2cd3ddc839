package dev.parc.analysis.accounts;

import dev.parc.facts.Facts;
import dev.parc.facts.activity.SecureScore;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How Secure Score moved over about a month. Microsoft adds and retires controls, and a new licence brings more points to
 * win, so both days are measured by the controls that both have.
 *
 * @param change by how many percentage points of today's maximum the common controls rose, or fell if negative
 * @param falls the common controls that lost points, those that lost most first
 * @param common how many controls both days have
 */
public record SecureScoreTrend(SecureScore latest, SecureScore before, double change, List<Fall> falls, int common) {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration SHORTEST = Duration.ofDays(7);
    private static final Duration STALE = Duration.ofDays(3);

    /** A day's noise: people come and go, and some controls count them. */
    private static final double NOISE = 1;

    /** A control that lost points. */
    public record Fall(String control, double from, double to) {}

    /** The newest Secure Score; empty if there is none. */
    public static Optional<SecureScore> latest(Facts facts) {
        return latest(facts.secureScores());
    }

    /** How Secure Score moved over about a month; empty where no two days can be compared. */
    public static Optional<SecureScoreTrend> of(Facts facts) {
        return of(facts.secureScores());
    }

    /** The newest score of all; empty if there is none. */
    static Optional<SecureScore> latest(List<SecureScore> scores) {
        return scores.stream().max(Comparator.comparing(SecureScore::at));
    }

    /** Whether a score still says how the tenant is doing: it is computed daily, and may be three days old. */
    public static boolean isCurrent(SecureScore score, Instant now) {
        return Duration.between(score.at(), now).compareTo(STALE) <= 0;
    }

    /**
     * The newest score against the one of 30 days before, or the oldest of at least 7 days before; empty if there is no
     * such day, or the two days have less than half of their controls in common.
     */
    static Optional<SecureScoreTrend> of(List<SecureScore> scores) {
        return latest(scores).flatMap(latest -> before(scores, latest).flatMap(before -> between(before, latest)));
    }

    private static Optional<SecureScore> before(List<SecureScore> scores, SecureScore latest) {
        return scores.stream()
                .filter(score -> age(score, latest).compareTo(MONTH) >= 0)
                .max(Comparator.comparing(SecureScore::at))
                .or(() -> scores.stream()
                        .filter(score -> age(score, latest).compareTo(SHORTEST) >= 0)
                        .min(Comparator.comparing(SecureScore::at)));
    }

    private static Duration age(SecureScore score, SecureScore latest) {
        return Duration.between(score.at(), latest.at());
    }

    private static Optional<SecureScoreTrend> between(SecureScore before, SecureScore latest) {
        Set<String> common = new TreeSet<>(latest.controls().keySet());
        common.retainAll(before.controls().keySet());
        if (latest.max() <= 0
                || common.isEmpty()
                || 2 * common.size() < before.controls().size()
                || 2 * common.size() < latest.controls().size()) {
            return Optional.empty();
        }
        List<Fall> falls = common.stream()
                .map(control -> new Fall(control, points(before, control), points(latest, control)))
                .filter(fall -> fall.to() < fall.from())
                .sorted(Comparator.comparingDouble(fall -> fall.to() - fall.from()))
                .toList();
        double points = common.stream()
                .mapToDouble(control -> points(latest, control) - points(before, control))
                .sum();
        return Optional.of(
                new SecureScoreTrend(latest, before, rounded(100 * points / latest.max()), falls, common.size()));
    }

    /** Whether it fell by more than one percentage point. */
    public boolean falling() {
        return change < -NOISE;
    }

    private static double points(SecureScore score, String control) {
        return score.controls().getOrDefault(control, 0.0);
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
