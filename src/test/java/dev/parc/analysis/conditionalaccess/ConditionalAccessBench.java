package dev.parc.analysis.conditionalaccess;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.analysis.signin.Requirement;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.RoleAssignment;
import dev.parc.facts.roles.RoleDefinition;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * CPU time and memory for deciding all administrators of a tenant; the profile {@code bench-ca} runs it. The first shot of a
 * fresh process, with all that the virtual machine does for it, is what a run of PARC pays.
 */
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
    private static final int APPLICATIONS = 50;
    private static final List<String> GROUPS_OF_APPLICATIONS = List.of("Office365", "MicrosoftAdminPortals");
    private static final int MOST_ACCOUNTS = 5_000;
    private static final int MOST_POLICIES = 200;
    private static final int ROLES_EACH = 3;
    private static final int ROLES = 12;
    private static final int CONTEXTS = 3;
    private static final int PROCESSES = 3;
    private static final int SHOTS_TO_WARM_UP = 10;
    private static final int WARM_SHOTS = 5;
    private static final Path PICTURE = Path.of("docs/images/conditional-access-growth.svg");

    @Param({"5000"})
    public int accounts;

    @Param({"200"})
    public int policies;

    /** How many roles each of them must activate; with none of these each is a Global Administrator for good. */
    @Param({"0", "3"})
    public int eligible;

    private List<Account> administrators = List.of();
    private Facts facts = tenant().facts();

    /** Without arguments everything, and JMH's own figures of the last row; {@code shot ACCOUNTS POLICIES ROLES} measures in this process and prints the figures. */
    public static void main(String[] args) throws Exception {
        if (args.length == 4 && args[0].equals("shot")) {
            System.out.println(shots(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3])));
            return;
        }
        List<Row> byAccounts = new ArrayList<>();
        for (int accounts : new int[] {1_250, 2_500, MOST_ACCOUNTS}) {
            byAccounts.add(measured(accounts, MOST_POLICIES));
        }
        Row whole = byAccounts.get(byAccounts.size() - 1);
        List<Row> byPolicies = List.of(measured(MOST_ACCOUNTS, 50), measured(MOST_ACCOUNTS, 100), whole);
        System.out.println("accounts policies  cold s  warm s  cold/warm  of 5000 x 200, cold  warm  allocated MB");
        Stream.concat(byAccounts.stream(), byPolicies.stream())
                .distinct()
                .forEach(row -> System.out.printf(
                        Locale.ROOT,
                        "%8d %8d %7.2f %7.2f %10.1f %22.2f %5.2f %13d%n",
                        row.accounts(),
                        row.policies(),
                        row.cold(),
                        row.warm(),
                        row.cold() / row.warm(),
                        row.cold() / whole.cold(),
                        row.warm() / whole.warm(),
                        row.megabytes()));
        Row activating = measured(MOST_ACCOUNTS, MOST_POLICIES, ROLES_EACH, "-XX:TieredStopAtLevel=1");
        System.out.printf(
                Locale.ROOT,
                "5000 x 200 with three roles each to activate: cold %.2f s, warm %.2f s; %.2f and %.2f of those without%n",
                activating.cold(),
                activating.warm(),
                activating.cold() / whole.cold(),
                activating.warm() / whole.warm());
        Row everyCompiler = measured(MOST_ACCOUNTS, MOST_POLICIES, 0, "-XX:+TieredCompilation");
        System.out.printf(
                Locale.ROOT,
                "5000 x 200 with every compiler of the virtual machine: cold %.2f s, warm %.2f s%n",
                everyCompiler.cold(),
                everyCompiler.warm());
        Files.writeString(PICTURE, new GrowthPicture(byAccounts, byPolicies).svg());
        new Runner(new OptionsBuilder()
                        .include(ConditionalAccessBench.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    /**
     * One line of the table: medians over some fresh processes on one core, CPU time of the whole process in seconds.
     *
     * @param cold the first shot
     * @param warm the mean of some shots after others to warm up
     * @param megabytes allocated by the first shot
     */
    record Row(int accounts, int policies, double cold, double warm, long megabytes) {}

    /** With the compiler that {@code ./parc} and the Java worker of Azure Functions ask for. */
    private static Row measured(int accounts, int policies) throws IOException, InterruptedException {
        return measured(accounts, policies, 0, "-XX:TieredStopAtLevel=1");
    }

    private static Row measured(int accounts, int policies, int eligible, String compilers)
            throws IOException, InterruptedException {
        List<double[]> figures = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            compilers,
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "-XX:ActiveProcessorCount=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ConditionalAccessBench.class.getName(),
                            "shot",
                            String.valueOf(accounts),
                            String.valueOf(policies),
                            String.valueOf(eligible))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("a shot failed");
            }
            figures.add(Stream.of(line.split(" ", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray());
        }
        return new Row(accounts, policies, median(figures, 0), median(figures, 1), Math.round(median(figures, 2)));
    }

    private static double median(List<double[]> figures, int which) {
        return figures.stream()
                .mapToDouble(one -> one[which])
                .sorted()
                .skip(figures.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static String shots(int accounts, int policies, int eligible) {
        ConditionalAccessBench bench = new ConditionalAccessBench();
        bench.accounts = accounts;
        bench.policies = policies;
        bench.eligible = eligible;
        bench.build();
        com.sun.management.OperatingSystemMXBean process =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        com.sun.management.ThreadMXBean thread =
                ManagementFactory.getPlatformMXBean(com.sun.management.ThreadMXBean.class);
        long allocated = thread.getCurrentThreadAllocatedBytes();
        long before = process.getProcessCpuTime();
        long uncovered = bench.uncovered();
        double cold = (process.getProcessCpuTime() - before) / 1e9;
        double megabytes = (thread.getCurrentThreadAllocatedBytes() - allocated) / 1e6;
        for (int i = 0; i < SHOTS_TO_WARM_UP; i++) {
            uncovered += bench.uncovered();
        }
        before = process.getProcessCpuTime();
        for (int i = 0; i < WARM_SHOTS; i++) {
            uncovered += bench.uncovered();
        }
        double warm = (process.getProcessCpuTime() - before) / 1e9 / WARM_SHOTS;
        if (uncovered % (1 + SHOTS_TO_WARM_UP + WARM_SHOTS) != 0) {
            throw new IllegalStateException("the same question had different answers");
        }
        return String.format(Locale.ROOT, "%.4f %.4f %.1f", cold, warm, megabytes);
    }

    /** Every account is in its own thirty of the groups, so that hardly two are alike. */
    @Setup(Level.Trial)
    public void build() {
        Random random = new Random(20260901);
        TenantBuilder tenant = tenant();
        administrators = IntStream.range(0, accounts)
                .mapToObj(i -> account("admin" + i + "@contoso.com"))
                .toList();
        for (int role = 0; role < ROLES; role++) {
            tenant.add(FactKind.ROLE_DEFINITIONS, new RoleDefinition("role" + role, "role" + role, "role" + role, true))
                    .pimPolicy(
                            "role" + role,
                            TenantBuilder.activationTakes(),
                            TenantBuilder.activationContext("c" + role % CONTEXTS));
        }
        for (Account administrator : administrators) {
            if (eligible == 0) {
                tenant.add(
                        FactKind.ROLE_ASSIGNMENTS,
                        held(administrator, DirectoryRole.GLOBAL_ADMINISTRATOR.templateId(), AssignmentKind.PERMANENT));
            } else {
                random.ints(0, ROLES)
                        .distinct()
                        .limit(eligible)
                        .forEach(role -> tenant.add(
                                FactKind.PIM_ELIGIBILITIES,
                                held(administrator, "role" + role, AssignmentKind.ELIGIBLE)));
            }
            tenant.inGroups(
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
                            i % 10 == 0 ? List.of() : List.of("20." + i + ".0.0/16", "20." + i / 2 * 2 + ".128.0/17"),
                            i % 10 == 0 ? Set.of("NL", "C" + i / 10) : Set.of(),
                            false));
        }
        if (eligible == 0) {
            tenant.policy(
                    policy("MFA").notForGroup("group0").notApplications("app0").build());
        } else {
            for (int context = 0; context < CONTEXTS; context++) {
                tenant.policy(policy("context" + context)
                        .onContext("c" + context)
                        .notForGroup("group" + context)
                        .build());
            }
            for (int role = 0; role < ROLES; role++) {
                tenant.policy(policy("for role" + role)
                        .forNobody()
                        .forRole("role" + role)
                        .forRole("role" + (role + 1) % ROLES)
                        .build());
            }
        }
        int special = eligible == 0 ? 1 : CONTEXTS + ROLES;
        for (int i = special; i < policies; i++) {
            tenant.policy(random(random, i).build());
        }
        facts = tenant.facts();
    }

    private static RoleAssignment held(Account administrator, String role, AssignmentKind kind) {
        return new RoleAssignment(
                administrator.id(),
                PrincipalType.USER,
                administrator.signInName(),
                role,
                "/",
                kind,
                java.util.Optional.empty());
    }

    private static String random(Random random, List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static PolicyBuilder random(Random random, int number) {
        PolicyBuilder policy = policy("policy" + number);
        policy.forNobody();
        for (int i = 0; i < 10; i++) {
            policy.forGroup("group" + random.nextInt(GROUPS));
        }
        policy.notForGroup("group" + random.nextInt(GROUPS)).notForGroup("group" + random.nextInt(GROUPS));
        switch (random.nextInt(5)) {
            case 0 -> policy.applications("app" + random.nextInt(APPLICATIONS), random(random, GROUPS_OF_APPLICATIONS));
            case 1 -> policy.notApplications("app" + random.nextInt(APPLICATIONS));
            case 2 -> policy.locations(Set.of("All"), Set.of("location" + random.nextInt(LOCATIONS)));
            case 3 -> policy.clients("browser", "mobileAppsAndDesktopClients");
            default -> policy.platforms(Set.of("all"), Set.of("iOS"));
        }
        return switch (random.nextInt(12)) {
            case 0 -> policy;
            case 1, 2, 3 -> policy.any("block").clients("exchangeActiveSync", "other");
            case 4, 5, 6 -> policy.any("compliantDevice", "domainJoinedDevice");
            default -> policy.any("mfa", "compliantDevice");
        };
    }

    @Benchmark
    public long uncovered() {
        ConditionalAccess conditionalAccess = ConditionalAccess.of(facts);
        return administrators.stream()
                .filter(account -> (eligible == 0
                                ? conditionalAccess.mfa(account)
                                : conditionalAccess
                                        .requireOfAdministrator(account, Requirement.MFA)
                                        .decision())
                        instanceof MfaDecision.Uncovered)
                .count();
    }
}
