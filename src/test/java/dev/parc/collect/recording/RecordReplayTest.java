package dev.parc.collect.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.collect.TenantException;
import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.facts.Category;
import dev.parc.facts.Designations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReplayTest {

    private static final Instant TAKEN = Instant.parse("2026-01-31T12:00:00Z");
    private static final Clock LATER = Clock.fixed(Instant.parse("2026-09-01T00:00:00Z"), ZoneOffset.UTC);
    private static final SnapshotHeading HEADING = new SnapshotHeading(
            "11111111-2222-4333-8444-555555555555",
            "Contoso",
            "snapshot",
            TAKEN,
            new Designations(Set.of("bg@contoso.onmicrosoft.com"), Map.of("a1", Category.SHARED))
                    .withExposedUsersGroup(Optional.of("group 1"))
                    .withProductionSubscriptions(Set.of("subscription 1"))
                    .withWorkstationFilter(Optional.of("device.extensionAttribute1 -eq \"PAW\"")));

    @TempDir
    Path folder;

    private final Map<String, WireResponse> live = new HashMap<>();
    private final Wire graph = request -> BatchBody.isBatch(request) ? batch(request) : single(request);
    private final RecordingWire recording = new RecordingWire(graph);

    private WireResponse batch(WireRequest batch) {
        Map<String, WireResponse> answers = new LinkedHashMap<>();
        BatchBody.requests(batch).forEach((id, one) -> answers.put(id, single(one)));
        return BatchBody.answer(answers);
    }

    private WireResponse single(WireRequest request) {
        String target = request.uri().getRawPath() + "?" + request.uri().getRawQuery();
        return Objects.requireNonNull(live.get(request.method() + " " + target + request.body()), target);
    }

    private static WireRequest get(String pathAndQuery) {
        return WireRequest.get(URI.create("https://graph.microsoft.com" + pathAndQuery));
    }

    private static WireRequest getAtAnotherCloud(String pathAndQuery) {
        return WireRequest.get(URI.create("https://graph.microsoft.us" + pathAndQuery));
    }

    private static WireRequest post(String path, String body) {
        return new WireRequest("POST", get(path).uri(), Map.of("content-type", "application/json"), body);
    }

    private WireRequest known(WireRequest request, int status, String body) {
        String target = request.uri().getRawPath() + "?" + request.uri().getRawQuery();
        live.put(request.method() + " " + target + request.body(), new WireResponse(status, Map.of(), body));
        return request;
    }

    private Path written(String name) {
        Path path = folder.resolve(name);
        recording.write(path, HEADING);
        return path;
    }

    private static WireResponse replayed(Path path, WireRequest request) {
        try (SnapshotSource source = SnapshotSource.open(path)) {
            return new ReplayWire(source, LATER).send(request);
        }
    }

    private static void isNotInSnapshot(WireResponse response) {
        assertThat(response.status()).isEqualTo(WireResponse.NO_ANSWER);
        assertThat(response.body()).contains(" is not in the snapshot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "tenant.zip"})
    void whatWasRecordedIsReplayed(String name) throws Exception {
        WireRequest list = known(get("/v1.0/groups?$filter=isAssignableToRole%20eq%20true"), 200, "{\"value\":[1]}");
        WireRequest page = known(get("/v1.0/groups?$skiptoken=x"), 200, "{\"value\":[2]}");
        WireRequest refused = known(get("/beta/organization"), 403, "{\"error\":{\"code\":\"Denied\"}}");
        WireRequest one = known(get("/v1.0/users/u1?$select=id"), 200, "{\"id\":\"u1\"}");
        WireRequest check = known(
                post("/v1.0/users/u1/checkMemberGroups", "{\"groupIds\":[\"a\",\"b\"]}"), 200, "{\"value\":[\"a\"]}");
        recording.send(list);
        recording.send(page);
        recording.send(refused);
        recording.send(BatchBody.of(get("/").uri(), "v1.0", Map.of("1", one, "2", check)));
        Path path = written(name);
        for (WireRequest request : new WireRequest[] {list, page, refused, one, check}) {
            WireResponse response = replayed(path, request);
            assertThat(response.status()).isEqualTo(single(request).status());
            assertThat(response.body()).isEqualTo(single(request).body());
        }
    }

    @Test
    void aBatchIsAnsweredByWhatWasAskedSingly() throws Exception {
        WireRequest one = known(get("/v1.0/users/u1?$select=id"), 200, "{\"id\":\"u1\"}");
        recording.send(one);
        WireRequest batch =
                BatchBody.of(get("/").uri(), "v1.0", Map.of("1", one, "2", get("/v1.0/users/u2?$select=id")));
        Map<String, WireResponse> answers = BatchBody.answers(
                JsonBody.whole(replayed(written("tenant"), batch).body()));
        assertThat(Objects.requireNonNull(answers.get("1")).body()).isEqualTo("{\"id\":\"u1\"}");
        isNotInSnapshot(Objects.requireNonNull(answers.get("2")));
    }

    @Test
    void hostAndEncodingDoNotMatter() throws Exception {
        recording.send(known(get("/v1.0/groups?$filter=a%20eq%20'b'&$top=9"), 200, "{\"value\":[1]}"));
        Path path = written("tenant");
        assertThat(replayed(path, getAtAnotherCloud("/v1.0/groups?%24top=9&%24filter=a%20eq%20%27b%27"))
                        .body())
                .isEqualTo("{\"value\":[1]}");
    }

    @Test
    void anotherShapeOfTheSameObjectsAnswersButOnlyIfItWasRead() throws Exception {
        recording.send(known(get("/v1.0/users/u1?$select=id,mail"), 200, "{\"id\":\"u1\",\"mail\":\"m\"}"));
        recording.send(known(get("/v1.0/users/u1?$select=id,signInActivity"), 403, "{\"error\":{}}"));
        Path path = written("tenant");
        assertThat(replayed(path, get("/v1.0/users/u1?$select=id,mail,companyName"))
                        .body())
                .isEqualTo("{\"id\":\"u1\",\"mail\":\"m\"}");
        assertThat(replayed(path, get("/v1.0/users/u1?$select=id,signInActivity"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void ofTwoShapesTheOneThatSelectsMoreOfWhatIsAskedAnswers() throws Exception {
        recording.send(known(get("/v1.0/users/u1?$select=id"), 200, "{\"from\":1}"));
        recording.send(known(get("/v1.0/users/u1?$select=id,mail"), 200, "{\"from\":2}"));
        assertThat(replayed(written("tenant"), get("/v1.0/users/u1?$select=id,mail,city"))
                        .body())
                .isEqualTo("{\"from\":2}");
    }

    @Test
    void otherObjectsNeverAnswer() throws Exception {
        recording.send(known(get("/v1.0/groups?$filter=a"), 200, "{\"value\":[]}"));
        recording.send(known(get("/v1.0/users"), 200, "{\"value\":[]}"));
        recording.send(
                known(post("/v1.0/users/u1/checkMemberGroups", "{\"groupIds\":[\"a\"]}"), 200, "{\"value\":[]}"));
        Path path = written("tenant");
        isNotInSnapshot(replayed(path, get("/v1.0/groups?$filter=b")));
        isNotInSnapshot(replayed(path, get("/v1.0/groups")));
        isNotInSnapshot(replayed(path, get("/v1.0/users?$skiptoken=2")));
        isNotInSnapshot(replayed(path, get("/beta/users")));
        isNotInSnapshot(replayed(path, post("/v1.0/users/u1/checkMemberGroups", "{\"groupIds\":[\"b\"]}")));
        isNotInSnapshot(replayed(path, get("/v1.0/users/u1/checkMemberGroups")));
    }

    @Test
    void theLastAnswerCountsUnlessItOnlySaysToComeBack() throws Exception {
        WireRequest throttledFirst = known(get("/v1.0/domains"), 429, "{}");
        recording.send(throttledFirst);
        known(throttledFirst, 200, "{\"value\":[1]}");
        recording.send(throttledFirst);
        WireRequest throttledLast = known(get("/v1.0/groups"), 200, "{\"value\":[2]}");
        recording.send(throttledLast);
        known(throttledLast, 429, "{}");
        recording.send(throttledLast);
        WireRequest throttledForEver = known(get("/v1.0/users"), 429, "{}");
        recording.send(throttledForEver);
        Path path = written("tenant");
        assertThat(replayed(path, throttledFirst).body()).isEqualTo("{\"value\":[1]}");
        assertThat(replayed(path, throttledLast).body()).isEqualTo("{\"value\":[2]}");
        assertThat(replayed(path, throttledForEver).status()).isEqualTo(429);
    }

    @Test
    void whatLeadsAwayIsNotRecorded() throws Exception {
        RecordingWire wire = new RecordingWire(request -> WireResponse.unanswered("it leads away"));
        wire.send(get("/v1.0/users"));
        wire.write(folder.resolve("tenant"), HEADING);
        isNotInSnapshot(replayed(folder.resolve("tenant"), get("/v1.0/users")));
    }

    @Test
    void theHeadingComesBack() {
        try (SnapshotSource source = SnapshotSource.open(written("tenant.zip"))) {
            assertThat(new ReplayWire(source, LATER).heading()).isEqualTo(HEADING);
        }
    }

    @Test
    void filesLieByThePathOfTheirRequest() throws Exception {
        recording.send(known(get("/v1.0/domains"), 200, "{\"value\":[]}"));
        recording.send(known(get("/v1.0/domains/..%2F..%2Fetc/x"), 404, "{}"));
        recording.send(known(get("/beta/roleManagement/directory/roleDefinitions?$select=id"), 200, "{\"value\":[]}"));
        Path path = written("tenant");
        try (Stream<Path> files = Files.walk(path)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> path.relativize(file).toString().replace('\\', '/')))
                    .satisfiesExactlyInAnyOrder(
                            name -> assertThat(name).isEqualTo("manifest.json"),
                            name -> assertThat(name).isEqualTo("graph/v1.0/domains.json"),
                            name -> assertThat(name).isEqualTo("graph/v1.0/domains/%2E%2E/%2E%2E/etc/x.json"),
                            name -> assertThat(name)
                                    .matches("graph/beta/roleManagement/directory/roleDefinitions~[0-9a-f]{8}\\.json"));
        }
        assertThat(replayed(path, get("/v1.0/domains/..%2F..%2Fetc/x")).status())
                .isEqualTo(404);
    }

    // exports without a manifest

    private Path export(String file, String text) throws IOException {
        Path path = folder.resolve("export");
        Path target = path.resolve(file);
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.writeString(target, text);
        return path;
    }

    @Test
    void anExportAnswersByThePathWhateverTheQuery() throws Exception {
        Path path = export("graph/v1.0/users.json", "{\"value\":[1]}");
        assertThat(replayed(path, get("/v1.0/users?$select=id&$filter=x")).body())
                .isEqualTo("{\"value\":[1]}");
        isNotInSnapshot(replayed(path, get("/v1.0/users?$skiptoken=2")));
        isNotInSnapshot(replayed(path, get("/v1.0/users/u1")));
        isNotInSnapshot(replayed(path, post("/v1.0/users", "{\"a\":1}")));
    }

    @Test
    void anExportAnswersForAnObjectOutOfTheListItIsIn() throws Exception {
        Path path = export("graph/v1.0/users.json", "{\"value\":[{\"id\":\"U1\",\"mail\":\"m\"},{\"mail\":\"n\"}]}");
        assertThat(replayed(path, get("/v1.0/users/u1?$select=id,mail")).body())
                .isEqualTo("{\"id\":\"U1\",\"mail\":\"m\"}");
        isNotInSnapshot(replayed(path, get("/v1.0/users/u2?$select=id")));
        isNotInSnapshot(replayed(path, get("/v1.0/users/u1/memberOf")));
        isNotInSnapshot(replayed(path, get("/v1.0/groups/u1")));
    }

    @Test
    void anExportIsOfTheOrganisationInItAndOfTheTimeOfReplay() throws Exception {
        Path path = export("graph/v1.0/organization.json", "{\"value\":[{\"id\":\"t1\"}]}");
        try (SnapshotSource source = SnapshotSource.open(path)) {
            SnapshotHeading heading = new ReplayWire(source, LATER).heading();
            assertThat(heading.tenantId()).isEqualTo("t1");
            assertThat(heading.takenAt()).isEqualTo(LATER.instant());
            assertThat(heading.designations()).isEqualTo(Designations.NONE);
        }
    }

    @Test
    void anExportWithoutTheOrganisationIsOfAnUnknownTenant() throws Exception {
        try (SnapshotSource source = SnapshotSource.open(export("graph/v1.0/users.json", "{}"))) {
            assertThat(new ReplayWire(source, LATER).heading().tenantId()).isEqualTo("unknown");
        }
    }

    @Test
    void anExportWithAManifestThatListsNoRequestsIsReplayedByPathToo() throws Exception {
        export("graph/v1.0/users.json", "{\"value\":[1]}");
        Path path = export(
                "manifest.json",
                "{\"format\":\"parc-snapshot/1\",\"tenantId\":\"t\",\"takenAt\":\"2026-01-31T12:00:00Z\"}");
        assertThat(replayed(path, get("/v1.0/users?$select=id")).body()).isEqualTo("{\"value\":[1]}");
    }

    // writing

    @Test
    void anOlderSnapshotIsReplacedAndNothingIsLeftBeside() throws Exception {
        recording.send(known(get("/v1.0/domains"), 200, "{\"value\":[1]}"));
        for (String name : new String[] {"tenant", "tenant.zip"}) {
            Path path = written(name);
            RecordingWire other = new RecordingWire(graph);
            other.send(known(get("/v1.0/groups"), 200, "{\"value\":[2]}"));
            other.write(path, HEADING);
            isNotInSnapshot(replayed(path, get("/v1.0/domains")));
            assertThat(replayed(path, get("/v1.0/groups")).status()).isEqualTo(200);
        }
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.map(path -> String.valueOf(path.getFileName())))
                    .containsExactlyInAnyOrder("tenant", "tenant.zip");
        }
    }

    @Test
    void whatIsNoSnapshotIsNotOverwritten() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("precious.txt"), "x");
        Path file = Files.writeString(folder.resolve("precious.zip"), "x");
        for (Path path : new Path[] {other, file}) {
            assertThatThrownBy(() -> recording.write(path, HEADING))
                    .isInstanceOf(TenantException.class)
                    .hasMessage(path + " exists and is not a snapshot: choose another name");
        }
        assertThat(other.resolve("precious.txt")).exists();
        assertThat(file).hasContent("x");
    }

    @Test
    void anEmptyFolderIsFilled() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        recording.write(empty, HEADING);
        assertThat(empty.resolve("manifest.json")).exists();
    }

    @Test
    void aFolderThatIsMissingIsSaidBeforeAnythingIsRead() {
        assertThatThrownBy(() -> SnapshotWriter.check(folder.resolve("no/where.zip")))
                .isInstanceOf(TenantException.class)
                .hasMessageContaining("create it first");
    }
}
