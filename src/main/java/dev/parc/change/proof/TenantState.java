package dev.parc.change.proof;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.conditionalaccess.Reach;
import dev.parc.analysis.conditionalaccess.ReachDecision;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.analysis.signin.Requirement;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.assessment.Assessment;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.directory.Account;
import dev.parc.facts.roles.DirectoryRole;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a tenant stands: what its items answer, and what its policies make of the sign-ins of those who administer. It may stand
 * before several changes; what is asked of it is worked out once. Not safe for use by several threads.
 */
public final class TenantState {

    /** Without these nothing is told of sign-ins. */
    private static final Set<FactKind> DECISIVE = EnumSet.of(
            FactKind.CONDITIONAL_ACCESS_POLICIES,
            FactKind.NAMED_LOCATIONS,
            FactKind.AUTHENTICATION_STRENGTHS,
            FactKind.SECURITY_DEFAULTS,
            FactKind.GROUP_MEMBERSHIPS);

    /** What is to be read beside what the items ask for. */
    public static final Set<FactKind> KINDS = kinds();

    /** What an emergency account must get in without: all but a phone, on which a method may be. */
    private static final Set<SignInMeans> LOST_IN_AN_EMERGENCY = EnumSet.complementOf(EnumSet.of(SignInMeans.PHONE));

    private final Assessment assessment;
    private final Facts facts;
    private final ConditionalAccess conditionalAccess;
    private final Reach reach;
    private final List<String> unread;
    private final Map<String, Proof.Access> access = new HashMap<>();
    private final Map<String, Map<Requirement, MfaDecision>> required = new HashMap<>();
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final Set<String> emergency = new HashSet<>();
    private final Set<String> global = new HashSet<>();

    private static Set<FactKind> kinds() {
        Set<FactKind> kinds = EnumSet.copyOf(Reach.KINDS);
        kinds.addAll(FactKind.ADMINISTRATORS);
        kinds.addAll(DECISIVE);
        kinds.add(FactKind.INBOUND_TRUST);
        return Set.copyOf(kinds);
    }

    /** @param facts those that the answers rest on, with the {@link #KINDS} */
    public TenantState(Assessment assessment, Facts facts) {
        this.assessment = assessment;
        this.facts = facts;
        this.conditionalAccess = ConditionalAccess.of(facts);
        this.reach = conditionalAccess.reach();
        this.unread = DECISIVE.stream()
                .filter(kind -> facts.reading(kind) instanceof Reading.Unread
                        || (kind == FactKind.CONDITIONAL_ACCESS_POLICIES
                                && facts.gapsOf(kind).findAny().isPresent()))
                .flatMap(facts::gapsOf)
                .distinct()
                .toList();
        Set<String> administrators = new HashSet<>();
        for (Administrator one : Administrators.of(facts).all()) {
            administrators.add(one.id().toLowerCase(Locale.ROOT));
        }
        Administrators.of(facts)
                .in(Set.of(DirectoryRole.GLOBAL_ADMINISTRATOR))
                .forEach(one -> global.add(one.id().toLowerCase(Locale.ROOT)));
        EmergencyAccounts.of(facts)
                .designated()
                .forEach(account -> emergency.add(account.id().toLowerCase(Locale.ROOT)));
        for (Account account : facts.accounts()) {
            String id = account.id().toLowerCase(Locale.ROOT);
            if (administrators.contains(id) || emergency.contains(id)) {
                accounts.put(id, account);
            }
        }
    }

    /** What its items answer. */
    public Assessment assessment() {
        return assessment;
    }

    /** What it rests on. */
    public Facts facts() {
        return facts;
    }

    /** The accounts that administer, and the emergency accounts, by their ids. */
    Collection<String> ids() {
        return accounts.keySet();
    }

    Optional<Account> account(String id) {
        return Optional.ofNullable(accounts.get(id));
    }

    boolean isEmergency(String id) {
        return emergency.contains(id);
    }

    boolean isGlobal(String id) {
        return global.contains(id);
    }

    /** Why nothing can be told of sign-ins; empty if it can. */
    List<String> unread() {
        return unread;
    }

    /**
     * Whether the account gets in with what is registered for it: an emergency account without a managed device, federation, a
     * trusted network or anybody to approve it, every other one with all means at hand.
     */
    Proof.Access access(String id) {
        Proof.Access known = access.get(id);
        if (known == null) {
            known = decided(id);
            access.put(id, known);
        }
        return known;
    }

    private Proof.Access decided(String id) {
        Account account = accounts.get(id);
        if (account == null || account.state() == Account.State.DELETED) {
            boolean known = account != null || facts.isGone(id);
            return known
                    ? new Proof.Access(Proof.Reachability.LOCKED_OUT, List.of(), "is deleted", "")
                    : new Proof.Access(Proof.Reachability.NOT_AN_ADMINISTRATOR, List.of(), "administers nothing", "");
        }
        if (account.state() == Account.State.DISABLED) {
            return new Proof.Access(Proof.Reachability.LOCKED_OUT, List.of(), "is disabled", "");
        }
        ReachDecision decision = reach(account, emergency.contains(id) ? LOST_IN_AN_EMERGENCY : Set.of());
        if (decision instanceof ReachDecision.LockedOut locked) {
            return new Proof.Access(Proof.Reachability.LOCKED_OUT, locked.by(), locked.because(), "");
        }
        if (decision instanceof ReachDecision.Undecided doubt) {
            return new Proof.Access(Proof.Reachability.UNDECIDED, List.of(), doubt.because(), "");
        }
        return new Proof.Access(
                Proof.Reachability.REACHABLE, List.of(), "", ((ReachDecision.Reachable) decision).signIn());
    }

    /** Whether an enabled account gets in without some means; undecided where policies were not all read. */
    ReachDecision reach(Account account, Set<SignInMeans> gone) {
        return unread.isEmpty() ? reach.decide(account, gone) : new ReachDecision.Undecided(String.join("; ", unread));
    }

    /** What is registered for an account, as the report of registrations calls it; empty if that was not read. */
    Optional<List<String>> methods(String id) {
        return account(id).flatMap(facts::registration).map(Registration::methods);
    }

    /** What every sign-in of an enabled account needs. */
    Map<Requirement, MfaDecision> required(String id) {
        return required.computeIfAbsent(id, key -> {
            Map<Requirement, MfaDecision> decisions = new EnumMap<>(Requirement.class);
            Account account = accounts.get(key);
            if (account != null && account.state() == Account.State.ENABLED && unread.isEmpty()) {
                Stream.of(Requirement.values())
                        .filter(requirement -> requirement != Requirement.PRIVILEGED_WORKSTATION
                                || facts.designations().workstationFilter().isPresent())
                        .forEach(requirement ->
                                decisions.put(requirement, conditionalAccess.require(account, requirement)));
            }
            return decisions;
        });
    }
}
