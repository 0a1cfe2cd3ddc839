package dev.parc.facts;

import static dev.parc.facts.SignInSearch.way;

import dev.parc.facts.ConditionalAccessPolicy.Applications;
import dev.parc.facts.ConditionalAccessPolicy.Grant;
import dev.parc.facts.ConditionalAccessPolicy.Guests;
import dev.parc.facts.ConditionalAccessPolicy.Scope;
import dev.parc.facts.ConditionalAccessPolicy.State;
import dev.parc.facts.SignInSearch.Dimension;
import dev.parc.facts.SignInSearch.Way;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides over all enabled policies together whether an account can sign in to an application without MFA.
 *
 * <p>Modelled: users, groups (as Graph resolves them), roles that are active, kinds of guests; applications, client app
 * types, platforms, named locations, sign-in, user and insider risk, authentication flows, device filters as "matches
 * the rule or not", and the grant controls with their operator. Report-only and disabled policies do not protect, and
 * session controls are no protection; security defaults protect the privileged roles. Not modelled, and then the
 * answer is {@link MfaDecision.Undecided} wherever it matters: conditions that {@link ConditionalAccessPolicy#notModelled}
 * names, how named locations overlap, several different device filters, which applications belong to Office 365, the
 * MFA service's own trusted addresses, custom controls. Per-user MFA is not read.
 *
 * <p>Sources: "Building a Conditional Access policy", "Conditional Access: Conditions", "Conditional Access: Grant",
 * "Security defaults in Microsoft Entra ID".
 */
public final class ConditionalAccess {

    private static final String OTHER = "any other";
    private static final String MFA_TRUSTED_ADDRESSES = "00000000-0000-0000-0000-000000000000";
    private static final String WITHOUT_RISK = "without that risk";
    private static final String WITHOUT_FLOW = "without that authentication flow";

    private final List<ConditionalAccessPolicy> enabled;
    private final Map<String, NamedLocation> locations;
    private final Map<String, AuthenticationStrength> strengths;
    private final boolean securityDefaults;
    private final Facts facts;
    private final List<ConditionalAccessPolicy> all;

    private ConditionalAccess(
            List<ConditionalAccessPolicy> all,
            Map<String, NamedLocation> locations,
            Map<String, AuthenticationStrength> strengths,
            boolean securityDefaults,
            Facts facts) {
        this.all = List.copyOf(all);
        this.enabled =
                all.stream().filter(policy -> policy.state() == State.ENABLED).toList();
        this.locations = locations;
        this.strengths = strengths;
        this.securityDefaults = securityDefaults;
        this.facts = facts;
    }

    /** The enabled policies that would be for the account and leave it out by name, group, role or kind of guest. */
    static List<ConditionalAccessPolicy> policiesExcluding(Facts facts, Account account) {
        Person person = person(facts, account, facts.administrators().activeTemplateIds(account.id()));
        return enabled(facts)
                .filter(policy ->
                        person.included(policy.users()) == Match.YES && person.excluded(policy.users()) == Match.YES)
                .toList();
    }

    private static Stream<ConditionalAccessPolicy> enabled(Facts facts) {
        return facts.<ConditionalAccessPolicy>list(FactKind.CONDITIONAL_ACCESS_POLICIES).stream()
                .filter(policy -> policy.state() == State.ENABLED);
    }

    private static Person person(Facts facts, Account account, Set<String> lastingRoles) {
        return new Person(
                account,
                lastingRoles,
                facts.administrators().activeTemplateIds(account.id()),
                facts.groupMembership(account).map(GroupMembership::groupIds));
    }

    static ConditionalAccess of(Facts facts) {
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
                facts);
    }

    /** Every policy that was read, whatever its state. */
    public List<ConditionalAccessPolicy> policies() {
        return all;
    }

    /**
     * The same questions, with this policy switched on.
     *
     * @param policyIdOrName the policy's id, or its display name if no other has it
     * @throws IllegalArgumentException if there is no such policy, or several have the name; says which there are
     */
    public ConditionalAccess whatIf(String policyIdOrName) {
        List<ConditionalAccessPolicy> meant = all.stream()
                .filter(policy -> policy.id().equalsIgnoreCase(policyIdOrName))
                .toList();
        if (meant.isEmpty()) {
            meant = all.stream()
                    .filter(policy -> policy.displayName().equalsIgnoreCase(policyIdOrName))
                    .toList();
        }
        if (meant.isEmpty()) {
            throw new IllegalArgumentException("there is no such policy as '%s'; the policies are %s"
                    .formatted(
                            policyIdOrName,
                            all.stream()
                                    .map(policy -> "'" + policy.displayName() + "'")
                                    .collect(Collectors.joining(", "))));
        }
        if (meant.size() > 1) {
            throw new IllegalArgumentException("several policies are called '%s'; name one by its id: %s"
                    .formatted(
                            policyIdOrName,
                            meant.stream().map(ConditionalAccessPolicy::id).collect(Collectors.joining(", "))));
        }
        ConditionalAccessPolicy on = meant.get(0);
        return new ConditionalAccess(
                all.stream()
                        .map(policy -> policy.equals(on) ? policy.in(State.ENABLED) : policy)
                        .toList(),
                locations,
                strengths,
                securityDefaults,
                facts);
    }

    /** Whether every sign-in of the account to an application needs this, for as long as {@link #mfa} says. */
    public MfaDecision require(Account account, Requirement requirement) {
        return requirement == Requirement.MFA
                ? mfa(account)
                : new MfaDecision.Undecided("whether every sign-in needs " + requirement.title() + " is not modelled");
    }

    /**
     * Whether every sign-in of the account to an application needs MFA, for as long as it is assigned a highly
     * privileged role: a role that is only activated, or ends before another one, protects only until then.
     */
    public MfaDecision mfa(Account account) {
        Set<String> proof = new LinkedHashSet<>();
        Optional<MfaDecision> undecided = Optional.empty();
        for (Set<String> roles : facts.administrators().lastingTemplateIds(account.id())) {
            MfaDecision decision = mfa(person(facts, account, roles));
            if (decision instanceof MfaDecision.Uncovered) {
                return decision;
            }
            if (decision instanceof MfaDecision.Covered covered) {
                proof.addAll(covered.by());
            } else {
                undecided = Optional.of(decision);
            }
        }
        return undecided.orElseGet(() -> new MfaDecision.Covered(List.copyOf(proof)));
    }

    private MfaDecision mfa(Person person) {
        if (securityDefaults
                && DirectoryRole.HIGHLY_PRIVILEGED.stream()
                        .anyMatch(role -> person.lastingRoles().contains(role.templateId()))) {
            return new MfaDecision.Covered(List.of("security defaults"));
        }
        try {
            return decide(person);
        } catch (SignInSearch.TooManySteps e) {
            return new MfaDecision.Undecided("the policies are too many to search through");
        }
    }

    /**
     * Two questions bracket the truth. If even with every doubtful policy applied, and from one named location at most,
     * a sign-in gets through, it does. If with every doubtful policy left out, and locations overlapping as they like,
     * none gets through, none does. Between the two lies what cannot be decided.
     */
    private MfaDecision decide(Person person) {
        Space space = new Space(person);
        Optional<Map<Dimension, String>> certain = space.search(true);
        if (certain.isPresent()) {
            return new MfaDecision.Uncovered(space.inWords(certain.get()), space.because(certain.get()));
        }
        Optional<Map<Dimension, String>> possible = space.search(false);
        return possible.isPresent()
                ? new MfaDecision.Undecided(
                        "%s might need no MFA: %s".formatted(space.inWords(possible.get()), space.doubt()))
                : new MfaDecision.Covered(space.proof());
    }

    /** Three-valued: a membership that was not read, or a rule that is not modelled, is neither yes nor no. */
    private enum Match {
        NO,
        MAYBE,
        YES;

        static Match of(boolean yes) {
            return yes ? YES : NO;
        }

        Match or(Match other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /**
     * The account as policies see it.
     *
     * @param lastingRoles the roles by which a policy includes it
     * @param activeRoles the roles by which a policy may exclude it
     * @param groups those of the groups that policies name that hold it; empty if that was not read
     */
    private record Person(
            Account account, Set<String> lastingRoles, Set<String> activeRoles, Optional<Set<String>> groups) {

        Match included(ConditionalAccessPolicy.Users users) {
            return Match.of(users.includeUsers().contains("All")
                            || users.includeUsers().contains(account.id()))
                    .or(Match.of(users.includeUsers().contains("GuestsOrExternalUsers") && account.external()))
                    .or(inGroups(users.includeGroups()))
                    .or(Match.of(users.includeRoles().stream().anyMatch(lastingRoles::contains)))
                    .or(users.includeGuests().map(this::among).orElse(Match.NO));
        }

        Match excluded(ConditionalAccessPolicy.Users users) {
            return Match.of(users.excludeUsers().contains(account.id()))
                    .or(Match.of(users.excludeUsers().contains("GuestsOrExternalUsers") && account.external()))
                    .or(inGroups(users.excludeGroups()))
                    .or(Match.of(users.excludeRoles().stream().anyMatch(activeRoles::contains)))
                    .or(users.excludeGuests().map(this::among).orElse(Match.NO));
        }

        Match falls(ConditionalAccessPolicy.Users users) {
            Match included = included(users);
            Match excluded = excluded(users);
            if (included == Match.NO || excluded == Match.YES) {
                return Match.NO;
            }
            return excluded == Match.NO ? included : Match.MAYBE;
        }

        private Match inGroups(Set<String> named) {
            if (named.isEmpty()) {
                return Match.NO;
            }
            return groups.map(mine -> Match.of(named.stream().anyMatch(mine::contains)))
                    .orElse(Match.MAYBE);
        }

        private Match among(Guests guests) {
            String type;
            boolean invited = account.signInName().toUpperCase(Locale.ROOT).contains("#EXT#");
            if (invited) {
                type = account.guest() ? "b2bCollaborationGuest" : "b2bCollaborationMember";
            } else if (account.guest()) {
                type = "internalGuest";
            } else {
                return Match.NO;
            }
            if (!guests.types().contains(type)) {
                return Match.NO;
            }
            return guests.tenants().isEmpty() ? Match.YES : Match.MAYBE;
        }
    }

    /** The dimensions that the policies split for one person, and the policies as ways through them. */
    private final class Space {

        private final Person person;
        private final Dimension client = new Dimension(
                "client", List.of("browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other"));
        private final Dimension platform = new Dimension(
                "platform", List.of("windows", "macOS", "linux", "iOS", "android", "windowsPhone", "unknown"));
        private final Dimension signInRisk = new Dimension("sign-in risk", List.of("none", "low", "medium", "high"));
        private final Dimension userRisk = new Dimension("user risk", List.of("none", "low", "medium", "high"));
        private final Dimension insiderRisk =
                new Dimension("insider risk", List.of("none", "minor", "moderate", "elevated"));
        private final Dimension flow =
                new Dimension("flow", List.of("none", "deviceCodeFlow", "authenticationTransfer"));
        private final Dimension compliant = new Dimension("compliant device", List.of("no", "yes"));
        private final Dimension joined = new Dimension("hybrid joined device", List.of("no", "yes"));
        private final Dimension application;
        private final Map<String, Dimension> inLocation = new LinkedHashMap<>();
        private final Map<String, Dimension> matchesFilter = new LinkedHashMap<>();
        private final List<ConditionalAccessPolicy> relevant;

        Space(Person person) {
            this.person = person;
            this.relevant = enabled.stream()
                    .filter(policy -> person.falls(policy.users()) != Match.NO)
                    .filter(policy -> policy.grant().isPresent())
                    .toList();
            Set<String> applications = new LinkedHashSet<>(List.of(OTHER));
            for (ConditionalAccessPolicy policy : relevant) {
                Stream.concat(policy.applications().include().stream(), policy.applications().exclude().stream())
                        .filter(id -> !id.equals("All") && !id.equals("None"))
                        .sorted()
                        .forEach(applications::add);
                Stream.concat(policy.locations().include().stream(), policy.locations().exclude().stream())
                        .flatMap(this::locationIds)
                        .sorted()
                        .forEach(id -> inLocation.computeIfAbsent(
                                id, key -> new Dimension("location " + key, List.of("elsewhere", "inside"))));
                policy.deviceFilter()
                        .ifPresent(filter -> matchesFilter.computeIfAbsent(
                                filter.rule(), rule -> new Dimension("device filter " + rule, List.of("no", "yes"))));
            }
            this.application = new Dimension("application", List.copyOf(applications));
        }

        /** Named locations that an include or exclude entry stands for. */
        private Stream<String> locationIds(String entry) {
            if (entry.equals("All")) {
                return Stream.empty();
            }
            return entry.equals("AllTrusted")
                    ? Stream.concat(
                            locations.values().stream()
                                    .filter(NamedLocation::trusted)
                                    .map(NamedLocation::id),
                            Stream.of(MFA_TRUSTED_ADDRESSES))
                    : Stream.of(entry);
        }

        /** A sign-in without MFA, with every doubt counted for the policies ({@code certain}) or against them. */
        Optional<Map<Dimension, String>> search(boolean certain) {
            List<Dimension> dimensions = new ArrayList<>(
                    List.of(application, client, platform, signInRisk, userRisk, insiderRisk, flow, compliant, joined));
            dimensions.addAll(inLocation.values());
            dimensions.addAll(matchesFilter.values());
            List<List<Way>> ways = new ArrayList<>();
            for (ConditionalAccessPolicy policy : relevant) {
                boolean doubtful = person.falls(policy.users()) == Match.MAYBE
                        || !policy.notModelled().isEmpty();
                if (certain || !doubtful) {
                    ways.add(waysPast(policy, certain));
                }
            }
            Dimension mfaTrusted = inLocation.get(MFA_TRUSTED_ADDRESSES);
            if (certain && mfaTrusted != null) {
                ways.add(List.of(way(mfaTrusted, mfaTrusted.of("elsewhere"::equals))));
            }
            return new SignInSearch(dimensions, ways, List.copyOf(inLocation.values()), certain ? 1 : inLocation.size())
                    .find();
        }

        /** Every way in which a sign-in passes the policy without MFA: it does not apply, or is satisfied otherwise. */
        private List<Way> waysPast(ConditionalAccessPolicy policy, boolean certain) {
            List<Way> ways = new ArrayList<>();
            policy.grant().ifPresent(grant -> ways.addAll(satisfied(grant, certain)));
            escape(ways, application, appliesTo(policy.applications(), certain));
            escape(ways, client, either(policy.clientAppTypes(), "all"));
            escape(ways, signInRisk, either(policy.signInRisks(), ""));
            escape(ways, userRisk, either(policy.userRisks(), ""));
            escape(ways, insiderRisk, either(policy.insiderRisks(), ""));
            escape(ways, flow, either(policy.authenticationFlows(), ""));
            escape(ways, platform, name -> in(policy.platforms(), name, "all"));
            ways.addAll(outsideLocations(policy.locations()));
            policy.deviceFilter().ifPresent(filter -> {
                Dimension matches = matchesFilter.get(filter.rule());
                // several rules may contradict or imply each other, which is not modelled
                if (matches != null && !(certain && matchesFilter.size() > 1)) {
                    ways.add(way(matches, matches.of(filter.include() ? "no"::equals : "yes"::equals)));
                }
            });
            return ways;
        }

        private void escape(List<Way> ways, Dimension dimension, java.util.function.Predicate<String> applies) {
            BitSet outside = dimension.of(name -> !applies.test(name));
            if (!outside.isEmpty()) {
                ways.add(way(dimension, outside));
            }
        }

        private java.util.function.Predicate<String> either(Set<String> named, String all) {
            return name -> named.isEmpty() || named.contains(all) || named.contains(name);
        }

        private boolean in(Scope scope, String name, String all) {
            return (scope.include().isEmpty()
                            || scope.include().contains(all)
                            || scope.include().contains(name))
                    && !scope.exclude().contains(name)
                    && !scope.exclude().contains(all);
        }

        /** An application named by id may or may not belong to a group of applications such as Office 365. */
        private java.util.function.Predicate<String> appliesTo(Applications applications, boolean certain) {
            Set<String> groups = Set.of("Office365", "MicrosoftAdminPortals");
            return name -> {
                boolean id = !name.equals(OTHER) && !groups.contains(name);
                boolean doubtfullyIncluded =
                        id && applications.include().stream().anyMatch(groups::contains);
                boolean doubtfullyExcluded =
                        id && applications.exclude().stream().anyMatch(groups::contains);
                boolean included = applications.include().contains("All")
                        || applications.include().contains(name)
                        || (certain && doubtfullyIncluded);
                boolean excluded = applications.exclude().contains(name) || (!certain && doubtfullyExcluded);
                return included && !excluded;
            };
        }

        private List<Way> outsideLocations(Scope scope) {
            List<Way> ways = new ArrayList<>();
            if (!scope.include().isEmpty() && !scope.include().contains("All")) {
                Way[] elsewhere = scope.include().stream()
                        .flatMap(this::locationIds)
                        .flatMap(id -> Stream.ofNullable(inLocation.get(id)))
                        .map(location -> way(location, location.of("elsewhere"::equals)))
                        .toArray(Way[]::new);
                SignInSearch.all(elsewhere).ifPresent(ways::add);
            }
            scope.exclude().stream()
                    .flatMap(this::locationIds)
                    .flatMap(id -> Stream.ofNullable(inLocation.get(id)))
                    .forEach(location -> ways.add(way(location, location.of("inside"::equals))));
            if (scope.exclude().contains("All")) {
                ways.add(new Way(Map.of()));
            }
            return ways;
        }

        /** The ways to satisfy the controls without MFA; none if MFA is demanded or the sign-in is blocked. */
        private List<Way> satisfied(Grant grant, boolean certain) {
            List<Optional<Way>> single = new ArrayList<>();
            grant.controls().stream().sorted().forEach(control -> single.add(control(control, certain)));
            grant.strength().ifPresent(strength -> single.add(strength(strength, certain)));
            grant.termsOfUse().forEach(terms -> single.add(Optional.of(new Way(Map.of()))));
            grant.customControls()
                    .forEach(custom -> single.add(certain ? Optional.empty() : Optional.of(new Way(Map.of()))));
            if (grant.all()) {
                return single.stream().allMatch(Optional::isPresent)
                        ? SignInSearch.all(single.stream()
                                        .flatMap(Optional::stream)
                                        .toArray(Way[]::new))
                                .stream()
                                .toList()
                        : List.of();
            }
            return single.stream().flatMap(Optional::stream).toList();
        }

        private Optional<Way> control(String control, boolean certain) {
            return switch (control) {
                case "block", "mfa" -> Optional.empty();
                case "compliantDevice" -> Optional.of(way(compliant, compliant.of("yes"::equals)));
                case "domainJoinedDevice" -> Optional.of(way(joined, joined.of("yes"::equals)));
                case "approvedApplication", "compliantApplication" ->
                    SignInSearch.all(
                            way(platform, platform.of(name -> name.equals("iOS") || name.equals("android"))),
                            way(client, client.of("mobileAppsAndDesktopClients"::equals)));
                // a password change is only granted after MFA, and unknown controls may demand anything
                default -> certain ? Optional.empty() : Optional.of(new Way(Map.of()));
            };
        }

        private Optional<Way> strength(AuthenticationStrength strength, boolean certain) {
            Set<String> combinations = strength.allowedCombinations().isEmpty()
                    ? Optional.ofNullable(strengths.get(strength.id()))
                            .map(AuthenticationStrength::allowedCombinations)
                            .orElse(Set.of())
                    : strength.allowedCombinations();
            boolean demandsMfa = AuthenticationStrengths.demandMfa(combinations);
            return demandsMfa || (combinations.isEmpty() && certain)
                    ? Optional.empty()
                    : Optional.of(new Way(Map.of()));
        }

        private boolean protects(ConditionalAccessPolicy policy) {
            return policy.grant()
                    .filter(grant -> satisfied(grant, true).isEmpty())
                    .isPresent();
        }

        /** The sign-in in words: what is unusual of it, and always client and platform. */
        String inWords(Map<Dimension, String> signIn) {
            List<String> parts = new ArrayList<>();
            parts.add(PLATFORMS.getOrDefault(signIn.getOrDefault(platform, ""), "an unknown platform"));
            String through = signIn.getOrDefault(client, "");
            parts.add(CLIENTS.getOrDefault(through, through));
            String app = signIn.getOrDefault(application, OTHER);
            if (!app.equals(OTHER)) {
                parts.add("to application " + app);
            }
            inLocation.forEach((id, location) -> {
                if ("inside".equals(signIn.get(location))) {
                    parts.add("from " + locationName(id));
                }
            });
            if ("yes".equals(signIn.get(compliant))) {
                parts.add("on a compliant device");
            }
            if ("yes".equals(signIn.get(joined))) {
                parts.add("on a hybrid joined device");
            }
            matchesFilter.forEach((rule, matches) -> {
                if ("yes".equals(signIn.get(matches))) {
                    parts.add("on a device that matches " + rule);
                }
            });
            Stream.of(signInRisk, userRisk, insiderRisk, flow)
                    .filter(dimension -> !"none".equals(signIn.getOrDefault(dimension, "none")))
                    .forEach(dimension -> parts.add(dimension.name() + " " + signIn.get(dimension)));
            return String.join(", ", parts);
        }

        private String locationName(String id) {
            if (id.equals(MFA_TRUSTED_ADDRESSES)) {
                return "the MFA service's trusted addresses";
            }
            return Optional.ofNullable(locations.get(id))
                    .map(location -> (location.trusted() ? "the trusted location '" : "the location '")
                            + location.displayName() + "'")
                    .orElse("location " + id);
        }

        /**
         * The policies that demand MFA, and why they do not stop this sign-in. A policy that is for risk or a flow only
         * is told if there is no other.
         */
        String because(Map<Dimension, String> signIn) {
            List<String> reasons = new ArrayList<>();
            List<String> ifNothingElse = new ArrayList<>();
            for (ConditionalAccessPolicy policy : enabled) {
                if (policy.grant().filter(this::offersMfa).isEmpty()) {
                    continue;
                }
                String name = "'" + policy.displayName() + "'";
                if (person.included(policy.users()) == Match.YES && person.excluded(policy.users()) == Match.YES) {
                    reasons.add(name + " excludes the account");
                } else if (relevant.contains(policy)) {
                    Set<String> gaps = gaps(policy, signIn);
                    if (gaps.isEmpty()) {
                        reasons.add(name + " takes something else in place of MFA");
                    } else {
                        (gaps.contains(WITHOUT_RISK) || gaps.contains(WITHOUT_FLOW) ? ifNothingElse : reasons)
                                .add(name + " does not apply " + String.join(" and ", gaps));
                    }
                }
            }
            List<String> told = reasons.isEmpty() ? ifNothingElse : reasons;
            return told.isEmpty() ? "no enabled policy demands MFA of this account" : String.join("; ", told);
        }

        private boolean offersMfa(Grant grant) {
            return grant.controls().contains("mfa") || grant.strength().isPresent();
        }

        /** By which conditions the sign-in is outside the policy. */
        private Set<String> gaps(ConditionalAccessPolicy policy, Map<Dimension, String> signIn) {
            Set<String> gaps = new TreeSet<>();
            String app = signIn.getOrDefault(application, OTHER);
            if (!appliesTo(policy.applications(), true).test(app)) {
                gaps.add(app.equals(OTHER) ? "to every application" : "to this application");
            }
            if (!either(policy.clientAppTypes(), "all").test(signIn.getOrDefault(client, ""))) {
                gaps.add("to this client");
            }
            if (!in(policy.platforms(), signIn.getOrDefault(platform, ""), "all")) {
                gaps.add("to this platform");
            }
            if (outsideLocations(policy.locations()).stream().anyMatch(way -> meets(way, signIn))) {
                gaps.add("from there");
            }
            if (!either(policy.signInRisks(), "").test(signIn.getOrDefault(signInRisk, ""))
                    || !either(policy.userRisks(), "").test(signIn.getOrDefault(userRisk, ""))
                    || !either(policy.insiderRisks(), "").test(signIn.getOrDefault(insiderRisk, ""))) {
                gaps.add(WITHOUT_RISK);
            }
            if (!either(policy.authenticationFlows(), "").test(signIn.getOrDefault(flow, ""))) {
                gaps.add(WITHOUT_FLOW);
            }
            if (policy.deviceFilter()
                    .filter(filter -> Optional.ofNullable(matchesFilter.get(filter.rule()))
                            .map(signIn::get)
                            .filter(answer -> answer.equals("yes") != filter.include())
                            .isPresent())
                    .isPresent()) {
                gaps.add("to this device");
            }
            return gaps;
        }

        private boolean meets(Way way, Map<Dimension, String> signIn) {
            return way.demands().entrySet().stream()
                    .allMatch(demand -> demand.getValue()
                            .get(demand.getKey().classes().indexOf(signIn.getOrDefault(demand.getKey(), ""))));
        }

        /** What keeps the answer from being certain. */
        String doubt() {
            List<String> doubts = new ArrayList<>();
            for (ConditionalAccessPolicy policy : relevant) {
                if (!policy.notModelled().isEmpty()) {
                    doubts.add("'%s' sets %s, which is not modelled"
                            .formatted(policy.displayName(), String.join(", ", policy.notModelled())));
                }
                if (person.falls(policy.users()) == Match.MAYBE) {
                    doubts.add("whether '" + policy.displayName() + "' is for the account is not known");
                }
            }
            return doubts.isEmpty()
                    ? "it depends on how locations, device filters or application groups overlap"
                    : String.join("; ", doubts);
        }

        /** The policies that demand MFA of the account, or block a kind of sign-in. */
        List<String> proof() {
            return relevant.stream()
                    .filter(policy -> person.falls(policy.users()) == Match.YES
                            && policy.notModelled().isEmpty()
                            && protects(policy))
                    .map(ConditionalAccessPolicy::displayName)
                    .collect(Collectors.toList());
        }
    }

    private static final Map<String, String> PLATFORMS = Map.of(
            "windows", "Windows",
            "macOS", "macOS",
            "linux", "Linux",
            "iOS", "iOS",
            "android", "Android",
            "windowsPhone", "Windows Phone");

    private static final Map<String, String> CLIENTS = Map.of(
            "browser",
            "browser",
            "mobileAppsAndDesktopClients",
            "mobile app or desktop client",
            "exchangeActiveSync",
            "Exchange ActiveSync",
            "other",
            "legacy authentication");
}
