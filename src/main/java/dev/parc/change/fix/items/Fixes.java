package dev.parc.change.fix.items;

import dev.parc.change.fix.Fix;
import dev.parc.change.fix.policies.PolicyFix;
import dev.parc.change.fix.roles.EligibleFix;
import dev.parc.change.fix.roles.PimSettingsFix;
import dev.parc.change.fix.roles.RemovalFix;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fixes that PARC has, by the ids of their items. */
public final class Fixes {

    private static final Map<String, Fix> BY_ITEM = Collections.unmodifiableMap(new TreeMap<>(Map.ofEntries(
            Map.entry("S1-03", RemovalFix.unneededHighlyPrivileged()),
            Map.entry("S1-06", PolicyFix.mfaOfHighlyPrivileged()),
            Map.entry("S2-05", RemovalFix.unneeded()),
            Map.entry("S2-06", RemovalFix.microsoftAccounts()),
            Map.entry("S2-12", PolicyFix.mfaOfEverybody()),
            Map.entry("S2-13", PolicyFix.answersToRisk()),
            Map.entry("S3-02", new EligibleFix()),
            Map.entry("S3-03", PolicyFix.resistantMfaOfAdministrators()),
            Map.entry("S3-04", PolicyFix.managedDevicesOfAdministrators()),
            Map.entry("S3-06", new PimSettingsFix()),
            Map.entry("S3-07", PolicyFix.noLegacyAuthentication()))));

    private Fixes() {}

    /** The fix of an item; empty if PARC has none. */
    public static Optional<Fix> of(String checkId) {
        return Optional.ofNullable(BY_ITEM.get(checkId));
    }

    /** The ids of the items that have a fix, in order. */
    public static Collection<String> items() {
        return BY_ITEM.keySet();
    }
}
