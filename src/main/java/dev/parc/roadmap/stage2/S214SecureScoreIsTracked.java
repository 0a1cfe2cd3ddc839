package dev.parc.roadmap.stage2;

import static dev.parc.check.Effort.DAYS;
import static dev.parc.check.Severity.LOW;
import static dev.parc.facts.FactKind.SECURE_SCORES;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.analysis.accounts.SecureScoreTrend;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Verdict;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.activity.SecureScore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads Microsoft Secure Score and compares it with a month ago, like with like. */
@RoadmapItem(
        id = "S2-14",
        title = "Microsoft Secure Score is available, tracked and not falling",
        severity = LOW,
        effort = DAYS,
        remedy = "Find out in the Secure Score history what fell, and undo it or accept it with a waiver",
        needs = {SERVICE_PLANS, SECURE_SCORES})
public final class S214SecureScoreIsTracked implements Check {

    @Override
    public Verdict evaluate(Facts facts) {
        if (!facts.usesMicrosoft365()) {
            return Verdict.notApplicable("the tenant has no Microsoft 365 plan");
        }
        Optional<SecureScore> latest = SecureScoreTrend.latest(facts);
        if (latest.isEmpty()) {
            return Verdict.notAssessed(List.of("Secure Score: Graph holds none of this tenant yet"));
        }
        if (!SecureScoreTrend.isCurrent(latest.get(), facts.takenAt())) {
            return Verdict.notAssessed(List.of("Secure Score: the newest is of "
                    + day(latest.get().at()) + ", and Microsoft computes one every day"));
        }
        return SecureScoreTrend.of(facts)
                .map(S214SecureScoreIsTracked::judged)
                .orElseGet(() -> Verdict.notAssessed(
                        List.of("Secure Score: no two days at least a week apart can be compared yet; the newest is "
                                + percent(latest.get()))));
    }

    private static Verdict judged(SecureScoreTrend trend) {
        String move = trend.common() == 1
                ? "by the 1 control of both days"
                : "by the %d controls of both days".formatted(trend.common());
        LocalDate since = day(trend.before().at());
        if (trend.falling()) {
            return Verdict.fail(
                    "Secure Score is %s and fell by %s since %s, compared %s"
                            .formatted(percent(trend.latest()), points(-trend.change()), since, move),
                    trend.falls().stream()
                            .map(fall -> Finding.ofTenant(Details.of("S2-14.lost-points")
                                    .with("control", fall.control())
                                    .with("points", number(fall.to()))
                                    .with("before", number(fall.from()))
                                    .with("date", since)))
                            .toList());
        }
        String change = trend.change() > 0
                ? "rose by " + points(trend.change())
                : trend.change() < 0 ? "fell by no more than " + points(-trend.change()) : "has not moved";
        return Verdict.pass("Secure Score is %s and %s since %s, compared %s"
                .formatted(percent(trend.latest()), change, since, move));
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static String percent(SecureScore score) {
        return String.format(
                Locale.ROOT,
                "%.1f %% (%s of %s points)",
                score.percentage(),
                number(score.current()),
                number(score.max()));
    }

    private static String points(double percentagePoints) {
        String number = number(percentagePoints);
        return number + (number.equals("1") ? " percentage point" : " percentage points");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
