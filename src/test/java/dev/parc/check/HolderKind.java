package dev.parc.check;

import dev.parc.facts.FactKind;
import dev.parc.facts.Unseen;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import java.util.Optional;

/** What can hold a role: everything that Graph and Azure are known to name as the principal of an assignment. */
public enum HolderKind {
    USER(PrincipalType.USER),
    SERVICE_PRINCIPAL(PrincipalType.SERVICE_PRINCIPAL),
    MANAGED_IDENTITY(PrincipalType.SERVICE_PRINCIPAL),
    /** Derives from the service principal, and is listed with its own type. */
    AGENT(PrincipalType.SERVICE_PRINCIPAL),
    GROUP(PrincipalType.GROUP),
    /** Its members answer 404: the directory does not know the group. */
    PARTNERS_GROUP(PrincipalType.GROUP),
    DELETED_USER(PrincipalType.USER),
    UNKNOWN_TYPE(PrincipalType.UNKNOWN);

    private final PrincipalType type;

    HolderKind(PrincipalType type) {
        this.type = type;
    }

    public PrincipalType type() {
        return type;
    }

    /** Its object id. */
    public String id() {
        return TenantBuilder.id(principalName());
    }

    /** The name that an assignment gives it. */
    public String principalName() {
        return "holder of kind " + this;
    }

    /** Adds to the tenant what is read of the holder; not of its roles. */
    public void read(TenantBuilder tenant) {
        switch (this) {
            case USER -> tenant.account(TenantBuilder.account(principalName()));
            case DELETED_USER -> tenant.account(Account.deleted(id(), principalName()));
            case SERVICE_PRINCIPAL, AGENT -> tenant.add(FactKind.SERVICE_PRINCIPALS, principal("Application"));
            case MANAGED_IDENTITY -> tenant.add(FactKind.SERVICE_PRINCIPALS, principal("ManagedIdentity"));
            case GROUP -> tenant.member(principalName(), TenantBuilder.account("member of a group"));
            case PARTNERS_GROUP -> tenant.unseen(FactKind.GROUP_MEMBERS, Unseen.unresolved(id()));
            case UNKNOWN_TYPE -> tenant.unresolved(id());
        }
    }

    /** Adds to the tenant that what is to be known of the holder was refused. */
    public void refused(TenantBuilder tenant) {
        switch (type) {
            case USER, UNKNOWN -> tenant.unseen(FactKind.ACCOUNTS, id(), REFUSED);
            case SERVICE_PRINCIPAL -> tenant.unseen(FactKind.SERVICE_PRINCIPALS, id(), REFUSED);
            case GROUP -> tenant.unseen(FactKind.GROUP_MEMBERS, id(), REFUSED);
        }
    }

    private static final String REFUSED = "Graph answered 403";

    private ServicePrincipal principal(String servicePrincipalType) {
        return new ServicePrincipal(id(), principalName(), servicePrincipalType, true, false, "");
    }

    /** A role in Azure, named as Azure names who holds it: by the id where it says no more. */
    public Optional<String> nameInAzure() {
        return type == PrincipalType.USER ? Optional.of(principalName()) : Optional.empty();
    }
}
