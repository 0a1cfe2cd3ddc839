package dev.parc.analysis.explain;

import dev.parc.analysis.accounts.Categories;
import dev.parc.analysis.accounts.PasswordAge;
import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.EscalationPath;
import dev.parc.analysis.administrators.EscalationPaths;
import dev.parc.analysis.administrators.UnseenHolders;
import dev.parc.analysis.conditionalaccess.ActivationDecision;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.conditionalaccess.Reach;
import dev.parc.analysis.emergency.EmergencyAccounts;
import dev.parc.analysis.signin.Requirement;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzurePower;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.RelevantRoles;
import dev.parc.facts.roles.RoleAssignment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Explains principals: who they are, why they are administrators, and whether they can sign in without MFA. */
public final class Explainer {

    private static final Set<FactKind> DECIDE_MFA = Set.of(
            FactKind.ACCOUNTS,
            FactKind.CONDITIONAL_ACCESS_POLICIES,
            FactKind.NAMED_LOCATIONS,
            FactKind.AUTHENTICATION_STRENGTHS,
            FactKind.SECURITY_DEFAULTS,
            FactKind.GROUP_MEMBERSHIPS);

    /** What is asked of those who must activate a role. */
    private static final List<Requirement> AT_ACTIVATION =
            List.of(Requirement.MFA, Requirement.PHISHING_RESISTANT_MFA, Requirement.MANAGED_DEVICE);

    /** The kinds of facts that the list of administrators rests on. */
    public static final Set<FactKind> LISTED = union(
            union(DECIDE_MFA, FactKind.ADMINISTRATORS),
            Set.of(FactKind.SERVICE_PRINCIPALS, FactKind.SIGN_INS, FactKind.PIM_POLICIES, FactKind.PIM_GROUP_POLICIES));

    /** The kinds of facts that an explanation rests on. */
    public static final Set<FactKind> KINDS = union(
            union(union(union(LISTED, FactKind.WAYS_IN), FactKind.AZURE_ADMINISTRATORS), FactKind.AZURE_POWERS),
            union(
                    Reach.KINDS,
                    Set.of(FactKind.AZURE_PIM_ASSIGNMENTS, FactKind.LATER_ASSIGNMENTS, FactKind.PER_USER_MFA)));

    /** What an administrator may be without one day, each by itself. */
    private static final List<SignInMeans> LOSSES =
            List.of(SignInMeans.MANAGED_DEVICE, SignInMeans.PHONE, SignInMeans.FEDERATION);

    private final Facts facts;
    private final ConditionalAccess conditionalAccess;
    private final Reach reach;
    private final Categories categories;
    private final EmergencyAccounts emergency;
    private final Map<String, Administrator> known = new LinkedHashMap<>();
    private final Map<String, Administrator> inAzure = new HashMap<>();
    /** Those of them that can give roles there. */
    private final Map<String, Administrator> ruleAzure = new LinkedHashMap<>();

    /** The roles that somebody does not hold yet. */
    private final Map<String, List<Explanation.Later>> later = new LinkedHashMap<>();

    private final Map<String, List<EscalationPath>> waysIn = new HashMap<>();
    private final List<String> mfaGaps;

    private static Set<FactKind> union(Set<FactKind> some, Set<FactKind> others) {
        Set<FactKind> union = EnumSet.copyOf(some);
        union.addAll(others);
        return Set.copyOf(union);
    }

    /** On facts of the {@link #KINDS}; what of them was not collected is missing in every explanation. */
    public Explainer(Facts facts) {
        this.facts = facts;
        this.conditionalAccess = ConditionalAccess.of(facts);
        this.reach = conditionalAccess.reach();
        this.categories = Categories.of(facts);
        this.emergency = EmergencyAccounts.of(facts);
        Administrators.of(facts).includingWaysIn().forEach(one -> known.put(key(one.id()), one));
        facts.laterAssignments().forEach(one -> {
            RoleAssignment row = one.assignment();
            later.computeIfAbsent(key(row.principalId()), id -> new ArrayList<>())
                    .add(new Explanation.Later(
                            row.roleId(),
                            Administrators.of(facts).roleName(row.roleId()),
                            row.kind(),
                            row.scope(),
                            one.beginsAt(),
                            row.endsAt()));
            known.putIfAbsent(
                    key(row.principalId()),
                    new Administrator(row.principalId(), row.principalType(), row.principalName(), List.of()));
        });
        Administrators.of(facts).inAzure().forEach(one -> inAzure.put(key(one.id()), one));
        Administrators.of(facts).inAzure(AzurePower.GIVES_ROLES).forEach(one -> {
            ruleAzure.put(key(one.id()), one);
            known.putIfAbsent(key(one.id()), new Administrator(one.id(), one.type(), one.name(), List.of()));
        });
        EscalationPaths.of(facts).forEach(way -> {
            waysIn.computeIfAbsent(key(way.principalId()), id -> new ArrayList<>())
                    .add(way);
            if (way.principalType() != PrincipalType.USER) {
                known.putIfAbsent(
                        key(way.principalId()),
                        new Administrator(way.principalId(), way.principalType(), way.principalName(), List.of()));
            }
        });
        this.mfaGaps = UnseenHolders.gaps(facts.only(union(DECIDE_MFA, FactKind.ADMINISTRATORS)));
    }

    /**
     * The object ids of the principals that a person means by this object id, sign-in name, or name of a service
     * principal; more than one where names are shared.
     */
    public List<String> find(String wanted) {
        String text = wanted.strip();
        if (known.containsKey(key(text)) || facts.account(text).isPresent()) {
            return List.of(text);
        }
        List<String> found = new ArrayList<>();
        principals().forEach((id, names) -> {
            if (names.called().stream().anyMatch(text::equalsIgnoreCase)) {
                found.add(id);
            }
        });
        return List.copyOf(found);
    }

    /**
     * At most so many of the principals whose names are nearest to this one, nearest first, by the name under which
     * each can be found.
     */
    public List<String> near(String wanted, int most) {
        NearNames near = new NearNames(wanted);
        principals().values().forEach(names -> near.add(names.called().get(0), names.all()));
        return near.nearest(most);
    }

    /**
     * Explains the principal with this object id.
     *
     * @param id one that {@link #find} gave; of any other principal nothing is known
     */
    public Explanation explain(String id) {
        Administrator principal = known.getOrDefault(key(id), unassigned(id));
        Optional<Account> account = facts.account(id);
        Optional<ServicePrincipal> servicePrincipal = facts.servicePrincipal(id);
        Optional<Explanation.Emergency> looks =
                account.map(this::emergency).or(() -> servicePrincipal.map(none -> Explanation.Emergency.NO));
        List<String> doubts = looks.isEmpty() ? nothingRead(principal) : doubts(looks.get(), account);
        List<Explanation.Role> azureRoles = Optional.ofNullable(inAzure.get(key(principal.id())))
                .map(this::roles)
                .orElse(List.of());
        return new Explanation(
                principal.id(),
                type(principal, account, servicePrincipal),
                account.map(Account::displayName)
                        .or(() -> servicePrincipal.map(ServicePrincipal::displayName))
                        .orElse(principal.name()),
                account,
                servicePrincipal,
                principal.holdings().isEmpty() && !ruleAzure.containsKey(key(principal.id()))
                        ? new Evidence<>(Optional.empty(), List.of("only administrators' accounts have a category"))
                        : new Evidence<>(Optional.of(categories.of(principal)), doubts),
                new Evidence<>(looks, doubts),
                roles(principal),
                gaps(FactKind.ADMINISTRATORS),
                later.getOrDefault(key(principal.id()), List.of()),
                gaps(Set.of(FactKind.LATER_ASSIGNMENTS)),
                azureRoles,
                azureGaps(azureRoles),
                waysIn.getOrDefault(key(principal.id()), List.of()),
                Stream.concat(gaps(FactKind.WAYS_IN).stream(), untold(principal))
                        .toList(),
                evidence(FactKind.SIGN_INS, principal, account.flatMap(facts::signIn)),
                evidence(FactKind.REGISTRATIONS, principal, account.flatMap(facts::registration)),
                password(account),
                mfa(principal),
                activations(principal),
                entries(principal));
    }

    /** Explains every administrator; what only the {@link #KINDS} tell is not missed of the list. */
    public ExplainedAdministrators administrators() {
        Set<String> missing = new LinkedHashSet<>(UnseenHolders.gaps(facts.only(LISTED), RelevantRoles.ALL));
        LISTED.stream()
                .sorted()
                .forEach(kind ->
                        facts.lacksLicenceFor(kind).ifPresent(licence -> missing.add(unlicensed(kind, licence))));
        return new ExplainedAdministrators(
                Stream.concat(
                                Stream.concat(
                                        Administrators.of(facts).all().stream().map(Administrator::id),
                                        later.keySet().stream()),
                                ruleAzure.values().stream().map(Administrator::id))
                        .map(Explainer::key)
                        .distinct()
                        .map(this::explain)
                        .sorted(Comparator.comparingInt(Explainer::concern)
                                .thenComparing(Explanation::name, String.CASE_INSENSITIVE_ORDER)
                                .thenComparing(Explanation::id))
                        .toList(),
                List.copyOf(missing));
    }

    /** The Conditional Access policies that a person means by this id or display name. */
    public List<ConditionalAccessPolicy> policies(String wanted) {
        return conditionalAccess.policies().stream()
                .filter(policy -> policy.id().equalsIgnoreCase(wanted)
                        || policy.displayName().equalsIgnoreCase(wanted))
                .toList();
    }

    /** At most so many names of report-only policies, those that come near this one first. */
    public List<String> reportOnlyPolicies(String wanted, int most) {
        NearNames near = new NearNames(wanted);
        List<String> names = conditionalAccess.policies().stream()
                .filter(policy -> policy.state() == ConditionalAccessPolicy.State.REPORT_ONLY)
                .map(ConditionalAccessPolicy::displayName)
                .toList();
        names.forEach(name -> near.add(name, Stream.of(name)));
        return Stream.concat(near.nearest(most).stream(), names.stream())
                .distinct()
                .limit(most)
                .toList();
    }

    /**
     * What changes for the administrators of all roles.
     *
     * @param policyName the name of the policy that is switched on
     * @param then explains the same tenant with it
     */
    public WhatIf whatIf(String policyName, Explainer then) {
        int asked = 0;
        List<WhatIf.Change> changes = new ArrayList<>();
        for (Administrator one : Administrators.of(facts).all()) {
            if (mfa(one) instanceof MfaAnswer.Decided before && then.mfa(one) instanceof MfaAnswer.Decided after) {
                asked++;
                if (!before.decision().getClass().equals(after.decision().getClass())) {
                    String name =
                            facts.account(one.id()).map(Account::signInName).orElse(one.name());
                    changes.add(new WhatIf.Change(one.id(), name, before, after));
                }
            }
        }
        return new WhatIf(policyName, asked, changes);
    }

    /** How little an administrator leaves to worry about. */
    private static int concern(Explanation one) {
        if (!(one.mfa() instanceof MfaAnswer.Decided decided)) {
            return one.mfa() instanceof MfaAnswer.NotRead ? 2 : 5;
        }
        if (decided.decision() instanceof MfaDecision.Uncovered) {
            boolean meant = one.emergency()
                    .value()
                    .filter(Explanation.Emergency.DESIGNATED::equals)
                    .isPresent();
            return meant ? 3 : 0;
        }
        return decided.decision() instanceof MfaDecision.Undecided ? 1 : 4;
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    /** How a principal may be called: by what it is found, and by what else it is known. */
    private record Names(List<String> called, List<String> known) {

        Stream<String> all() {
            return Stream.concat(called.stream(), known.stream());
        }
    }

    private Map<String, Names> principals() {
        Map<String, Names> principals = new LinkedHashMap<>();
        facts.accounts()
                .forEach(account -> principals.put(
                        account.id(), new Names(List.of(account.signInName()), List.of(account.displayName()))));
        known.values().stream()
                .filter(one -> facts.account(one.id()).isEmpty())
                .forEach(one -> principals.put(
                        one.id(),
                        new Names(
                                List.of(facts.servicePrincipal(one.id())
                                        .map(ServicePrincipal::displayName)
                                        .orElse(one.name())),
                                List.of())));
        return principals;
    }

    private Administrator unassigned(String id) {
        return facts.account(id)
                .map(account -> new Administrator(account.id(), PrincipalType.USER, account.signInName(), List.of()))
                .orElseGet(() -> new Administrator(id, PrincipalType.UNKNOWN, id, List.of()));
    }

    private static PrincipalType type(
            Administrator principal, Optional<Account> account, Optional<ServicePrincipal> servicePrincipal) {
        if (account.isPresent()) {
            return PrincipalType.USER;
        }
        return servicePrincipal.isPresent() ? PrincipalType.SERVICE_PRINCIPAL : principal.type();
    }

    private Explanation.Emergency emergency(Account account) {
        if (facts.designations().isEmergency(account)) {
            return Explanation.Emergency.DESIGNATED;
        }
        return emergency.looksLikeOne(account) ? Explanation.Emergency.LOOKS_LIKE_ONE : Explanation.Emergency.NO;
    }

    /** What could make an account look like an emergency account after all. */
    private List<String> doubts(Explanation.Emergency looks, Optional<Account> account) {
        boolean open = looks == Explanation.Emergency.NO
                && account.filter(one -> emergency.unfit(one).isEmpty()).isPresent();
        return open ? gaps(EnumSet.of(FactKind.CONDITIONAL_ACCESS_POLICIES, FactKind.GROUP_MEMBERSHIPS)) : List.of();
    }

    private List<Explanation.Role> roles(Administrator principal) {
        Map<String, List<Explanation.Way>> ways = new LinkedHashMap<>();
        Map<String, String> ids = new HashMap<>();
        principal.holdings().stream().filter(holding -> !holding.onlyAWayIn()).forEach(holding -> {
            ids.putIfAbsent(key(holding.roleId()), holding.roleId());
            ways.computeIfAbsent(key(holding.roleId()), role -> new ArrayList<>())
                    .add(new Explanation.Way(
                            holding.kind(),
                            holding.scope(),
                            Administrators.of(facts).scopeInWords(holding),
                            holding.pathInWords()));
        });
        List<Explanation.Role> roles = new ArrayList<>();
        ways.forEach((key, found) -> {
            String id = ids.getOrDefault(key, key);
            roles.add(new Explanation.Role(
                    id,
                    Administrators.of(facts).roleName(id),
                    Administrators.of(facts).isHighlyPrivileged(id),
                    found.stream().distinct().toList()));
        });
        return roles;
    }

    private <T> Evidence<T> evidence(FactKind kind, Administrator principal, Optional<T> value) {
        if (value.isPresent()) {
            return new Evidence<>(value, List.of());
        }
        if (facts.servicePrincipal(principal.id()).isPresent()) {
            return new Evidence<>(value, List.of(kind.title() + ": told of users only"));
        }
        List<String> missing = new ArrayList<>(gaps(EnumSet.of(kind)));
        facts.lacksLicenceFor(kind).ifPresent(licence -> missing.add(unlicensed(kind, licence)));
        if (missing.isEmpty()) {
            missing.add(kind.title() + ": nothing was read of " + principal.name());
        }
        return new Evidence<>(value, missing);
    }

    private Evidence<PasswordAge> password(Optional<Account> account) {
        if (account.filter(one -> one.state() != Account.State.DELETED).isPresent()
                && !(facts.reading(FactKind.DOMAINS) instanceof Reading.Unread)) {
            return new Evidence<>(account.map(it -> PasswordAge.of(facts, it)), gaps(EnumSet.of(FactKind.DOMAINS)));
        }
        List<String> missing = gaps(EnumSet.of(FactKind.ACCOUNTS, FactKind.DOMAINS));
        return new Evidence<>(
                Optional.empty(),
                missing.isEmpty() ? List.of("no account of the directory, which has the password") : missing);
    }

    private static String unlicensed(FactKind kind, Licence licence) {
        return kind.title() + ": the tenant has no " + licence.title() + " licence";
    }

    private List<String> nothingRead(Administrator principal) {
        List<String> gaps = gaps(EnumSet.of(FactKind.ACCOUNTS, FactKind.SERVICE_PRINCIPALS));
        return gaps.isEmpty() ? List.of("administrators' accounts: nothing was read of " + principal.name()) : gaps;
    }

    private MfaAnswer mfa(Administrator principal) {
        Optional<Account> read = facts.account(principal.id());
        if (read.isEmpty()) {
            if (principal.type() == PrincipalType.SERVICE_PRINCIPAL
                    || facts.servicePrincipal(principal.id()).isPresent()) {
                return new MfaAnswer.NotAsked("signs in as an application, of which no MFA can be asked");
            }
            return principal.type() == PrincipalType.GROUP
                    ? new MfaAnswer.NotAsked("is a group, which does not sign in")
                    : new MfaAnswer.NotRead(nothingRead(principal));
        }
        Account account = read.get();
        if (account.state() != Account.State.ENABLED) {
            return new MfaAnswer.NotAsked(
                    account.state() == Account.State.DELETED ? "no longer exists" : "is disabled and cannot sign in");
        }
        List<String> unread = DECIDE_MFA.stream()
                .sorted()
                .filter(kind -> facts.reading(kind) instanceof Reading.Unread)
                .flatMap(facts::gapsOf)
                .toList();
        return unread.isEmpty() ? decided(account) : new MfaAnswer.NotRead(unread);
    }

    /** Whether it gets in: with everything at hand, then without each of the {@link #LOSSES} that it could suffer. */
    private Evidence<List<Explanation.Entry>> entries(Administrator principal) {
        if (mfa(principal) instanceof MfaAnswer.NotAsked notAsked) {
            return new Evidence<>(Optional.empty(), List.of("not asked: it " + notAsked.because()));
        }
        Optional<Account> account = facts.account(principal.id());
        Set<FactKind> kinds = union(DECIDE_MFA, Reach.KINDS);
        List<String> unread = kinds.stream()
                .sorted()
                .filter(kind -> facts.reading(kind) instanceof Reading.Unread)
                .flatMap(facts::gapsOf)
                .toList();
        if (account.isEmpty() || !unread.isEmpty()) {
            return new Evidence<>(Optional.empty(), account.isEmpty() ? nothingRead(principal) : unread);
        }
        boolean managed = facts.domainOf(account.get())
                .filter(domain -> !domain.federated())
                .isPresent();
        List<Explanation.Entry> entries = Stream.concat(
                        Stream.of(Set.<SignInMeans>of()),
                        LOSSES.stream()
                                .filter(loss -> loss != SignInMeans.FEDERATION || !managed)
                                .map(Set::of))
                .map(without -> new Explanation.Entry(without, reach.decide(account.get(), without)))
                .toList();
        return new Evidence<>(Optional.of(entries), UnseenHolders.gaps(facts.only(kinds)));
    }

    private MfaAnswer decided(Account account) {
        return new MfaAnswer.Decided(
                byWhatWasRead(MfaDecision.withPerUserMfa(facts, account, conditionalAccess.mfa(account))), mfaGaps);
    }

    private MfaDecision byWhatWasRead(MfaDecision decision) {
        return decision instanceof MfaDecision.Covered covered && !mfaGaps.isEmpty()
                ? new MfaDecision.Undecided("by what was read none does, because of %s; but not all was read"
                        .formatted(String.join(", ", covered.by())))
                : decision;
    }

    private List<ActivationDecision> activations(Administrator principal) {
        if (!(mfa(principal) instanceof MfaAnswer.Decided)) {
            return List.of();
        }
        return facts.account(principal.id()).stream()
                .flatMap(account -> AT_ACTIVATION.stream()
                        .flatMap(requirement ->
                                conditionalAccess.requireOfAdministrator(account, requirement).activations().stream()))
                .map(one -> one.decided(byWhatWasRead(one.decision())))
                .toList();
    }

    /** What of the roles in Azure could not be read; for how long, only where that makes a difference. */
    private List<String> azureGaps(List<Explanation.Role> roles) {
        boolean termUnknown = roles.stream()
                .flatMap(role -> role.ways().stream())
                .anyMatch(way -> way.kind() == AssignmentKind.ACTIVE);
        return gaps(
                termUnknown
                        ? union(FactKind.AZURE_ADMINISTRATORS, Set.of(FactKind.AZURE_PIM_ASSIGNMENTS))
                        : FactKind.AZURE_ADMINISTRATORS);
    }

    /** What it was granted that nothing tells the power of. */
    private Stream<String> untold(Administrator principal) {
        return facts.unseen(FactKind.GRAPH_APP_ROLES)
                .filter(unseen -> unseen.principalId().equalsIgnoreCase(principal.id()))
                .map(unseen -> FactKind.GRAPH_APP_ROLES.title() + ": " + unseen.reason());
    }

    private List<String> gaps(Collection<FactKind> kinds) {
        return kinds.stream().sorted().flatMap(facts::gapsOf).toList();
    }
}
