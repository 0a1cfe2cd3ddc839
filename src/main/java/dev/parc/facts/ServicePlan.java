package dev.parc.facts;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A service plan inside a subscription that the tenant holds.
 *
 * @param id the plan's well-known id, the same in every tenant
 * @param provisioned whether it is usable: its subscription is enabled or in grace, and provisioning succeeded
 */
public record ServicePlan(String id, String name, boolean provisioned) {

    /** Parts of the names of plans that carry a workload of Microsoft 365; there are dozens, by edition and cloud. */
    private static final Pattern MICROSOFT_365 =
            Pattern.compile("EXCHANGE|SHAREPOINT|ONEDRIVE|TEAMS|MCO|OFFICE|YAMMER|O365");

    /** Comes with every subscription, also with those that have nothing to do with Microsoft 365. */
    private static final String FOUNDATION = "EXCHANGE_S_FOUNDATION";

    /** Whether it is usable and belongs to Microsoft 365, by its name; a plan without a name might. */
    public boolean ofMicrosoft365() {
        String upper = name.toUpperCase(Locale.ROOT);
        return provisioned
                && !upper.equals(FOUNDATION)
                && (upper.isBlank() || MICROSOFT_365.matcher(upper).find());
    }
}
