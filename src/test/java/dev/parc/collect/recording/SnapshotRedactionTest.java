package dev.parc.collect.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.administrators.EscalationPaths;
import dev.parc.analysis.administrators.Holding;
import dev.parc.analysis.azure.AzureEstate;
import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Verdict;
import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.SecondReading;
import dev.parc.collect.TenantException;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.collect.tenant.FactsReading;
import dev.parc.collect.tenant.SnapshotTenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.DefenderPlan;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
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
        RedactedTenants.OfMuch much = RedactedTenants.ofMuch();
        String emergency = much.emergency();
        String guest = much.guest();
        String portal = much.portal();
        String secret = much.secret();
        record(much.tenant(), much.designations());
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
        assertThat(AzureEstate.of(redacted.facts())
                        .workspace(AzureEstate.of(redacted.facts())
                                .directoryExports()
                                .orElseThrow()
                                .destinationsOf("SignInLogs")
                                .get(0)))
                .isPresent();
        assertThat(AzureEstate.of(redacted.facts())
                        .plans(AzureEstate.of(redacted.facts()).subscriptions().get(1)))
                .extracting(DefenderPlan::name)
                .containsExactly("VirtualMachines");
        assertThat(EscalationPaths.of(redacted.facts()))
                .hasSize(2)
                .first()
                .satisfies(way -> assertThat(way.path()).contains("RoleManagement.ReadWrite.Directory"));

        assertThat(AzureEstate.of(redacted.facts())
                        .covers(
                                Administrators.of(redacted.facts()).inAzure().stream()
                                        .flatMap(one -> one.holdings().stream())
                                        .map(Holding::scope)
                                        .filter(scope -> scope.contains("managementGroups"))
                                        .findFirst()
                                        .orElseThrow(),
                                AzureEstate.of(redacted.facts()).subscriptions().get(1)))
                .contains(true);

        String text = everything("redacted");
        assertThat(text).contains(dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
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

    private String answer(String request, String answer) {
        return redacted(request, answer).answers().values().iterator().next().body();
    }

    @Test
    void whatDecidesAVerdictStays() {
        String kept = "{\"accountEnabled\":true,\"createdDateTime\":\"2026-01-01T00:00:00Z\",\"mail\":null,"
                + "\"onPremisesSyncEnabled\":false,\"userType\":\"Guest\",\"otherMails\":[],\"identities\":[{\"issuer\":"
                + "\"MicrosoftAccount\"}]}";
        assertThat(answer("/v1.0/users/99999999-1111-4222-8333-444444444444", kept))
                .isEqualTo(kept);
    }

    @Test
    void whatNobodyReadsLosesItsValueAndKeepsItsPlace() {
        assertThat(
                        answer(
                                "/v1.0/users/99999999-1111-4222-8333-444444444444",
                                "{\"faxNumber\":\"1\",\"ourOwn\":7,\"aboutMe\":null,\"skills\":[],\"schools\":[\"x\"],"
                                        + "\"employeeOrgData\":{\"costCenter\":\"x\"},\"userType\":\"Ours\",\"accountEnabled\":\"x\"}"))
                .isEqualTo("{\"faxNumber\":{\"redacted\":true},\"redacted1\":{\"redacted\":true},\"aboutMe\":null,"
                        + "\"skills\":[],\"schools\":\"redacted\",\"employeeOrgData\":\"redacted\",\"userType\":\"redacted2\","
                        + "\"accountEnabled\":\"redacted3\"}");
    }

    @Test
    void whatTheAuditLogTellsBesideAnEntryNamesNobody() {
        String redacted = answer(
                "/v1.0/auditLogs/directoryAudits",
                "{\"value\":[{\"activityDisplayName\":\"Add member to role\",\"resultReason\":"
                        + "\"for Joe's project\",\"additionalDetails\":[{\"key\":\"TemplateId\",\"value\":\"for Joe\"}],"
                        + "\"targetResources\":[{\"modifiedProperties\":[{\"displayName\":\"x\",\"oldValue\":null,"
                        + "\"newValue\":\"\\\"Joe's role\\\"\"}]}]}]}");
        assertThat(redacted)
                .doesNotContain("Joe")
                .contains("Add member to role")
                .contains("\"key\":\"TemplateId\"");
    }

    @Test
    void theSameThingHasTheSameStandIn() {
        assertThat(
                        answer(
                                "/v1.0/groups/99999999-1111-4222-8333-444444444444/members",
                                "{\"value\":[{\"userPrincipalName\":\"Joe@fabrikam.test\",\"displayName\":\"Joe\"},"
                                        + "{\"userPrincipalName\":\"joe@FABRIKAM.test\",\"displayName\":\"Joe\",\"id\":\"i-1\"}]}"))
                .isEqualTo(
                        "{\"value\":[{\"userPrincipalName\":\"user1@domain1.example\",\"displayName\":\"name 1\"},"
                                + "{\"userPrincipalName\":\"user1@domain1.example\",\"displayName\":\"name 1\",\"id\":\"redacted1\"}]}");
    }

    @Test
    void requestsAreRedactedWithTheirAnswers() {
        Snapshot snapshot = redacted(
                "/v1.0/domains/fabrikam.test/federationConfiguration",
                "{\"value\":[{\"displayName\":\"fabrikam.test\",\"issuerUri\":\"https://sts.fabrikam.test/\"}]}");
        Map.Entry<Recorded, RecordedAnswer> only =
                snapshot.answers().entrySet().iterator().next();
        assertThat(only.getKey().target()).hasToString("/v1.0/domains/domain1.example/federationConfiguration");
        assertThat(only.getValue().body())
                .isEqualTo("{\"value\":[{\"displayName\":\"name 1\",\"issuerUri\":{\"redacted\":true}}]}");
    }

    @Test
    void anAnswerThatNobodyAsksForIsLeftOut() {
        assertThat(redacted("/v1.0/payroll", "{\"value\":[]}").answers()).isEmpty();
    }

    @Test
    void rangesOfAddressesKeepTheirLengthAndWhatLiesInWhat() {
        AddressMap addresses = new AddressMap();
        String outer = addresses.of("203.0.113.0/24").orElseThrow();
        String inner = addresses.of("203.0.113.128/25").orElseThrow();
        assertThat(outer).endsWith(".0/24");
        assertThat(inner).endsWith("/25").startsWith(outer.replace("0/24", ""));
        assertThat(Stream.of("0.0.0.0/1", "128.0.0.0/1")
                        .map(range -> addresses.of(range).orElseThrow()))
                .containsExactlyInAnyOrder("0.0.0.0/1", "128.0.0.0/1");
        assertThat(addresses.of("10.1.2.0/24").orElseThrow()).startsWith("10.").endsWith("/24");
        assertThat(addresses.of("192.168.7.0/24").orElseThrow()).startsWith("192.168.");
        assertThat(addresses.of("127.0.0.0/8")).hasValue("127.0.0.0/8");
        for (int i = 0; i < 300; i++) {
            assertThat(new AddressMap().of("100.1.2.0/24").orElseThrow())
                    .doesNotStartWith("10.")
                    .doesNotStartWith("127.")
                    .doesNotMatch("100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*");
        }
        assertThat(addresses.of("2001:db8::/32").orElseThrow()).endsWith("/32");
        assertThat(Stream.of("203.0.113.0", "203.0.113.0/33", "dc1.contoso.com/24", "x")
                        .flatMap(text -> addresses.of(text).stream()))
                .isEmpty();
    }

    @Test
    void nextPagesStillFollow() {
        String next = "https://graph.microsoft.com/v1.0/applications?$skiptoken=RFNwdAIAAQAAABg6am9l";
        Path plain = folder.resolve("pages");
        RecordingWire recording = new RecordingWire(request -> new WireResponse(
                200,
                Map.of(),
                request.uri().getQuery() == null
                        ? "{\"value\":[1],\"@odata.nextLink\":\"" + next + "\"}"
                        : "{\"value\":[]}"));
        assertThat(send(recording, "https://graph.microsoft.com/v1.0/applications")
                        .status())
                .isEqualTo(200);
        assertThat(send(recording, next).status()).isEqualTo(200);
        recording.write(
                plain, new SnapshotHeading(FakeTenant.TENANT_ID, "Contoso", "snapshot", TAKEN, Designations.NONE));
        assertThat(SnapshotRedaction.copy(plain, folder.resolve("copy.zip"))).isZero();
        try (SnapshotSource source = SnapshotSource.open(folder.resolve("copy.zip"))) {
            ReplayWire replay = new ReplayWire(source, Clock.systemUTC());
            String link = JsonBody.parse(send(replay, "https://graph.microsoft.com/v1.0/applications")
                            .body())
                    .orElseThrow()
                    .path("@odata.nextLink")
                    .asText();
            assertThat(link).isEqualTo("https://graph.microsoft.com/v1.0/applications?$skiptoken=redacted1");
            assertThat(send(replay, link).body()).isEqualTo("{\"value\":[]}");
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
