package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import dev.parc.app.Doctor.Condition;
import dev.parc.app.Doctor.Health;
import dev.parc.assessment.Assessment.Trigger;
import dev.parc.assessment.Assessments;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.run.RunStore;
import dev.parc.check.Stage;
import dev.parc.collect.AwaitedPermissions;
import dev.parc.collect.http.AccessTokens;
import dev.parc.collect.http.Answer;
import dev.parc.collect.http.JsonBody;
import dev.parc.report.docs.Permissions;
import dev.parc.roadmap.Roadmap;
import dev.parc.store.file.FileRunStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

class DoctorTest {

    private static final Instant NOW = Instant.parse("2026-02-02T12:00:00Z"); // a Monday
    private static final Set<String> ALL = Permissions.items(Roadmap.checks()).keySet();

    @TempDir
    Path data;

    private TokenCredential credential = app(ALL);
    private Optional<AwaitedPermissions> awaited = Optional.empty();
    private Map<String, String> settings = Map.of();
    private Answer organization = value("{\"value\":[{\"displayName\":\"Contoso\"}]}");
    private Answer subscriptions = value("{\"value\":[{},{}]}");
    private Supplier<List<String>> tables = () -> List.of("ParcRuns");
    private Function<String, Optional<Long>> queues = queue -> Optional.of(0L);

    @Test
    void everythingWell() {
        for (Stage stage : Stage.values()) {
            done(stage, Trigger.TIMER, "2026-02-02T06:30:00Z");
        }

        assertThat(examined())
                .allSatisfy(condition ->
                        assertThat(condition.health()).as(condition.toString()).isEqualTo(Health.WELL));
        assertThat(detail("version")).startsWith("PARC ").contains("Java ", " items");
        assertThat(detail("token for Microsoft Graph"))
                .isEqualTo("given for https://graph.microsoft.com, tenant " + Assessments.TENANT);
        assertThat(detail("Microsoft Graph")).isEqualTo("reached: Contoso");
        assertThat(detail("Azure Resource Manager")).isEqualTo("reached: shows 2 subscriptions");
        assertThat(detail("permissions")).isEqualTo(ALL.size() + " of " + ALL.size() + " are in the token");
        assertThat(detail("tables")).isEqualTo("reached: ParcRuns");
        assertThat(detail("queue parc-runs")).isEqualTo("about 0 messages");
    }

    @Test
    void aMissingPermissionNamesTheItemsThatItCosts() {
        Set<String> held = ALL.stream()
                .filter(permission -> !permission.equals("Domain.Read.All"))
                .collect(Collectors.toSet());
        credential = app(held);

        Condition missing = condition("permission Domain.Read.All");

        assertThat(missing.health()).isEqualTo(Health.LACKING);
        assertThat(missing.detail())
                .startsWith("not in the token (core); ")
                .contains(Permissions.items(Roadmap.checks()).get("Domain.Read.All"));
        assertThat(missing.remedy()).isEqualTo("infra/grant-permissions.sh --set core");
        assertThat(condition("permissions").health()).isEqualTo(Health.LACKING);
        assertThat(detail("permissions")).isEqualTo((ALL.size() - 1) + " of " + ALL.size() + " are in the token");
    }

    @Test
    void aPermissionThatIsGrantedAndNotInTheTokenSaysWhenItCounts() {
        Instant ends = Instant.parse("2026-02-03T09:30:00Z");
        awaited = Optional.of(new AwaitedPermissions(Set.of("Domain.Read.All"), ends));
        credential =
                token("{\"tid\":\"" + Assessments.TENANT + "\",\"oid\":\"" + Assessments.TENANT + "\",\"roles\":[]}");

        Condition granted = condition("permission Domain.Read.All");
        assertThat(granted.health()).isEqualTo(Health.LACKING);
        assertThat(granted.detail()).startsWith("granted, and not in the token yet (core); ");
        assertThat(granted.remedy())
                .isEqualTo("Nothing is to be done: the token is renewed by 2026-02-03T09:30:00Z at the latest.");
        assertThat(condition("permission User.Read.All").remedy()).startsWith("infra/grant-permissions.sh");
        assertThat(condition("permissions").remedy())
                .matches("A grant takes effect when the token is renewed, by 20\\S+Z at the latest\\.");
    }

    /** A token from before the first grant would be kept without permissions, so health fetches none either. */
    @Test
    void beforeTheFirstGrantNoTokenOfMicrosoftGraphIsFetched() {
        settings = Map.of("PARC_GRAPH_GRANTED", "false", "AZURE_TENANT_ID", Assessments.TENANT);
        TokenCredential working = credential;
        credential = request -> {
            assertThat(request.getScopes()).doesNotContain("https://graph.microsoft.com/.default");
            return working.getToken(request);
        };

        List<Condition> conditions = examined();

        assertThat(conditions)
                .filteredOn(condition -> condition.part().equals("Microsoft Graph"))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.health()).isEqualTo(Health.LACKING);
                    assertThat(condition.detail()).startsWith("not checked yet: ");
                    assertThat(condition.remedy()).contains("infra/grant-permissions.sh");
                });
        assertThat(conditions)
                .noneMatch(condition -> condition.part().startsWith("permission"))
                .anyMatch(condition -> condition.part().equals("token for Azure") && condition.health() == Health.WELL);
    }

    @Test
    void anAppWithoutAnyPermissionLacksAll() {
        credential = token("{\"tid\":\"" + Assessments.TENANT + "\",\"idtyp\":\"app\"}");

        assertThat(detail("permissions")).startsWith("0 of ");
        assertThat(examined().stream().filter(condition -> condition.part().startsWith("permission ")))
                .hasSize(ALL.size());
    }

    @Test
    void aPersonsTokenTellsNothingOfPermissions() {
        credential = token("{\"tid\":\"" + Assessments.TENANT + "\",\"scp\":\"Directory.AccessAsUser.All\"}");

        assertThat(condition("permissions").health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void withoutACredentialTheRestIsStillLookedAt() {
        credential = request -> Mono.error(new ClientAuthenticationException("none", null));

        assertThat(condition("token for Microsoft Graph").health()).isEqualTo(Health.BROKEN);
        assertThat(condition("token for Azure").health()).isEqualTo(Health.BROKEN);
        assertThat(condition("permissions").health()).isEqualTo(Health.UNKNOWN);
        assertThat(condition("Microsoft Graph"))
                .isEqualTo(new Condition("Microsoft Graph", Health.UNKNOWN, "without a token it is not asked", ""));
        assertThat(condition("Azure Resource Manager").health()).isEqualTo(Health.UNKNOWN);
        assertThat(condition("tables").health()).isEqualTo(Health.WELL);
    }

    @Test
    void aServiceThatDoesNotAnswerIsBrokenAndSaysWhichSettingToLookAt() {
        organization = new Answer.Failed("the connection broke: UnresolvedAddressException");
        subscriptions = new Answer.Refused(404, "NotFound", "no");

        assertThat(condition("Microsoft Graph"))
                .isEqualTo(new Condition(
                        "Microsoft Graph",
                        Health.BROKEN,
                        "the connection broke: UnresolvedAddressException",
                        "Check the network and PARC_GRAPH_ENDPOINT."));
        assertThat(condition("Azure Resource Manager"))
                .isEqualTo(new Condition(
                        "Azure Resource Manager",
                        Health.BROKEN,
                        "reached, but answers 404 NotFound",
                        "Check PARC_ARM_ENDPOINT."));
    }

    @Test
    void aServiceThatRefusesOrShowsNothingIsReachedAndLacking() {
        organization = new Answer.Refused(403, "Authorization_RequestDenied", "no");
        subscriptions = value("{\"value\":[]}");

        assertThat(condition("Microsoft Graph").health()).isEqualTo(Health.LACKING);
        assertThat(condition("Azure Resource Manager"))
                .isEqualTo(new Condition(
                        "Azure Resource Manager",
                        Health.LACKING,
                        "reached, but shows no subscription",
                        "If there are any: infra/grant-permissions.sh --azure"));
    }

    private static Answer value(String json) {
        return new Answer.Value(JsonBody.parse(json).orElseThrow());
    }

    @Test
    void aStoreThatDoesNotAnswerIsBrokenWithItsReason() {
        tables = () -> {
            throw new StoreException("The table storage x answered 403");
        };
        queues = queue -> {
            throw new StoreException("The queue storage x answered 403");
        };

        assertThat(condition("tables"))
                .isEqualTo(new Condition("tables", Health.BROKEN, "The table storage x answered 403", ""));
        assertThat(condition("queue parc-runs").health()).isEqualTo(Health.BROKEN);
    }

    @Test
    void aQueueThatIsNotThereYetIsNotBrokenAndWhatIsNoRunWaitsForSomebody() {
        queues = queue -> queue.endsWith("unreadable") ? Optional.of(2L) : Optional.empty();

        assertThat(condition("queue parc-runs").health()).isEqualTo(Health.UNKNOWN);
        assertThat(condition("queue parc-runs-unreadable").health()).isEqualTo(Health.LACKING);
        assertThat(detail("queue parc-runs-unreadable")).isEqualTo("about 2 messages");
    }

    @Test
    void onlyADoneRunOfTheTimerCounts() {
        done(Stage.S1, Trigger.HTTP, "2026-02-02T05:00:00Z");
        store().begin(new RunRecord(
                request(Stage.S1, Trigger.TIMER, "2026-02-02T05:00:00Z"), RunRecord.State.FAILED, "no network", NOW));

        assertThat(condition("timer of Stage 1").health()).isEqualTo(Health.UNKNOWN);
        assertThat(detail("timer of Stage 1")).endsWith("; fires next at 2026-02-03T05:00:00Z");
    }

    @Test
    void aTimerIsBrokenTwelveHoursAfterItShouldHaveFired() {
        done(Stage.S1, Trigger.TIMER, "2026-01-31T19:00:00Z");

        // due on 1 February at 05:00
        assertThat(condition("timer of Stage 1", Instant.parse("2026-02-01T17:00:00Z"))
                        .health())
                .isEqualTo(Health.WELL);
        Condition broken = condition("timer of Stage 1", Instant.parse("2026-02-01T17:00:01Z"));
        assertThat(broken.health()).isEqualTo(Health.BROKEN);
        assertThat(broken.detail())
                .isEqualTo("the last finished run was requested at 2026-01-31T19:00:00Z, and nothing since"
                        + " 2026-02-01T05:00:00Z");
    }

    @Test
    void filesHaveNeitherTablesNorQueues() {
        List<Condition> conditions =
                doctor(Optional.empty(), Optional.empty(), NOW).examine();

        assertThat(conditions)
                .filteredOn(condition -> Set.of("tables", "queues").contains(condition.part()))
                .hasSize(2)
                .allSatisfy(condition -> assertThat(condition.health()).isEqualTo(Health.UNKNOWN));
    }

    private List<Condition> examined() {
        return doctor(Optional.of(tables), Optional.of(queues), NOW).examine();
    }

    private Condition condition(String part) {
        return condition(part, NOW);
    }

    private Condition condition(String part, Instant now) {
        return doctor(Optional.of(tables), Optional.of(queues), now).examine().stream()
                .filter(condition -> condition.part().startsWith(part))
                .findFirst()
                .orElseThrow();
    }

    private String detail(String part) {
        return condition(part).detail();
    }

    private Doctor doctor(
            Optional<Supplier<List<String>>> tableNames,
            Optional<Function<String, Optional<Long>>> queueLengths,
            Instant now) {
        return new Doctor(
                Settings.of(settings),
                Roadmap.checks(),
                Clock.fixed(now, ZoneOffset.UTC),
                new Doctor.Sources(
                        () -> new AccessTokens(URI.create("https://graph.microsoft.com"), credential),
                        () -> new AccessTokens(URI.create("https://management.azure.com"), credential),
                        () -> organization,
                        () -> awaited,
                        () -> subscriptions,
                        tableNames,
                        queueLengths,
                        this::store));
    }

    private RunStore store() {
        return new FileRunStore(data, Assessments.TENANT);
    }

    private void done(Stage stage, Trigger trigger, String time) {
        RunRequest request = request(stage, trigger, time);
        store().begin(new RunRecord(request, RunRecord.State.QUEUED, "waiting", NOW));
        store().finish(Assessments.assessment(request.runId()));
    }

    private static RunRequest request(Stage stage, Trigger trigger, String time) {
        Instant at = Instant.parse(time);
        String id =
                "%s-%08x".formatted(time.replaceAll("[-:]", ""), stage.name().hashCode());
        return new RunRequest(id, at, List.of(stage), List.of(), trigger);
    }

    private static TokenCredential app(Set<String> permissions) {
        return token("{\"tid\":\"" + Assessments.TENANT + "\",\"idtyp\":\"app\",\"roles\":[\""
                + String.join("\",\"", new ArrayList<>(permissions)) + "\"]}");
    }

    private static TokenCredential token(String claims) {
        String body = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return request -> Mono.just(new AccessToken(
                "e30." + body + ".c2ln", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
    }
}
