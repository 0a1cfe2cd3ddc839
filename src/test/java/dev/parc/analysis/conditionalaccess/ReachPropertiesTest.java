package dev.parc.analysis.conditionalaccess;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.Exhaustively;
import dev.parc.analysis.conditionalaccess.NaiveReach.Roles;
import dev.parc.analysis.signin.SignInMeans;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.check.TenantBuilder.Change;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.Registration;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.Federation;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.policies.AuthenticationMethods.Targets;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.RoleAssignment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;

/** Random policies, methods and means that are missing, decided by {@link Reach} and by trying every concrete sign-in. */
class ReachPropertiesTest {

    private static final String ROLE = GLOBAL_ADMINISTRATOR.templateId();
    private static final Set<String> ALL_METHODS = Set.of(
            "Fido2",
            "MicrosoftAuthenticator",
            "Sms",
            "Voice",
            "SoftwareOath",
            "HardwareOath",
            "TemporaryAccessPass",
            "X509Certificate");

    /** One thing that a policy sets, in words. */
    private record Part(String words, UnaryOperator<PolicyBuilder> change) {
        @Override
        public String toString() {
            return words;
        }
    }

    /** A policy by its parts, so that a failure can be read. */
    private record Plan(List<Part> parts) {

        ConditionalAccessPolicy build(int number) {
            PolicyBuilder policy = policy("p" + number);
            for (Part part : parts) {
                policy = part.change().apply(policy);
            }
            return policy.build();
        }

        @Override
        public String toString() {
            return parts.stream()
                    .map(Part::words)
                    .filter(words -> !words.isEmpty())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /** How somebody stands: what the engine and the naive evaluator are told of the role and the group "in". */
    private enum Role {
        HELD,
        ELIGIBLE,
        OF_A_UNIT,
        GROUPS_UNREAD
    }

    private static final Part NOTHING = part("", policy -> policy);

    private static Part part(String words, UnaryOperator<PolicyBuilder> change) {
        return new Part(words, change);
    }

    private static Part place(String words, Set<String> include, Set<String> exclude) {
        return part(words, policy -> policy.locations(include, exclude));
    }

    /** What a policy may set, by theme. A set of policies keeps to a few themes, so that they meet in all ways. */
    private enum Theme {
        USERS(
                part("for ann", policy -> policy.forNobody().forUser(id())),
                part("not for ann", policy -> policy.notForUser(id())),
                part("for group in", policy -> policy.forNobody().forGroup("in")),
                part("for group out", policy -> policy.forNobody().forGroup("out")),
                part("not for group in", policy -> policy.notForGroup("in")),
                part("for the role", policy -> policy.forNobody().forRole(ROLE)),
                part("not for the role", policy -> policy.notForRole(ROLE))),
        APPLICATIONS(
                part("to portals", policy -> policy.applications("MicrosoftAdminPortals")),
                part("to Office365", policy -> policy.applications("Office365")),
                part("to app1", policy -> policy.applications("app1")),
                part("to Graph", policy -> policy.applications("00000003-0000-0000-c000-000000000000")),
                part("not to portals", policy -> policy.notApplications("MicrosoftAdminPortals")),
                part("not to Graph", policy -> policy.notApplications("00000003-0000-0000-c000-000000000000")),
                part(
                        "not to portals and Graph",
                        policy -> policy.notApplications(
                                "MicrosoftAdminPortals", "00000003-0000-0000-c000-000000000000")),
                part("to all but all", policy -> policy.notApplications("All")),
                part("on registering", policy -> policy.onlyUserAction("urn:user:registersecurityinfo")),
                part("on joining", policy -> policy.onlyUserAction("urn:user:registerdevice")),
                part("to a context", policy -> policy.onContext("c1"))),
        CLIENTS(
                part("modern", policy -> policy.clients("browser", "mobileAppsAndDesktopClients")),
                part("legacy", policy -> policy.clients("exchangeActiveSync", "other"))),
        PLATFORMS(
                part("on Windows", policy -> policy.platforms(Set.of("windows"), Set.of())),
                part("not on iOS", policy -> policy.platforms(Set.of("all"), Set.of("iOS"))),
                part(
                        "on every known one",
                        policy -> policy.platforms(
                                Set.of("windows", "macOS", "linux", "iOS", "android", "windowsPhone"), Set.of()))),
        LOCATIONS(
                place("from hq", Set.of("hq"), Set.of()),
                place("not from hq", Set.of("All"), Set.of("hq")),
                place("from hq but not branch", Set.of("hq"), Set.of("branch")),
                place("not from nl", Set.of("All"), Set.of("nl")),
                place("not from eu", Set.of("All"), Set.of("eu")),
                place("from nl or branch", Set.of("nl", "branch"), Set.of()),
                place("from nl but not eu", Set.of("nl"), Set.of("eu")),
                place("not from trusted", Set.of("All"), Set.of("AllTrusted")),
                place("from gps", Set.of("gps"), Set.of())),
        RISKS(
                part("at high risk", policy -> policy.signInRisks("high")),
                part("at user risk", policy -> policy.userRisks("medium", "high")),
                part("without user risk", policy -> policy.userRisks("none")),
                part("at elevated insider risk", policy -> policy.insiderRisks("elevated"))),
        DEVICES(
                part("by code", policy -> policy.flows("deviceCodeFlow")),
                part("devices x", policy -> policy.device(true, NaiveSignIn.X)),
                part("all devices but x", policy -> policy.device(false, NaiveSignIn.X)),
                part("all devices but y", policy -> policy.device(false, NaiveSignIn.Y))),
        STATES(
                part("not modelled", policy -> policy.notModelled("servicePrincipalRiskLevels")),
                part("some new clients", policy -> policy.clients("other").notModelled("clientAppTypes")),
                part(
                        "filtered applications",
                        policy -> policy.applications("app1").notModelled("applicationFilter")),
                part("some new people", policy -> policy.forNobody().notModelled("includeUsers")),
                part(
                        "some new demand",
                        policy -> policy.any("mfa", "compliantDevice").notModelled("grantControls")),
                part(
                        "joined anyhow",
                        policy -> policy.any("mfa", "compliantDevice").notModelled("operator")),
                part("report only", policy -> policy.state(ConditionalAccessPolicy.State.REPORT_ONLY)));

        private final List<Part> parts;

        Theme(Part... parts) {
            this.parts = List.of(parts);
        }
    }

    private static String id() {
        return ours().id();
    }

    private static final List<Part> GRANTS = List.of(
            part("block", policy -> policy.any("block")),
            part("compliant", policy -> policy.any("compliantDevice")),
            part("joined", policy -> policy.any("domainJoinedDevice")),
            part("mfa or compliant", policy -> policy.any("mfa", "compliantDevice")),
            part("mfa and compliant", policy -> policy.every("mfa", "compliantDevice")),
            part("approved", policy -> policy.any("approvedApplication", "compliantDevice")),
            part("protected application", policy -> policy.any("compliantApplication")),
            part("mfa and password change", policy -> policy.every("mfa", "passwordChange")),
            part("terms", policy -> policy.onlyTermsOfUse("terms")),
            part("mfa or custom", policy -> policy.mfaOrCustom("custom")),
            part("fido2", policy -> policy.strength("fido2", "x509CertificateMultiFactor", "windowsHelloForBusiness")),
            part("fido2 or push", policy -> policy.strength("fido2", "password,microsoftAuthenticatorPush")),
            part("federated or pass", policy -> policy.strength("federatedMultiFactor", "temporaryAccessPassMultiUse")),
            part(
                    "push or federated sms",
                    policy -> policy.strength("deviceBasedPush", "sms,federatedSingleFactor", "password,voice")),
            part("tokens", policy -> policy.strength("password,hardwareOath", "softwareOath,password")),
            part("fido2 or something new", policy -> policy.strength("fido2", "somethingNew")),
            part("no demand", PolicyBuilder::any),
            part("session only", PolicyBuilder::sessionOnly));

    @Provide
    Arbitrary<List<Plan>> policySets() {
        return Arbitraries.of(Theme.class).set().ofMinSize(1).ofMaxSize(3).flatMap(themes -> {
            List<Arbitrary<Part>> parts = new ArrayList<>();
            parts.add(Arbitraries.frequencyOf(
                    Tuple.of(1, Arbitraries.just(NOTHING)), Tuple.of(4, Arbitraries.of(GRANTS))));
            themes.stream()
                    .sorted()
                    .forEach(theme -> parts.add(Arbitraries.frequencyOf(
                            Tuple.of(1, Arbitraries.just(NOTHING)), Tuple.of(2, Arbitraries.of(theme.parts)))));
            return Combinators.combine(parts).as(Plan::new).list().ofMinSize(0).ofMaxSize(5);
        });
    }

    @Provide
    Arbitrary<NaiveReach.Person> people() {
        Arbitrary<Optional<Set<String>>> methods = Arbitraries.frequencyOf(
                Tuple.of(
                        6,
                        Arbitraries.of(NaiveReach.NAMES)
                                .set()
                                .ofMinSize(0)
                                .ofMaxSize(3)
                                .map(Optional::of)),
                Tuple.of(1, Arbitraries.just(Optional.<Set<String>>empty())));
        Arbitrary<Optional<Set<String>>> enabled = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(Optional.of(ALL_METHODS))),
                Tuple.of(6, Arbitraries.of(ALL_METHODS).set().ofMinSize(1).map(Optional::of)),
                Tuple.of(1, Arbitraries.just(Optional.<Set<String>>empty())));
        Arbitrary<Optional<String>> behavior = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(Optional.<String>empty())),
                Tuple.of(
                        2,
                        Arbitraries.of(
                                        "rejectMfaByFederatedIdp",
                                        "acceptIfMfaDoneByFederatedIdp",
                                        "enforceMfaByFederatedIdp",
                                        "")
                                .map(Optional::of)));
        return Combinators.combine(
                        Arbitraries.frequency(Tuple.of(8, false), Tuple.of(1, true)),
                        behavior,
                        methods,
                        Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)),
                        enabled,
                        Arbitraries.of(true, false),
                        Arbitraries.of(SignInMeans.class).set())
                .as(NaiveReach.Person::new);
    }

    private static Account ours() {
        return account("ann@contoso.com");
    }

    private static Account theirs() {
        return account("ann_fabrikam.com#EXT#@contoso.onmicrosoft.com", Change.GUEST);
    }

    private static Account accountOf(NaiveReach.Person person) {
        return person.external() ? theirs() : person.behavior().isPresent() ? account("ann@federated.example") : ours();
    }

    private static TenantBuilder tenantOf(NaiveReach.Person person, Role role, Account account) {
        TenantBuilder tenant = tenant().domain("federated.example", true).account(account);
        person.behavior()
                .ifPresent(it -> tenant.add(FactKind.FEDERATIONS, new Federation("federated.example", "IdP", it)));
        person.methods()
                .ifPresent(it -> tenant.add(
                        FactKind.REGISTRATIONS,
                        new Registration(account.id(), person.capable(), List.copyOf(it), Registration.Source.REPORT)));
        person.enabled().ifPresent(it -> {
            Map<String, Targets> targets = new HashMap<>();
            it.forEach(method -> targets.put(method, new Targets(Set.of("all_users"), Set.of())));
            tenant.authenticationMethods(targets, person.migrated());
        });
        if (role != Role.GROUPS_UNREAD) {
            tenant.inGroups(account, "in");
        }
        return switch (role) {
            case ELIGIBLE -> tenant.holder(account, GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE);
            case OF_A_UNIT ->
                tenant.add(
                        FactKind.PIM_ASSIGNMENTS,
                        new RoleAssignment(
                                account.id(),
                                PrincipalType.USER,
                                account.signInName(),
                                ROLE,
                                "/administrativeUnits/1",
                                AssignmentKind.PERMANENT,
                                Optional.empty()));
            default -> tenant.globalAdmin(account);
        };
    }

    private static List<Roles> roles(Role role) {
        Optional<Set<String>> in = Optional.of(Set.of("in"));
        return switch (role) {
            case HELD -> List.of(new Roles(Set.of(ROLE), Set.of(), in));
            case ELIGIBLE -> List.of(new Roles(Set.of(), Set.of(ROLE), in), new Roles(Set.of(ROLE), Set.of(), in));
            case OF_A_UNIT -> List.of(new Roles(Set.of(), Set.of(ROLE), in));
            case GROUPS_UNREAD -> List.of(new Roles(Set.of(ROLE), Set.of(), Optional.empty()));
        };
    }

    private static boolean getsIn(NaiveReach naive, Roles holding, String id, boolean sure, boolean mayRegister) {
        return naive.circumstances(false).stream()
                .filter(place -> !sure || Collections.disjoint(place.values(), NaiveReach.DOUBTFUL))
                .anyMatch(place -> naive.getsIn(holding, id, place, sure, false)
                        || (mayRegister && naive.getsIn(holding, id, place, sure, true)));
    }

    private static Class<? extends ReachDecision> expected(
            NaiveReach naive, Role role, String id, boolean mayRegister) {
        List<Roles> roles = roles(role);
        if (!roles.stream().allMatch(one -> getsIn(naive, one, id, false, mayRegister))) {
            return ReachDecision.LockedOut.class;
        }
        return roles.stream().allMatch(one -> getsIn(naive, one, id, true, mayRegister))
                ? ReachDecision.Reachable.class
                : ReachDecision.Undecided.class;
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
    void theEngineAgreesWithTryingEverySignIn(
            @ForAll("people") NaiveReach.Person person,
            @ForAll Role role,
            @ForAll("policySets") List<Plan> plans,
            @ForAll boolean mayRegister) {
        agree(person, role, plans, mayRegister);
        Statistics.label("answers")
                .collect(decide(person, role, plans, mayRegister).getClass().getSimpleName())
                .coverage(coverage -> {
                    coverage.check("Reachable").percentage(percent -> percent > 5);
                    coverage.check("LockedOut").percentage(percent -> percent > 5);
                    coverage.check("Undecided").percentage(percent -> percent > 5);
                });
    }

    @Property(tries = 20_000, seed = "17", edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(Exhaustively.class)
    void theEngineAgreesWithTryingEverySignInTwentyThousandTimes(
            @ForAll("people") NaiveReach.Person person,
            @ForAll Role role,
            @ForAll("policySets") List<Plan> plans,
            @ForAll boolean mayRegister) {
        agree(person, role, plans, mayRegister);
    }

    private static Reach reach(NaiveReach.Person person, Role role, List<ConditionalAccessPolicy> policies) {
        TenantBuilder tenant = tenantOf(person, role, accountOf(person));
        NaiveSignIn.LOCATIONS.forEach(location -> tenant.add(FactKind.NAMED_LOCATIONS, location));
        policies.forEach(tenant::policy);
        return ConditionalAccess.of(tenant.facts()).reach();
    }

    private static List<ConditionalAccessPolicy> built(List<Plan> plans) {
        return IntStream.range(0, plans.size())
                .mapToObj(i -> plans.get(i).build(i))
                .toList();
    }

    private static ReachDecision decide(NaiveReach.Person person, Role role, List<Plan> plans, boolean mayRegister) {
        Reach reach = reach(person, role, built(plans));
        return mayRegister
                ? reach.decide(accountOf(person), person.gone())
                : reach.decideAsRegistered(accountOf(person), person.gone());
    }

    private static void agree(NaiveReach.Person person, Role role, List<Plan> plans, boolean mayRegister) {
        List<ConditionalAccessPolicy> policies = built(plans);
        String id = accountOf(person).id();
        ReachDecision decision = decide(person, role, plans, mayRegister);
        String told = "%s, %s, registering %s%n%s%nanswered: %s"
                .formatted(
                        person,
                        role,
                        mayRegister,
                        IntStream.range(0, plans.size())
                                .mapToObj(i -> "  p" + i + " " + plans.get(i))
                                .collect(Collectors.joining("\n")),
                        decision);

        assertThat(decision).as(told).isInstanceOf(expected(new NaiveReach(person, policies), role, id, mayRegister));
        reach(person, role, policies)
                .classes(accountOf(person), person.gone(), mayRegister)
                .ifPresent(classes -> assertEveryOneGetsIn(
                        new NaiveReach(person, policies), roles(role).get(0), id, classes, named(policies), told));
        if (decision instanceof ReachDecision.LockedOut locked) {
            if (role == Role.HELD && !mayRegister) {
                assertEachIsNeeded(person, policies, locked, told);
            }
            List<ConditionalAccessPolicy> proof = policies.stream()
                    .filter(policy -> locked.by().contains(policy.displayName()))
                    .toList();
            assertThat(expected(new NaiveReach(person, proof), role, id, mayRegister))
                    .as("%s%nthose alone lock out", told)
                    .isEqualTo(ReachDecision.LockedOut.class);
            List<ConditionalAccessPolicy> others = policies.stream()
                    .filter(policy -> !locked.by().contains(policy.displayName()))
                    .filter(policy -> !locked.also().contains(policy.displayName()))
                    .toList();
            boolean byOthers = Stream.concat(locked.by().stream(), locked.also().stream())
                            .noneMatch(Reach.MANDATORY_MFA::equals)
                    && expected(new NaiveReach(person, others), role, id, mayRegister) == ReachDecision.LockedOut.class;
            assertThat(byOthers && role != Role.ELIGIBLE && !locked.by().isEmpty())
                    .as("%s%nothers are in the way too", told)
                    .isFalse();
        }
    }

    /** Every sign-in of the classes that the engine gives gets in, and there is one. */
    private static void assertEveryOneGetsIn(
            NaiveReach naive, Roles holding, String id, Map<String, String> classes, Set<String> named, String told) {
        List<Map<String, String>> places = naive.circumstances(false).stream()
                .filter(place -> Collections.disjoint(place.values(), NaiveReach.DOUBTFUL))
                .filter(place -> isAt(classes.getOrDefault("location", ""), named, place))
                .toList();
        List<NaiveReach.Choice> choices = naive.choices().stream()
                .filter(choice -> choice.platform().equals(classes.get("platform")))
                .filter(choice -> is(classes, "compliant device", choice.compliant())
                        && is(classes, "hybrid joined device", choice.joined())
                        && is(classes, "device filter " + NaiveSignIn.X, choice.x())
                        && is(classes, "device filter " + NaiveSignIn.Y, choice.y()))
                .toList();
        assertThat(places).as(told + classes).isNotEmpty();
        assertThat(choices).as(told + classes).isNotEmpty();
        boolean registering = Boolean.parseBoolean(classes.get("registering"));
        for (Map<String, String> place : places) {
            assertThat(choices)
                    .as("%s%nby %s from %s", told, classes, place)
                    .allMatch(choice -> naive.getsIn(holding, id, place, List.of(choice), true, registering));
        }
    }

    private static boolean is(Map<String, String> classes, String dimension, boolean yes) {
        return !classes.containsKey(dimension) || classes.get(dimension).equals(yes ? "yes" : "no");
    }

    /** Whether an address and country are in these of the locations that policies name, and in no other of them. */
    private static boolean isAt(String inside, Set<String> named, Map<String, String> place) {
        Set<String> ids = Set.of(inside.split(", ", -1));
        return Stream.of("hq", "branch", "nl", "eu")
                .filter(named::contains)
                .allMatch(id -> ids.contains(id) == NaiveReach.inside(Set.of(id), place));
    }

    private static Set<String> named(List<ConditionalAccessPolicy> policies) {
        return policies.stream()
                .filter(policy -> policy.state() == ConditionalAccessPolicy.State.ENABLED
                        && policy.grant().isPresent())
                .flatMap(policy ->
                        Stream.concat(policy.locations().include().stream(), policy.locations().exclude().stream()))
                .map(entry -> entry.equals("AllTrusted") ? "hq" : entry)
                .collect(Collectors.toSet());
    }

    /** None of the policies that are named can be left out: the others do not lock it out. */
    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void everyPolicyThatIsNamedIsNeeded(
            @ForAll("people") NaiveReach.Person person, @ForAll("policySets") List<Plan> plans) {
        if (decide(person, Role.HELD, plans, false) instanceof ReachDecision.LockedOut locked) {
            assertEachIsNeeded(person, built(plans), locked, person + "\n" + plans + "\n" + locked);
        }
    }

    /** Of somebody who has his roles and registers nothing, so that one search answers. */
    private static void assertEachIsNeeded(
            NaiveReach.Person person,
            List<ConditionalAccessPolicy> policies,
            ReachDecision.LockedOut locked,
            String told) {
        String id = accountOf(person).id();
        if (expected(new NaiveReach(person, List.of()), Role.HELD, id, false) == ReachDecision.LockedOut.class) {
            return; // without any policy
        }
        for (String one : locked.by()) {
            List<ConditionalAccessPolicy> others = policies.stream()
                    .filter(policy -> locked.by().contains(policy.displayName()))
                    .filter(policy -> !policy.displayName().equals(one))
                    .toList();
            assertThat(expected(new NaiveReach(person, others), Role.HELD, id, false))
                    .as("%s%nwithout %s", told, one)
                    .isNotEqualTo(ReachDecision.LockedOut.class);
        }
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void obstaclesAreFoundUnderEveryCircumstance(
            @ForAll("people") NaiveReach.Person person, @ForAll("policySets") List<Plan> plans) {
        List<ConditionalAccessPolicy> policies = built(plans);
        Account account = accountOf(person);
        NaiveReach naive = new NaiveReach(person, policies);
        Roles holding = roles(Role.HELD).get(0);
        List<Reach.Obstacle> obstacles = reach(person, Role.HELD, policies).obstacles(account, person.gone());
        boolean everywhere = naive.circumstances(true).stream()
                .allMatch(place -> naive.getsIn(holding, account.id(), place, true, false));
        boolean possiblyEverywhere = naive.circumstances(true).stream()
                .allMatch(place -> naive.getsIn(holding, account.id(), place, false, false));
        String told = person + "\n" + plans + "\n" + obstacles;
        assertThat(obstacles.isEmpty()).as(told).isEqualTo(everywhere);
        assertThat(obstacles.stream().noneMatch(Reach.Obstacle::certain))
                .as(told)
                .isEqualTo(possiblyEverywhere);
    }
}
