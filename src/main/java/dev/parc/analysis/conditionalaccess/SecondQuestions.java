package dev.parc.analysis.conditionalaccess;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.azure.AzureEstate;
import dev.parc.analysis.signin.Requirement;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.Watchlist;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.EnterpriseApplication;
import dev.parc.facts.directory.ProvisioningJob;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.query.AlertQuery;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Of what the kinds of {@link FactKind#SECOND} are to be read, by what the first reading brought: one question a kind. */
public final class SecondQuestions {

    /** Of so many service principals it is asked when they were used: the report takes one at a time, and is slow. */
    public static final int MOST_APPLICATIONS = 50;

    /** Of so many applications it is asked whether they can be provisioned to. */
    public static final int MOST_PROVISIONED = 500;

    /** So many watchlists are read. */
    public static final int MOST_WATCHLISTS = 20;

    private SecondQuestions() {}

    /**
     * The ids, by kind; of a kind that what it follows from could not be read for, none.
     *
     * @param wanted the kinds of this run
     */
    public static Map<FactKind, Set<String>> of(Facts facts, Set<FactKind> wanted) {
        Map<FactKind, Set<String>> ids = new EnumMap<>(FactKind.class);
        if (wanted.contains(FactKind.PER_USER_MFA)) {
            ids.put(FactKind.PER_USER_MFA, withoutMfa(facts));
        }
        if (wanted.contains(FactKind.APPLICATION_USE)) {
            ids.put(FactKind.APPLICATION_USE, holdingRoles(facts));
        }
        if (wanted.contains(FactKind.PROVISIONING_SUPPORT)) {
            ids.put(FactKind.PROVISIONING_SUPPORT, perhapsNotProvisioned(facts));
        }
        if (wanted.contains(FactKind.AZURE_WATCHLISTS)) {
            ids.put(FactKind.AZURE_WATCHLISTS, watchlists(facts));
        }
        return ids;
    }

    /** Those that the query of a working rule names, in the one workspace that it asks. */
    private static Set<String> watchlists(Facts facts) {
        return AzureEstate.of(facts).alertRules().stream()
                .filter(rule -> rule.works() && rule.scopes().size() == 1)
                .flatMap(rule -> rule.queries().stream()
                        .flatMap(query -> AlertQuery.of(query.text()).watchlists().stream())
                        .filter(Watchlist::isAlias)
                        .map(alias ->
                                Watchlist.question(rule.scopes().iterator().next(), alias)))
                .distinct()
                .sorted()
                .limit(MOST_WATCHLISTS)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Enabled service principals that hold a role in the directory, those in the highest roles first. */
    private static Set<String> holdingRoles(Facts facts) {
        Administrators all = Administrators.of(facts);
        return Stream.concat(all.in(DirectoryRole.HIGHLY_PRIVILEGED).stream(), all.all().stream())
                .flatMap(holder -> facts.servicePrincipal(holder.id()).stream())
                .filter(principal -> principal.enabled() && !principal.deleted())
                .map(ServicePrincipal::id)
                .distinct()
                .limit(MOST_APPLICATIONS)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The connected applications that have no running job of which it is known that it goes to them. */
    private static Set<String> perhapsNotProvisioned(Facts facts) {
        return facts.connectedApplications().stream()
                .filter(application -> facts.provisioningJobs(application).stream()
                        .noneMatch(job -> !job.inbound()
                                && !job.undirected()
                                && (job.state() == ProvisioningJob.State.ACTIVE
                                        || job.state() == ProvisioningJob.State.QUARANTINED)))
                .map(EnterpriseApplication::id)
                .sorted()
                .limit(MOST_PROVISIONED)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The accounts that somebody administers with and that policies let in without MFA. */
    private static Set<String> withoutMfa(Facts facts) {
        if (!(facts.reading(FactKind.CONDITIONAL_ACCESS_POLICIES) instanceof Reading.Read)) {
            return Set.of();
        }
        ConditionalAccess conditionalAccess = ConditionalAccess.of(facts);
        return AdministratorAccounts.of(facts, Administrators.of(facts).all()).inUse(facts).stream()
                .map(AdministratorAccounts.Held::account)
                .filter(account -> conditionalAccess.mfa(account) instanceof MfaDecision.Uncovered
                        || conditionalAccess.require(account, DirectoryRole.HIGHLY_PRIVILEGED, Requirement.MFA)
                                instanceof MfaDecision.Uncovered)
                .map(Account::id)
                .collect(Collectors.toUnmodifiableSet());
    }
}
