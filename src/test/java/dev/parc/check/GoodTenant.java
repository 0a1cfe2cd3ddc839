package dev.parc.check;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.check.TenantBuilder.withMail;

import dev.parc.assessment.Assessor;
import dev.parc.facts.Account;
import dev.parc.facts.AssignmentKind;
import dev.parc.facts.Category;
import dev.parc.facts.DirectoryRole;
import dev.parc.roadmap.Roadmap;
import java.util.List;
import java.util.stream.IntStream;

/** A tenant that passes every check; tests take one thing away from it. */
public final class GoodTenant {

    public static final Account ONE = account("emergency1@contoso.onmicrosoft.com");
    public static final Account TWO = account("emergency2@contoso.onmicrosoft.com");
    public static final Account ANN = withMail(account("ann.admin@contoso.com"), "ann@contoso.com");
    public static final Account BOB = withMail(account("bob.admin@contoso.com"), "bob@contoso.com");
    public static final Account SHARED = withMail(account("service.desk@contoso.com"), "desk@contoso.com");

    private GoodTenant() {}

    /**
     * Two emergency accounts, one eligible Global Administrator, one Exchange Administrator until a set date, one shared account of
     * the help desk; all is attested.
     */
    public static TenantBuilder build() {
        TenantBuilder tenant = unattested();
        Roadmap.checks().stream()
                .map(Assessor::card)
                .forEach(card -> IntStream.rangeClosed(1, card.attests().length)
                        .forEach(statement -> tenant.attested(card.id(), statement)));
        return tenant;
    }

    private static TenantBuilder unattested() {
        return AzureBuilder.good(inDirectory(), ANN, ONE, TWO);
    }

    private static TenantBuilder inDirectory() {
        return tenant().contacts(List.of("it@contoso.com"), List.of("soc@contoso.com"))
                .globalAdmin(ONE)
                .globalAdmin(TWO)
                .holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .holder(BOB, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.TIME_BOUND)
                .holder(SHARED, "Helpdesk Administrator", AssignmentKind.ELIGIBLE)
                .emergency(ONE.signInName(), TWO.id())
                .category(ANN, Category.DEDICATED)
                .category(BOB, Category.DEDICATED)
                .category(SHARED, Category.SHARED)
                .signedIn(ONE, 60)
                .signedIn(TWO, 60)
                .signedIn(ANN, 1)
                .signedIn(BOB, 1)
                .signedIn(SHARED, 1)
                .registered(ONE, true)
                .registered(TWO, true)
                .registered(ANN, true)
                .registered(BOB, true)
                .registered(SHARED, true)
                .inGroups(ONE, "break glass")
                .inGroups(TWO, "break glass")
                .inGroups(ANN)
                .inGroups(BOB)
                .inGroups(SHARED)
                .policy(policy("MFA for all").notForGroup("break glass").build())
                .pimPolicies()
                .pimPolicy("Helpdesk Administrator");
    }
}
