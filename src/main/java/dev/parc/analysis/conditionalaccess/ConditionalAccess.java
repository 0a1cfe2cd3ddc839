package dev.parc.analysis.conditionalaccess;

import static java.util.stream.Collectors.toSet;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.signin.Requirement;
import dev.parc.analysis.signin.SignInSearch;
import dev.parc.analysis.signin.SignInSpace;
import dev.parc.analysis.signin.SignInSpace.Passage;
import dev.parc.analysis.signin.SignInSpace.Passages;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.MicrosoftDomains;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.policies.DeviceRule;
import dev.parc.facts.policies.Match;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.policies.SecurityDefaults;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.PrivilegedRoles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides over all enabled policies together whether every sign-in of an account to an application meets a
 * {@link Requirement}. Not safe for use by several threads.
 *
 * <p>Modelled: users, groups (as Graph resolves them), roles and memberships that last, kinds of guests; applications
 * with the groups of applications they are or may be in, client app types, platforms, named locations by address and
 * country with their overlaps, sign-in, user and insider risk, authentication flows, one device filter as "matches the
 * rule or not", and the grant controls with their operator. Report-only and disabled policies do not protect, session
 * controls and an empty list of demands are no protection; security defaults protect sixteen roles and block legacy
 * authentication. Not modelled, and then the answer is {@link MfaDecision.Undecided} wherever it matters: conditions,
 * controls and literals that {@link ConditionalAccessPolicy#notModelled} names, baseline scopes under a policy that leaves
 * an application out, locations that are not told by address or country or that are not in the list, the MFA service's
 * own trusted addresses, several different device filters, demands for a device in flows that let in another one, devices
 * of external accounts, custom controls, approved client apps, authentication methods not known here. Per-user MFA is
 * not read. The document {@code docs/conditional-access.md} has every rule with Microsoft's source.
 */
public final class ConditionalAccess {

    private static final int MOST_TO_LEAVE_OUT = 16;

    /** Until then a tenant could have mandatory MFA at the portals postponed. Source: "Planning for mandatory MFA". */
    private static final Instant NO_LONGER_POSTPONED = Instant.parse("2025-10-01T00:00:00Z");

    private final List<ConditionalAccessPolicy> all;
    /** Enabled, or perhaps so, and with grant controls. */
    private final List<ConditionalAccessPolicy> demanding;

    private final Map<String, NamedLocation> locations;
    private final Map<String, AuthenticationStrength> strengths;
    private final boolean securityDefaults;
    private final Facts facts;
    private final Audience audience;
    private final SignInSpace space;
    /** Places of the demanding policies that have a device filter, and of those that are understood whole. */
    private final BitSet filtering = new BitSet();

    private final BitSet modelled = new BitSet();
    private final Map<Requirement, Passages> certainly = new EnumMap<>(Requirement.class);
    private final Map<Requirement, Passages> possibly = new EnumMap<>(Requirement.class);
    private final Map<Asked, Outcome> decided = new HashMap<>();
    /** The applications that sign-ins are to; empty for any. */
    private final Set<String> at;

    private final Map<String, ConditionalAccess> onContexts = new HashMap<>();
    private @Nullable Activations activations;
    private @Nullable Others heldByOthers;
    private @Nullable ApplicationNames names;

    /**
     * What of an account and a requirement makes a difference.
     *
     * @param external whether the account's devices are another directory's
     */
    private record Asked(Audience.Reach reach, boolean external, Requirement requirement) {}

    /**
     * An answer, with the sign-in that it is about.
     *
     * @param signIn the place of its class in each dimension; empty if the answer is not about one
     */
    record Outcome(MfaDecision decision, List<Integer> signIn) {
        Outcome {
            signIn = List.copyOf(signIn);
        }
    }

    private ConditionalAccess(
            List<ConditionalAccessPolicy> all,
            Map<String, NamedLocation> locations,
            Map<String, AuthenticationStrength> strengths,
            boolean securityDefaults,
            Set<String> at,
            Facts facts) {
        this.all = List.copyOf(all);
        this.at = Set.copyOf(at);
        this.demanding = all.stream()
                .filter(policy -> policy.state() == State.ENABLED || policy.state() == State.UNKNOWN)
                .filter(policy -> policy.grant().isPresent())
                .toList();
        this.locations = locations;
        this.strengths = strengths;
        this.securityDefaults = securityDefaults;
        this.facts = facts;
        this.audience = new Audience(demanding);
        for (int i = 0; i < demanding.size(); i++) {
            filtering.set(i, demanding.get(i).deviceFilter().isPresent());
            modelled.set(i, demanding.get(i).notModelled().isEmpty());
        }
        this.space = new SignInSpace(
                demanding,
                locations,
                strengths,
                facts.designations().workstationFilter().map(DeviceRule::of),
                at,
                mandatoryMfa(facts));
    }

    /**
     * Whether Microsoft itself demands MFA at the Azure portal: in the worldwide cloud, told by the domain that the tenant
     * was created with, and of every tenant since none can have it postponed any more.
     */
    private static Match mandatoryMfa(Facts facts) {
        if (!facts.asksFor(FactKind.ACCOUNTS)) {
            return Match.MAYBE;
        }
        return facts.accounts().stream()
                .flatMap(account -> account.initialDomain().stream())
                .findFirst()
                .map(domain -> Match.of(MicrosoftDomains.isWorldwide(domain)))
                .map(worldwide ->
                        facts.takenAt().isBefore(NO_LONGER_POSTPONED) ? worldwide.and(Match.MAYBE) : worldwide)
                .orElse(Match.MAYBE);
    }

    /** What Conditional Access and security defaults demand of a sign-in. */
    public static ConditionalAccess of(Facts facts) {
        Map<String, NamedLocation> locations = new HashMap<>();
        facts.<NamedLocation>list(FactKind.NAMED_LOCATIONS).forEach(one -> locations.put(one.id(), one));
        Map<String, AuthenticationStrength> strengths = new HashMap<>();
        facts.<AuthenticationStrength>list(FactKind.AUTHENTICATION_STRENGTHS)
                .forEach(one -> strengths.put(one.id(), one));
        return new ConditionalAccess(
                facts.list(FactKind.CONDITIONAL_ACCESS_POLICIES),
                locations,
                strengths,
                facts.<SecurityDefaults>list(FactKind.SECURITY_DEFAULTS).stream()
                        .anyMatch(SecurityDefaults::enabled),
                Set.of(),
                facts);
    }

    /** The enabled policies that would be for the account and leave it out by name, group, role or kind of guest. */
    public static List<ConditionalAccessPolicy> policiesExcluding(Facts facts, Account account) {
        List<ConditionalAccessPolicy> enabled =
                facts.<ConditionalAccessPolicy>list(FactKind.CONDITIONAL_ACCESS_POLICIES).stream()
                        .filter(policy -> policy.state() == State.ENABLED)
                        .toList();
        Administrators administrators = Administrators.of(facts);
        PolicySubject subject = PolicySubject.of(
                facts,
                administrators,
                account,
                new Administrators.Lasting(administrators.activeTemplateIds(account.id()), Set.of()));
        return new Audience(enabled)
                .of(subject).excluding().stream().mapToObj(enabled::get).toList();
    }

    /** Whether accounts get in under these policies; asks for the {@link Reach#KINDS} too. */
    public Reach reach() {
        return new Reach(facts, demanding, locations, strengths, space, audience, securityDefaults);
    }

    /** Every policy that was read, whatever its state. */
    public List<ConditionalAccessPolicy> policies() {
        return all;
    }

    /** The policies that are switched on. */
    public List<ConditionalAccessPolicy> enabled() {
        return all.stream().filter(policy -> policy.state() == State.ENABLED).toList();
    }

    /**
     * The enabled policies that demand something of ordinary sign-ins to the application, of whomever: by a browser,
     * without risk or a special authentication flow, if only from some places and devices. Whether anybody is left who
     * gets in without is another question, which {@link #require} answers.
     *
     * @param applicationId its appId
     */
    public List<ConditionalAccessPolicy> covering(String applicationId) {
        return enabled().stream()
                .filter(policy -> policy.demandsAt(applicationId))
                .toList();
    }

    /** Whether security defaults are on, which stand in for policies and exclude them. */
    public boolean securityDefaults() {
        return securityDefaults;
    }

    /** The named location with this id; empty if there is none. */
    public Optional<NamedLocation> location(String id) {
        return Optional.ofNullable(locations.get(id));
    }

    /** Every named location. */
    public List<NamedLocation> namedLocations() {
        return List.copyOf(locations.values());
    }

    /**
     * The same questions, of those policies alone that answer at the moment of the sign-in: MFA that a policy demands without
     * a condition on risk is not asked again of a session that holds it, and so does not answer a risk. Source: "Sign-in
     * frequency" and "Risk-based access policies".
     */
    public ConditionalAccess askingAgain() {
        return new ConditionalAccess(
                all.stream().filter(ConditionalAccessPolicy::asksAgain).toList(),
                locations,
                strengths,
                false,
                at,
                facts);
    }

    /**
     * The same questions as if no policy left out an application that Microsoft's own guides ask to leave out; empty if none
     * does. What only these exclusions let through, a person attests: {@link #guidedExclusions}.
     */
    public Optional<ConditionalAccess> withoutGuidedExclusions() {
        List<ConditionalAccessPolicy> policies =
                all.stream().map(GuidedExclusion::without).toList();
        return policies.equals(all)
                ? Optional.empty()
                : Optional.of(new ConditionalAccess(policies, locations, strengths, securityDefaults, at, facts));
    }

    /** The applications that the enabled policies of these names leave out as Microsoft's own guides ask. */
    public List<GuidedExclusion> guidedExclusions(Collection<String> policyNames) {
        return GuidedExclusion.of(all, policyNames);
    }

    /** Whether an enabled policy has a condition on sign-in risk, or demands a new authentication every time. */
    public boolean answersRisk() {
        return demanding.stream().anyMatch(ConditionalAccessPolicy::answersRisk);
    }

    /** The policies that name the authentication context, whatever their state. */
    public List<ConditionalAccessPolicy> policiesOn(String context) {
        return all.stream().filter(policy -> names(policy, context)).toList();
    }

    /**
     * The same questions, of the requests for this authentication context by which something is activated in PIM: the
     * policies that name it meet them too, and they are to applications that carry activation only.
     */
    private ConditionalAccess onActivation(String context) {
        return onContexts.computeIfAbsent(
                context,
                key -> new ConditionalAccess(
                        all.stream()
                                .map(policy -> names(policy, key) ? policy.forEveryApplication() : policy)
                                .toList(),
                        locations,
                        strengths,
                        securityDefaults,
                        SignInSpace.ACTIVATION,
                        facts));
    }

    /**
     * Whether the account meets the requirement when it activates something for which PIM asks for this authentication
     * context, which it does without what it activates.
     *
     * @param roleTemplateIds the roles that it has afterwards
     * @param groupIds the groups that it is a member of afterwards
     */
    public MfaDecision requireOnActivation(
            Account account,
            String context,
            Set<String> roleTemplateIds,
            Set<String> groupIds,
            Requirement requirement) {
        PolicySubject subject = PolicySubject.Known.of(facts, Administrators.of(facts), account)
                .without(new ActivationPath("", "", roleTemplateIds, groupIds, List.of()));
        return onContext(context, subject, reach(subject), requirement);
    }

    private static boolean names(ConditionalAccessPolicy policy, String context) {
        return policy.applications().authenticationContexts().contains(context);
    }

    /** Whether every sign-in of the account to an application needs MFA. */
    public MfaDecision mfa(Account account) {
        return require(account, Requirement.MFA);
    }

    /**
     * Whether every sign-in of the account to an application meets the requirement, for as long as it is assigned any
     * role: a role that is only activated, or ends before another one, protects only until then.
     *
     * <p>This is how a check asks of one account; it needs the kinds of facts that S1-06 names. {@link
     * MfaDecision.Covered} is the proof, with the policies' names; {@link MfaDecision.Uncovered} has one sign-in that
     * gets in without what is required; {@link MfaDecision.Undecided} is for a person to judge, never good news. {@link
     * Requirement#title} is what is required, in words. {@link Requirement#PRIVILEGED_WORKSTATION} is undecided for
     * everybody where {@link Designations#workstationFilter} is empty.
     */
    public MfaDecision require(Account account, Requirement requirement) {
        return outcome(account, requirement).decision();
    }

    /** The same, for as long as the account is assigned one of these roles; of others it does not matter when they end. */
    public MfaDecision require(Account account, Set<DirectoryRole> roles, Requirement requirement) {
        Administrators administrators = Administrators.of(facts);
        Set<String> inQuestion = roles.stream().map(DirectoryRole::templateId).collect(toSet());
        return outcome(account, role -> inQuestion.contains(administrators.templateId(role)), requirement)
                .decision();
    }

    /**
     * Whether the account meets the requirement whenever it administers: with the roles that it is assigned, as {@link
     * #require} has it, and with each one that it must activate first. Asks for {@link FactKind#PIM_POLICIES} and {@link
     * FactKind#PIM_GROUP_POLICIES} too; where they tell nothing of a role or a group, its activation is undecided.
     */
    public AdministratorDecision requireOfAdministrator(Account account, Requirement requirement) {
        Activations all = activations;
        if (all == null) {
            all = new Activations(facts);
            activations = all;
        }
        return all.decide(this, account, requirement);
    }

    /**
     * The same of an enabled member of the directory whom no policy names by id: without a role, and of the groups that
     * policies name in these only. What policies leave out on purpose, by user, group or role, does not count here; a
     * check that asks this of all users tells it beside the answer, by {@link #policies}.
     *
     * @param groupIds the object ids of the groups, with those that they are nested in
     */
    public MfaDecision requireOfMember(Set<String> groupIds, Requirement requirement) {
        return outcome(PolicySubject.unnamed(groupIds), requirement).decision();
    }

    /**
     * The same of every member of the group whom no policy names, who is in the groups around it too, and in no other but those
     * that PIM for Groups lets members of the group join; empty if the groups around it were not read.
     */
    public Optional<MfaDecision> requireOfMembersOf(String groupId, Requirement requirement) {
        return facts.withEnclosing(groupId)
                .map(groups -> outcome(PolicySubject.memberOf(facts, groupId, groups), requirement)
                        .decision());
    }

    /**
     * The same of a guest who was invited for collaboration, whom no policy names, and who is in none of the groups that
     * policies name.
     */
    public MfaDecision requireOfGuest(Requirement requirement) {
        return outcome(PolicySubject.unnamedGuest(), requirement).decision();
    }

    /**
     * Whom the enabled policies of these names leave out on purpose, single users that are designated emergency accounts
     * aside.
     */
    public List<PolicyExclusion> exclusions(Collection<String> policyNames) {
        return PolicyExclusion.of(facts, policyNames);
    }

    /**
     * Whether members of a group that a policy excludes are held to what is required all the same, by other policies: those of
     * them too who are in every other excluded group, but for the groups of whoever is expected to be left out. Policies that
     * leave out single users, roles or guests do not count, as one of these may be a member.
     */
    public boolean holdsMembersOf(String groupId, Requirement requirement) {
        Others others = heldByOthers;
        if (others == null) {
            others = others();
            heldByOthers = others;
        }
        Set<String> groups = new TreeSet<>(others.excludedGroups());
        groups.add(groupId);
        return others.policies().requireOfMember(groups, requirement) instanceof MfaDecision.Covered;
    }

    /** The enabled policies that leave out nobody but groups, and these groups. */
    private record Others(ConditionalAccess policies, Set<String> excludedGroups) {}

    private Others others() {
        List<ConditionalAccessPolicy> counting = new ArrayList<>();
        Set<String> groups = new TreeSet<>();
        for (ConditionalAccessPolicy policy : all) {
            List<PolicyExclusion> exclusions = exclusions(List.of(policy.displayName()));
            if (policy.state() == State.ENABLED
                    && exclusions.stream().allMatch(it -> it.kind() == PolicyExclusion.Kind.GROUP)) {
                counting.add(policy);
                exclusions.forEach(exclusion -> groups.add(exclusion.id()));
            }
        }
        return new Others(new ConditionalAccess(counting, locations, strengths, false, at, facts), groups);
    }

    /**
     * Whom every policy for everybody among these leaves out and none of the others names, whoever is expected to be left
     * out aside. Asks for accounts, and for what was read of groups that policies exclude.
     *
     * @param policies enabled ones, at least one of which is for everybody
     */
    public List<PolicyExclusion> leftOut(List<ConditionalAccessPolicy> policies) {
        List<String> forEverybody = policies.stream()
                .filter(ConditionalAccessPolicy::forEverybody)
                .map(ConditionalAccessPolicy::displayName)
                .distinct()
                .toList();
        return exclusions(forEverybody).stream()
                .filter(exclusion -> exclusion.policies().containsAll(forEverybody))
                .filter(exclusion -> policies.stream().noneMatch(exclusion::isNamedBy))
                .toList();
    }

    /**
     * Those of the groups that the enabled policies of these names exclude whose members others can change, and who can.
     * Asks for {@link FactKind#EXCLUDED_GROUPS}.
     *
     * @param held whether an account is itself held to what is required
     */
    public List<OpenExclusion> openExclusions(Collection<String> policyNames, Predicate<Account> held) {
        return OpenExclusion.of(facts, policyNames, held);
    }

    /**
     * Which applications can change who is in the groups that these policies exclude, in words, to stand after the tenant;
     * empty if none can. Looks only where {@link FactKind#GROUP_WRITERS} are asked for.
     *
     * @param heldByOthers whether other policies hold the members of the group with this id to the same
     */
    public Optional<String> exclusionsChangedByApplications(
            Collection<String> policyNames, Predicate<String> heldByOthers) {
        return OpenExclusion.byApplications(facts, policyNames, heldByOthers);
    }

    /** As {@link #require}, with the sign-in that the answer is about. */
    Outcome outcome(Account account, Requirement requirement) {
        return outcome(account, role -> true, requirement);
    }

    private Outcome outcome(Account account, Predicate<String> inQuestion, Requirement requirement) {
        Administrators administrators = Administrators.of(facts);
        Set<String> proof = new LinkedHashSet<>();
        Optional<Outcome> undecided = Optional.empty();
        for (Administrators.Lasting lasting : administrators.lasting(account.id(), inQuestion)) {
            Outcome outcome = outcome(PolicySubject.of(facts, administrators, account, lasting), requirement);
            if (outcome.decision() instanceof MfaDecision.Uncovered) {
                return outcome;
            }
            if (outcome.decision() instanceof MfaDecision.Covered covered) {
                proof.addAll(covered.by());
            } else {
                undecided = Optional.of(outcome);
            }
        }
        return undecided.orElseGet(() -> covered(List.copyOf(proof)));
    }

    /** For whom the policies are; the same for every context. */
    Audience.Reach reach(PolicySubject subject) {
        return audience.of(subject);
    }

    /** The answer for the subject at an activation that asks for the authentication context. */
    MfaDecision onContext(String context, PolicySubject subject, Audience.Reach reach, Requirement requirement) {
        return onActivation(context).outcome(subject, reach, requirement).decision();
    }

    private static Outcome covered(List<String> by) {
        return new Outcome(new MfaDecision.Covered(by), List.of());
    }

    private static Outcome undecided(String because) {
        return new Outcome(new MfaDecision.Undecided(because), List.of());
    }

    private Outcome outcome(PolicySubject subject, Requirement requirement) {
        return outcome(subject, audience.of(subject), requirement);
    }

    Outcome outcome(PolicySubject subject, Audience.Reach reach, Requirement requirement) {
        Optional<String> unfit =
                requirement == Requirement.PRIVILEGED_WORKSTATION ? whyNoWorkstationIsKnown() : Optional.empty();
        if (unfit.isPresent()) {
            return undecided(unfit.get());
        }
        if (securityDefaults && defaultsDemand(subject, requirement)) {
            return covered(List.of("security defaults"));
        }
        Asked asked = new Asked(reach, subject.account().external(), requirement);
        Outcome known = decided.get(asked);
        if (known == null) {
            known = new Question(asked).answer();
            decided.put(asked, known);
        }
        return known;
    }

    private ApplicationNames applicationNames() {
        ApplicationNames known = names;
        if (known == null) {
            known = ApplicationNames.of(facts);
            names = known;
        }
        return known;
    }

    private Optional<String> whyNoWorkstationIsKnown() {
        if (space.workstation.isEmpty()) {
            return Optional.of("no device filter rule is designated by which a privileged access workstation is known");
        }
        String rule = "the device filter rule that is designated for privileged access workstations ";
        if (!space.workstation.get().missesUnregisteredDevices()) {
            return Optional.of(rule + "may match devices that are not registered");
        }
        return space.workstation.get().tellsAWorkstation()
                ? Optional.empty()
                : Optional.of(rule + "asks for nothing but what any device of its user can be");
    }

    /** The class of each dimension of the sign-in that an answer is about, both by name. */
    Map<String, String> classes(Outcome outcome) {
        Map<String, String> classes = new LinkedHashMap<>();
        if (!outcome.signIn().isEmpty()) {
            space.dimensions()
                    .forEach(dimension -> classes.put(
                            dimension.name(),
                            dimension.classes().get(outcome.signIn().get(dimension.index()))));
        }
        return classes;
    }

    /** How many different questions were decided; accounts that the policies treat alike are one. */
    int decided() {
        return decided.size();
    }

    /** Security defaults leave out whoever may hold a role of directory synchronisation. */
    private static boolean defaultsDemand(PolicySubject subject, Requirement requirement) {
        PolicySubject.Belonging now = subject.now();
        if (!Collections.disjoint(now.roles(), PrivilegedRoles.SYNCHRONISATION)
                || !Collections.disjoint(now.doubtfulRoles(), PrivilegedRoles.SYNCHRONISATION)) {
            return false;
        }
        return switch (requirement) {
            case MFA, MFA_AT_SIGN_IN_RISK ->
                !Collections.disjoint(subject.lasting().roles(), SecurityDefaults.ROLES_WITH_MFA);
            case LEGACY_AUTHENTICATION_BLOCKED -> true;
            default -> false;
        };
    }

    /** One question of all accounts that the policies treat alike. */
    private final class Question {

        private final Requirement requirement;
        private final boolean external;
        private final Passages certain;
        private final Passages possible;
        /** Places of the policies that are or may be for the account. */
        private final int[] relevant;

        private final BitSet falling;
        private final BitSet unknown;
        private final BitSet excluding;

        Question(Asked asked) {
            this.requirement = asked.requirement();
            this.external = asked.external();
            this.certain = passages(certainly, requirement, true);
            this.possible = passages(possibly, requirement, false);
            this.falling = asked.reach().falling();
            this.relevant = places(falling);
            this.unknown = asked.reach().doubtful();
            this.excluding = asked.reach().excluding();
        }

        private Passages passages(Map<Requirement, Passages> known, Requirement wanted, boolean sure) {
            return known.computeIfAbsent(
                    wanted,
                    key -> Passages.of(Stream.concat(
                                    demanding.stream().map(policy -> space.past(policy, key, sure)),
                                    space.facts(key, sure).stream().map(ways -> new Passage(List.of(), ways, ways)))
                            .toList()));
        }

        /** These policies, and what is a fact of every sign-in whatever policies say. */
        private int[] withFacts(int[] policies) {
            int[] all = Arrays.copyOf(policies, policies.length + certain.all().size() - demanding.size());
            for (int i = policies.length; i < all.length; i++) {
                all[i] = demanding.size() + i - policies.length;
            }
            return all;
        }

        /**
         * Two questions bracket the truth. If even with every doubtful policy applied a sign-in gets through, it does.
         * If with every doubtful policy left out none gets through, none does. Between lies what cannot be decided.
         */
        Outcome answer() {
            try {
                Optional<int[]> certainly = searchCertain();
                if (certainly.isPresent()) {
                    int[] signIn = certainly.get();
                    SignInText words = new SignInText(space, locations, applicationNames(), requirement, signIn);
                    return new Outcome(
                            new MfaDecision.Uncovered(
                                    words.signIn(),
                                    words.because(passages(excluding.stream().toArray()), passages(relevant))),
                            boxed(signIn));
                }
                SignInSearch search = search(withFacts(firm()));
                Optional<int[]> possibly = search.find();
                if (possibly.isEmpty()) {
                    return covered(proof(search.needed()));
                }
                SignInText words = new SignInText(space, locations, applicationNames(), requirement, possibly.get());
                return new Outcome(
                        new MfaDecision.Undecided("%s might %s: %s"
                                .formatted(
                                        words.signIn(),
                                        requirement.lack(),
                                        words.doubt(
                                                policies(unknown),
                                                IntStream.of(relevant)
                                                        .mapToObj(demanding::get)
                                                        .toList(),
                                                external))),
                        boxed(possibly.get()));
            } catch (SignInSearch.TooManySteps e) {
                return undecided("the policies are too many to search through");
            }
        }

        private Map<ConditionalAccessPolicy, Passage> passages(int[] places) {
            Map<ConditionalAccessPolicy, Passage> passages = new LinkedHashMap<>();
            for (int place : places) {
                passages.put(demanding.get(place), certain.all().get(place));
            }
            return passages;
        }

        private List<ConditionalAccessPolicy> policies(BitSet places) {
            return places.stream().mapToObj(demanding::get).toList();
        }

        private static List<Integer> boxed(int[] signIn) {
            return IntStream.of(signIn).boxed().toList();
        }

        private static int[] places(BitSet set) {
            int[] places = new int[set.cardinality()];
            int count = 0;
            for (int place = set.nextSetBit(0); place >= 0; place = set.nextSetBit(place + 1)) {
                places[count++] = place;
            }
            return places;
        }

        /**
         * A rule of a device filter may contradict what else is known of the device, and several rules each other. So
         * first a device that is not registered is tried, of which everything is known; then only one rule is relied
         * upon, one about compliance only without relying on compliance, none about platforms. Of the devices of
         * external accounts this directory knows nothing unless it trusts another one, which is not read. Source:
         * "Cross-tenant access settings", trust settings.
         */
        private Optional<int[]> searchCertain() {
            BitSet[] open = space.open(requirement, true);
            if (external) {
                open = unmanaged(open);
            }
            List<DeviceRule> rules = rules();
            if (rules.isEmpty()) {
                return new SignInSearch(open, certain.waysWithoutFilter(), withFacts(relevant)).find();
            }
            if (rules.stream().allMatch(DeviceRule::missesUnregisteredDevices)) {
                BitSet[] unregistered = unmanaged(open);
                space.deviceFilters
                        .values()
                        .forEach(matches -> unregistered[matches.index()] = matches.of("no"::equals));
                Optional<int[]> found = new SignInSearch(unregistered, certain.ways(), withFacts(relevant)).find();
                if (found.isPresent()) {
                    return found;
                }
            }
            boolean aboutCompliance = rules.stream().anyMatch(DeviceRule::aboutCompliance);
            if (!external
                    && rules.size() == 1
                    && !rules.get(0).aboutPlatform()
                    && !(aboutCompliance && requirement.ofDevice())) {
                Optional<int[]> found = new SignInSearch(
                                aboutCompliance ? unmanaged(open) : open, certain.ways(), withFacts(relevant))
                        .find();
                if (found.isPresent() || !aboutCompliance) {
                    return found;
                }
            }
            return new SignInSearch(open, certain.waysWithoutFilter(), withFacts(relevant)).find();
        }

        /** The same classes with a device that is neither compliant nor joined. */
        private BitSet[] unmanaged(BitSet[] open) {
            BitSet[] narrowed = open.clone();
            narrowed[space.compliant.index()] = space.compliant.of("no"::equals);
            narrowed[space.joined.index()] = space.joined.of("no"::equals);
            return narrowed;
        }

        private SignInSearch search(int[] policies) {
            return new SignInSearch(space.open(requirement, false), possible.ways(), policies);
        }

        private String name(int place) {
            return place < demanding.size() ? demanding.get(place).displayName() : SignInSpace.MANDATORY_MFA;
        }

        /** Those policies that are certainly for the account, and understood whole. */
        private int[] firm() {
            BitSet firm = (BitSet) modelled.clone();
            firm.and(falling);
            firm.andNot(unknown);
            return places(firm);
        }

        /** What the device filters of the policies ask, and the requirement. */
        private List<DeviceRule> rules() {
            if (!filtering.intersects(falling) && requirement != Requirement.PRIVILEGED_WORKSTATION) {
                return List.of();
            }
            return Stream.concat(
                            IntStream.of(relevant)
                                    .filter(filtering::get)
                                    .mapToObj(i -> demanding.get(i).deviceFilter())
                                    .flatMap(Optional::stream)
                                    .map(ConditionalAccessPolicy.DeviceFilter::known),
                            requirement == Requirement.PRIVILEGED_WORKSTATION
                                    ? space.workstation.stream()
                                    : Stream.empty())
                    .distinct()
                    .toList();
        }

        /**
         * Policies that prove it together, none of which can be left out unless they are many; that there are no sign-ins of
         * some kind is no policy.
         */
        private List<String> proof(BitSet needed) {
            int[] proof = places(needed);
            for (int i = proof.length - 1; i >= 0 && proof.length <= MOST_TO_LEAVE_OUT; i--) {
                int[] others = Arrays.copyOf(proof, proof.length - 1);
                System.arraycopy(proof, i + 1, others, i, others.length - i);
                if (search(others).find().isEmpty()) {
                    proof = others;
                }
            }
            return IntStream.of(proof)
                    .filter(place -> place < demanding.size() || space.isMandatoryMfa(place - demanding.size()))
                    .mapToObj(this::name)
                    .toList();
        }
    }
}
