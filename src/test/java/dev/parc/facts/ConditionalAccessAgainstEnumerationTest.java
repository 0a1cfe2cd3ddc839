package dev.parc.facts;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.ConditionalAccessPolicy.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random policy sets, decided by the engine and, independently, by trying every concrete sign-in. */
class ConditionalAccessAgainstEnumerationTest {

    private static final int POLICY_SETS = 3_000;
    private static final List<String> APPLICATIONS = List.of("app1", "app2", "some other");
    private static final List<String> CLIENTS =
            List.of("browser", "mobileAppsAndDesktopClients", "exchangeActiveSync", "other");
    private static final List<String> PLATFORMS = List.of("windows", "iOS", "android", "unknown");
    private static final List<Set<String>> LOCATIONS = List.of(Set.of(), Set.of("a"), Set.of("b"), Set.of("a", "b"));
    private static final List<String> RISKS = List.of("none", "high");
    private static final Account ANN = account("ann@contoso.com");

    /** One concrete sign-in. */
    private record SignIn(
            String application,
            String client,
            String platform,
            Set<String> locations,
            String risk,
            boolean compliant,
            boolean joined,
            boolean matches) {}

    @Test
    void theEngineAgreesWithTryingEverySignIn() {
        Random random = new Random(20260901);
        List<SignIn> signIns = signIns();
        int covered = 0;
        int uncovered = 0;
        for (int round = 0; round < POLICY_SETS; round++) {
            List<ConditionalAccessPolicy> policies = policies(random);
            boolean anywhere = signIns.stream().anyMatch(signIn -> getsIn(signIn, policies));
            boolean fromOnePlace = signIns.stream()
                    .filter(signIn -> signIn.locations().size() <= 1)
                    .anyMatch(signIn -> getsIn(signIn, policies));
            TenantBuilder tenant = tenant().globalAdmin(ANN).inGroups(ANN, "in");
            policies.forEach(tenant::policy);
            MfaDecision decision = tenant.facts().conditionalAccess().mfa(ANN);
            Class<?> expected = fromOnePlace
                    ? MfaDecision.Uncovered.class
                    : anywhere ? MfaDecision.Undecided.class : MfaDecision.Covered.class;
            assertThat(decision).as("policy set %d: %s", round, policies).isInstanceOf(expected);
            covered += decision instanceof MfaDecision.Covered ? 1 : 0;
            uncovered += decision instanceof MfaDecision.Uncovered ? 1 : 0;
        }
        assertThat(covered).isGreaterThan(POLICY_SETS / 20);
        assertThat(uncovered).isGreaterThan(POLICY_SETS / 20);
    }

    private static boolean getsIn(SignIn signIn, List<ConditionalAccessPolicy> policies) {
        return policies.stream().allMatch(policy -> !applies(policy, signIn) || satisfiedWithoutMfa(policy, signIn));
    }

    private static boolean applies(ConditionalAccessPolicy policy, SignIn signIn) {
        if (policy.state() != ConditionalAccessPolicy.State.ENABLED) {
            return false;
        }
        boolean user = policy.users().includeUsers().contains("All")
                || policy.users().includeGroups().contains("in")
                || policy.users().includeRoles().contains(DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
        boolean outUser = policy.users().excludeGroups().contains("in")
                || policy.users().excludeUsers().contains(ANN.id());
        boolean application = (policy.applications().include().contains("All")
                        || policy.applications().include().contains(signIn.application()))
                && !policy.applications().exclude().contains(signIn.application());
        boolean client = policy.clientAppTypes().contains("all")
                || policy.clientAppTypes().contains(signIn.client());
        Scope locations = policy.locations();
        boolean location = locations.include().isEmpty()
                || ((locations.include().contains("All")
                                || signIn.locations().stream().anyMatch(locations.include()::contains))
                        && signIn.locations().stream().noneMatch(locations.exclude()::contains));
        Scope platforms = policy.platforms();
        boolean platform = platforms.include().isEmpty()
                || ((platforms.include().contains("all") || platforms.include().contains(signIn.platform()))
                        && !platforms.exclude().contains(signIn.platform()));
        boolean risk = policy.signInRisks().isEmpty() || policy.signInRisks().contains(signIn.risk());
        boolean device = policy.deviceFilter()
                .map(filter -> filter.include() == signIn.matches())
                .orElse(true);
        return user && !outUser && application && client && location && platform && risk && device;
    }

    private static boolean satisfiedWithoutMfa(ConditionalAccessPolicy policy, SignIn signIn) {
        return policy.grant()
                .map(grant -> {
                    List<Boolean> each = new ArrayList<>();
                    for (String control : grant.controls()) {
                        each.add(
                                switch (control) {
                                    case "compliantDevice" -> signIn.compliant();
                                    case "domainJoinedDevice" -> signIn.joined();
                                    case "approvedApplication" ->
                                        Set.of("iOS", "android").contains(signIn.platform())
                                                && signIn.client().equals("mobileAppsAndDesktopClients");
                                    default -> false;
                                });
                    }
                    return grant.all() ? !each.contains(false) : each.contains(true);
                })
                .orElse(true);
    }

    private static List<SignIn> signIns() {
        List<SignIn> all = new ArrayList<>();
        for (String application : APPLICATIONS) {
            for (String client : CLIENTS) {
                for (String platform : PLATFORMS) {
                    for (Set<String> locations : LOCATIONS) {
                        for (String risk : RISKS) {
                            for (int bits = 0; bits < 8; bits++) {
                                all.add(new SignIn(
                                        application,
                                        client,
                                        platform,
                                        locations,
                                        risk,
                                        (bits & 1) != 0,
                                        (bits & 2) != 0,
                                        (bits & 4) != 0));
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    private static List<ConditionalAccessPolicy> policies(Random random) {
        List<ConditionalAccessPolicy> policies = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            policies.add(random(random, "p" + i).build());
        }
        return policies;
    }

    private static PolicyBuilder random(Random random, String name) {
        PolicyBuilder policy = policy(name);
        if (random.nextInt(4) == 0) {
            policy.forNobody();
            if (random.nextBoolean()) {
                policy.forGroup(random.nextBoolean() ? "in" : "out");
            } else {
                policy.forRole(DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
            }
        }
        if (random.nextInt(6) == 0) {
            policy.notForGroup(random.nextBoolean() ? "in" : "out");
        }
        if (random.nextInt(3) == 0) {
            policy.applications(random.nextBoolean() ? "app1" : "app2");
        } else if (random.nextInt(3) == 0) {
            policy.notApplications(random.nextBoolean() ? "app1" : "app2");
        }
        if (random.nextInt(3) == 0) {
            policy.clients(some(random, CLIENTS));
        }
        if (random.nextInt(4) == 0) {
            policy.platforms(
                    random.nextBoolean() ? Set.of("all") : Set.of(some(random, List.of("windows", "iOS", "android"))),
                    random.nextBoolean() ? Set.of() : Set.of("iOS"));
        }
        if (random.nextInt(3) == 0) {
            policy.locations(
                    random.nextBoolean() ? Set.of("All") : Set.of(some(random, List.of("a", "b"))),
                    random.nextInt(3) == 0 ? Set.of() : Set.of(some(random, List.of("a", "b"))));
        }
        if (random.nextInt(5) == 0) {
            policy.signInRisks("high");
        }
        if (random.nextInt(5) == 0) {
            policy.device(random.nextBoolean(), "device.x -eq 1");
        }
        switch (random.nextInt(7)) {
            case 0 -> policy.any("block");
            case 1 -> policy.any("mfa", "compliantDevice");
            case 2 -> policy.every("mfa", "compliantDevice");
            case 3 -> policy.any("compliantDevice", "domainJoinedDevice");
            case 4 -> policy.every("compliantDevice", "approvedApplication");
            default -> policy.any("mfa");
        }
        return policy;
    }

    private static String[] some(Random random, List<String> all) {
        Set<String> chosen = new HashSet<>();
        chosen.add(all.get(random.nextInt(all.size())));
        chosen.add(all.get(random.nextInt(all.size())));
        return chosen.toArray(String[]::new);
    }
}
