package dev.parc.analysis.administrators;

import static dev.parc.facts.roles.AssignmentKind.ACTIVATED;
import static dev.parc.facts.roles.AssignmentKind.ACTIVE;
import static dev.parc.facts.roles.AssignmentKind.ELIGIBLE;
import static dev.parc.facts.roles.AssignmentKind.PERMANENT;
import static dev.parc.facts.roles.AssignmentKind.TIME_BOUND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.directory.GroupOwner;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import dev.parc.facts.roles.RoleAssignment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random role and group graphs: what {@link Administrators} finds is what a closure finds that knows no path, no order
 * and no fact kind, and adds consequences until there are no more.
 */
class AdministratorsAgainstClosureTest {

    private static final int GRAPHS = 10_000;
    private static final List<AssignmentKind> MOST_PERMANENT_FIRST =
            List.of(PERMANENT, TIME_BOUND, ACTIVATED, ACTIVE, ELIGIBLE);

    /** What PARC gets to see of the tenant. */
    private enum Sight {
        WHOLE,
        TENANT_WITHOUT_PIM,
        PIM_FOR_GROUPS_UNREAD
    }

    private record Role(String principal, DirectoryRole role, String scope) {}

    private record Link(String group, String principal, boolean owner) {}

    private record Holds(String principal, Role row, AssignmentKind kind, boolean onlyAWayIn) {}

    /** A tenant as it is. A group's name begins with g; active links and roles have one kind each. */
    private static final class Graph {
        private final Map<Role, AssignmentKind> roles = new LinkedHashMap<>();
        private final Set<Role> eligibleRoles = new LinkedHashSet<>();
        private final Map<Link, AssignmentKind> links = new LinkedHashMap<>();
        private final Set<Link> eligibleLinks = new LinkedHashSet<>();
        private final Sight sight;

        Graph(Random random, int size) {
            sight = random.nextInt(4) > 0 ? Sight.WHOLE : any(random, List.of(Sight.values()));
            List<String> groups = IntStream.range(0, 1 + random.nextInt(size))
                    .mapToObj(i -> "g" + i)
                    .toList();
            List<String> all = Stream.of(groups, List.of("ann", "bob", "cyd", "app"))
                    .flatMap(List::stream)
                    .toList();
            for (int i = random.nextInt(size); i >= 0; i--) {
                Role role = new Role(
                        any(random, all),
                        any(random, List.of(DirectoryRole.values())),
                        any(random, List.of("/", "/", "/administrativeUnits/1", "/administrativeUnits/2")));
                if (sight != Sight.TENANT_WITHOUT_PIM && random.nextInt(3) == 0) {
                    eligibleRoles.add(role);
                } else {
                    roles.put(
                            role,
                            sight == Sight.TENANT_WITHOUT_PIM
                                    ? PERMANENT
                                    : any(random, List.of(PERMANENT, TIME_BOUND, ACTIVATED, ACTIVE)));
                }
            }
            for (int i = random.nextInt(4 * size); i >= 0; i--) {
                Link link = new Link(any(random, groups), any(random, all), random.nextInt(5) == 0);
                if (sight == Sight.WHOLE && random.nextInt(3) == 0) {
                    eligibleLinks.add(link);
                } else if (sight == Sight.WHOLE) {
                    links.put(link, any(random, List.of(PERMANENT, TIME_BOUND, ACTIVATED)));
                } else {
                    links.put(link, sight == Sight.TENANT_WITHOUT_PIM ? PERMANENT : ACTIVE);
                }
            }
        }

        /** The lists as Graph would give them, ids in any case. */
        Facts facts(Random random) {
            TenantBuilder tenant = TenantBuilder.tenant();
            if (sight == Sight.TENANT_WITHOUT_PIM) {
                tenant.without(Licence.ENTRA_ID_P2_OR_GOVERNANCE);
            } else if (sight == Sight.PIM_FOR_GROUPS_UNREAD) {
                tenant.unread(FactKind.PIM_GROUP_ASSIGNMENTS, "not granted");
                tenant.unread(FactKind.PIM_GROUP_ELIGIBILITIES, "not granted");
            }
            roles.forEach((role, kind) -> {
                tenant.add(FactKind.ROLE_ASSIGNMENTS, row(role, PERMANENT, random));
                if (kind != ACTIVE) {
                    tenant.add(FactKind.PIM_ASSIGNMENTS, row(role, kind, random));
                }
            });
            eligibleRoles.forEach(role -> tenant.add(FactKind.PIM_ELIGIBILITIES, row(role, ELIGIBLE, random)));
            links.forEach((link, kind) -> {
                if (!link.owner()) {
                    tenant.add(
                            FactKind.GROUP_MEMBERS,
                            new GroupMember(
                                    anyCase(link.group(), random),
                                    link.group(),
                                    anyCase(link.principal(), random),
                                    type(link.principal()),
                                    link.principal()));
                }
                if (link.owner()) {
                    tenant.add(
                            FactKind.GROUP_OWNERS,
                            new GroupOwner(
                                    anyCase(link.group(), random),
                                    link.group(),
                                    anyCase(link.principal(), random),
                                    type(link.principal()),
                                    link.principal()));
                }
                if (sight == Sight.WHOLE && (kind != PERMANENT || random.nextBoolean())) {
                    tenant.add(FactKind.PIM_GROUP_ASSIGNMENTS, grant(link, kind, random));
                }
            });
            eligibleLinks.forEach(link -> tenant.add(FactKind.PIM_GROUP_ELIGIBILITIES, grant(link, ELIGIBLE, random)));
            return tenant.facts();
        }

        /** Everything that follows from roles and links. */
        Set<Holds> closure() {
            Set<Holds> all = new HashSet<>();
            roles.forEach((role, kind) -> all.add(new Holds(role.principal(), role, kind, false)));
            eligibleRoles.forEach(role -> all.add(new Holds(role.principal(), role, ELIGIBLE, false)));
            boolean more = true;
            while (more) {
                more = false;
                for (Holds holds : List.copyOf(all)) {
                    for (Map.Entry<Link, AssignmentKind> link : links.entrySet()) {
                        more |= follow(holds, link.getKey(), link.getValue(), all);
                    }
                    for (Link link : eligibleLinks) {
                        more |= follow(holds, link, ELIGIBLE, all);
                    }
                }
            }
            return all.stream()
                    .filter(holds -> !holds.principal().startsWith("g"))
                    .collect(Collectors.toSet());
        }

        private static boolean follow(Holds holds, Link link, AssignmentKind kind, Set<Holds> all) {
            if (!link.group().equals(holds.principal())) {
                return false;
            }
            int weaker = Math.max(MOST_PERMANENT_FIRST.indexOf(holds.kind()), MOST_PERMANENT_FIRST.indexOf(kind));
            return all.add(new Holds(
                    link.principal(),
                    holds.row(),
                    MOST_PERMANENT_FIRST.get(weaker),
                    holds.onlyAWayIn() || link.owner()));
        }

        private static RoleAssignment row(Role role, AssignmentKind kind, Random random) {
            return new RoleAssignment(
                    anyCase(role.principal(), random),
                    type(role.principal()),
                    role.principal(),
                    anyCase(role.role().templateId(), random),
                    role.scope(),
                    kind,
                    Optional.empty());
        }

        private static GroupGrant grant(Link link, AssignmentKind kind, Random random) {
            return new GroupGrant(
                    anyCase(link.group(), random),
                    link.group(),
                    anyCase(link.principal(), random),
                    type(link.principal()),
                    link.principal(),
                    link.owner() ? GroupGrant.Access.OWNER : GroupGrant.Access.MEMBER,
                    kind);
        }

        private static PrincipalType type(String principal) {
            return principal.startsWith("g")
                    ? PrincipalType.GROUP
                    : principal.equals("app") ? PrincipalType.SERVICE_PRINCIPAL : PrincipalType.USER;
        }

        private static String anyCase(String id, Random random) {
            return random.nextInt(4) == 0 ? id.toUpperCase(Locale.ROOT) : id;
        }

        private static <T> T any(Random random, List<T> things) {
            return things.get(random.nextInt(things.size()));
        }

        @Override
        public String toString() {
            List<String> lines = new ArrayList<>(List.of("seen: " + sight));
            roles.forEach((role, kind) ->
                    lines.add("%s holds %s at %s, %s".formatted(role.principal(), role.role(), role.scope(), kind)));
            eligibleRoles.forEach(
                    role -> lines.add("%s may hold %s at %s".formatted(role.principal(), role.role(), role.scope())));
            links.forEach((link, kind) -> lines.add(
                    "%s %s %s, %s".formatted(link.principal(), link.owner() ? "owns" : "is in", link.group(), kind)));
            eligibleLinks.forEach(link -> lines.add(
                    "%s may %s %s".formatted(link.principal(), link.owner() ? "own" : "be in", link.group())));
            return String.join("\n  ", lines);
        }
    }

    private static Set<String> told(Set<Holds> closure, boolean onlyAWayIn) {
        return closure.stream()
                .filter(holds -> holds.onlyAWayIn() == onlyAWayIn)
                .map(holds -> "%s: %s at %s, %s"
                        .formatted(
                                holds.principal(),
                                holds.row().role().templateId(),
                                holds.row().scope(),
                                holds.kind()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> found(List<Administrator> administrators, boolean onlyAWayIn) {
        return administrators.stream()
                .flatMap(one -> one.holdings().stream()
                        .filter(holding -> holding.onlyAWayIn() == onlyAWayIn)
                        .map(holding -> "%s: %s at %s, %s"
                                .formatted(
                                        one.name(),
                                        holding.roleId().toLowerCase(Locale.ROOT),
                                        holding.scope(),
                                        holding.kind())))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyGraphHasTheHoldersAndKindsOfItsClosure() {
        int groupsThatLead = 0;
        int waysIn = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            Graph graph = new Graph(random, 1 + seed * 7 / GRAPHS); // small ones first: the first failure is small
            Facts facts = graph.facts(random);
            Administrators administrators = Administrators.of(facts);
            Administrators withOwners = Administrators.withOwners(facts, facts.list(FactKind.GROUP_OWNERS));
            Set<Holds> closure = graph.closure();
            String what = "graph " + seed + "\n  " + graph + "\n";
            assertThat(found(administrators.all(), false)).as(what).isEqualTo(told(closure, false));
            assertThat(found(withOwners.all(), false)).as(what).isEqualTo(told(closure, false));
            assertThat(found(withOwners.all(), true)).as(what).isEmpty();
            assertThat(found(withOwners.includingWaysIn(), true)).as(what).isEqualTo(told(closure, true));
            assertThat(best(administrators)).as(what).isEqualTo(best(closure));
            groupsThatLead += administrators.all().stream()
                            .anyMatch(one -> one.holdings().stream()
                                    .anyMatch(holding -> holding.path().size() > 1))
                    ? 1
                    : 0;
            waysIn += told(closure, true).isEmpty() ? 0 : 1;
        }
        assertThat(groupsThatLead).as("graphs with nested groups").isGreaterThan(GRAPHS / 10);
        assertThat(waysIn).as("graphs with ways in").isGreaterThan(GRAPHS / 10);
    }

    private static Map<String, AssignmentKind> best(Administrators administrators) {
        return administrators.all().stream().collect(Collectors.toMap(Administrator::name, Administrator::kind));
    }

    private static Map<String, AssignmentKind> best(Set<Holds> closure) {
        return closure.stream()
                .filter(holds -> !holds.onlyAWayIn())
                .collect(Collectors.toMap(
                        Holds::principal,
                        Holds::kind,
                        (one, other) -> MOST_PERMANENT_FIRST.indexOf(one) <= MOST_PERMANENT_FIRST.indexOf(other)
                                ? one
                                : other));
    }

    private static final int MANY_GROUPS = 300;

    @Test
    void threeHundredGroupsThatAreAllInEachOtherAreFollowedOnce() {
        TenantBuilder tenant = TenantBuilder.tenant().group("g0", DirectoryRole.GLOBAL_ADMINISTRATOR, PERMANENT);
        for (int inner = 1; inner < MANY_GROUPS; inner++) {
            for (int outer = 0; outer < inner; outer++) {
                tenant.memberGroup("g" + outer, "g" + inner);
            }
        }
        Account ann = TenantBuilder.account("ann");
        tenant.member("g" + (MANY_GROUPS - 1), ann);
        assertThat(Administrators.of(tenant.facts()).all())
                .singleElement()
                .satisfies(one -> assertThat(one.holdings())
                        .singleElement()
                        .satisfies(holding -> assertThat(holding.path()).hasSize(2)));
    }

    @Test
    void somebodyInEveryGroupOfADenseGraphHasOneShortestPathForEachGroupAndKind() {
        TenantBuilder tenant = TenantBuilder.tenant().group("g0", DirectoryRole.GLOBAL_ADMINISTRATOR, PERMANENT);
        Account ann = TenantBuilder.account("ann");
        for (int inner = 0; inner < MANY_GROUPS; inner++) {
            for (int outer = 0; outer < MANY_GROUPS; outer++) {
                tenant.memberGroup("g" + outer, "g" + inner);
            }
            tenant.member("g" + inner, ann);
            tenant.grant("g" + inner, ann, GroupGrant.Access.MEMBER, ELIGIBLE);
        }
        List<Holding> holdings = Administrators.of(tenant.facts()).all().get(0).holdings();
        assertThat(holdings).hasSize(2 * MANY_GROUPS);
        assertThat(holdings).allSatisfy(holding -> assertThat(holding.path()).hasSizeLessThanOrEqualTo(2));
    }

    @Test
    void aChainOfThreeHundredGroupsIsFollowedToItsEnd() {
        TenantBuilder tenant = TenantBuilder.tenant().group("g0", DirectoryRole.GLOBAL_ADMINISTRATOR, PERMANENT);
        IntStream.range(1, MANY_GROUPS).forEach(i -> tenant.memberGroup("g" + (i - 1), "g" + i));
        tenant.member("g" + (MANY_GROUPS - 1), TenantBuilder.account("ann"));
        assertThat(Administrators.of(tenant.facts()).all())
                .singleElement()
                .satisfies(one -> assertThat(one.holdings())
                        .singleElement()
                        .satisfies(holding -> assertThat(holding.path()).hasSize(MANY_GROUPS)));
    }
}
