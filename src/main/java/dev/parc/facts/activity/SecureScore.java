package dev.parc.facts.activity;

import java.time.Instant;
import java.util.Map;

/**
 * Microsoft Secure Score of one day.
 *
 * @param at when it was computed
 * @param current the points that the tenant has
 * @param max the points that it could have; it changes with licences and with Microsoft's list of controls
 * @param controls the points by control
 */
public record SecureScore(Instant at, double current, double max, Map<String, Double> controls) {

    public SecureScore {
        controls = Map.copyOf(controls);
    }

    /** The share of the points that the tenant has, in percent. */
    public double percentage() {
        return max == 0 ? 0 : 100 * current / max;
    }
}
