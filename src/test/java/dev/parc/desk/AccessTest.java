package dev.parc.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import dev.parc.app.CompositionRoot;
import dev.parc.app.FakeTenant;
import dev.parc.app.Settings;
import dev.parc.app.Stores;
import dev.parc.roadmap.Roadmap;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what in Azure: every route with every kind of caller. */
class AccessTest {

    private static final String OID = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private static final String READER_KEY = "reader-key-of-a-test";
    private static final String OPERATOR_KEY = "operator-key-of-a-test";
    private static final Map<String, String> BY_ENTRA = Map.of("WEBSITE_AUTH_ENABLED", "True");
    private static final Map<String, String> BY_KEY =
            Map.of("PARC_READER_KEYS", digest(READER_KEY), "PARC_OPERATOR_KEYS", digest(OPERATOR_KEY));

    /** What anybody may ask, as nothing in it is of a tenant. */
    private static final List<String> OPEN = List.of("Health", "GetOpenApi", "GetConnector");

    /** What a browser opens. */
    private static final List<String> PAGES = List.of("GetReport", "GetReportOfAccount", "WatchRun");

    /** What takes the role Operator; everything else that is not open takes the role Reader. */
    private static final List<String> WRITING = List.of(
            "StartRun",
            "DeleteRun",
            "StartWhatIf",
            "GetWhatIf",
            "PutAttestation",
            "PutAttestations",
            "DecideInReport",
            "DeleteAttestation",
            "PutWaiver",
            "DeleteWaiver",
            "PutAcknowledgement",
            "DeleteAcknowledgement",
            "PutAccountCategory",
            "DeleteAccountCategory",
            "Subscribe",
            "Unsubscribe",
            "UnsubscribeCallback");

    @TempDir
    private static Path data;

    private static String digest(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String principal(String authType, String... claims) {
        StringBuilder json = new StringBuilder("{\"auth_typ\":\"" + authType + "\",\"claims\":[");
        for (int i = 0; i < claims.length; i += 2) {
            json.append(i == 0 ? "" : ",").append("{\"typ\":\"" + claims[i] + "\",\"val\":\"" + claims[i + 1] + "\"}");
        }
        return Base64.getEncoder()
                .encodeToString(json.append("],\"name_typ\":\"name\",\"role_typ\":\"roles\"}")
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> entra(String... roles) {
        String[] claims = new String[2 + roles.length * 2];
        claims[0] = OID;
        claims[1] = "0a1b0000-0000-4000-8000-000000000001";
        for (int i = 0; i < roles.length; i++) {
            claims[2 + i * 2] = "roles";
            claims[3 + i * 2] = roles[i];
        }
        return Map.of("x-ms-client-principal", principal("aad", claims));
    }

    private static CompositionRoot parc(Map<String, String> environment) {
        return CompositionRoot.Setup.of(
                        Settings.of(environment),
                        FakeTenant::new,
                        tenant -> Stores.files(data, tenant.id()),
                        Roadmap.checks(),
                        Clock.systemUTC())
                .in(CompositionRoot.Place.AZURE)
                .root();
    }

    private static Stream<DeskFunction> functions(Map<String, String> environment) {
        CompositionRoot parc = parc(environment);
        return ServeHost.functions(() -> parc).stream()
                .filter(function -> function.http().isPresent());
    }

    private static int status(Map<String, String> environment, String name, Map<String, String> headers) {
        return status(environment, name, headers, Map.of());
    }

    private static int status(
            Map<String, String> environment, String name, Map<String, String> headers, Map<String, String> query) {
        DeskFunction function = functions(environment)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        DeskRequest request = new DeskRequest(
                HttpMethod.POST, URI.create("https://parc.example/api"), headers, query, Optional.empty());
        Map<String, Object> parts = Map.of(
                "runId",
                "x",
                "stage",
                "S1",
                "checkId",
                "S1-04",
                "hookId",
                "x",
                "accountId",
                "x",
                "waiverId",
                "x",
                "key",
                "x",
                "whatIfId",
                "x");
        return ((DeskResponse) java.util.Objects.requireNonNull(function.call(request, parts, (queue, message) -> {})))
                .getStatusCode();
    }

    static Stream<String> routes() {
        return functions(BY_ENTRA).map(DeskFunction::name);
    }

    static Stream<Arguments> refused() {
        return routes().filter(name -> !OPEN.contains(name))
                .flatMap(name -> Stream.of(
                        Arguments.of(name, "nobody", BY_ENTRA, Map.of(), 401),
                        Arguments.of(name, "an identity without a role", BY_ENTRA, entra(), 403),
                        Arguments.of(name, "an identity with another role", BY_ENTRA, entra("Owner"), 403),
                        Arguments.of(name, "a key where Entra is asked", BY_ENTRA, key(OPERATOR_KEY), 401),
                        Arguments.of(name, "nobody", BY_KEY, Map.of(), 401),
                        Arguments.of(name, "a forged header", BY_KEY, entra("Operator"), 401),
                        Arguments.of(name, "a wrong key", BY_KEY, key("guess"), 401),
                        Arguments.of(name, "a digest for a key", BY_KEY, key(digest(READER_KEY)), 401),
                        Arguments.of(name, "an empty key where there is none", Map.of(), key(""), 401),
                        Arguments.of(name, "a forged header where there is no key", Map.of(), entra("Operator"), 401)));
    }

    /** The log is read by others than the app: it has object ids and no names. */
    @Test
    void theLogTellsWhoWroteWithoutNames() {
        Map<String, String> named = Map.of(
                "content-type",
                "application/json",
                "x-ms-client-principal",
                principal(
                        "aad",
                        OID,
                        "0a1b0000-0000-4000-8000-000000000001",
                        "name",
                        "Ann Lee",
                        "preferred_username",
                        "ann@contoso.com",
                        "roles",
                        "Operator"));
        List<String> lines = new java.util.concurrent.CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger log = Logger.getLogger("dev.parc.functions");
        log.addHandler(handler);
        try {
            DeskFunction attest = functions(BY_ENTRA)
                    .filter(one -> one.name().equals("PutAttestation"))
                    .findFirst()
                    .orElseThrow();
            DeskRequest request = new DeskRequest(
                    HttpMethod.PUT,
                    URI.create("https://parc.example/api"),
                    named,
                    Map.of("statement", "1"),
                    Optional.of("{\"validUntil\":\""
                            + java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(9)
                            + "\",\"evidence\":\"https://contoso.com/1\"}"));
            DeskResponse response = (DeskResponse) java.util.Objects.requireNonNull(
                    attest.call(request, Map.of("checkId", "S2-15"), (queue, message) -> {}));
            assertThat(response.getStatusCode())
                    .as(String.valueOf(response.getBody()))
                    .isEqualTo(200);
            assertThat(String.valueOf(response.getBody())).contains("Ann Lee");
        } finally {
            log.removeHandler(handler);
        }
        assertThat(lines)
                .contains("0a1b0000-0000-4000-8000-000000000001 attested statement 1 of S2-15")
                .noneMatch(line -> line.contains("Ann") || line.contains("contoso"));
    }

    /** What is written of a caller in a line of the log is the id, in each function. */
    @Test
    void noFunctionLogsTheNameOfItsCaller() throws java.io.IOException {
        try (Stream<Path> files = java.nio.file.Files.walk(Path.of("src/main/java/dev/parc/functions"))) {
            for (Path file : files.filter(java.nio.file.Files::isRegularFile).toList()) {
                assertThat(java.nio.file.Files.readString(file).replaceAll("\\s+", " "))
                        .as(file.toString())
                        .doesNotContainPattern("(getLogger\\(\\)|\\blog) ?\\.\\w+\\([^;]*caller\\.name\\(\\)");
            }
        }
    }

    private static Map<String, String> key(String key) {
        return Map.of("x-functions-key", key);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refused")
    void whoIsNotKnownOrHasNoRoleGetsNowhere(
            String name, String who, Map<String, String> environment, Map<String, String> headers, int status) {
        assertThat(status(environment, name, headers)).isEqualTo(status);
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aReaderReadsAndDoesNotWrite(String name) {
        for (int status : List.of(status(BY_ENTRA, name, entra("Reader")), status(BY_KEY, name, key(READER_KEY)))) {
            if (WRITING.contains(name)) {
                assertThat(status).isEqualTo(403);
            } else {
                assertThat(status).isNotIn(401, 403, 500);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void anOperatorMayDoAll(String name) {
        assertThat(status(BY_ENTRA, name, entra("Operator"))).isNotIn(401, 403, 500);
        assertThat(status(BY_ENTRA, name, entra("Reader", "Operator"))).isNotIn(401, 403, 500);
        assertThat(status(BY_KEY, name, key(OPERATOR_KEY))).isNotIn(401, 403, 500);
    }

    @Test
    void whatWritesIsThereAndWhatIsOpenIsOpen() {
        assertThat(routes().toList()).containsAll(WRITING).containsAll(OPEN);
        assertThat(OPEN)
                .allSatisfy(name -> assertThat(status(BY_ENTRA, name, Map.of())).isEqualTo(200))
                .allSatisfy(name -> assertThat(status(BY_KEY, name, Map.of())).isEqualTo(200));
    }

    private static DeskResponse response(
            HttpMethod method, String name, Map<String, String> headers, Map<String, String> query) {
        DeskFunction function = functions(BY_ENTRA)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        DeskRequest request = new DeskRequest(
                method, URI.create("https://parc.example/api/report"), headers, query, Optional.empty());
        return (DeskResponse) java.util.Objects.requireNonNull(function.call(
                request,
                Map.of(
                        "runId",
                        "x",
                        "stage",
                        "S1",
                        "checkId",
                        "S1-04",
                        "hookId",
                        "x",
                        "accountId",
                        "x",
                        "waiverId",
                        "x"),
                (queue, message) -> {}));
    }

    @Test
    void aBrowserThatAsksForTheReportIsSentToSignInAndComesBack() {
        DeskResponse reply =
                response(HttpMethod.GET, "GetReport", Map.of("Accept", "text/html,application/xhtml+xml"), Map.of());
        assertThat(reply.getStatusCode()).isEqualTo(302);
        assertThat(reply.getHeader("Location")).isEqualTo("/.auth/login/aad?post_login_redirect_uri=%2Fapi%2Freport");

        DeskResponse ofRun = response(
                HttpMethod.GET, "GetReport", Map.of("Accept", "text/html"), Map.of("run", "20260901T080001Z-998f4d64"));
        assertThat(ofRun.getHeader("Location")).endsWith("%2Fapi%2Freport%3Frun%3D20260901T080001Z-998f4d64");
        // nothing of a request that is not a run's id gets into the address
        assertThat(response(
                                HttpMethod.GET,
                                "GetReport",
                                Map.of("Accept", "text/html"),
                                Map.of("run", "https://evil.example"))
                        .getStatusCode())
                .isEqualTo(400);
    }

    /** A Logic App that got a redirect would take a sign-in page for an answer. */
    @ParameterizedTest
    @MethodSource("routes")
    void noOtherRouteAndNoProgramIsRedirected(String name) {
        assertThat(response(HttpMethod.GET, name, Map.of("Accept", "application/json"), Map.of())
                        .getStatusCode())
                .isNotEqualTo(302);
        assertThat(response(HttpMethod.GET, name, Map.of(), Map.of()).getStatusCode())
                .isNotEqualTo(302);
        if (!PAGES.contains(name)) {
            assertThat(response(HttpMethod.GET, name, Map.of("Accept", "text/html"), Map.of())
                            .getStatusCode())
                    .isNotEqualTo(302);
        }
        assertThat(response(HttpMethod.GET, name, and(entra("Reader"), "Accept", "text/html"), Map.of())
                        .getStatusCode())
                .isNotEqualTo(302);
    }

    private static Map<String, String> and(Map<String, String> headers, String... more) {
        Map<String, String> all = new HashMap<>(headers);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    static Stream<Arguments> fromElsewhere() {
        Map<String, String> operator = entra("Operator");
        return WRITING.stream()
                .flatMap(name -> Stream.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE)
                        .flatMap(method -> Stream.of(
                                Arguments.of(name, method, and(operator, "Sec-Fetch-Site", "cross-site")),
                                Arguments.of(name, method, and(operator, "Sec-Fetch-Site", "same-site")),
                                Arguments.of(name, method, and(operator, "Sec-Fetch-Site", "none")),
                                Arguments.of(name, method, and(operator, "Origin", "https://evil.example")),
                                Arguments.of(name, method, and(operator, "Origin", "null")),
                                Arguments.of(name, method, and(operator, "Origin", "http://parc.example")),
                                Arguments.of(
                                        name,
                                        method,
                                        and(
                                                operator,
                                                "Sec-Fetch-Site",
                                                "same-origin",
                                                "Origin",
                                                "https://parc.example.evil.example")),
                                Arguments.of(name, method, and(operator, "Cookie", "AppServiceAuthSession=x")),
                                Arguments.of(
                                        name,
                                        method,
                                        and(
                                                operator,
                                                "Cookie",
                                                "AppServiceAuthSession=x",
                                                "Content-Type",
                                                "application/x-www-form-urlencoded")))));
    }

    @ParameterizedTest
    @MethodSource("fromElsewhere")
    void aPageOfAnotherSiteChangesNothing(String name, HttpMethod method, Map<String, String> headers) {
        assertThat(response(method, name, headers, Map.of()).getStatusCode()).isEqualTo(403);
    }

    @Test
    void thePageItselfAndProgramsMayChangeThings() {
        Map<String, String> operator = entra("Operator");
        for (Map<String, String> headers : List.of(
                operator,
                and(operator, "Origin", "https://parc.example", "Cookie", "AppServiceAuthSession=x"),
                and(operator, "Origin", "https://PARC.example", "Sec-Fetch-Site", "same-origin"),
                and(operator, "Sec-Fetch-Site", "same-origin", "Cookie", "AppServiceAuthSession=x"))) {
            assertThat(response(HttpMethod.PUT, "PutAttestation", headers, Map.of())
                            .getStatusCode())
                    .isNotIn(401, 403, 500);
        }
        assertThat(response(
                                HttpMethod.GET,
                                "ListChecks",
                                and(operator, "Sec-Fetch-Site", "cross-site", "Cookie", "x"),
                                Map.of())
                        .getStatusCode())
                .isEqualTo(200);
    }

    @Test
    void aDeepLookAtHealthIsForReaders() {
        Map<String, String> deep = Map.of("deep", "true");

        assertThat(status(BY_ENTRA, "Health", Map.of(), deep)).isEqualTo(401);
        assertThat(status(BY_ENTRA, "Health", entra(), deep)).isEqualTo(403);
        assertThat(status(BY_KEY, "Health", entra("Operator"), deep)).isEqualTo(401);
        assertThat(status(BY_KEY, "Health", Map.of(), Map.of("deep", "false"))).isEqualTo(200);
        // nothing here has a credential, and that is broken
        assertThat(status(BY_KEY, "Health", key(READER_KEY), deep)).isEqualTo(503);
    }

    /** The platform asks for no key of its own, so that an identity alone is enough; PARC asks everybody itself. */
    @Test
    void thePlatformLetsEverybodyThroughToPARC() {
        assertThat(functions(BY_ENTRA).flatMap(function -> function.http().stream()))
                .allMatch(trigger -> trigger.authLevel() == AuthorizationLevel.ANONYMOUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"False", "", "1", "yes"})
    void theHeaderCountsOnlyWhereThePlatformSaysThatItVouchesForIt(String enabled) {
        assertThat(status(Map.of("WEBSITE_AUTH_ENABLED", enabled), "ListStages", entra("Operator")))
                .isEqualTo(401);
    }

    @Test
    void aPrincipalThatIsNoneIsNobody() {
        for (String header : List.of(
                "",
                "%%%",
                Base64.getEncoder().encodeToString("[]".getBytes(StandardCharsets.UTF_8)),
                principal("aad", "roles", "Operator"),
                principal("google", OID, "1", "roles", "Operator"),
                principal("aad", OID, "1", OID, "2", "roles", "Operator"),
                "A".repeat(70_000))) {
            assertThat(status(BY_ENTRA, "ListStages", Map.of("x-ms-client-principal", header)))
                    .isEqualTo(401);
        }
    }
}
