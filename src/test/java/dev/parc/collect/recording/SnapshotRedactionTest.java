package dev.parc.collect.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Verdict;
import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.FakeArm;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.SecondReading;
import dev.parc.collect.TenantException;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.graph.FactsReading;
import dev.parc.collect.snapshot.SnapshotTenant;
import dev.parc.collect.wire.JsonBody;
import dev.parc.collect.wire.Wire;
import dev.parc.collect.wire.WireRequest;
import dev.parc.collect.wire.WireResponse;
import dev.parc.facts.AzureRole;
import dev.parc.facts.Category;
import dev.parc.facts.DefenderPlan;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.GraphPermission;
import dev.parc.facts.Holding;
import dev.parc.facts.Reading;
import dev.parc.facts.SecondQuestions;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotRedactionTest {

    private static final Set<FactKind> ASKED =
            Stream.concat(FactKind.OF_TENANT.stream(), FactKind.SECOND.stream()).collect(Collectors.toSet());
    private static final SecondReading SECOND = first -> SecondQuestions.of(first, ASKED);
    private static final Instant TAKEN = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    Path folder;

    private void record(Wire wire, Designations designations) {
        RecordingWire recording = new RecordingWire(wire);
        try (BatchingGraph graph = BatchingGraph.replaying(recording);
                Arm arm = Arm.replaying(recording)) {
            Collected collected = new FactsReading(graph, arm, TAKEN, "unnamed")
                    .collect(ASKED, designations, phase -> {}, new Estate.Whole(), SECOND);
            recording.write(
                    folder.resolve("plain"),
                    new SnapshotHeading(FakeTenant.TENANT_ID, collected.tenantName(), "snapshot", TAKEN, designations));
        }
    }

    private Collected replayed(String name) {
        SnapshotTenant tenant = SnapshotTenant.open(folder.resolve(name));
        return tenant.collect(ASKED, tenant.designations(), phase -> {}, new Estate.Whole(), SECOND);
    }

    private static String shape(Reading reading) {
        return reading instanceof Reading.Read read
                ? read.values().size() + " values, " + read.gaps().size() + " gaps"
                : reading.toString();
    }

    private static String shape(Check check, Collected collected) {
        Verdict verdict = Assessor.assess(check, collected.facts());
        return verdict.outcome() + " " + verdict.findings().size();
    }

    private String everything(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return folder.relativize(file) + " " + Files.readString(file);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .collect(Collectors.joining("\n"));
        }
    }

    @Test
    void aRedactedSnapshotIsAnsweredAsTheOriginalAndNamesNobody() throws IOException {
        FakeTenant fake = FakeTenant.ofSize(45, 100).pageSize(10);
        String emergency = fake.user("Emergency One", "emergency.one@contoso.onmicrosoft.com");
        fake.standing(emergency, dev.parc.facts.DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
        String guest = fake.user("Gina Guest", "gina_partner.test#EXT#@contoso.onmicrosoft.com");
        fake.standing(guest, dev.parc.facts.DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
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
        fake.standing(robot, dev.parc.facts.DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId());
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
        record(
                fake,
                new Designations(Set.of("emergency.one@contoso.onmicrosoft.com"), Map.of(guest, Category.EXTERNAL))
                        .withProductionSubscriptions(Set.of(secret.substring(secret.lastIndexOf('/') + 1))));
        SnapshotRedaction.copy(folder.resolve("plain"), folder.resolve("redacted"));

        Collected plain = replayed("plain");
        Collected redacted = replayed("redacted");
        for (FactKind kind : ASKED) {
            assertThat(shape(redacted.facts().reading(kind)))
                    .as(kind.name())
                    .isEqualTo(shape(plain.facts().reading(kind)));
        }
        for (Check check : Roadmap.checks()) {
            assertThat(shape(check, redacted)).as(check.toString()).isEqualTo(shape(check, plain));
        }
        assertThat(redacted.byRequest()).isEqualTo(plain.byRequest());
        for (FactKind kind :
                Set.of(FactKind.APPLICATION_USE, FactKind.PROVISIONING_SUPPORT, FactKind.AZURE_WATCHLISTS)) {
            assertThat(shape(redacted.facts().reading(kind)))
                    .as(kind.name())
                    .doesNotStartWith("0 values")
                    .endsWith(" 0 gaps");
        }
        assertThat(redacted.facts()
                        .azure()
                        .workspace(redacted.facts()
                                .azure()
                                .directoryExports()
                                .orElseThrow()
                                .destinationsOf("SignInLogs")
                                .get(0)))
                .isPresent();
        assertThat(redacted.facts()
                        .azure()
                        .plans(redacted.facts().azure().subscriptions().get(1)))
                .extracting(DefenderPlan::name)
                .containsExactly("VirtualMachines");
        assertThat(redacted.facts().waysIn())
                .hasSize(2)
                .first()
                .satisfies(way -> assertThat(way.path()).contains("RoleManagement.ReadWrite.Directory"));

        assertThat(redacted.facts()
                        .azure()
                        .covers(
                                redacted.facts().administrators().inAzure().stream()
                                        .flatMap(one -> one.holdings().stream())
                                        .map(Holding::scope)
                                        .filter(scope -> scope.contains("managementGroups"))
                                        .findFirst()
                                        .orElseThrow(),
                                redacted.facts().azure().subscriptions().get(1)))
                .contains(true);

        String text = everything("redacted");
        assertThat(text).contains(dev.parc.facts.DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
        assertThat(text).contains("#EXT#@domain1.onmicrosoft.com").contains(FakeTenant.P2_PLAN);
        assertThat(text.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(
                        "contoso",
                        "emergency.one",
                        "emergency one",
                        "gina",
                        "partner.test",
                        "secret",
                        "basel",
                        "203.0",
                        "7.58")
                .doesNotContain(FakeTenant.TENANT_ID, emergency, guest, portal)
                .doesNotContain(secret.substring(secret.lastIndexOf('/') + 1));
    }

    private Snapshot redacted(String request, String answer) {
        Path plain = folder.resolve("one");
        SnapshotWriter.write(
                plain,
                new Snapshot(
                        new SnapshotHeading(FakeTenant.TENANT_ID, "Contoso", "snapshot", TAKEN, Designations.NONE),
                        Map.of(Recorded.of("GET", request, ""), new RecordedAnswer(200, answer))));
        SnapshotRedaction.copy(plain, folder.resolve("copy"));
        try (SnapshotSource source = SnapshotSource.open(folder.resolve("copy"))) {
            return Snapshot.load(source);
        }
    }

    private String answer(String answer) {
        return redacted("/v1.0/users", answer)
                .answers()
                .values()
                .iterator()
                .next()
                .body();
    }

    @Test
    void whatDecidesAVerdictStays() {
        String kept = "{\"accountEnabled\":true,\"createdDateTime\":\"2026-01-01T00:00:00Z\",\"mail\":null,"
                + "\"onPremisesSyncEnabled\":false,\"userType\":\"Guest\",\"count\":3,\"identities\":[{\"issuer\":"
                + "\"MicrosoftAccount\"}],\"rules\":[{\"id\":\"Notification_Requestor_EndUser_Assignment\"}],"
                + "\"authenticationStrength\":{\"id\":\"00000000-0000-0000-0000-000000000004\"}}";
        assertThat(answer(kept)).isEqualTo(kept);
    }

    @Test
    void whatTheAuditLogTellsBesideAnEntryNamesNobody() {
        String redacted = answer("{\"value\":[{\"activityDisplayName\":\"Add member to role\",\"resultReason\":"
                + "\"for Joe's project\",\"additionalDetails\":[{\"key\":\"Justification\",\"value\":\"for Joe\"}],"
                + "\"targetResources\":[{\"modifiedProperties\":[{\"displayName\":\"x\",\"oldValue\":null,"
                + "\"newValue\":\"\\\"Joe's role\\\"\"}]}]}]}");
        assertThat(redacted)
                .doesNotContain("Joe")
                .contains("Add member to role")
                .contains("\"key\":\"Justification\"");
    }

    @Test
    void theSameThingHasTheSameStandIn() {
        assertThat(answer("{\"value\":[{\"userPrincipalName\":\"Joe@fabrikam.test\",\"proxyAddresses\":"
                        + "[\"SMTP:joe@FABRIKAM.test\"],\"manager\":\"joe@fabrikam.test\",\"displayName\":\"Joe\"},"
                        + "{\"displayName\":\"Joe\",\"id\":\"lAPpYvVpN0KRkAEhdxReEKsS0t41g7xBusEO5u7F7ls-1\"}]}"))
                .isEqualTo("{\"value\":[{\"userPrincipalName\":\"user1@domain1.example\",\"proxyAddresses\":"
                        + "[\"SMTP:user1@domain1.example\"],\"manager\":\"user1@domain1.example\",\"displayName\":"
                        + "\"name 1\"},{\"displayName\":\"name 1\",\"id\":\"token-1\"}]}");
    }

    @Test
    void requestsAreRedactedWithTheirAnswers() {
        Snapshot snapshot = redacted(
                "/v1.0/domains/fabrikam.test/federationConfiguration",
                "{\"value\":[{\"id\":\"fabrikam.test\",\"issuerUri\":\"https://sts.fabrikam.test/\"}]}");
        Map.Entry<Recorded, RecordedAnswer> only =
                snapshot.answers().entrySet().iterator().next();
        assertThat(only.getKey().target()).hasToString("/v1.0/domains/domain1.example/federationConfiguration");
        assertThat(only.getValue().body())
                .isEqualTo("{\"value\":[{\"id\":\"domain1.example\",\"issuerUri\":\"name 1\"}]}");
    }

    @Test
    void nextPagesStillFollow() {
        String next = "https://graph.microsoft.com/v1.0/users?$skiptoken=RFNwdAIAAQAAABg6am9l";
        Path plain = folder.resolve("pages");
        RecordingWire recording = new RecordingWire(request -> new WireResponse(
                200,
                Map.of(),
                request.uri().getQuery() == null
                        ? "{\"value\":[1],\"@odata.nextLink\":\"" + next + "\"}"
                        : "{\"value\":[2]}"));
        assertThat(send(recording, "https://graph.microsoft.com/v1.0/users").status())
                .isEqualTo(200);
        assertThat(send(recording, next).status()).isEqualTo(200);
        recording.write(
                plain, new SnapshotHeading(FakeTenant.TENANT_ID, "Contoso", "snapshot", TAKEN, Designations.NONE));
        SnapshotRedaction.copy(plain, folder.resolve("copy.zip"));
        try (SnapshotSource source = SnapshotSource.open(folder.resolve("copy.zip"))) {
            ReplayWire replay = new ReplayWire(source, Clock.systemUTC());
            String link = JsonBody.parse(send(replay, "https://graph.microsoft.com/v1.0/users")
                            .body())
                    .orElseThrow()
                    .path("@odata.nextLink")
                    .asText();
            assertThat(link).isEqualTo("https://graph.microsoft.com/v1.0/users?$skiptoken=token-1");
            assertThat(send(replay, link).body()).isEqualTo("{\"value\":[2]}");
        }
    }

    private static WireResponse send(Wire wire, String uri) {
        try {
            return wire.send(WireRequest.get(URI.create(uri)));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anExportPutTogetherByHandCannotBeRedacted() throws IOException {
        Files.createDirectories(folder.resolve("export/graph"));
        Path export = folder.resolve("export");
        assertThatThrownBy(() -> SnapshotRedaction.copy(export, folder.resolve("copy")))
                .isInstanceOf(TenantException.class)
                .hasMessageContaining("lists no requests");
    }
}
