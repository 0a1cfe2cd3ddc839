package dev.parc.facts;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A licence that some evidence or feature needs, known by the service plans that carry it, never by SKU names. Source of the
 * ids: "Product names and service plan identifiers for licensing" in Microsoft's documentation.
 */
public enum Licence {
    ENTRA_ID_P1(
            "Microsoft Entra ID P1",
            Set.of("41781fb2-bc02-4b7c-bd55-b576c07bb09d", "eec0eb4f-6444-4f95-aba0-50c24d67f998")),
    ENTRA_ID_P2_OR_GOVERNANCE(
            "Microsoft Entra ID P2 or ID Governance",
            Set.of("eec0eb4f-6444-4f95-aba0-50c24d67f998", "e866a266-3cff-43a3-acca-0c90a7e00c8b")),
    /** EXCHANGE_S_STANDARD, _ENTERPRISE, _DESKLESS and _ESSENTIALS, EXCHANGE_B_STANDARD. */
    EXCHANGE_ONLINE(
            "Exchange Online",
            Set.of(
                    "9aaf7827-d63c-4b61-89c3-182f06f82e5c",
                    "efb87545-963c-4e0d-99df-69c6916d9eb0",
                    "4a82b400-a79f-41a4-b4e2-e94f5787b113",
                    "1126bef5-da20-4f07-b45e-ad25d2581aa8",
                    "90927877-dcff-4af6-b346-2332c0b15bb7")),
    /** INTUNE_A, INTUNE_EDU and INTUNE_SMBIZ. */
    INTUNE(
            "Microsoft Intune",
            Set.of(
                    "c1ec4a95-1f05-45b3-a911-aa3fa01094f5",
                    "da24caf9-af8e-485c-b7c8-e73336da2693",
                    "8e9ff0ff-aa7a-4b20-83c1-2f636b600ac2")),
    /** MTP, WINDEFATP, THREAT_INTELLIGENCE and ATP_ENTERPRISE. */
    DEFENDER_XDR(
            "Microsoft Defender XDR",
            Set.of(
                    "bf28f719-7844-4079-9c78-c1307898e192",
                    "871d91ec-ec1a-452b-a83f-bd76c7d770ef",
                    "8e0c0a52-6a6c-4d40-8370-dd62790dcd70",
                    "f20fedf3-f3c3-43c3-8267-2bfdd51c0939")),
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
    DEFENDER_FOR_CLOUD_APPS("Microsoft Defender for Cloud Apps", Set.of("2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2")),
    MICROSOFT_365("Microsoft 365", ServicePlan::ofMicrosoft365);

    private final String title;
    private final Predicate<ServicePlan> carries;

    Licence(String title, Set<String> servicePlanIds) {
        this(title, plan -> plan.provisioned() && servicePlanIds.contains(plan.id()));
    }

    Licence(String title, Predicate<ServicePlan> carries) {
        this.title = title;
        this.carries = carries;
    }

    /** The name under which Microsoft sells it. */
    public String title() {
        return title;
    }

    /** Whether one of the plans that carry it is provisioned. */
    public boolean isIn(List<ServicePlan> plans) {
        return plans.stream().anyMatch(carries);
    }
}
