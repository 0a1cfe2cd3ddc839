package dev.parc.facts;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** Random policy sets, decided by the engine and, independently, by trying every concrete sign-in. */
class ConditionalAccessPropertiesTest {

    private static final Account ANN = account("ann@contoso.com");

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

    private static Part all(String words, Set<String> include, Set<String> exclude) {
        return part(words, policy -> policy.locations(include, exclude));
    }

    private static Arbitrary<Part> mostlyNothing(Part... parts) {
        return Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.just(NOTHING)), Tuple.of(2, Arbitraries.of(parts)));
    }

    @Provide
    Arbitrary<List<Plan>> policySets() {
        Part[] users = {
            part("for group in", policy -> policy.forNobody().forGroup("in")),
            part("for group out", policy -> policy.forNobody().forGroup("out")),
            part("for the role", policy -> policy.forNobody().forRole(DirectoryRole.GLOBAL_ADMINISTRATOR.templateId())),
            part("not for group in", policy -> policy.notForGroup("in")),
            part("not for group out", policy -> policy.notForGroup("out"))
        };
        Part[] applications = {
            part("to app1", policy -> policy.applications("app1")),
            part("not to app1", policy -> policy.notApplications("app1")),
            part("to Office365", policy -> policy.applications("Office365")),
            part("not to Office365", policy -> policy.notApplications("Office365")),
            part("to a user action", policy -> policy.onlyUserAction("urn:user:registersecurityinfo"))
        };
        Part[] clients = {
            part("modern", policy -> policy.clients("browser", "mobileAppsAndDesktopClients")),
            part("legacy", policy -> policy.clients("exchangeActiveSync", "other")),
            part("browser", policy -> policy.clients("browser"))
        };
        Part[] platforms = {
            part("on Windows", policy -> policy.platforms(Set.of("windows"), Set.of())),
            part("not on iOS", policy -> policy.platforms(Set.of("all"), Set.of("iOS")))
        };
        Part[] locations = {
            all("from hq", Set.of("hq"), Set.of()),
            all("not from hq", Set.of("All"), Set.of("hq")),
            all("not from branch", Set.of("All"), Set.of("branch")),
            all("from hq but not branch", Set.of("hq"), Set.of("branch")),
            all("not from nl", Set.of("All"), Set.of("nl")),
            all("not from eu", Set.of("All"), Set.of("eu")),
            all("from nl or branch", Set.of("nl", "branch"), Set.of()),
            all("from nl but not eu", Set.of("nl"), Set.of("eu")),
            all("not from trusted", Set.of("All"), Set.of("AllTrusted")),
            all("from trusted", Set.of("AllTrusted"), Set.of()),
            all("not from gps", Set.of("All"), Set.of("gps")),
            all("from gps", Set.of("gps"), Set.of())
        };
        Part[] rest = {
            part("at high risk", policy -> policy.signInRisks("high")),
            part("at medium or high risk", policy -> policy.signInRisks("medium", "high")),
            part("matching devices", policy -> policy.device(true, "device.x -eq 1")),
            part("other devices", policy -> policy.device(false, "device.x -eq 1")),
            part("not modelled", policy -> policy.notModelled("servicePrincipalRiskLevels")),
            part("report only", policy -> policy.state(ConditionalAccessPolicy.State.REPORT_ONLY))
        };
        Part[] grants = {
            part("block", policy -> policy.any("block")),
            part("compliant", policy -> policy.any("compliantDevice")),
            part("mfa or compliant", policy -> policy.any("mfa", "compliantDevice")),
            part("mfa and compliant", policy -> policy.every("mfa", "compliantDevice")),
            part("compliant or joined", policy -> policy.any("compliantDevice", "domainJoinedDevice")),
            part("compliant and approved", policy -> policy.every("compliantDevice", "approvedApplication")),
            part("mfa or terms", policy -> policy.mfaOrTermsOfUse("terms")),
            part("mfa or custom", policy -> policy.mfaOrCustom("custom")),
            part("fido2", policy -> policy.strength("fido2")),
            part("fido2 or push", policy -> policy.strength("fido2", "password,microsoftAuthenticatorPush")),
            part("fido2 or password", policy -> policy.strength("fido2", "password")),
            part("fido2 or something new", policy -> policy.strength("fido2", "somethingNew")),
            part("session only", PolicyBuilder::sessionOnly)
        };
        List<Arbitrary<Part>> parts = List.of(
                mostlyNothing(users),
                mostlyNothing(applications),
                mostlyNothing(clients),
                mostlyNothing(platforms),
                mostlyNothing(locations),
                mostlyNothing(rest),
                mostlyNothing(grants));
        return Combinators.combine(parts).as(Plan::new).list().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = 10_000)
    void theEngineAgreesWithTryingEverySignIn(@ForAll("policySets") List<Plan> plans, @ForAll Requirement requirement) {
        List<ConditionalAccessPolicy> policies = IntStream.range(0, plans.size())
                .mapToObj(i -> plans.get(i).build(i))
                .toList();
        TenantBuilder tenant = tenant().globalAdmin(ANN)
                .inGroups(ANN, "in")
                .designated(all -> all.withWorkstationFilter(Optional.of("device.x -eq 1")));
        NaiveSignIn.LOCATIONS.forEach(location -> tenant.add(FactKind.NAMED_LOCATIONS, location));
        policies.forEach(tenant::policy);
        ConditionalAccess.Outcome outcome = tenant.facts().conditionalAccess().outcome(ANN, requirement);
        List<NaiveSignIn> signIns = NaiveSignIn.all(policies);
        Class<?> expected = signIns.stream().anyMatch(signIn -> signIn.getsIn(policies, requirement, true))
                ? MfaDecision.Uncovered.class
                : signIns.stream().anyMatch(signIn -> signIn.getsIn(policies, requirement, false))
                        ? MfaDecision.Undecided.class
                        : MfaDecision.Covered.class;

        assertThat(outcome.decision()).isInstanceOf(expected);
        if (outcome.decision() instanceof MfaDecision.Covered covered) {
            List<ConditionalAccessPolicy> proof = policies.stream()
                    .filter(policy -> covered.by().contains(policy.displayName()))
                    .toList();
            assertThat(signIns).noneMatch(signIn -> signIn.getsIn(proof, requirement, false));
        } else {
            assertThat(NaiveSignIn.of(outcome.signIn(), policies))
                    .isNotEmpty()
                    .allMatch(signIn ->
                            signIn.getsIn(policies, requirement, outcome.decision() instanceof MfaDecision.Uncovered));
        }
        Statistics.label("answers")
                .collect(outcome.decision().getClass().getSimpleName())
                .coverage(coverage -> {
                    coverage.check("Covered").percentage(percent -> percent > 5);
                    coverage.check("Uncovered").percentage(percent -> percent > 5);
                    coverage.check("Undecided").percentage(percent -> percent > 1);
                });
    }
}
