package dev.parc.check;

import dev.parc.analysis.accounts.UnneededHolders;
import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.OpaqueHolder;
import dev.parc.analysis.azure.AzureEstate;
import dev.parc.analysis.conditionalaccess.GuidedExclusion;
import dev.parc.analysis.conditionalaccess.OpenExclusion;
import dev.parc.analysis.conditionalaccess.PolicyExclusion;
import dev.parc.analysis.pim.ActivatableGroup;
import dev.parc.analysis.pim.ActivatableRole;
import dev.parc.analysis.pim.JustInTime;
import dev.parc.analysis.pim.RoleHolders;
import dev.parc.check.phrase.Details;
import dev.parc.facts.Facts;
import dev.parc.facts.azure.AzureDelegation;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.EnterpriseApplication;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.roles.DirectoryRole;
import java.util.Optional;

/**
 * One thing found with one subject.
 *
 * @param subjectId the object id, which is the subject's identity
 * @param subjectName the name to show; two subjects may share it
 * @param message what was found, to stand after the name; the phrasebook made it of the details
 * @param details what was found, for programs; empty where an earlier release kept the finding
 */
public record Finding(
        String subjectId, SubjectType subjectType, String subjectName, String message, Optional<Details> details) {

    /** The id of the tenant as a subject. */
    public static final String TENANT = "tenant";

    /** A finding that says this. */
    public Finding(String subjectId, SubjectType subjectType, String subjectName, Details details) {
        this(subjectId, subjectType, subjectName, details.inWords(), Optional.of(details));
    }

    /** A finding of which only the words are known; what a check finds has details. */
    public Finding(String subjectId, SubjectType subjectType, String subjectName, String message) {
        this(subjectId, subjectType, subjectName, message, Optional.empty());
    }

    /** The same subject of which this is said. */
    public Finding with(Details other) {
        return new Finding(subjectId, subjectType, subjectName, other);
    }

    public static Finding of(Account account, Details details) {
        return new Finding(account.id(), SubjectType.USER, account.signInName(), details);
    }

    public static Finding of(ServicePrincipal principal, Details details) {
        return new Finding(principal.id(), SubjectType.SERVICE_PRINCIPAL, principal.displayName(), details);
    }

    /** For an administrator, under the name that was read of it; where none was, under that of the assignment. */
    public static Finding of(Facts facts, Administrator administrator, Details details) {
        return of(Administrator.named(facts, administrator), details);
    }

    /** For a holder that could not be looked into, with what it holds. */
    public static Finding of(Facts facts, OpaqueHolder opaque) {
        return of(
                facts,
                opaque.holder(),
                Details.of("holder.unseen")
                        .with("why", opaque.inWords())
                        .with("roles", Administrators.of(facts).inWords(opaque.holder())));
    }

    private static Finding of(Administrator administrator, Details details) {
        return new Finding(
                administrator.id(),
                switch (administrator.type()) {
                    case SERVICE_PRINCIPAL -> SubjectType.SERVICE_PRINCIPAL;
                    case GROUP -> SubjectType.GROUP;
                    case USER -> SubjectType.USER;
                    case UNKNOWN -> SubjectType.PRINCIPAL;
                },
                administrator.name(),
                details);
    }

    public static Finding ofTenant(Details details) {
        return new Finding(TENANT, SubjectType.TENANT, "the tenant", details);
    }

    public static Finding of(AzureSubscription subscription, Details details) {
        return new Finding(subscription.id(), SubjectType.SUBSCRIPTION, subscription.displayName(), details);
    }

    /** For a principal of another tenant that may do something here by Azure Lighthouse. */
    public static Finding of(Facts facts, AzureDelegation delegation, AzureDelegation.Authorization authorization) {
        return new Finding(
                authorization.principalId(),
                SubjectType.PRINCIPAL,
                authorization.principalName(),
                Details.of("lighthouse.delegation")
                        .with("tenant", delegation.managingTenantName())
                        .with("role", authorization.inWords())
                        .with("scope", delegation.scope(), AzureEstate.of(facts).scopeInWords(delegation.scope())));
    }

    public static Finding of(ConditionalAccessPolicy policy, Details details) {
        return new Finding(policy.id(), SubjectType.POLICY, policy.displayName(), details);
    }

    /** For somebody and how it holds roles, for good or perhaps so. */
    public static Finding of(Facts facts, JustInTime.Holder holder) {
        return of(facts, holder.roles(), Details.of("holder.just-in-time").with("assignment", holder.words()));
    }

    /** For somebody that needs no role, with why and what it holds. */
    public static Finding of(Facts facts, UnneededHolders.Holder holder) {
        Administrator administrator = holder.administrator();
        return of(
                facts,
                administrator,
                Details.of("holder.unneeded")
                        .with("why", holder.why())
                        .with("roles", Administrators.of(facts).inWords(administrator)));
    }

    public static Finding of(ActivatableRole activated, Details details) {
        return new Finding(
                activated.id(), activated.group() ? SubjectType.GROUP : SubjectType.ROLE, activated.name(), details);
    }

    /** For a group that somebody can activate, with whom of it this is about, the detail {@code of}. */
    public static Finding of(ActivatableGroup group, Details details) {
        return new Finding(group.id(), SubjectType.GROUP, group.name(), details.with("of", group.of()));
    }

    public static Finding of(RoleHolders role, Details details) {
        return new Finding(role.roleId(), SubjectType.ROLE, role.roleName(), details);
    }

    /** For somebody whom policies leave out, under what kind it is and its name. */
    public static Finding of(PolicyExclusion exclusion) {
        return new Finding(
                exclusion.id(),
                switch (exclusion.kind()) {
                    case USER -> SubjectType.USER;
                    case GROUP -> SubjectType.GROUP;
                    case ROLE -> SubjectType.ROLE;
                    case GUESTS -> SubjectType.TENANT;
                },
                exclusion.kind().title() + " " + exclusion.name(),
                Details.of("exclusion.broad").with("what", exclusion.inWords()));
    }

    /** For a group that policies leave out and whose members others can change. */
    public static Finding of(OpenExclusion exclusion) {
        return new Finding(
                exclusion.group().id(),
                SubjectType.GROUP,
                "group " + exclusion.group().displayName(),
                Details.of("exclusion.open").with("what", exclusion.inWords()));
    }

    /** For a policy that leaves out an application as Microsoft's own guides ask. */
    public static Finding of(GuidedExclusion exclusion) {
        return of(exclusion.policy(), Details.of("exclusion.guided").with("what", exclusion.inWords()));
    }

    public static Finding of(EnterpriseApplication application, Details details) {
        return new Finding(application.id(), SubjectType.SERVICE_PRINCIPAL, application.displayName(), details);
    }

    public static Finding of(DirectoryRole role, Details details) {
        return new Finding(role.templateId(), SubjectType.ROLE, role.title(), details);
    }
}
