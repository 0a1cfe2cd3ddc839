package dev.parc.app;

import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.assessment.json.PermissionReport;
import dev.parc.assessment.json.PermissionReport.Found;
import dev.parc.assessment.json.PermissionReport.Held;
import dev.parc.check.Check;
import dev.parc.collect.Tenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at what PARC's identity may read: its permissions of Microsoft Graph by name, its roles in Azure by trying them. */
public final class PermissionProbe {

    /** What tells that each role is there, at the cost of a call or two. */
    private static final Map<String, Set<FactKind>> TRIED = Map.of(
            FactKind.AZURE_SUBSCRIPTIONS.azureRole().orElseThrow(),
            Set.of(FactKind.AZURE_MANAGEMENT_GROUPS, FactKind.AZURE_SUBSCRIPTIONS),
            FactKind.ENTRA_DIAGNOSTIC_SETTINGS.azureRole().orElseThrow(),
            Set.of(FactKind.ENTRA_DIAGNOSTIC_SETTINGS));

    private final Tenant tenant;
    private final List<Check> checks;

    PermissionProbe(Tenant tenant, List<Check> checks) {
        this.tenant = tenant;
        this.checks = List.copyOf(checks);
    }

    /**
     * Reads.
     *
     * @throws dev.parc.collect.TenantException if nothing at all can be read
     */
    public PermissionReport read(Consumer<String> progress) {
        Set<FactKind> kinds = new HashSet<>();
        TRIED.values().forEach(kinds::addAll);
        Facts facts = tenant.collect(kinds, Designations.NONE, progress).facts();
        Map<String, Found> azure = new LinkedHashMap<>();
        TRIED.forEach((role, tried) -> azure.put(role, found(UnseenHolders.gaps(facts.only(tried)))));
        Map<String, String> coming = new HashMap<>();
        tenant.awaited()
                .ifPresent(awaited -> awaited.permissions()
                        .forEach(permission -> coming.put(permission, "it is granted; " + awaited.inWords())));
        return PermissionReport.of(tenant.id(), tenant.source(), tenant.permissions(), coming, azure, checks);
    }

    private static Found found(List<String> gaps) {
        return gaps.isEmpty() ? new Found(Held.YES, "") : new Found(Held.NO, gaps.get(0));
    }
}
