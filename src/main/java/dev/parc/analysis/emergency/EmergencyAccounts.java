package dev.parc.analysis.emergency;

import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.Reach;
import dev.parc.analysis.conditionalaccess.ReachDecision;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.SyncState;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The break-glass accounts: those that the operator designated, and those that look like one. Words in a name never
 * make one. Source: "Manage emergency access accounts in Microsoft Entra ID".
 */
public final class EmergencyAccounts {

    /** How many a tenant should have at least, and most have. */
    private static final int USUAL = 2;

    private final Facts facts;
    private final Map<String, Administrator> globalAdministrators = new HashMap<>();

    private EmergencyAccounts(Facts facts) {
        this.facts = facts;
    }

    /** The emergency access accounts, designated or by their looks. */
    public static EmergencyAccounts of(Facts facts) {
        EmergencyAccounts accounts = new EmergencyAccounts(facts);
        Administrators.of(facts)
                .in(Set.of(GLOBAL_ADMINISTRATOR))
                .forEach(one -> accounts.globalAdministrators.put(one.id().toLowerCase(Locale.ROOT), one));
        return accounts;
    }

    /** The accounts that the operator designated, deleted ones too. */
    public List<Account> designated() {
        return facts.accounts().stream()
                .filter(facts.designations()::isEmergency)
                .toList();
    }

    /** What the operator designated, by id or name, and no account has, in order. */
    public List<String> unknown() {
        return facts.designations().emergencyAccounts().stream()
                .filter(name -> facts.accounts().stream()
                        .noneMatch(account -> account.id().equalsIgnoreCase(name)
                                || account.signInName().equalsIgnoreCase(name)))
                .sorted()
                .toList();
    }

    /** Accounts that nobody designated and that could serve in an emergency. */
    public List<Account> candidates() {
        return facts.accounts().stream()
                .filter(account -> !facts.designations().isEmergency(account))
                .filter(account -> unfit(account).isEmpty())
                .toList();
    }

    /**
     * Whether nobody designated the account and it looks like an emergency account all the same: it could serve as one,
     * and an enabled Conditional Access policy that is for everybody or for its role leaves it out on purpose.
     */
    public boolean looksLikeOne(Account account) {
        return !facts.designations().isEmergency(account)
                && unfit(account).isEmpty()
                && !ConditionalAccess.policiesExcluding(facts, account).isEmpty();
    }

    /**
     * Whether the holder is an emergency account for certain, because the operator designated it.
     *
     * @param holderId an object id
     */
    public boolean isDesignated(String holderId) {
        return facts.account(holderId).filter(facts.designations()::isEmergency).isPresent();
    }

    /**
     * Those of these holders that may be emergency accounts although nobody designated them: none is designated, and they, the
     * usual two at most, could serve. Where more could, they are people.
     */
    public List<Administrator> perhapsAmong(List<Administrator> holders) {
        List<Administrator> could = facts.designations().emergencyAccounts().isEmpty()
                ? holders.stream()
                        .filter(holder -> facts.account(holder.id())
                                .filter(account -> unfit(account).isEmpty())
                                .isPresent())
                        .toList()
                : List.of();
        return could.size() <= USUAL ? could : List.of();
    }

    /**
     * How many of these holders, none of them known to be designated, could turn out to be emergency accounts: those above,
     * and those of which no account was read, as many as are designated and were not met or, where none is, as are usual.
     */
    public int mostAmong(List<Administrator> holders) {
        int perhaps = perhapsAmong(holders).size();
        int missing = facts.designations().emergencyAccounts().isEmpty()
                ? USUAL - perhaps
                : unknown().size();
        long unread = holders.stream()
                .filter(holder -> holder.type() != PrincipalType.SERVICE_PRINCIPAL
                        && facts.account(holder.id()).isEmpty())
                .count();
        return perhaps + (int) Math.min(unread, missing);
    }

    /** What could put the account out of reach in an emergency; empty if nothing would. */
    public Optional<String> unfit(Account account) {
        if (account.state() == Account.State.DELETED) {
            return Optional.of("does not exist");
        }
        if (account.state() == Account.State.DISABLED) {
            return Optional.of("is disabled");
        }
        if (account.sync() == SyncState.SYNCED) {
            return Optional.of("is synchronised from on-premises");
        }
        if (account.external()) {
            return Optional.of("is an external account");
        }
        if (!account.onInitialDomain()) {
            return Optional.of("is not on the tenant's initial domain"
                    + account.initialDomain().map(domain -> " " + domain).orElse(""));
        }
        return notAlwaysGlobalAdministrator(account);
    }

    /**
     * Something that could keep an account from signing in when it is needed.
     *
     * @param why to stand after its name
     * @param certain whether it certainly does
     */
    public record Hindrance(String why, boolean certain) {}

    /**
     * What could keep the account from signing in to the admin portals and Microsoft Graph in an emergency: without a managed
     * device, federation, a trusted network or anybody to approve it is locked out; or it depends on a phone or on registering
     * something first; or it is kept out from some places or at some risk. Empty if it gets in with nothing but what is
     * registered for it, from anywhere. Asks for the {@link Reach#KINDS}, federations aside, and for what decides
     * Conditional Access. Source: "Manage emergency access accounts in Microsoft Entra ID".
     */
    public List<Hindrance> hindrances(Account account) {
        Reach reach = ConditionalAccess.of(facts).reach();
        Set<SignInMeans> all = EnumSet.allOf(SignInMeans.class);
        Set<SignInMeans> butAPhone = EnumSet.complementOf(EnumSet.of(SignInMeans.PHONE));
        if (reach.decide(account, butAPhone) instanceof ReachDecision.LockedOut locked) {
            String also = locked.also().stream()
                    .filter(name -> !name.equals(Reach.MANDATORY_MFA))
                    .collect(Collectors.joining("', '"));
            return List.of(new Hindrance(
                    "is locked out in an emergency: " + locked.because()
                            + (also.isEmpty() ? "" : "; also in the way: '" + also + "'"),
                    true));
        }
        ReachDecision alone = reach.decideAsRegistered(account, all);
        if (alone instanceof ReachDecision.LockedOut locked) {
            return List.of(
                    new Hindrance("cannot sign in with what is registered for it alone: " + locked.because(), false));
        }
        if (alone instanceof ReachDecision.Undecided doubt) {
            return List.of(new Hindrance("may not get in in an emergency: " + doubt.because(), false));
        }
        return reach.obstacles(account, all).stream()
                .map(obstacle -> new Hindrance(
                        "%s kept out (%s) by '%s'"
                                .formatted(
                                        obstacle.certain() ? "is" : "may be",
                                        obstacle.where(),
                                        String.join("' and '", obstacle.by())),
                        false))
                .toList();
    }

    private Optional<String> notAlwaysGlobalAdministrator(Account account) {
        Administrator holder = globalAdministrators.get(account.id().toLowerCase(Locale.ROOT));
        if (holder == null) {
            return Optional.of("does not hold Global Administrator");
        }
        return switch (holder.kind()) {
            case PERMANENT -> Optional.empty();
            case TIME_BOUND -> Optional.of("holds Global Administrator only until a set date");
            case ACTIVATED -> Optional.of("holds Global Administrator only while it is activated");
            case ACTIVE -> Optional.of("holds Global Administrator, for how long could not be read");
            case ELIGIBLE -> Optional.of("is only eligible for Global Administrator");
        };
    }
}
