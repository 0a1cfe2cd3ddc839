package dev.parc.collect.tenant;

import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.APPLICATION_USE;
import static dev.parc.facts.FactKind.EMERGENCY_SIGN_INS;
import static dev.parc.facts.FactKind.LEGACY_SIGN_INS;
import static dev.parc.facts.FactKind.PIM_ACTIVATIONS;
import static dev.parc.facts.FactKind.ROLE_CHANGES;
import static dev.parc.facts.roles.DirectoryRole.GLOBAL_ADMINISTRATOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.collect.Estate;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.ExplicitNulls;
import dev.parc.collect.http.HttpsStub;
import dev.parc.collect.http.HttpsStub.Reply;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.UsageReports;
import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions that share a request get the answers that they would have got apart, from a server on a local https port. */
class SharedRequestsOverTheWireTest {

    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private static final String ROLE = GLOBAL_ADMINISTRATOR.templateId();
    private static final String AUDITS = "GET /auditLogs/directoryAudits";
    private static final String SIGN_INS = "GET /auditLogs/signIns";
    private static final String SIGN_INS_OF_BETA = "GET /beta/auditLogs/signIns";
    private static final String USE = "GET /beta/reports/servicePrincipalSignInActivities";
    private static final String ACTIVATION = "Add member to role completed (PIM activation)";
    private static final String LATELY = "2026-08-30T10:00:00Z";
    private static final Set<FactKind> ALL =
            Set.of(ROLE_CHANGES, PIM_ACTIVATIONS, LEGACY_SIGN_INS, EMERGENCY_SIGN_INS, ACCOUNTS, APPLICATION_USE);
    private static final List<FactKind> SHARING =
            List.of(ROLE_CHANGES, PIM_ACTIVATIONS, LEGACY_SIGN_INS, EMERGENCY_SIGN_INS, APPLICATION_USE);

    private final FakeTenant tenant = FakeTenant.licensed().pageSize(999);
    private String glass = "";
    private String kim = "";
    private Map<String, Long> asked = Map.of();

    @BeforeEach
    void people() {
        glass = tenant.user("glass");
        kim = tenant.user("kim");
        tenant.permanent(glass, ROLE);
        tenant.permanent(kim, ROLE);
        for (String name : List.of("backup", "deploy", "report")) {
            tenant.permanent(tenant.servicePrincipal(name), ROLE);
            tenant.lastUsed(FakeTenant.id(name), LATELY);
        }
    }

    private static boolean isOfUse(String url) {
        return url.contains("' or appId eq");
    }

    private static boolean isShared(String url) {
        return (url.contains(ACTIVATION) && url.contains("'Add scoped member to role'"))
                || (url.contains("userId eq ") && url.contains("clientAppUsed eq "))
                || isOfUse(url);
    }

    private Facts read(Set<FactKind> kinds, Function<String, Optional<WireResponse>> instead) {
        try (HttpsStub stub = new HttpsStub(request -> Reply.of(answer(
                        new WireRequest(
                                request.method(),
                                URI.create("https://" + request.headers().get("host") + request.target()),
                                request.headers(),
                                request.body()),
                        instead)));
                BatchingGraph graph = new BatchingGraph(
                        new ExplicitNulls(new UsageReports(stub.wire(), tenant.reports())),
                        stub.uri(),
                        RetryBudget.DEFAULT,
                        Waiting.virtual(NOW),
                        Duration.ofMillis(5));
                Arm arm = new Arm(stub.wire(), stub.uri(), RetryBudget.DEFAULT, Waiting.virtual(NOW))) {
            Facts facts = new FactsReading(graph, arm, NOW, "unknown")
                    .collect(
                            kinds,
                            new Designations(Set.of(glass), Map.of()),
                            phrase -> {},
                            new Estate.Whole(),
                            first -> SecondQuestions.of(first, kinds))
                    .facts();
            assertThat(tenant.complaints()).isEmpty();
            return facts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WireResponse answer(WireRequest request, Function<String, Optional<WireResponse>> instead) {
        if (BatchBody.isBatch(request)) {
            Map<String, WireResponse> answers = new LinkedHashMap<>();
            BatchBody.requests(request).forEach((id, one) -> answers.put(id, answer(one, instead)));
            return BatchBody.answer(answers);
        }
        return instead.apply(URLDecoder.decode(request.uri().toString(), StandardCharsets.UTF_8))
                .orElseGet(() -> tenant.answer(request));
    }

    /** Reads with requests that are shared, then with each question alone, and compares. */
    private Facts sameAsApart(Function<String, Optional<WireResponse>> instead) {
        Facts together = read(ALL, instead);
        asked = Map.copyOf(tenant.requests());
        Facts apart = read(ALL, url -> instead.apply(url).or(() -> refused(400, isShared(url))));
        for (FactKind kind : SHARING) {
            assertThat(together.reading(kind)).as(kind.name()).isEqualTo(apart.reading(kind));
        }
        return together;
    }

    private Facts sameAsApart() {
        return sameAsApart(url -> Optional.empty());
    }

    private static Optional<WireResponse> refused(int status, boolean refused) {
        return refused
                ? Optional.of(new WireResponse(
                        status, Map.of(), "{\"error\":{\"code\":\"BadRequest\",\"message\":\"not so\"}}"))
                : Optional.empty();
    }

    private static List<?> values(Facts facts, FactKind kind) {
        return facts.reading(kind) instanceof Reading.Read read ? read.values() : List.of();
    }

    private static List<String> gaps(Facts facts, FactKind kind) {
        return facts.reading(kind) instanceof Reading.Read read ? read.gaps() : List.of();
    }

    private static String reason(Facts facts, FactKind kind) {
        return facts.reading(kind) instanceof Reading.Unread unread ? unread.reason() : "";
    }

    private void someOfEach() {
        tenant.directoryAudit("Add member to role", LATELY, kim, glass, ROLE);
        tenant.pimAudit("Add member to role in PIM completed (timebound)", LATELY, kim, glass, ROLE, "x");
        tenant.directoryAudit("Add member to role", "2026-08-24T23:59:59Z", kim, kim, ROLE); // too old to be read
        tenant.pimAudit(ACTIVATION, "2026-08-05T10:00:00Z", kim, kim, ROLE, "patching");
        tenant.signIn(glass, LATELY, 0);
        tenant.signIn(glass, "2026-08-29T10:00:00Z", 50126);
        tenant.legacySignIn(glass, "IMAP4", "interactiveUser", "2026-08-28T10:00:00Z", 0);
        tenant.legacySignIn(glass, "POP3", "nonInteractiveUser", "2026-08-27T10:00:00Z", 0);
        tenant.legacySignIn(glass, "Browser", "nonInteractiveUser", "2026-08-27T10:00:00Z", 0);
        tenant.legacySignIn(kim, "IMAP4", "interactiveUser", "2026-08-28T10:00:00Z", 0);
        tenant.legacySignIn(kim, "IMAP4", "nonInteractiveUser", "2026-08-28T11:00:00Z", 0);
        tenant.legacySignIn(kim, "IMAP4", "interactiveUser", "2026-08-28T12:00:00Z", 50126);
        tenant.signIn(kim, LATELY, 0);
    }

    @Test
    void whatFourRequestsAnswerIsWhatEightWould() {
        someOfEach();
        Facts facts = sameAsApart();
        assertThat(asked)
                .containsEntry(AUDITS, 1L)
                .containsEntry(SIGN_INS_OF_BETA, 1L)
                .containsEntry(USE, 1L)
                .containsEntry(SIGN_INS, 1L);
        assertThat(values(facts, ROLE_CHANGES)).hasSize(2);
        assertThat(values(facts, PIM_ACTIVATIONS)).hasSize(1);
        assertThat(values(facts, EMERGENCY_SIGN_INS)).hasSize(3);
        assertThat(values(facts, LEGACY_SIGN_INS)).hasSize(3);
        assertThat(values(facts, APPLICATION_USE)).hasSize(3);
    }

    @Test
    void twoThousandActivationsDoNotHideOneRoleChange() {
        IntStream.range(0, 2_000).forEach(i -> tenant.pimAudit(ACTIVATION, at(i), kim, kim, ROLE, "x"));
        tenant.directoryAudit("Add member to role", "2026-08-26T10:00:00Z", kim, glass, ROLE);
        Facts facts = sameAsApart();
        assertThat(asked).containsEntry(AUDITS, 3L);
        assertThat(values(facts, ROLE_CHANGES)).hasSize(1);
        assertThat(gaps(facts, ROLE_CHANGES)).isEmpty();
        assertThat(gaps(facts, PIM_ACTIVATIONS)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"interactiveUser, 3", "nonInteractiveUser, 1"})
    void twoThousandLegacySignInsDoNotHideOneOfAnEmergencyAccount(String event, long requests) {
        IntStream.range(0, 2_000).forEach(i -> tenant.legacySignIn(kim, "IMAP4", event, at(i), 0));
        tenant.signIn(glass, "2026-08-26T10:00:00Z", 0);
        Facts facts = sameAsApart();
        assertThat(asked).containsEntry(SIGN_INS_OF_BETA, 1L).containsEntry(SIGN_INS, requests);
        assertThat(values(facts, EMERGENCY_SIGN_INS)).hasSize(1);
        assertThat(gaps(facts, EMERGENCY_SIGN_INS)).isEmpty();
        assertThat(gaps(facts, LEGACY_SIGN_INS)).hasSize(1);
    }

    @Test
    void ofAnEmergencyAccountNoMoreAreReadThanApart() {
        IntStream.range(0, 700).forEach(i -> tenant.signIn(glass, at(i), 0));
        assertThat(values(sameAsApart(), EMERGENCY_SIGN_INS)).hasSize(500);
        assertThat(asked).containsEntry(SIGN_INS, 1L);
    }

    private static String at(int minute) {
        return Instant.parse(LATELY).minus(Duration.ofMinutes(minute)).toString();
    }

    @Test
    void aFilterThatIsRefusedIsFollowedByTheQuestionsOneByOne() {
        someOfEach();
        Facts facts = sameAsApart(url -> refused(400, isShared(url)));
        assertThat(asked).containsEntry(AUDITS, 2L).containsEntry(SIGN_INS, 2L).containsEntry(USE, 3L);
        assertThat(values(facts, EMERGENCY_SIGN_INS)).hasSize(3);
    }

    @Test
    void rowsOfAnotherApplicationShowThatAFilterWasNotTakenAsItIsMeant() {
        someOfEach();
        String unresolved = "{\"value\":[{\"appId\":\"%s\"}]}".formatted(FakeTenant.id("x"));
        Facts facts = sameAsApart(
                url -> isOfUse(url) ? Optional.of(new WireResponse(200, Map.of(), unresolved)) : Optional.empty());
        assertThat(asked).containsEntry(USE, 3L);
        assertThat(values(facts, APPLICATION_USE)).hasSize(3);
    }

    @Test
    void aSharedRequestThatIsThrottledToTheEndOfTheBudgetTakesNothingFromTheQuestions() {
        someOfEach();
        Facts facts = sameAsApart(url -> refused(429, isShared(url)));
        assertThat(values(facts, ROLE_CHANGES)).hasSize(2);
        assertThat(values(facts, LEGACY_SIGN_INS)).hasSize(3);
    }

    @Test
    void whereOneQuestionIsThrottledOnlyThisIsOpen() {
        someOfEach();
        Facts facts = sameAsApart(
                url -> refused(429, isShared(url) || (url.contains(ACTIVATION) && !url.contains("scoped"))));
        assertThat(reason(facts, PIM_ACTIVATIONS)).contains("throttled it (429)");
        assertThat(values(facts, ROLE_CHANGES)).hasSize(2);
    }

    @Test
    void aPermissionThatIsMissingIsEachQuestionsOwnReasonAndAskedForOnce() {
        tenant.refuse("/auditLogs/directoryAudits", 403, "Authorization_RequestDenied");
        tenant.refuse("/auditLogs/signIns", 403, "Authorization_RequestDenied");
        tenant.refuse("/beta/auditLogs/signIns", 403, "Authorization_RequestDenied");
        Facts facts = read(ALL, url -> Optional.empty());
        assertThat(tenant.requests()).containsEntry(AUDITS, 1L).containsEntry(SIGN_INS_OF_BETA, 1L);
        for (FactKind kind : SHARING.subList(0, 4)) {
            assertThat(reason(facts, kind)).startsWith("permission AuditLog.Read.All may be missing");
        }
    }
}
