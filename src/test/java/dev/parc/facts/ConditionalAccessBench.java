package dev.parc.facts;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Time and memory for deciding all administrators of a tenant; the profile {@code bench-ca} runs it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xmx512m", "-XX:+UseSerialGC"})
@Threads(1)
public class ConditionalAccessBench {

    private static final int GROUPS = 300;
    private static final int LOCATIONS = 50;

    @Param({"5000"})
    public int accounts;

    @Param({"200"})
    public int policies;

    private List<Account> administrators = List.of();
    private Facts facts = tenant().facts();

    public static void main(String[] args) throws RunnerException {
        run(new String[] {"5000"}, "200", "50");
        run(new String[] {"1250", "2500"}, "200");
    }

    private static void run(String[] accounts, String... policies) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(ConditionalAccessBench.class.getName())
                        .addProfiler(GCProfiler.class)
                        .param("accounts", accounts)
                        .param("policies", policies)
                        .build())
                .run();
    }

    /** Every account is in its own thirty of the groups, so that hardly two are alike. */
    @Setup(Level.Trial)
    public void build() {
        Random random = new Random(20260901);
        TenantBuilder tenant = tenant();
        administrators = IntStream.range(0, accounts)
                .mapToObj(i -> account("admin" + i + "@contoso.com"))
                .toList();
        for (Account administrator : administrators) {
            tenant.add(
                            FactKind.ROLE_ASSIGNMENTS,
                            new RoleAssignment(
                                    administrator.id(),
                                    PrincipalType.USER,
                                    administrator.signInName(),
                                    DirectoryRole.GLOBAL_ADMINISTRATOR.templateId(),
                                    "/",
                                    AssignmentKind.STANDING,
                                    java.util.Optional.empty()))
                    .inGroups(
                            administrator,
                            random.ints(0, GROUPS)
                                    .distinct()
                                    .limit(30)
                                    .mapToObj(i -> "group" + i)
                                    .toArray(String[]::new));
        }
        for (int i = 0; i < LOCATIONS; i++) {
            tenant.add(
                    FactKind.NAMED_LOCATIONS,
                    new NamedLocation(
                            "location" + i,
                            "location" + i,
                            i % 10 == 0 ? NamedLocation.Kind.COUNTRY : NamedLocation.Kind.IP,
                            false,
                            i % 10 == 0 ? List.of() : List.of("10." + i + ".0.0/16", "10." + i / 2 * 2 + ".128.0/17"),
                            i % 10 == 0 ? Set.of("NL", "C" + i / 10) : Set.of(),
                            false));
        }
        tenant.policy(
                policy("MFA").notForGroup("group0").notApplications("app0").build());
        for (int i = 1; i < policies; i++) {
            tenant.policy(random(random, i).build());
        }
        facts = tenant.facts();
    }

    private static PolicyBuilder random(Random random, int number) {
        PolicyBuilder policy = policy("policy" + number);
        policy.forNobody();
        for (int i = 0; i < 10; i++) {
            policy.forGroup("group" + random.nextInt(GROUPS));
        }
        policy.notForGroup("group" + random.nextInt(GROUPS)).notForGroup("group" + random.nextInt(GROUPS));
        switch (random.nextInt(5)) {
            case 0 -> policy.applications("app" + random.nextInt(50));
            case 1 -> policy.notApplications("app" + random.nextInt(50));
            case 2 -> policy.locations(Set.of("All"), Set.of("location" + random.nextInt(LOCATIONS)));
            case 3 -> policy.clients("browser", "mobileAppsAndDesktopClients");
            default -> policy.platforms(Set.of("all"), Set.of("iOS"));
        }
        return switch (random.nextInt(4)) {
            case 0 -> policy.any("mfa", "compliantDevice");
            case 1 -> policy.any("compliantDevice", "domainJoinedDevice");
            case 2 -> policy.any("block").clients("exchangeActiveSync", "other");
            default -> policy;
        };
    }

    @Benchmark
    public long uncovered() {
        ConditionalAccess conditionalAccess = facts.conditionalAccess();
        return administrators.stream()
                .filter(account -> conditionalAccess.mfa(account) instanceof MfaDecision.Uncovered)
                .count();
    }
}
