package dev.parc.collect.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.check.Verdict;
import dev.parc.collect.Collected;
import dev.parc.collect.Estate;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.BatchingGraph;
import dev.parc.collect.http.ExplicitNulls;
import dev.parc.collect.http.HttpsStub;
import dev.parc.collect.http.HttpsStub.Reply;
import dev.parc.collect.http.HttpsStub.Request;
import dev.parc.collect.http.RetryBudget;
import dev.parc.collect.http.UsageReports;
import dev.parc.collect.http.Waiting;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.roadmap.Roadmap;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All of Stage 1 against a Graph on a local https port, as it is and with everything that goes wrong on the way. */
class StageOneOverTheWireTest {

    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private static final int MOST_CALLS = 25;
    private static final String PIM_SETTINGS = "{'id':'ROLE','scopeId':'/','scopeType':'DirectoryRole',"
            + "'roleDefinitionId':'ROLE','policy':{'id':'ROLE','rules':["
            + Stream.of("Admin_Assignment", "Admin_Eligibility", "EndUser_Assignment")
                    .map(StageOneOverTheWireTest::notification)
                    .collect(Collectors.joining(","))
            + "]}}";

    private static Set<FactKind> kinds() {
        return stageOne()
                .flatMap(check -> Assessor.reads(check).stream())
                .collect(Collectors.toCollection(() -> EnumSet.of(FactKind.ORGANIZATION)));
    }

    /** Forty administrators, and PIM settings that notify somebody. */
    private static FakeTenant tenant(int ordinaryUsers) {
        FakeTenant tenant = FakeTenant.ofSize(40, ordinaryUsers);
        DirectoryRole.HIGHLY_PRIVILEGED.forEach(role -> tenant.add(
                "/policies/roleManagementPolicyAssignments",
                FakeTenant.json(PIM_SETTINGS.replace("ROLE", role.templateId()))));
        Stream.of("sg-role-0", "sg-role-1", "sg-role-2")
                .map(FakeTenant::id)
                .forEach(group -> tenant.add(
                        "/policies/roleManagementPolicyAssignments",
                        FakeTenant.json(PIM_SETTINGS.replace("ROLE", "member"))
                                .put("scopeId", group)
                                .put("scopeType", "Group")));
        return tenant;
    }

    private static String notification(String change) {
        return "{'id':'Notification_Admin_" + change
                + "','notificationLevel':'All','isDefaultRecipientsEnabled':true,'notificationRecipients':['soc@contoso.com']}";
    }

    private static Collected collect(FakeTenant tenant, Function<Request, Optional<Reply>> faults) throws Exception {
        try (HttpsStub stub = new HttpsStub(request -> faults.apply(request).orElseGet(() -> answer(tenant, request)));
                BatchingGraph graph = new BatchingGraph(
                        new ExplicitNulls(new UsageReports(stub.wire(), tenant.reports())),
                        stub.uri(),
                        RetryBudget.DEFAULT,
                        Waiting.virtual(NOW),
                        Duration.ofMillis(25))) {
            Collected collected = new FactsReading(graph, Arm.live(stub.wire(), stub.uri()), NOW, "unknown")
                    .collect(
                            kinds(),
                            Designations.NONE,
                            phrase -> {},
                            new Estate.Whole(),
                            first -> SecondQuestions.of(first, kinds()));
            assertThat(tenant.complaints()).isEmpty();
            return collected;
        }
    }

    private static Reply answer(FakeTenant tenant, Request request) {
        WireResponse response = tenant.answer(new WireRequest(
                request.method(),
                URI.create("https://" + request.headers().get("host") + request.target()),
                request.headers(),
                request.body()));
        return Reply.of(response);
    }

    private static Stream<Check> stageOne() {
        return Roadmap.checks().stream()
                .filter(check -> Stage.ofItem(Check.card(check).id()) == Stage.S1);
    }

    private static Map<String, Verdict> verdicts(Facts facts) {
        Map<String, Verdict> verdicts = new TreeMap<>();
        stageOne().forEach(check -> verdicts.put(Check.card(check).id(), Assessor.assess(check, facts)));
        return verdicts;
    }

    @Test
    void fortyAdministratorsCostAtMostTwentyFiveCallsAndOrdinaryUsersNone() throws Exception {
        FakeTenant small = tenant(200);
        FakeTenant large = tenant(20_000);
        Collected few = collect(small, request -> Optional.empty());
        Collected many = collect(large, request -> Optional.empty());
        assertThat(few.graph()).isEqualTo(small.calls()).isLessThanOrEqualTo(MOST_CALLS);
        assertThat(many.graph()).isLessThanOrEqualTo(MOST_CALLS);
        assertThat(large.requests()).isEqualTo(small.requests());
        assertThat(many.byRequest()).isEqualTo(few.byRequest());
        assertThat(verdicts(few.facts()).values()).noneMatch(verdict -> verdict.outcome() == Outcome.NOT_ASSESSED);
    }

    @Test
    void faultsThatPassChangeNoAnswer() throws Exception {
        Map<String, Verdict> undisturbed =
                verdicts(collect(tenant(200), request -> Optional.empty()).facts());
        Faults faults = new Faults();
        FakeTenant tenant = tenant(200).pageSize(7);
        Collected collected = collect(tenant, faults);
        assertThat(verdicts(collected.facts())).isEqualTo(undisturbed);
        assertThat(faults.left()).isEmpty();
        assertThat(collected.throttled()).isEqualTo(3);
    }

    @Test
    void oneRefusalIsNamedAndTheOtherItemsAreAnswered() throws Exception {
        FakeTenant tenant = tenant(200).refuse("/identity/conditionalAccess/namedLocations", 403, "AccessDenied");
        Map<String, Verdict> verdicts =
                verdicts(collect(tenant, request -> Optional.empty()).facts());
        assertThat(verdicts.get("S1-06"))
                .isEqualTo(Verdict.notAssessed(java.util.List.of(
                        "named locations: permission Policy.Read.All may be missing (Graph answered 403 AccessDenied):"
                                + " if it is, grant it to PARC's identity")));
        assertThat(verdicts.entrySet())
                .filteredOn(entry -> !Set.of("S1-04", "S1-06").contains(entry.getKey()))
                .noneMatch(entry -> entry.getValue().outcome() == Outcome.NOT_ASSESSED);
    }

    @Test
    void throttlingThatDoesNotEndIsTheReasonAndNotAFinding() throws Exception {
        Collected collected = collect(
                tenant(200),
                request -> request.decodedTarget().contains("/conditionalAccess/policies")
                        ? Optional.of(Reply.json(429, "{}"))
                        : Optional.empty());
        Verdict verdict = Objects.requireNonNull(verdicts(collected.facts()).get("S1-06"));
        assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_ASSESSED);
        assertThat(verdict.summary()).contains("Conditional Access policies").contains("429");
        assertThat(verdict.findings()).isEmpty();
    }

    /** Each fault strikes once, at the first request it is meant for. */
    private static final class Faults implements Function<Request, Optional<Reply>> {

        private final Map<String, Predicate<Request>> due = new TreeMap<>(Map.of(
                "429 with Retry-After", request -> request.decodedTarget().contains("$batch"),
                "429 without", request -> request.decodedTarget().contains("/conditionalAccess/policies"),
                "429 in a batch", request -> request.body().contains("roleEligibilityScheduleInstances"),
                "reset", request -> request.body().contains("/members"),
                "cut off", request -> request.decodedTarget().contains("namedLocations")));

        @Override
        public synchronized Optional<Reply> apply(Request request) {
            return due.entrySet().stream()
                    .filter(fault -> fault.getValue().test(request))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .map(fault -> {
                        due.remove(fault);
                        return reply(fault, request);
                    });
        }

        synchronized Set<String> left() {
            return due.keySet();
        }

        private static Reply reply(String fault, Request request) {
            return switch (fault) {
                case "429 with Retry-After" -> Reply.json(429, "{}", "Retry-After: 3");
                case "429 in a batch" -> Reply.json(200, throttled(request.body()));
                case "reset" -> Reply.reset();
                case "cut off" -> Reply.cutOff("{\"value\":[");
                default -> Reply.json(429, "{}");
            };
        }

        /** A batch of which every request but one failed for the moment, and that one was throttled. */
        private static String throttled(String batch) {
            StringBuilder responses = new StringBuilder();
            java.util.regex.Matcher ids =
                    java.util.regex.Pattern.compile("\"id\":\"([^\"]+)\"").matcher(batch);
            boolean first = true;
            while (ids.find()) {
                responses
                        .append(first ? "" : ",")
                        .append("{\"id\":\"")
                        .append(ids.group(1))
                        .append("\",\"status\":")
                        .append(first ? 429 : 503)
                        .append(first ? ",\"headers\":{\"Retry-After\":\"2\"}" : "")
                        .append(",\"body\":{}}");
                first = false;
            }
            return "{\"responses\":[" + responses + "]}";
        }
    }
}
