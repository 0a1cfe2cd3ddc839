package dev.parc.facts;

import java.util.List;
import java.util.Set;

/** A licence that some evidence or feature needs, known by the service plans that carry it, never by SKU names. */
public enum Licence {
    ENTRA_ID_P1(
            "Microsoft Entra ID P1",
            Set.of("41781fb2-bc02-4b7c-bd55-b576c07bb09d", "eec0eb4f-6444-4f95-aba0-50c24d67f998")),
    ENTRA_ID_P2_OR_GOVERNANCE(
            "Microsoft Entra ID P2 or ID Governance",
            Set.of("eec0eb4f-6444-4f95-aba0-50c24d67f998", "e866a266-3cff-43a3-acca-0c90a7e00c8b"));

    private final String title;
    private final Set<String> servicePlanIds;

    Licence(String title, Set<String> servicePlanIds) {
        this.title = title;
        this.servicePlanIds = servicePlanIds;
    }

    /** The name under which Microsoft sells it. */
    public String title() {
        return title;
    }

    /** Whether one of the plans that carry it is provisioned. */
    public boolean isIn(List<ServicePlan> plans) {
        return plans.stream().anyMatch(plan -> plan.provisioned() && servicePlanIds.contains(plan.id()));
    }
}
