package dev.parc.facts.azure;

import java.util.Locale;
import java.util.Optional;

/**
 * What Azure Policy found inside a machine about its group of administrators.
 *
 * @param machineId as Azure Resource Manager writes it, lower case
 * @param name of the guest configuration, which tells what is asked: {@link #asks}
 * @param compliant whether the group was as the policy asks; empty if that is not known yet
 */
public record GuestConfiguration(String machineId, String name, Optional<Boolean> compliant) {

    /** What the policy asks of the group. Source: the built-in policies on the Administrators group of Windows. */
    public enum Asks {
        /** That it has these members and no others. */
        NO_OTHERS,
        /** That it has these members; whoever else is in it is not looked at. */
        REQUIRED,
        /** That it has none of these members; whoever else is in it is not looked at. */
        FORBIDDEN
    }

    /** What the policy asks. */
    public Asks asks() {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("toinclude")
                ? Asks.REQUIRED
                : lower.contains("toexclude") ? Asks.FORBIDDEN : Asks.NO_OTHERS;
    }

    /** What was found, to stand after the machine's name; empty while that is not known. */
    public Optional<String> inWords() {
        return compliant.map(met -> switch (asks()) {
            case NO_OTHERS ->
                (met
                                ? "has the local administrators that policy %s allows"
                                : "has other local administrators than policy %s allows")
                        .formatted(name);
            case REQUIRED ->
                (met
                                ? "has the local administrators that policy %s requires"
                                : "lacks a local administrator that policy %s requires")
                        .formatted(name);
            case FORBIDDEN ->
                (met
                                ? "has none of the local administrators that policy %s forbids"
                                : "has a local administrator that policy %s forbids")
                        .formatted(name);
        });
    }

    /** Whether somebody is in the group who should not be. */
    public boolean intruder() {
        return asks() != Asks.REQUIRED && compliant.filter(met -> !met).isPresent();
    }
}
