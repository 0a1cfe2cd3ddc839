package dev.parc.facts.azure;

import java.util.Locale;
import java.util.Map;

/** How far up in Azure a role is held; below there it is inherited. Widest first. */
public enum AzureScope {
    /** Above every management group; only a Global Administrator who elevated access can put a role there. */
    ROOT("at the root scope / of Azure, above every management group"),
    MANAGEMENT_GROUP("on management group"),
    SUBSCRIPTION("on subscription"),
    RESOURCE_GROUP("on a resource group in subscription"),
    RESOURCE("on a resource in subscription");

    private static final String OF_MANAGEMENT_GROUP = "/providers/microsoft.management/managementgroups/";
    private static final String OF_SUBSCRIPTION = "/subscriptions/";

    private final String place;

    AzureScope(String place) {
        this.place = place;
    }

    /**
     * The level that a scope is on.
     *
     * @param scope as Azure Resource Manager writes it, for example {@code /subscriptions/...}
     */
    public static AzureScope of(String scope) {
        String path = scope.toLowerCase(Locale.ROOT);
        if (path.isEmpty() || path.equals("/")) {
            return ROOT;
        }
        if (path.startsWith(OF_MANAGEMENT_GROUP)) {
            return MANAGEMENT_GROUP;
        }
        int parts = path.split("/", -1).length;
        if (path.startsWith(OF_SUBSCRIPTION)) {
            return parts <= 3
                    ? SUBSCRIPTION
                    : parts <= 5 && path.contains("/resourcegroups/") ? RESOURCE_GROUP : RESOURCE;
        }
        return RESOURCE;
    }

    /** Whether it may be above several subscriptions. */
    public boolean aboveSubscriptions() {
        return this == ROOT || this == MANAGEMENT_GROUP;
    }

    /** The management group or subscription that a scope lies in, by the id it has there, in lower case. */
    public static String container(String scope) {
        String path = scope.toLowerCase(Locale.ROOT);
        String rest = path.startsWith(OF_MANAGEMENT_GROUP)
                ? path.substring(OF_MANAGEMENT_GROUP.length())
                : path.startsWith(OF_SUBSCRIPTION) ? path.substring(OF_SUBSCRIPTION.length()) : path;
        return rest.split("/", 2)[0];
    }

    /**
     * Where that is, for a person to read.
     *
     * @param names of management groups and subscriptions, by their ids in lower case
     */
    public static String inWords(String scope, Map<String, String> names) {
        AzureScope level = of(scope);
        String container = container(scope);
        return level == ROOT ? level.place : level.place + " '" + names.getOrDefault(container, container) + "'";
    }
}
