package dev.parc.analysis.conditionalaccess;

import static java.util.stream.Collectors.toSet;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.SyncState;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.NamedLocation;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The accounts with which Microsoft Entra Connect writes to the directory. They are programs: they do no MFA, read no
 * mail, and sign in in a way that leaves no sign-in activity. Words in a name never make one. Source: "Microsoft Entra
 * Connect: Accounts and permissions"; "Require MFA for all users with Conditional Access", user exclusions.
 */
public final class SynchronisationAccounts {

    private static final Set<String> ANYWHERE = Set.of("All", "all");

    private final Facts facts;

    private SynchronisationAccounts(Facts facts) {
        this.facts = facts;
    }

    /** The accounts of directory synchronisation; asks for {@link FactKind#ORGANIZATION}. */
    public static SynchronisationAccounts of(Facts facts) {
        return new SynchronisationAccounts(facts);
    }

    /**
     * Whether it is one: a cloud-only member that is assigned a role of directory synchronisation and nothing else, in a tenant that is synchronised. Where nobody knows whether the tenant is, it counts as one; a check that asks
     * needs {@link FactKind#ORGANIZATION} to be complete.
     */
    public boolean holds(Account account) {
        return account.sync() != SyncState.SYNCED
                && !account.external()
                && Administrators.of(facts).onlySynchronises(account.id())
                && (facts.synchronised() || facts.organization().isEmpty());
    }

    /** Those that can sign in. */
    public List<Account> enabled() {
        return facts.accounts().stream()
                .filter(account -> account.state() == Account.State.ENABLED && holds(account))
                .toList();
    }

    /**
     * The enabled Conditional Access policies that let the account in from named places only: they block every sign-in of
     * it, to every application, from everywhere but places that are told by address. By display name.
     */
    public List<String> limitedToPlacesBy(Account account) {
        List<ConditionalAccessPolicy> limiting =
                facts.<ConditionalAccessPolicy>list(FactKind.CONDITIONAL_ACCESS_POLICIES).stream()
                        .filter(policy -> policy.state() == ConditionalAccessPolicy.State.ENABLED)
                        .filter(this::blocksEverywhereElse)
                        .toList();
        Administrators administrators = Administrators.of(facts);
        PolicySubject subject =
                PolicySubject.of(facts, administrators, account, administrators.permanent(account.id()));
        Audience.Reach reach = new Audience(limiting).of(subject);
        return reach.falling().stream()
                .filter(place -> !reach.doubtful().get(place))
                .mapToObj(place -> limiting.get(place).displayName())
                .toList();
    }

    private boolean blocksEverywhereElse(ConditionalAccessPolicy policy) {
        return policy.grant()
                        .filter(grant -> grant.controls().contains("block"))
                        .isPresent()
                && policy.applications().include().contains("All")
                && policy.applications().exclude().isEmpty()
                && policy.clientAppTypes().contains("all")
                && (policy.platforms().include().isEmpty() || unlimited(policy.platforms()))
                && policy.deviceFilter().isEmpty()
                && policy.signInRisks().isEmpty()
                && policy.userRisks().isEmpty()
                && policy.insiderRisks().isEmpty()
                && policy.authenticationFlows().isEmpty()
                && policy.notModelled().isEmpty()
                && policy.locations().include().contains("All")
                && !policy.locations().exclude().isEmpty()
                && policy.locations().exclude().stream().allMatch(this::toldByAddress);
    }

    private static boolean unlimited(ConditionalAccessPolicy.Scope scope) {
        return !Collections.disjoint(scope.include(), ANYWHERE)
                && scope.exclude().isEmpty();
    }

    private boolean toldByAddress(String location) {
        Optional<Set<String>> trusted = location.equals("AllTrusted")
                ? Optional.of(facts.<NamedLocation>list(FactKind.NAMED_LOCATIONS).stream()
                        .filter(NamedLocation::trusted)
                        .map(NamedLocation::id)
                        .collect(toSet()))
                : Optional.empty();
        return trusted.map(ids -> !ids.isEmpty())
                .orElseGet(() -> facts.<NamedLocation>list(FactKind.NAMED_LOCATIONS).stream()
                        .anyMatch(one -> one.id().equals(location) && one.kind() == NamedLocation.Kind.IP));
    }
}
