package dev.parc.report.oscal;

import static dev.parc.report.markdown.MarkdownText.prose;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.decision.Waiver;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.facts.Attestation;
import dev.parc.report.markdown.MarkdownText;
import dev.parc.report.text.Compliance;
import dev.parc.report.text.PrettyJson;
import dev.parc.report.text.StableId;
import dev.parc.report.text.ToolVersion;
import dev.parc.report.text.VisibleText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answers of a run as OSCAL assessment results 1.1.2 (https://pages.nist.gov/OSCAL-Reference/models/v1.1.2/): an item is
 * a control and has a finding; what was found of each subject is an observation, and so is an attestation. Only a PASS is
 * satisfied; what was not assessed is not satisfied for the reason {@code other}. A waiver is a risk with an approved
 * deviation.
 */
public final class OscalReport {

    private static final String OSCAL_VERSION = "1.1.2";
    private static final String NAMES = "urn:parc:oscal";
    private static final String ROADMAP =
            "https://learn.microsoft.com/entra/identity/role-based-access-control/security-planning";

    private final Assessment assessment;
    private final String tool = StableId.of("tool");
    private final String plan = StableId.of("roadmap");
    private final Map<String, Finding> subjects = new LinkedHashMap<>();

    private OscalReport(Assessment assessment) {
        this.assessment = assessment;
    }

    /** The whole document. */
    public static String write(Assessment assessment) {
        return PrettyJson.write(new OscalReport(assessment).document());
    }

    private String id(String... words) {
        return StableId.of(
                Stream.concat(Stream.of("oscal", assessment.tenantId(), assessment.runId()), Stream.of(words))
                        .toArray(String[]::new));
    }

    private ObjectNode document() {
        ObjectNode document = PrettyJson.object();
        ObjectNode results = document.putObject("assessment-results").put("uuid", id("document"));
        metadata(results.putObject("metadata"));
        results.putObject("import-ap").put("href", "#" + plan);
        result(results.putArray("results").addObject());
        ObjectNode roadmap = results.putObject("back-matter")
                .putArray("resources")
                .addObject()
                .put("uuid", plan)
                .put("title", "Securing privileged access: the roadmap that is assessed")
                .put("description", "There is no assessment plan apart from the roadmap and the checks of PARC.");
        roadmap.putArray("rlinks").addObject().put("href", ROADMAP);
        return document;
    }

    private void metadata(ObjectNode metadata) {
        metadata.put("title", title())
                .put("last-modified", time(assessment.finishedAt()))
                .put("version", assessment.runId())
                .put("oscal-version", OSCAL_VERSION);
    }

    private String title() {
        return (assessment.source().equals("demo") ? "Demo: " : "") + "Privileged access of "
                + prose(assessment.tenantName());
    }

    private void result(ObjectNode result) {
        result.put("uuid", id("result"))
                .put("title", title())
                .put("description", "Answers of PARC to the items of the roadmap for securing privileged access.")
                .put("start", time(assessment.startedAt()))
                .put("end", time(assessment.finishedAt()));
        ArrayNode props = result.putArray("props");
        prop(props, "tenant-id", assessment.tenantId());
        prop(props, "tenant-name", assessment.tenantName());
        prop(props, "source", assessment.source());
        prop(props, "facts-of", assessment.takenAt().toString());
        ObjectNode local = result.putObject("local-definitions");
        ObjectNode reviewed = result.putObject("reviewed-controls")
                .putArray("control-selections")
                .addObject();
        if (assessment.results().isEmpty()) {
            reviewed.putObject("include-all");
        }
        for (CheckResult answer : assessment.results()) {
            reviewed.withArray("include-controls").addObject().put("control-id", answer.checkId());
            ObjectNode finding = PrettyJson.object();
            answer(answer, finding, result);
            result.withArray("findings").add(finding);
        }
        local(local);
    }

    private void answer(CheckResult answer, ObjectNode finding, ObjectNode result) {
        finding.put("uuid", id("finding", answer.checkId()))
                .put("title", answer.checkId() + " " + prose(answer.title()))
                .put("description", prose(answer.summary()));
        ArrayNode props = finding.putArray("props");
        prop(props, "outcome", answer.outcome().name());
        prop(props, "basis", answer.basis().name());
        prop(props, "severity", answer.severity().name());
        prop(props, "stage", answer.stage().title());
        for (Compliance.Reference reference : Compliance.of(answer.checkId())) {
            prop(props, "corresponds-to", reference.id())
                    .put("class", reference.framework().id())
                    .put("remarks", reference.framework().inWords() + ": " + reference.title());
        }
        target(finding.putObject("target"), answer);
        Set<String> seen = new LinkedHashSet<>();
        ArrayNode observations = result.withArray("observations");
        String whole = id("observation", answer.checkId());
        seen.add(whole);
        observation(observations, whole, "TEST", prose(told(answer)), assessment.takenAt());
        Map<String, Integer> ofSubject = new HashMap<>();
        for (Finding found : answer.findings()) {
            String key = FindingKeys.of(found);
            String which = String.valueOf(ofSubject.merge(key, 1, Integer::sum));
            String uuid = id("observation", answer.checkId(), key, which);
            seen.add(uuid);
            observed(observations, uuid, answer, found);
        }
        for (SignedStatement signed : answer.attestations()) {
            String uuid = id(
                    "attestation",
                    answer.checkId(),
                    String.valueOf(signed.attestation().statement()),
                    signed.attestation().at().toString());
            if (seen.add(uuid)) {
                attested(observations, uuid, signed);
            }
        }
        ArrayNode related = finding.putArray("related-observations");
        seen.forEach(uuid -> related.addObject().put("observation-uuid", uuid));
        for (Waiver waiver : answer.waivers()) {
            String uuid = id("waiver", answer.checkId(), waiver.subject().orElse(""));
            finding.withArray("related-risks").addObject().put("risk-uuid", uuid);
            waived(result.withArray("risks").addObject(), uuid, answer, waiver);
        }
    }

    /** The summary, and the reasons that it does not tell. */
    private static String told(CheckResult answer) {
        return Stream.concat(Stream.of(answer.summary()), answer.furtherReasons().stream())
                .collect(Collectors.joining("; "));
    }

    private static void target(ObjectNode target, CheckResult answer) {
        target.put("type", "objective-id").put("target-id", answer.checkId());
        ObjectNode status = target.putObject("status");
        switch (answer.outcome()) {
            case PASS -> status.put("state", "satisfied").put("reason", "pass");
            case FAIL -> status.put("state", "not-satisfied").put("reason", "fail");
            case REVIEW, NOT_APPLICABLE, NOT_ASSESSED ->
                status.put("state", "not-satisfied").put("reason", "other");
        }
        status.put("remarks", answer.outcome().name().replace('_', ' ') + ": " + prose(answer.summary()));
        if (answer.outcome() == Outcome.NOT_APPLICABLE) {
            target.putObject("implementation-status").put("state", "not-applicable");
        }
    }

    private ObjectNode observation(
            ArrayNode observations, String uuid, String method, String markdown, Instant collected) {
        ObjectNode observation = observations.addObject().put("uuid", uuid).put("description", markdown);
        observation.putArray("methods").add(method);
        if (method.equals("TEST")) {
            observation
                    .putArray("origins")
                    .addObject()
                    .putArray("actors")
                    .addObject()
                    .put("type", "tool")
                    .put("actor-uuid", tool);
        }
        return observation.put("collected", time(collected));
    }

    private void observed(ArrayNode observations, String uuid, CheckResult answer, Finding found) {
        ObjectNode observation = observation(
                observations,
                uuid,
                "TEST",
                MarkdownText.code(found.subjectName()) + " " + prose(found.message()),
                assessment.takenAt());
        observation.putArray("types").add("finding");
        prop(observation.putArray("props"), "waived", String.valueOf(answer.isWaived(found)));
        String subject = StableId.of(
                "subject", assessment.tenantId(), found.subjectType().json(), found.subjectId());
        subjects.putIfAbsent(subject, found);
        observation
                .putArray("subjects")
                .addObject()
                .put("subject-uuid", subject)
                .put("type", "inventory-item");
    }

    private void attested(ArrayNode observations, String uuid, SignedStatement signed) {
        Attestation said = signed.attestation();
        ObjectNode observation = observation(observations, uuid, "INTERVIEW", prose(signed.words()), said.at());
        observation.put("expires", time(endOf(said.validUntil())));
        ArrayNode props = observation.putArray("props");
        prop(props, "attested-by", said.by());
        prop(props, "statement", String.valueOf(said.statement()));
        said.evidence()
                .ifPresent(link ->
                        observation.putArray("relevant-evidence").addObject().put("description", prose(link)));
        if (!said.note().isBlank()) {
            observation.put("remarks", prose(said.note()));
        }
    }

    private void waived(ObjectNode risk, String uuid, CheckResult answer, Waiver waiver) {
        String what =
                waiver.subject().map(id -> "subject " + MarkdownText.code(id)).orElse("the whole item");
        risk.put("uuid", uuid)
                .put("title", "Waiver of " + what + " of " + answer.checkId())
                .put("description", prose(waiver.reason()))
                .put("statement", prose(answer.summary()));
        ArrayNode props = risk.putArray("props");
        prop(props, "owner", waiver.owner());
        prop(props, "recorded-by", waiver.by());
        risk.put("status", "deviation-approved").put("deadline", time(endOf(waiver.until())));
    }

    private void local(ObjectNode local) {
        subjects.forEach((uuid, subject) -> {
            ObjectNode item = local.withArray("inventory-items")
                    .addObject()
                    .put("uuid", uuid)
                    .put("description", MarkdownText.code(subject.subjectName()));
            ArrayNode props = item.putArray("props");
            prop(props, "subject-type", subject.subjectType().json());
            prop(props, "subject-id", subject.subjectId());
        });
        ObjectNode assets = local.putObject("assessment-assets");
        ObjectNode component = assets.putArray("components")
                .addObject()
                .put("uuid", tool)
                .put("type", "software")
                .put("title", "PARC")
                .put("description", "Privileged Access Roadmap Checks");
        ToolVersion.get().ifPresent(version -> prop(component.putArray("props"), "version", version));
        component.putObject("status").put("state", "operational");
        assets.putArray("assessment-platforms")
                .addObject()
                .put("uuid", StableId.of("platform"))
                .put("title", "PARC")
                .putArray("uses-components")
                .addObject()
                .put("component-uuid", tool);
    }

    /** A property whose value is a text that is not empty, without blanks around it. */
    private static ObjectNode prop(ArrayNode props, String name, String value) {
        String visible = VisibleText.of(value).strip();
        return props.addObject()
                .put("name", name)
                .put("ns", NAMES)
                .put("value", visible.isEmpty() ? "(none)" : visible);
    }

    private static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
