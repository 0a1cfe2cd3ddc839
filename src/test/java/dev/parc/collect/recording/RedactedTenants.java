package dev.parc.collect.recording;

import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.collect.Collected;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.Wire;
import dev.parc.collect.tenant.FactsReading;
import dev.parc.facts.Category;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.GraphPermission;
import dev.parc.facts.roles.DirectoryRole;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Snapshots to be redacted, and what is read of one. */
final class RedactedTenants {

    static final Instant TAKEN = Instant.parse("2026-01-31T12:00:00Z");

    /** Who is in {@link #ofMuch}. */
    record OfMuch(FakeTenant tenant, String emergency, String guest, String portal, String secret) {

        Designations designations() {
            return new Designations(Set.of("emergency.one@contoso.onmicrosoft.com"), Map.of(guest, Category.EXTERNAL))
                    .withProductionSubscriptions(Set.of(secret.substring(secret.lastIndexOf('/') + 1)));
        }
    }

    private RedactedTenants() {}

    /** The demo tenant, what an earlier release recorded, and a tenant that has some of everything. */
    static Map<String, Snapshot> all() {
        return Map.of(
                "demo", load(Path.of("src/main/resources/demo")),
                "kept", load(Path.of("src/test/resources/release-before-the-sdk/snapshot.zip")),
                "much", recorded(ofMuch()));
    }

    static Snapshot load(Path path) {
        try (SnapshotSource source = SnapshotSource.open(path)) {
            return Snapshot.load(source);
        }
    }

    /** What is read of a snapshot, to the second reading. */
    static Collected read(Snapshot snapshot) {
        ReplayWire replay = new ReplayWire(source(snapshot), Clock.systemUTC());
        return read(replay, snapshot.heading());
    }

    private static Collected read(Wire wire, SnapshotHeading heading) {
        try (BatchingGraph graph = BatchingGraph.replaying(wire);
                Arm arm = Arm.replaying(wire)) {
            Set<FactKind> kinds = EnumSet.copyOf(Stream.of(FactKind.OF_TENANT, FactKind.SECOND)
                    .flatMap(Set::stream)
                    .toList());
            return new FactsReading(graph, arm, heading.takenAt(), "unnamed", heading::permissions)
                    .collect(
                            kinds,
                            heading.designations(),
                            phase -> {},
                            new dev.parc.collect.Estate.Whole(),
                            first -> SecondQuestions.of(first, kinds));
        }
    }

    private static SnapshotSource source(Snapshot snapshot) {
        Map<String, String> files = new HashMap<>();
        snapshot.answers().forEach((request, answer) -> files.put(request.file(), answer.body()));
        files.put(Manifest.NAME, Manifest.write(snapshot));
        return new SnapshotSource() {
            @Override
            public Optional<String> read(String name) {
                return Optional.ofNullable(files.get(name));
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    static Snapshot recorded(OfMuch much) {
        return recorded(much, much.tenant());
    }

    /** What is recorded of the tenant over this wire. */
    static Snapshot recorded(OfMuch much, Wire wire) {
        RecordingWire recording = new RecordingWire(wire);
        SnapshotHeading heading =
                new SnapshotHeading(FakeTenant.TENANT_ID, "Contoso", "snapshot", TAKEN, much.designations());
        read(recording, heading);
        return recording.snapshot(heading);
    }

    /** A tenant with some of everything, and the word secret in what must not leave. */
    static OfMuch ofMuch() {
        FakeTenant fake = FakeTenant.ofSize(45, 100).pageSize(10);
        String emergency = fake.user("Emergency One", "emergency.one@contoso.onmicrosoft.com");
        fake.permanent(emergency, DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
        String guest = fake.user("Gina Guest", "gina_partner.test#EXT#@contoso.onmicrosoft.com");
        fake.permanent(guest, DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
        String portal = fake.servicePrincipal("Gina's portal");
        fake.graphAppRole(portal, FakeTenant.appRoleId(GraphPermission.ROLE_MANAGEMENT.value()));
        fake.owner(FakeTenant.registration("Gina's portal"), guest);
        fake.label("Secret merger");
        fake.published("Secret lab", "aadPreAuthentication");
        fake.cloudAppAlert("Mass download by Gina Guest", "2026-01-20T10:00:00Z");
        fake.legacySignIn(guest, "POP3", "nonInteractiveUser", "2026-01-30T09:00:00Z", 0);
        fake.object(fake.enterpriseApplication("Graph Explorer"))
                .put("appOwnerOrganizationId", "72f988bf-86f1-41af-91ab-2d7cd011db47");
        String secret = fake.arm().subscription("secret project");
        String division = fake.arm().managementGroup("mg-secret-division", "Secret Division");
        fake.arm().assign(guest, "User", AzureRole.OWNER, secret + "/resourceGroups/rg-secret");
        fake.arm().assign(guest, "User", AzureRole.OWNER, division);
        String workspace = fake.arm().workspace(secret, "log-Secret", 365, true);
        fake.arm().exportDirectory("to secret", "workspaceId", workspace.toUpperCase(Locale.ROOT), "SignInLogs");
        fake.arm().table(workspace, "SigninLogs", 730);
        String kept = FakeArm.account(secret, "secretlogs");
        fake.arm().export(secret, "to storage", "storageAccountId", kept, "Administrative");
        fake.arm().lifecycle(kept, 90, "insights-activity-logs/resourceId=/SUBSCRIPTIONS/X/SECRET", "secret/merger");
        fake.arm()
                .lifecycle(kept, 30, "insights-logs-signinlogs")
                .withObject("/filters")
                .putArray("blobIndexMatch")
                .add(FakeTenant.json("{name:'secret', op:'==', value:'secret'}"));
        fake.arm().everyLifecycleRule(kept, rule -> rule.put("name", "secret rule"));
        fake.add("/security/identities/sensorCandidates", FakeTenant.json("""
            {computerDnsName:'secret-dc1.corp.secret.local', domainName:'corp.secret.local',
             lastSeenDateTime:'2026-01-30T09:00:00Z'}\
            """)).put("id", FakeTenant.id("candidate"));
        fake.arm().contact(secret, "gina@partner.test;soc@contoso.onmicrosoft.com");
        fake.arm().entraLogin(fake.arm().machine(secret, "vm-secret", "Windows", "gina"));
        fake.arm().plan(secret, "VirtualMachines", "Standard");
        fake.arm().below(secret, division);
        fake.arm().hosts(secret, List.of("microsoft.containerservice/managedclusters"), "mc_secret_aks");
        fake.arm().assign(guest, "User", fake.arm().customRole("Secret role", "*"), secret);
        FakeArm.authorize(
                fake.arm().delegate(secret, FakeTenant.id("msp"), "Secret Partner", true),
                "Secret operators",
                AzureRole.CONTRIBUTOR);
        fake.arm()
                .queryRule(
                        secret,
                        "secret watch",
                        workspace,
                        "SigninLogs | where UserId == \"" + emergency + "\" and City == 'Secret Town'"
                                + " // the secret one\nand OperationName == 'Sign-in activity' and ResultType == '0'");
        fake.arm()
                .sentinelRule(
                        workspace,
                        "Scheduled",
                        "secret rule",
                        "let who = @'a secret ''one'' '; SigninLogs // secret\n| where UserId == '" + emergency + "'")
                .put("description", "secret")
                .putObject("alertDetailsOverride")
                .put("alertDisplayNameFormat", "secret {{UserId}}");
        fake.arm()
                .sentinelRule(
                        workspace,
                        "Scheduled",
                        "secret list",
                        "SigninLogs | where UserPrincipalName in~ ((_GetWatchlist('Secret_List') | project Who))");
        fake.arm()
                .watchlistItem(workspace, "Secret_List", "Who", "emergency.one@contoso.onmicrosoft.com")
                .put("Note", "the secret one");
        fake.arm()
                .watchlistItems(workspace, "Secret_List")
                .get(0)
                .withObject("/properties/createdBy")
                .put("name", "Gina Guest");
        String payroll = fake.enterpriseApplication("Secret payroll");
        fake.direction(
                payroll,
                fake.provisioning(payroll, "Active").put("templateId", "payroll"),
                "Azure Active Directory",
                "Payroll");
        String robot = fake.servicePrincipal("Secret robot");
        fake.lastUsed(robot, "2026-01-20T10:00:00Z");
        fake.permanent(robot, DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId());
        fake.signIn(emergency, "2026-01-20T10:00:00Z", 0);
        fake.add("/security/identities/sensors", FakeTenant.json("""
            {displayName:'SECRET-DC1', domainName:'corp.secret.local', healthStatus:'healthy',
             deploymentStatus:'upToDate', settings:{description:'the secret one',
             domainControllerDnsNames:['dc1.secret.local']}}\
            """)).put("id", FakeTenant.id("sensor"));
        fake.add("/security/identities/healthIssues", FakeTenant.json("""
            {displayName:'Sensor is down', severity:'high', status:'open', domainNames:['secret.local'],
             sensorDNSNames:['dc1.secret.local'], additionalInformation:['secret.local is gone']}\
            """)).put("id", FakeTenant.id("issue"));
        fake.secureScore("2026-01-31", 100, Map.of("AdminMFAV2", 8.0));
        return new OfMuch(fake, emergency, guest, portal, secret);
    }
}
