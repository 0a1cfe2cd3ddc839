package dev.parc.analysis.conditionalaccess;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.activationContext;
import static dev.parc.check.TenantBuilder.activationTakes;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.Exhaustively;
import dev.parc.analysis.conditionalaccess.NaiveSignIn.Activator;
import dev.parc.analysis.conditionalaccess.NaiveSignIn.Person;
import dev.parc.analysis.conditionalaccess.NaiveSignIn.Rule;
import dev.parc.analysis.signin.Requirement;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.check.TenantBuilder.Change;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.GroupPimPolicy;
import dev.parc.facts.roles.PimRule;
import dev.parc.facts.roles.RoleAssignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
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

/** Random policy sets, decided by the engine and, independently, by trying every concrete sign-in. */
class ConditionalAccessPropertiesTest {

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
                part("for the person by name", policy -> named(policy.forNobody(), PolicyBuilder::forUser)),
                part("not for the person by name", policy -> named(policy, PolicyBuilder::notForUser)),
                part("not for somebody else", policy -> policy.notForUser("somebody else")),
                part("not for anybody", policy -> policy.notForUser("All")),
                part("not for agents", policy -> policy.notForUser("AllAgentIdUsers")),
                part("for group in", policy -> policy.forNobody().forGroup("in")),
                part("for group out", policy -> policy.forNobody().forGroup("out")),
                part("for the role", policy -> policy.forNobody().forRole(GLOBAL_ADMINISTRATOR.templateId())),
                part("not for the role", policy -> policy.notForRole(GLOBAL_ADMINISTRATOR.templateId())),
                part("not for group in", policy -> policy.notForGroup("in")),
                part("not for group out", policy -> policy.notForGroup("out"))),
        GUESTS(
                part("for guests", policy -> policy.forNobody().forUser("GuestsOrExternalUsers")),
                part("not for guests", policy -> policy.notForUser("GuestsOrExternalUsers")),
                part("for invited guests", policy -> policy.forNobody().forGuests("b2bCollaborationGuest")),
                part("not for invited guests", policy -> policy.notForGuests("b2bCollaborationGuest")),
                part("not for internal guests", policy -> policy.notForGuests("internalGuest")),
                part("not for invited members", policy -> policy.notForGuests("b2bCollaborationMember")),
                part("not for other external users", policy -> policy.notForGuests("otherExternalUser")),
                part("not for providers", policy -> policy.notForGuests("serviceProvider")),
                part("not for direct connect", policy -> policy.notForGuests("b2bDirectConnectUser")),
                part(
                        "not for guests of fabrikam",
                        policy -> policy.notForGuestsOf("fabrikam", "b2bCollaborationGuest")),
                part(
                        "for guests of fabrikam",
                        policy -> policy.forNobody().forGuestsOf("fabrikam", "b2bCollaborationGuest"))),
        APPLICATIONS(
                part("to app1", policy -> policy.applications("app1")),
                part("not to app1", policy -> policy.notApplications("app1")),
                part("to app1 or the portals", policy -> policy.applications("app1", "MicrosoftAdminPortals")),
                part("to all but all", policy -> policy.notApplications("All")),
                part("to Office365", policy -> policy.applications("Office365")),
                part("not to Office365", policy -> policy.notApplications("Office365")),
                part("not to portals", policy -> policy.notApplications("MicrosoftAdminPortals")),
                part("to portals", policy -> policy.applications("MicrosoftAdminPortals")),
                part("to a user action", policy -> policy.onlyUserAction("urn:user:registersecurityinfo")),
                part("to an authentication context", policy -> policy.onContext("c1"))),
        CLIENTS(
                part("modern", policy -> policy.clients("browser", "mobileAppsAndDesktopClients")),
                part("legacy", policy -> policy.clients("exchangeActiveSync", "other")),
                part("browser", policy -> policy.clients("browser"))),
        PLATFORMS(
                part("on Windows", policy -> policy.platforms(Set.of("windows"), Set.of())),
                part("not on iOS", policy -> policy.platforms(Set.of("all"), Set.of("iOS")))),
        LOCATIONS(
                place("from hq", Set.of("hq"), Set.of()),
                place("not from hq", Set.of("All"), Set.of("hq")),
                place("not from branch", Set.of("All"), Set.of("branch")),
                place("from hq but not branch", Set.of("hq"), Set.of("branch")),
                place("not from nl", Set.of("All"), Set.of("nl")),
                place("not from eu", Set.of("All"), Set.of("eu")),
                place("from nl or branch", Set.of("nl", "branch"), Set.of()),
                place("from nl but not eu", Set.of("nl"), Set.of("eu")),
                place("not from trusted", Set.of("All"), Set.of("AllTrusted")),
                place("from trusted", Set.of("AllTrusted"), Set.of()),
                place("not from gps", Set.of("All"), Set.of("gps")),
                place("from gps", Set.of("gps"), Set.of())),
        RISKS(
                part("at high risk", policy -> policy.signInRisks("high")),
                part("at medium or high risk", policy -> policy.signInRisks("medium", "high")),
                part("at high user risk", policy -> policy.userRisks("high")),
                part("at any user risk", policy -> policy.userRisks("medium", "high")),
                part("at elevated insider risk", policy -> policy.insiderRisks("elevated")),
                part("at any insider risk", policy -> policy.insiderRisks("minor", "moderate", "elevated"))),
        FLOWS(
                part("by device code", policy -> policy.flows("deviceCodeFlow")),
                part(
                        "flows blocked",
                        policy -> policy.flows("deviceCodeFlow", "authenticationTransfer")
                                .any("block")),
                part("by device code or transfer", policy -> policy.flows("deviceCodeFlow", "authenticationTransfer"))),
        DEVICES(
                part("devices x", policy -> policy.device(true, NaiveSignIn.X)),
                part("all devices but x", policy -> policy.device(false, NaiveSignIn.X)),
                part(
                        "all devices but x, spelled otherwise",
                        policy -> policy.device(false, "DEVICE.extensionAttribute1  -EQ 1")),
                part("devices y", policy -> policy.device(true, NaiveSignIn.Y)),
                part("all devices but y", policy -> policy.device(false, NaiveSignIn.Y))),
        STATES(
                part("not modelled", policy -> policy.notModelled("servicePrincipalRiskLevels")),
                part("some new clients", policy -> policy.clients("browser").notModelled("clientAppTypes")),
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
                part("report only", policy -> policy.state(ConditionalAccessPolicy.State.REPORT_ONLY)),
                part("disabled", policy -> policy.state(ConditionalAccessPolicy.State.DISABLED)));

        private final List<Part> parts;

        Theme(Part... parts) {
            this.parts = List.of(parts);
        }
    }

    private static final List<Part> GRANTS = List.of(
            part("block", policy -> policy.any("block")),
            part("compliant", policy -> policy.any("compliantDevice")),
            part("mfa or compliant", policy -> policy.any("mfa", "compliantDevice")),
            part("mfa and compliant", policy -> policy.every("mfa", "compliantDevice")),
            part("compliant or joined", policy -> policy.any("compliantDevice", "domainJoinedDevice")),
            part("compliant and approved", policy -> policy.every("compliantDevice", "approvedApplication")),
            part("protected application", policy -> policy.any("compliantApplication")),
            part("mfa and password change", policy -> policy.every("mfa", "passwordChange")),
            part("mfa or terms", policy -> policy.mfaOrTermsOfUse("terms")),
            part("mfa or custom", policy -> policy.mfaOrCustom("custom")),
            part("fido2", policy -> policy.strength("fido2", "x509CertificateMultiFactor")),
            part("fido2 or push", policy -> policy.strength("fido2", "password,microsoftAuthenticatorPush")),
            part("federated or pass", policy -> policy.strength("federatedMultiFactor", "temporaryAccessPassOneTime")),
            part("push or federated password", policy -> policy.strength("deviceBasedPush", "federatedSingleFactor")),
            part("sms or QR code", policy -> policy.strength("password,sms", "qrCodePin")),
            part("fido2 or password", policy -> policy.strength("fido2", "password")),
            part("fido2 or something new", policy -> policy.strength("fido2", "somethingNew")),
            part("no demand", PolicyBuilder::any),
            part("session only", PolicyBuilder::sessionOnly));

    @Provide
    Arbitrary<List<Plan>> policySets() {
        return Arbitraries.of(Theme.class).set().ofMinSize(1).ofMaxSize(3).flatMap(themes -> {
            List<Arbitrary<Part>> parts = new ArrayList<>();
            parts.add(Arbitraries.frequencyOf(
                    Tuple.of(2, Arbitraries.just(NOTHING)), Tuple.of(3, Arbitraries.of(GRANTS))));
            themes.stream()
                    .sorted()
                    .forEach(theme -> parts.add(Arbitraries.frequencyOf(
                            Tuple.of(1, Arbitraries.just(NOTHING)), Tuple.of(1, Arbitraries.of(theme.parts)))));
            return Combinators.combine(parts).as(Plan::new).list().ofMinSize(1).ofMaxSize(6);
        });
    }

    private static PolicyBuilder named(PolicyBuilder policy, BiFunction<PolicyBuilder, String, PolicyBuilder> change) {
        PolicyBuilder changed = policy;
        for (Person person : Person.values()) {
            changed = change.apply(changed, accountOf(person).id());
        }
        return changed;
    }

    private static Account accountOf(Person person) {
        return switch (person) {
            case INVITED_GUEST -> account("ann_fabrikam.com#EXT#@contoso.onmicrosoft.com", Change.GUEST);
            case INTERNAL_GUEST -> account("ann@contoso.com", Change.INTERNAL_GUEST);
            case INVITED_MEMBER -> account("ann_fabrikam.com#EXT#@contoso.onmicrosoft.com");
            default -> account("ann@contoso.com");
        };
    }

    private static TenantBuilder with(Person person, Account account) {
        TenantBuilder tenant = tenant().designated(all -> all.withWorkstationFilter(Optional.of(NaiveSignIn.X)));
        if (person != Person.GROUPS_UNREAD) {
            tenant.inGroups(account, "in");
        }
        return switch (person) {
            case ELIGIBLE_ONLY -> tenant.holder(account, GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE);
            case ACTIVATED_ONLY -> tenant.holder(account, GLOBAL_ADMINISTRATOR, AssignmentKind.ACTIVATED);
            case JOINED_GROUP_FOR_NOW ->
                tenant.globalAdmin(account)
                        .add(FactKind.PIM_GROUP_ASSIGNMENTS, membership(account, "in", AssignmentKind.ACTIVATED));
            case IN_GROUP_UNTIL_A_SET_DATE ->
                tenant.globalAdmin(account)
                        .add(FactKind.PIM_GROUP_ASSIGNMENTS, membership(account, "in", AssignmentKind.TIME_BOUND));
            case UNTIL_A_SET_DATE_BESIDE_A_STANDING_ROLE ->
                tenant.holder(account, GLOBAL_ADMINISTRATOR, AssignmentKind.TIME_BOUND)
                        .holder(account, "Reports Reader", AssignmentKind.PERMANENT);
            case COULD_JOIN_GROUP ->
                tenant.globalAdmin(account)
                        .add(FactKind.PIM_GROUP_ELIGIBILITIES, membership(account, "out", AssignmentKind.ELIGIBLE));
            case OF_A_UNIT_ONLY ->
                tenant.account(account)
                        .add(
                                FactKind.PIM_ASSIGNMENTS,
                                new RoleAssignment(
                                        account.id(),
                                        PrincipalType.USER,
                                        account.signInName(),
                                        GLOBAL_ADMINISTRATOR.templateId(),
                                        "/administrativeUnits/1",
                                        AssignmentKind.PERMANENT,
                                        Optional.empty()));
            default -> tenant.globalAdmin(account);
        };
    }

    private static GroupGrant membership(Account account, String group, AssignmentKind kind) {
        return new GroupGrant(
                group, group, account.id(), PrincipalType.USER, account.signInName(), GroupGrant.Access.MEMBER, kind);
    }

    /** Everything that it takes to see what went wrong. */
    private static String told(Person person, Requirement requirement, List<Plan> plans, Object answer) {
        return "%s, asked for %s%n%s%nanswered: %s"
                .formatted(
                        person,
                        requirement,
                        IntStream.range(0, plans.size())
                                .mapToObj(i -> "  p" + i + " " + plans.get(i))
                                .collect(Collectors.joining("\n")),
                        answer);
    }

    @Property(tries = 1_000)
    void theEngineAgreesWithTryingEverySignIn(
            @ForAll Person person, @ForAll("policySets") List<Plan> plans, @ForAll Requirement requirement) {
        List<ConditionalAccessPolicy> policies = IntStream.range(0, plans.size())
                .mapToObj(i -> plans.get(i).build(i))
                .toList();
        Account account = accountOf(person);
        TenantBuilder tenant = with(person, account);
        NaiveSignIn.LOCATIONS.forEach(location -> tenant.add(FactKind.NAMED_LOCATIONS, location));
        policies.forEach(tenant::policy);
        ConditionalAccess conditionalAccess = ConditionalAccess.of(tenant.facts());
        ConditionalAccess.Outcome outcome = conditionalAccess.outcome(account, requirement);
        Predicate<NaiveSignIn> possibly = NaiveSignIn.getsIn(person.subject(), policies, requirement, false);
        Predicate<NaiveSignIn> certainly = NaiveSignIn.getsIn(person.subject(), policies, requirement, true);
        Optional<NaiveSignIn> certain =
                NaiveSignIn.all(policies).filter(certainly).findFirst();
        Optional<NaiveSignIn> possible = certain.isPresent()
                ? certain
                : NaiveSignIn.all(policies).filter(possibly).findFirst();
        Class<?> expected = certain.isPresent()
                ? MfaDecision.Uncovered.class
                : possible.isPresent() ? MfaDecision.Undecided.class : MfaDecision.Covered.class;

        assertThat(outcome.decision())
                .as(
                        "%s%ncertainly gets in: %s%npossibly: %s",
                        told(person, requirement, plans, outcome), certain, possible)
                .isInstanceOf(expected);
        if (outcome.decision() instanceof MfaDecision.Covered covered) {
            List<ConditionalAccessPolicy> proof = policies.stream()
                    .filter(policy -> covered.by().contains(policy.displayName()))
                    .toList();
            assertThat(NaiveSignIn.all(policies)
                            .filter(NaiveSignIn.getsIn(person.subject(), proof, requirement, false)))
                    .as("%s%nthe proof alone lets in", told(person, requirement, plans, outcome))
                    .isEmpty();
        } else {
            assertThat(NaiveSignIn.of(conditionalAccess.classes(outcome), policies))
                    .as("%s%nits sign-in", told(person, requirement, plans, outcome))
                    .isNotEmpty()
                    .allMatch(outcome.decision() instanceof MfaDecision.Uncovered ? certainly : possibly);
        }
        Statistics.label("answers")
                .collect(outcome.decision().getClass().getSimpleName())
                .coverage(coverage -> {
                    coverage.check("Covered").percentage(percent -> percent > 5);
                    coverage.check("Uncovered").percentage(percent -> percent > 5);
                    coverage.check("Undecided").percentage(percent -> percent > 1);
                });
    }

    @Property(tries = 20_000, seed = "17")
    @AddLifecycleHook(Exhaustively.class)
    void theEngineAgreesWithTryingEverySignInManyTimes(
            @ForAll Person person, @ForAll("policySets") List<Plan> plans, @ForAll Requirement requirement) {
        theEngineAgreesWithTryingEverySignIn(person, plans, requirement);
    }

    /** The policies of a plan, and beside them one for the role and one for the context of its activation, or neither. */
    @Provide
    Arbitrary<List<Plan>> activationSets() {
        Arbitrary<List<Plan>> beside = Arbitraries.of(ACTIVATION_PARTS)
                .tuple2()
                .map(parts -> new Plan(List.of(parts.get1(), parts.get2())))
                .list()
                .ofMaxSize(3);
        Arbitrary<List<Plan>> microsoftsTwo = Combinators.combine(
                        Arbitraries.of(DEMANDS),
                        Arbitraries.of(DEMANDS),
                        Arbitraries.frequencyOf(
                                Tuple.of(2, Arbitraries.just(NOTHING)), Tuple.of(1, Arbitraries.of(ACTIVATION_PARTS))))
                .as((forContext, forRole, more) -> List.of(
                        new Plan(List.of(part("at activation", policy -> policy.onContext("c1")), forContext)),
                        new Plan(List.of(
                                part(
                                        "for the role",
                                        policy -> policy.forNobody().forRole(GLOBAL_ADMINISTRATOR.templateId())),
                                forRole,
                                more))));
        Arbitrary<List<Plan>> either = Arbitraries.frequencyOf(Tuple.of(1, beside), Tuple.of(2, microsoftsTwo));
        Arbitrary<List<Plan>> around =
                Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(List.of())), Tuple.of(2, policySets()));
        return Combinators.combine(around, either).as((some, others) -> {
            List<Plan> all = new ArrayList<>(some.subList(0, Math.min(some.size(), 4)));
            all.addAll(others);
            return List.copyOf(all);
        });
    }

    private static final List<Part> DEMANDS = List.of(
            NOTHING,
            part("fido2", policy -> policy.strength("fido2")),
            part("both", policy -> policy.every("mfa", "compliantDevice")));

    private static final List<Part> ACTIVATION_PARTS = List.of(
            NOTHING,
            part("for the role", policy -> policy.forNobody().forRole(GLOBAL_ADMINISTRATOR.templateId())),
            part("not for the role", policy -> policy.notForRole(GLOBAL_ADMINISTRATOR.templateId())),
            part("for group out", policy -> policy.forNobody().forGroup("out")),
            part("not for group out", policy -> policy.notForGroup("out")),
            part("at activation", policy -> policy.onContext("c1")),
            part("at activation with a key", policy -> policy.onContext("c1").strength("fido2")),
            part(
                    "at activation on a compliant device",
                    policy -> policy.onContext("c1").any("compliantDevice")),
            part("at another context", policy -> policy.onContext("c2")),
            part("fido2", policy -> policy.strength("fido2")),
            part("compliant", policy -> policy.any("compliantDevice")),
            part("report only", policy -> policy.state(ConditionalAccessPolicy.State.REPORT_ONLY)));

    private static TenantBuilder with(Activator activator, Account account, List<Rule> rules) {
        TenantBuilder tenant = tenant().account(account)
                .inGroups(account, "in")
                .designated(all -> all.withWorkstationFilter(Optional.of(NaiveSignIn.X)));
        Rule ofGroup = rules.get(0);
        Rule ofRole = activator.steps() == 1 ? rules.get(0) : rules.get(1);
        if (ofRole != Rule.UNREAD) {
            tenant.pimPolicy(GLOBAL_ADMINISTRATOR, asking(ofRole));
        }
        if (ofGroup != Rule.UNREAD) {
            tenant.add(
                    FactKind.PIM_GROUP_POLICIES,
                    new GroupPimPolicy(
                            "out",
                            GroupGrant.Access.MEMBER,
                            Stream.of(asking(ofGroup)).collect(Collectors.toMap(PimRule::id, rule -> rule))));
        }
        return switch (activator) {
            case DIRECTLY -> tenant.holder(account, GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE);
            case ACTIVATED_ALREADY -> tenant.holder(account, GLOBAL_ADMINISTRATOR, AssignmentKind.ACTIVATED);
            case BY_JOINING_GROUP_OUT ->
                tenant.assignment("out", PrincipalType.GROUP, "out", GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                        .add(FactKind.PIM_GROUP_ELIGIBILITIES, membership(account, "out", AssignmentKind.ELIGIBLE));
            case BY_JOINING_GROUP_OUT_AND_THEN_THE_ROLE ->
                tenant.assignment("out", PrincipalType.GROUP, "out", GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .add(FactKind.PIM_GROUP_ELIGIBILITIES, membership(account, "out", AssignmentKind.ELIGIBLE));
            case DIRECTLY_AND_COULD_JOIN_GROUP_OUT ->
                tenant.holder(account, GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                        .add(FactKind.PIM_GROUP_ELIGIBILITIES, membership(account, "out", AssignmentKind.ELIGIBLE));
            case OF_A_UNIT ->
                tenant.add(
                        FactKind.PIM_ELIGIBILITIES,
                        new RoleAssignment(
                                account.id(),
                                PrincipalType.USER,
                                account.signInName(),
                                GLOBAL_ADMINISTRATOR.templateId(),
                                "/administrativeUnits/1",
                                AssignmentKind.ELIGIBLE,
                                Optional.empty()));
        };
    }

    private static PimRule[] asking(Rule rule) {
        return switch (rule) {
            case PIM_MFA -> new PimRule[] {activationTakes("MultiFactorAuthentication")};
            case CONTEXT -> new PimRule[] {activationTakes(), activationContext("c1")};
            case NOTHING, UNREAD -> new PimRule[] {activationTakes()};
        };
    }

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    void activatedRolesAgreeWithTryingEverySignInBeforeAtAndAfterTheActivation(
            @ForAll Activator activator,
            @ForAll("activationSets") List<Plan> plans,
            @ForAll Requirement requirement,
            @ForAll Rule first,
            @ForAll Rule second) {
        List<ConditionalAccessPolicy> policies = IntStream.range(0, plans.size())
                .mapToObj(i -> plans.get(i).build(i))
                .toList();
        Account account = account("ann@contoso.com");
        List<Rule> rules = List.of(first, second);
        TenantBuilder tenant = with(activator, account, rules);
        NaiveSignIn.LOCATIONS.forEach(location -> tenant.add(FactKind.NAMED_LOCATIONS, location));
        policies.forEach(tenant::policy);
        AdministratorDecision answer =
                ConditionalAccess.of(tenant.facts()).requireOfAdministrator(account, requirement);
        String told = "%s, PIM asks for %s%n%s"
                .formatted(activator, rules, told(Person.ADMINISTRATOR, requirement, plans, answer));

        assertThat(answer.decision()).as(told).isInstanceOf(activator.decide(policies, requirement, rules));
        if (answer.decision() instanceof MfaDecision.Covered covered) {
            List<ConditionalAccessPolicy> proof = policies.stream()
                    .filter(policy -> covered.by().contains(policy.displayName())
                            || policy.applications().authenticationContexts().contains("c1"))
                    .toList();
            assertThat(activator.decide(proof, requirement, rules))
                    .as("%s%nthe proof alone", told)
                    .isEqualTo(MfaDecision.Covered.class);
        }
        Statistics.label("answers")
                .collect(answer.decision().getClass().getSimpleName())
                .coverage(coverage -> {
                    coverage.check("Covered").percentage(percent -> percent > 3);
                    coverage.check("Uncovered").percentage(percent -> percent > 5);
                    coverage.check("Undecided").percentage(percent -> percent > 3);
                });
        Statistics.label("Microsoft's two policies")
                .collect(answer.activations().stream()
                        .anyMatch(one -> one.activating().isPresent() && one.decision() instanceof MfaDecision.Covered))
                .coverage(coverage -> coverage.check(true).count(count -> count > 5));
    }

    @Property(tries = 20_000, seed = "17", edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(Exhaustively.class)
    void activatedRolesAgreeManyTimes(
            @ForAll Activator activator,
            @ForAll("activationSets") List<Plan> plans,
            @ForAll Requirement requirement,
            @ForAll Rule first,
            @ForAll Rule second) {
        activatedRolesAgreeWithTryingEverySignInBeforeAtAndAfterTheActivation(
                activator, plans, requirement, first, second);
    }
}
