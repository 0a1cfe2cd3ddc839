package dev.parc.analysis.conditionalaccess;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.conditionalaccess.ReachDecision.LockedOut;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.directory.Account;
import java.util.List;
import java.util.Set;

/** Asks whether somebody gets in. */
final class Reaches {

    static final Account ANN = account("ann@contoso.com");

    private Reaches() {}

    static TenantBuilder with(String... methods) {
        return bare().registered(ANN, methods);
    }

    static TenantBuilder bare() {
        return tenant().globalAdmin(ANN).inGroups(ANN).authenticationMethods("Fido2", "MicrosoftAuthenticator", "Sms");
    }

    static ReachDecision reach(TenantBuilder tenant, SignInMeans... gone) {
        return reach(tenant, ANN, gone);
    }

    static ReachDecision reach(TenantBuilder tenant, Account account, SignInMeans... gone) {
        return ConditionalAccess.of(tenant.facts()).reach().decide(account, Set.of(gone));
    }

    static List<String> blockedBy(ReachDecision decision) {
        assertThat(decision).isInstanceOf(LockedOut.class);
        return ((LockedOut) decision).by();
    }

    static ReachDecision registered(TenantBuilder tenant, SignInMeans... gone) {
        return ConditionalAccess.of(tenant.facts()).reach().decideAsRegistered(ANN, Set.of(gone));
    }
}
