package dev.parc.check;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.assessment.Assessor;
import dev.parc.facts.Account;
import dev.parc.facts.AssignmentKind;
import dev.parc.facts.Category;
import dev.parc.facts.DirectoryRole;
import dev.parc.facts.ProvisioningJob;
import dev.parc.roadmap.Roadmap;
import java.util.Set;
import java.util.stream.IntStream;

/** A tenant that passes every check; tests take one thing away from it. */
public final class GoodTenant {

    public static final Account ONE = account("emergency1@contoso.onmicrosoft.com");
    public static final Account TWO = account("emergency2@contoso.onmicrosoft.com");
    public static final Account ANN = account("ann.admin@contoso.com");
    public static final Account BOB = account("bob.admin@contoso.com");

    public static final String LABELS_PLAN = "5136a095-5cf0-4aff-bec3-e84448b38ea5";
    public static final String CLOUD_APPS_PLAN = "2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2";

    private GoodTenant() {}

    /** Two emergency accounts, one eligible Global Administrator, one standing Exchange Administrator; all is attested. */
    public static TenantBuilder build() {
        TenantBuilder tenant = unattested();
        Roadmap.checks().stream()
                .map(Assessor::card)
                .forEach(card -> IntStream.rangeClosed(1, card.attests().length)
                        .forEach(statement -> tenant.attested(card.id(), statement)));
        return tenant;
    }

    private static TenantBuilder unattested() {
        return tenant().globalAdmin(ONE)
                .globalAdmin(TWO)
                .holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .holder(BOB, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.STANDING)
                .emergency(ONE.signInName(), TWO.id())
                .category(ANN, Category.DEDICATED)
                .category(BOB, Category.DEDICATED)
                .signedIn(ONE, 400)
                .neverSignedIn(TWO)
                .signedIn(ANN, 1)
                .signedIn(BOB, 1)
                .registered(ANN, true)
                .registered(BOB, true)
                .inGroups(ONE, "break glass")
                .inGroups(TWO, "break glass")
                .inGroups(ANN)
                .inGroups(BOB)
                .policy(policy("MFA for all").notForGroup("break glass").build())
                .plan(LABELS_PLAN)
                .plan(CLOUD_APPS_PLAN)
                .application("Travel")
                .provisioned("Travel", ProvisioningJob.State.ACTIVE)
                .published("Intranet", true)
                .label("Confidential", true)
                .trustedLocation("office", "203.0.113.0/24")
                .policy(policy("Finance from the office only")
                        .forNobody()
                        .forGroup("finance")
                        .applications("ledger")
                        .locations(Set.of("All"), Set.of("office"))
                        .any("block")
                        .build())
                .pimPolicies();
    }
}
