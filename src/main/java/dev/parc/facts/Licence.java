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
            Set.of("eec0eb4f-6444-4f95-aba0-50c24d67f998", "e866a266-3cff-43a3-acca-0c90a7e00c8b")),
    ENTRA_ID_P2("Microsoft Entra ID P2", Set.of("eec0eb4f-6444-4f95-aba0-50c24d67f998")),
    /** Sensitivity labels: MIP_S_CLP1 and MIP_S_CLP2, RMS_S_PREMIUM and RMS_S_PREMIUM2. */
    INFORMATION_PROTECTION(
            "Microsoft Purview Information Protection",
            Set.of(
                    "5136a095-5cf0-4aff-bec3-e84448b38ea5",
                    "efb0351d-3b08-4503-993d-383af8de41e3",
                    "6c57d4b6-3b23-47a5-9bc9-69f17b4947b3",
                    "5689bec4-755d-4753-8b61-40975025187c")),
    /** ADALLOM_S_STANDALONE; its editions for Office 365 only and for discovery only do not watch connected applications. */
    DEFENDER_FOR_CLOUD_APPS("Microsoft Defender for Cloud Apps", Set.of("2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2"));

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
