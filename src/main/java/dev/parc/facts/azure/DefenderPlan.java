package dev.parc.facts.azure;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A plan of Defender for Cloud in one subscription.
 *
 * @param name as Azure Resource Manager writes it, for example {@code VirtualMachines}
 * @param on whether it is paid for; a free one protects nothing
 */
public record DefenderPlan(String subscriptionId, String name, boolean on) {

    private static final String MACHINE = "microsoft.compute/virtualmachines";
    private static final String SCALE_SET = "microsoft.compute/virtualmachinescalesets";

    /** What each plan protects, by the type of resource; a plan that is not here may protect anything. */
    private static final Map<String, Set<String>> PROTECTS = Map.of(
            "virtualmachines",
            Set.of(MACHINE, SCALE_SET, "microsoft.hybridcompute/machines"),
            "sqlservers",
            Set.of("microsoft.sql/servers", "microsoft.sql/managedinstances", "microsoft.synapse/workspaces"),
            "sqlservervirtualmachines",
            Set.of(MACHINE, "microsoft.hybridcompute/machines", "microsoft.sqlvirtualmachine/sqlvirtualmachines"),
            "appservices",
            Set.of("microsoft.web/serverfarms", "microsoft.web/sites"),
            "storageaccounts",
            Set.of("microsoft.storage/storageaccounts"),
            "keyvaults",
            Set.of("microsoft.keyvault/vaults"),
            "containers",
            Set.of(
                    "microsoft.containerservice/managedclusters",
                    "microsoft.containerregistry/registries",
                    "microsoft.kubernetes/connectedclusters"),
            "opensourcerelationaldatabases",
            Set.of(
                    "microsoft.dbforpostgresql/servers",
                    "microsoft.dbforpostgresql/flexibleservers",
                    "microsoft.dbformysql/servers",
                    "microsoft.dbformysql/flexibleservers",
                    "microsoft.dbformariadb/servers"),
            "cosmosdbs",
            Set.of("microsoft.documentdb/databaseaccounts"),
            "api",
            Set.of("microsoft.apimanagement/service"));

    /** Every type of resource that tells whether a plan has something to protect, lower case, in order. */
    public static List<String> protectedTypes() {
        return PROTECTS.values().stream()
                .flatMap(Set::stream)
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether it has something to protect among these types of resources; true for a plan that PARC does not know. */
    public boolean protectsSome(Set<String> types) {
        return Optional.ofNullable(PROTECTS.get(name.toLowerCase(Locale.ROOT)))
                .filter(wanted -> wanted.stream().noneMatch(types::contains))
                .isEmpty();
    }
}
