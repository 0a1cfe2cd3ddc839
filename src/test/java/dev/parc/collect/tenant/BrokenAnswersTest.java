package dev.parc.collect.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Outcome;
import dev.parc.check.RoadmapItem;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.PlainGraph;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.collect.http.BatchBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.Wire;
import dev.parc.collect.http.WireRequest;
import dev.parc.collect.http.WireResponse;
import dev.parc.collect.recording.ReplayWire;
import dev.parc.collect.recording.SnapshotSource;
import dev.parc.facts.Attestation;
import dev.parc.facts.Designations;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.roadmap.ReportedTenants;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Breaks one request after the other of the demo and of a small tenant, in every way in which an answer is known to break: no
 * run is lost, nothing passes or fails that did not before. By default each kind of request is broken in one way, another for
 * each; {@code -Dsweep=all} breaks every request in every way.
 */
class BrokenAnswersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<FactKind> KINDS = Stream.concat(FactKind.OF_TENANT.stream(), FactKind.SECOND.stream())
            .collect(Collectors.toUnmodifiableSet());
    private static final String UNRESOLVED = "99999999-1111-4222-8333-444444444444";
    private static final Set<String> ONE_OBJECT =
            Set.of("/users/{id}", "/servicePrincipals/{id}", "/servicePrincipals/{id}/synchronization/jobs");

    /** What whole sweeps found, by how the path ends. */
    private static final Map<String, Fault> FOUND_BEFORE =
            Map.of("v1.0/identity/conditionalAccess/policies", Fault.EMPTY_OBJECT);

    enum Fault {
        FORBIDDEN,
        NOT_FOUND,
        THROTTLED_FOR_EVER,
        HTML,
        EMPTY_OBJECT,
        NULLS_AND_STRANGERS;

        WireResponse of(WireResponse whole) throws IOException {
            return switch (this) {
                case FORBIDDEN -> error(403, "Authorization_RequestDenied");
                case NOT_FOUND -> error(404, "Request_ResourceNotFound");
                case THROTTLED_FOR_EVER -> throw new IOException("throttled");
                case HTML -> new WireResponse(200, Map.of(), "<html><body>Sign in to continue</body></html>");
                case EMPTY_OBJECT -> new WireResponse(200, Map.of(), "{}");
                case NULLS_AND_STRANGERS -> new WireResponse(200, Map.of(), spoilt(whole.body()));
            };
        }

        /** A 404 about one object is an answer: it is gone, and what was found of it with it. */
        boolean isAnAnswerTo(WireRequest request) {
            String template = template(request).replaceFirst("^/v1\\.0", "");
            return this == NOT_FOUND
                    && (ONE_OBJECT.contains(template) || template.endsWith("/onboardingStates/default"));
        }

        private static WireResponse error(int status, String code) {
            return new WireResponse(
                    status, Map.of(), "{\"error\":{\"code\":\"" + code + "\",\"message\":\"broken on purpose\"}}");
        }

        private static String spoilt(String body) throws JsonProcessingException {
            ObjectNode object = JSON.createObjectNode();
            ArrayNode list = object.putArray("value");
            list.addNull().add(7).add("text").addObject().put("id", UNRESOLVED).put("@odata.type", "#a.stranger");
            if (JSON.readTree(body).path("value") instanceof ArrayNode whole) {
                list.addAll(whole);
            }
            return object.toString();
        }
    }

    /** A tenant to be broken. */
    private record Subject(Wire wire, Designations designations, Instant takenAt) {}

    @Test
    void noBrokenAnswerOfTheDemoLosesARunOrInventsAVerdict() throws IOException {
        Path demo = Path.of("src/main/resources/demo");
        try (SnapshotSource source = SnapshotSource.open(demo)) {
            ReplayWire replay = new ReplayWire(source, Clock.systemUTC());
            sweep(new Subject(
                    replay, replay.heading().designations(), replay.heading().takenAt()));
        }
    }

    @Test
    void noBrokenAnswerOfASmallTenantLosesARunOrInventsAVerdict() {
        FakeTenant tenant = FakeTenant.ofSize(6, 8);
        tenant.policy("MFA", "All", "", "mfa");
        sweep(new Subject(tenant, Designations.NONE, Readings.NOW));
    }

    @Test
    void noBrokenAnswerOfALandingZoneLosesARunOrInventsAVerdict() {
        ReportedTenants.Reported zone = ReportedTenants.landingZone();
        sweep(new Subject(zone.tenant(), zone.designations(), Readings.NOW));
    }

    private static void sweep(Subject subject) {
        Map<String, WireRequest> asked = new ConcurrentHashMap<>();
        Map<FactKind, Reading> whole = collect(subject, request -> {
            if (!BatchBody.isBatch(request)) {
                asked.put(key(request), request);
            }
            return subject.wire().send(request);
        });
        Facts before = facts(subject, whole, List.of());
        List<EarlierAdministrator> earlier = Administrators.of(before).all().stream()
                .flatMap(one -> one.holdings().stream()
                        .map(holding ->
                                new EarlierAdministrator(one.id(), one.name(), holding.roleId(), holding.scope())))
                .toList();
        Map<String, Outcome> outcomes = outcomes(facts(subject, whole, earlier));
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<WireRequest, Fault> one : chosen(asked)) {
            wrong.addAll(broken(subject, one.getKey(), one.getValue(), earlier, outcomes));
        }
        assertThat(wrong).isEmpty();
    }

    /** What is broken and how. */
    private static List<Map.Entry<WireRequest, Fault>> chosen(Map<String, WireRequest> asked) {
        boolean all = "all".equals(System.getProperty("sweep"));
        List<Map.Entry<WireRequest, Fault>> chosen = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        int next = 0;
        for (WireRequest request : new TreeMap<>(asked).values()) {
            if (all) {
                Stream.of(Fault.values()).forEach(fault -> chosen.add(Map.entry(request, fault)));
            } else if (seen.add(request.method() + template(request))) {
                chosen.add(Map.entry(request, Fault.values()[next++ % Fault.values().length]));
                FOUND_BEFORE.forEach((end, fault) -> {
                    if (template(request).endsWith(end)) {
                        chosen.add(Map.entry(request, fault));
                    }
                });
            }
        }
        return chosen;
    }

    private static List<String> broken(
            Subject subject,
            WireRequest broken,
            Fault fault,
            List<EarlierAdministrator> earlier,
            Map<String, Outcome> before) {
        String key = key(broken);
        Map<FactKind, Reading> readings = collect(subject, request -> {
            WireResponse answer = subject.wire().send(request);
            return key(request).equals(key) ? fault.of(answer) : answer;
        });
        String what = fault + " at " + key;
        assertThat(readings).as(what).containsOnlyKeys(KINDS.toArray(FactKind[]::new));
        List<String> wrong = new ArrayList<>();
        readings.forEach((kind, reading) -> {
            if (reading instanceof Reading.Unread unread && unread.reason().contains("a bug of PARC")) {
                wrong.add(what + ": reading " + kind + " broke off: " + unread.reason());
            }
        });
        outcomes(facts(subject, readings, earlier)).forEach((item, outcome) -> {
            boolean verdict = outcome == Outcome.PASS || outcome == Outcome.FAIL;
            if (verdict && !fault.isAnAnswerTo(broken) && before.get(item) != outcome) {
                wrong.add(what + ": " + item + " " + before.get(item) + " -> " + outcome);
            }
        });
        return wrong;
    }

    private static Map<FactKind, Reading> collect(Subject subject, Wire wire) {
        try (Arm arm = Arm.replaying(wire)) {
            GraphCollector collector = new GraphCollector(new PlainGraph(wire), arm, subject.takenAt());
            Map<FactKind, Reading> read = collector.collect(KINDS, subject.designations(), phrase -> {});
            Map<FactKind, Set<String>> second =
                    SecondQuestions.of(new Facts(subject.takenAt(), subject.designations(), read), KINDS);
            read.putAll(collector.collectSecond(KINDS, second, subject.designations(), read, phrase -> {}));
            return read;
        }
    }

    /** With everything attested, and nobody new. */
    private static Facts facts(Subject subject, Map<FactKind, Reading> readings, List<EarlierAdministrator> earlier) {
        List<Attestation> attested = Roadmap.checks().stream()
                .map(Check::card)
                .flatMap(card -> IntStream.rangeClosed(1, card.attests().length)
                        .mapToObj(statement -> attestation(subject, card, statement)))
                .toList();
        Map<FactKind, Reading> all = new EnumMap<>(readings);
        all.put(FactKind.ATTESTATIONS, new Reading.Read(attested, List.of()));
        all.put(FactKind.EARLIER_ADMINISTRATORS, new Reading.Read(earlier, List.of()));
        return new Facts(subject.takenAt(), subject.designations(), all);
    }

    private static Attestation attestation(Subject subject, RoadmapItem card, int statement) {
        return new Attestation(
                card.id(),
                statement,
                "Ann",
                subject.takenAt().minusSeconds(1),
                subject.takenAt().atOffset(ZoneOffset.UTC).toLocalDate().plusYears(1),
                Optional.empty(),
                "");
    }

    private static Map<String, Outcome> outcomes(Facts facts) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        Roadmap.checks()
                .forEach(check -> outcomes.put(
                        Check.card(check).id(), Assessor.assess(check, facts).outcome()));
        return outcomes;
    }

    private static String key(WireRequest request) {
        return request.method() + " " + request.uri() + " " + request.body();
    }

    private static String template(WireRequest request) {
        return RequestTarget.of(request.uri()).template();
    }
}
