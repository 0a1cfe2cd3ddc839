package dev.parc.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scripts run by sh and by PowerShell, with a stand-in for the Azure CLI that keeps what it is asked. */
class ChangeScriptTest {

    private static final String TENANT = "5f1c3f6a-0d6f-4f6e-9a55-3d1b7a3f0001";
    private static final String MADE = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
    private static final String POLICY = "/identity/conditionalAccess/policies/11111111-2222-3333-4444-555555555555";
    private static final String HOSTILE =
            "a'b\"c$(touch pwned)`touch pwned`\\ & PARC_BODY \u2019; touch pwned; \u2018 % ü\n$x";

    /** Answers with an id to whoever creates, and as it is told to batches. */
    private static final String AZ = """
        #!/bin/sh
        [ "$1" = account ] && { echo "$TENANT"; exit 0; }
        all="$*" method= url= query= body=
        while [ $# -gt 0 ]; do
          case $1 in
            --method) method=$2; shift ;;
            --url) url=$2; shift ;;
            --query) query=$2; shift ;;
            --body) body=${2#@}; shift ;;
          esac
          shift
        done
        number=$(ls "$LOG" | wc -l)
        number=$(printf %%03d "$number")
        printf '%%s %%s\\n' "$method" "$url" >"$LOG/$number"
        [ -z "$body" ] || cat "$body" >>"$LOG/$number"
        case $url in *"${REFUSE:-nothing at all}"*) echo 'Bad Request' >&2; exit 1 ;; esac
        case $query in
          id) echo '%s' ;;
          responses*) [ -z "${REFUSED:-}" ] || printf '%%s\\t403\\tForbidden\\n' "$REFUSED" ;;
          *) if [ -n "${REFUSED:-}" ]; then
               printf '{"id":"%s","responses":[{"id":"%%s","status":403,"body":{"error":{"message":"Forbidden"}}}]}' "$REFUSED"
             else
               printf '{"id":"%s","responses":[{"id":"x","status":204}]}'
             fi ;;
        esac
        """.formatted(MADE, MADE, MADE);

    @TempDir
    Path folder;

    enum Language {
        SH,
        PS1
    }

    private record Ran(int exit, String out, List<String> calls, List<String> bodies) {}

    private Ran run(Language language, Change change, Map<String, String> environment) throws Exception {
        assumeThat(language == Language.SH || isHere("pwsh"))
                .as("PowerShell, pwsh, is on the path")
                .isTrue();
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path log = Files.createDirectories(folder.resolve("log"));
        executable(bin.resolve("az"), AZ);
        executable(bin.resolve("sleep"), "#!/bin/sh\necho slept $1\n");
        Path script = folder.resolve("change." + language.name().toLowerCase(Locale.ROOT));
        Files.writeString(script, language == Language.SH ? ChangeScript.sh(change) : ChangeScript.ps1(change));
        ProcessBuilder builder = new ProcessBuilder(
                        language == Language.SH
                                ? List.of("sh", script.toString())
                                : List.of(
                                        "pwsh",
                                        "-NoProfile",
                                        "-Command",
                                        "function Start-Sleep { Write-Output \"slept $args\" }; & '" + script + "'"))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
        builder.environment().put("LOG", log.toString());
        builder.environment().put("TENANT", TENANT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        List<String> calls = new ArrayList<>();
        List<String> bodies = new ArrayList<>();
        try (Stream<Path> files = Files.list(log)) {
            for (Path file : files.sorted().toList()) {
                String[] parts = Files.readString(file).split("\n", 2);
                calls.add(parts[0]);
                bodies.add(parts[1]);
            }
        }
        assertThat(folder.resolve("pwned")).doesNotExist();
        return new Ran(exit, out, calls, bodies);
    }

    private static boolean isHere(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(path -> Files.isExecutable(Path.of(path, command)));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Change change() throws IOException {
        String members = IntStream.range(0, 25)
                .mapToObj(
                        i -> ("{'id':'m%d','method':'POST','url':'/groups/11111111-2222-3333-4444-555555555555/members/"
                                        + "$ref','body':{'@odata.id':'https://graph.microsoft.com/v1.0/directoryObjects/%d'}}")
                                .formatted(i, i))
                .collect(Collectors.joining(","));
        String text = ("{'requests':[{'id':'here.1','method':'POST','url':'/identity/conditionalAccess/namedLocations',"
                        + "'body':{'displayName':NAME}},"
                        + "{'id':'use','method':'PATCH','url':'" + POLICY
                        + "','body':{'x':['${here.1.id}']}}," + members
                        + ",{'id':'b','method':'PATCH','url':'/beta/users/1','body':{'accountEnabled':false}},"
                        + "{'id':'arm','method':'PUT','url':'https://management.azure.com/subscriptions/1/x?api-version="
                        + "2022-04-01','body':{'properties':{}}},"
                        + "{'id':'off','method':'DELETE','url':'" + POLICY + "'}]}")
                .replace('\'', '"')
                .replace("NAME", new ObjectMapper().writeValueAsString(HOSTILE));
        return ChangeJson.read(text).on(new ProofBasis(TENANT, Instant.parse("2026-09-01T08:00:00Z"), List.of()));
    }

    @ParameterizedTest
    @EnumSource
    void everythingIsSentAsItWasProved(Language language) throws Exception {
        Ran ran = run(language, change(), Map.of());

        assertThat(ran.out()).contains("all done: here.1 use m0").contains("here.1 has the id " + MADE);
        assertThat(ran.exit()).isZero();
        assertThat(ran.calls())
                .containsExactly(
                        "post https://graph.microsoft.com/v1.0/identity/conditionalAccess/namedLocations",
                        "patch https://graph.microsoft.com/v1.0" + POLICY,
                        "post https://graph.microsoft.com/v1.0/$batch",
                        "post https://graph.microsoft.com/v1.0/$batch",
                        "post https://graph.microsoft.com/beta/$batch",
                        "put https://management.azure.com/subscriptions/1/x?api-version=2022-04-01",
                        "delete https://graph.microsoft.com/v1.0" + POLICY);
        JsonNode first = new ObjectMapper().readTree(ran.bodies().get(0));
        assertThat(first.path("displayName").asText()).isEqualTo(HOSTILE);
        assertThat(ran.bodies().get(1).strip()).isEqualTo("{\"x\":[\"" + MADE + "\"]}");
        assertThat(ran.out().split("slept", -1)).hasSize(4);
    }

    /** At most twenty, one after the other, so that none is made after a refusal. */
    @ParameterizedTest
    @EnumSource
    void batchesAreSmallAndInOrder(Language language) throws Exception {
        Ran ran = run(language, change(), Map.of());

        JsonNode batch = new ObjectMapper().readTree(ran.bodies().get(2)).path("requests");
        assertThat(batch).hasSize(20);
        assertThat(batch.path(0).has("dependsOn")).isFalse();
        assertThat(batch.path(19).path("dependsOn").path(0).asText()).isEqualTo("m18");
        assertThat(batch.path(3).path("url").asText())
                .isEqualTo("/groups/11111111-2222-3333-4444-555555555555/members/$ref");
        Set<String> all = new HashSet<>();
        for (int place : new int[] {2, 3}) {
            new ObjectMapper()
                    .readTree(ran.bodies().get(place))
                    .path("requests")
                    .forEach(one -> all.add(one.path("id").asText()));
        }
        assertThat(all).hasSize(25);
    }

    @ParameterizedTest
    @EnumSource
    void itStopsAtTheFirstRefusalAndSaysWhatWasDone(Language language) throws Exception {
        Ran ran = run(language, change(), Map.of("REFUSE", "management.azure.com"));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .contains("stopped at: arm")
                .contains("done so far: here.1 use m0")
                .doesNotContain("all done");
        assertThat(ran.calls()).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource
    void itStopsAtARefusalInsideOfABatch(Language language) throws Exception {
        Ran ran = run(language, change(), Map.of("REFUSED", "m7"));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("m7").contains("403").contains("done so far: here.1 use\n");
        assertThat(ran.calls()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSentToAnotherTenant(Language language) throws Exception {
        Ran ran = run(language, change(), Map.of("TENANT", "another"));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("another tenant than the proof").contains("done so far: nothing");
        assertThat(ran.calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aChangeThatWasProvedNowhereIsWrittenTooButForTheTenant(Language language) throws Exception {
        Change change = new Change(change().requests(), Optional.empty());

        assertThat(run(language, change, Map.of("TENANT", "another")).exit()).isZero();
    }
}
