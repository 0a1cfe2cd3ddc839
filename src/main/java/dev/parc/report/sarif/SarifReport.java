package dev.parc.report.sarif;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.ProposedFix;
import dev.parc.assessment.change.FindingKeys;
import dev.parc.assessment.decision.Waiver;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.SubjectType;
import dev.parc.check.phrase.Details;
import dev.parc.report.docs.CheckPage;
import dev.parc.report.markdown.Markdown;
import dev.parc.report.text.Compliance;
import dev.parc.report.text.PrettyJson;
import dev.parc.report.text.StableId;
import dev.parc.report.text.ToolVersion;
import dev.parc.report.text.VisibleText;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answers of a run as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html): an item is a rule,
 * a finding a result. A REVIEW has the kind {@code review}; what was not assessed has the kind {@code open} and a
 * notification. A waiver is a suppression.
 */
public final class SarifReport {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /** What tells the same finding in two runs: its item, its subject, and which of those with both it is. */
    private static final String FINGERPRINT = "parcFinding/v1";

    private final Assessment assessment;
    private final Map<String, Integer> rules = new LinkedHashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();

    private SarifReport(Assessment assessment) {
        this.assessment = assessment;
        assessment.results().forEach(result -> rules.putIfAbsent(result.checkId(), rules.size()));
    }

    /** The whole document. */
    public static String write(Assessment assessment) {
        return PrettyJson.write(new SarifReport(assessment).document());
    }

    private ObjectNode document() {
        ObjectNode document = PrettyJson.object().put("$schema", SCHEMA).put("version", "2.1.0");
        ObjectNode run = document.putArray("runs").addObject();
        driver(run.putObject("tool").putObject("driver"));
        run.putObject("automationDetails")
                .put("id", "PARC/" + VisibleText.of(assessment.tenantId()) + "/" + assessment.runId())
                .put("guid", StableId.of("run", assessment.tenantId(), assessment.runId()))
                .put("correlationGuid", StableId.of("tenant", assessment.tenantId()));
        ArrayNode taxonomies = run.putArray("taxonomies");
        Compliance.frameworks().forEach(framework -> taxonomy(taxonomies.addObject(), framework));
        invocation(run.putArray("invocations").addObject());
        ArrayNode results = run.putArray("results");
        assessment.results().forEach(result -> results(results, result));
        run.put("columnKind", "utf16CodeUnits");
        run.putObject("properties")
                .put("tenantId", VisibleText.of(assessment.tenantId()))
                .put("tenantName", VisibleText.of(assessment.tenantName()))
                .put("source", VisibleText.of(assessment.source()))
                .put("takenAt", assessment.takenAt().toString());
        return document;
    }

    private void driver(ObjectNode driver) {
        driver.put("name", "PARC").put("fullName", "PARC: Privileged Access Roadmap Checks");
        ToolVersion.get().ifPresent(version -> driver.put("version", version));
        ArrayNode supported = driver.putArray("supportedTaxonomies");
        Compliance.frameworks().forEach(framework -> component(supported.addObject(), framework));
        ArrayNode described = driver.putArray("rules");
        rules.keySet().forEach(id -> rule(described.addObject(), id));
    }

    private static void taxonomy(ObjectNode taxonomy, Compliance.Framework framework) {
        taxonomy.put("name", framework.title())
                .put("version", framework.version())
                .put("guid", StableId.of("framework", framework.id(), framework.version()))
                .put("organization", framework.organization())
                .put("informationUri", framework.url())
                .put("isComprehensive", false);
        message(
                taxonomy.putObject("shortDescription"),
                "What the items correspond to; only clear correspondences, titles in PARC's words");
        ArrayNode taxa = taxonomy.putArray("taxa");
        for (Compliance.Reference reference : Compliance.references(framework)) {
            ObjectNode taxon = taxa.addObject()
                    .put("id", reference.id())
                    .put("guid", taxon(reference))
                    .put("helpUri", reference.link());
            message(taxon.putObject("shortDescription"), reference.title());
        }
    }

    private static void component(ObjectNode component, Compliance.Framework framework) {
        component
                .put("name", framework.title())
                .put("index", Compliance.frameworks().indexOf(framework))
                .put("guid", StableId.of("framework", framework.id(), framework.version()));
    }

    private static String taxon(Compliance.Reference reference) {
        return StableId.of(
                "reference", reference.framework().id(), reference.framework().version(), reference.id());
    }

    private static void relationships(ObjectNode rule, String itemId) {
        for (Compliance.Reference reference : Compliance.of(itemId)) {
            ObjectNode relationship = rule.withArray("relationships").addObject();
            ObjectNode target =
                    relationship.putObject("target").put("id", reference.id()).put("guid", taxon(reference));
            component(target.putObject("toolComponent"), reference.framework());
            relationship.putArray("kinds").add("relevant");
        }
    }

    private void rule(ObjectNode rule, String id) {
        CheckResult result = assessment.results().stream()
                .filter(one -> one.checkId().equals(id))
                .findFirst()
                .orElseThrow();
        rule.put("id", id).put("guid", StableId.of("item", id));
        message(rule.putObject("shortDescription"), result.title());
        rule.putObject("defaultConfiguration").put("level", level(result.severity()));
        CheckPage.of(id)
                .flatMap(page -> page.section("How to fix it"))
                .ifPresent(steps ->
                        rule.putObject("help").put("text", Markdown.text(steps)).put("markdown", steps));
        relationships(rule, id);
        rule.putObject("properties")
                .put("stage", result.stage().title())
                .put("severity", result.severity().name())
                .put("security-severity", severity(result.severity()))
                .putArray("tags")
                .add("security")
                .add("identity");
    }

    private void invocation(ObjectNode invocation) {
        invocation
                .put("executionSuccessful", true)
                .put(
                        "startTimeUtc",
                        assessment.startedAt().truncatedTo(ChronoUnit.MILLIS).toString())
                .put(
                        "endTimeUtc",
                        assessment.finishedAt().truncatedTo(ChronoUnit.MILLIS).toString());
        ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
        assessment.results().stream()
                .filter(result -> result.outcome() == Outcome.NOT_ASSESSED)
                .forEach(result -> {
                    ObjectNode notification = notifications.addObject().put("level", "warning");
                    message(notification.putObject("message"), result.checkId() + " is " + summary(result));
                    notification
                            .putObject("associatedRule")
                            .put("id", result.checkId())
                            .put("index", rules.get(result.checkId()));
                });
    }

    /** The summary, and the reasons that it does not tell. */
    private static String summary(CheckResult result) {
        StringBuilder words = new StringBuilder(result.summary());
        result.furtherReasons().stream().forEach(reason -> words.append("; ").append(reason));
        return words.toString();
    }

    private void results(ArrayNode results, CheckResult result) {
        boolean each = !result.findings().isEmpty() && result.outcome() != Outcome.PASS;
        if (!each || result.outcome() == Outcome.NOT_ASSESSED) {
            result(results.addObject(), result, Optional.empty());
        }
        if (each) {
            result.findings().forEach(finding -> result(results.addObject(), result, Optional.of(finding)));
            result.fix()
                    .flatMap(ProposedFix::change)
                    .ifPresent(change -> fix(
                            ((ObjectNode) results.get(
                                            results.size() - result.findings().size()))
                                    .putArray("fixes")
                                    .addObject(),
                            result,
                            change));
        }
    }

    private void result(ObjectNode node, CheckResult result, Optional<Finding> about) {
        Finding finding =
                about.orElseGet(() -> new Finding(Finding.TENANT, SubjectType.TENANT, "the tenant", summary(result)));
        node.put("ruleId", result.checkId()).put("ruleIndex", rules.get(result.checkId()));
        node.put("kind", kind(result.outcome()))
                .put("level", result.outcome() == Outcome.FAIL ? level(result.severity()) : "none");
        message(
                node.putObject("message"),
                about.map(it -> it.subjectName() + " " + it.message()).orElse(finding.message()));
        location(node.putArray("locations").addObject(), finding);
        String key = result.checkId() + "." + FindingKeys.of(finding);
        String fingerprint = key + ":" + seen.merge(key, 1, Integer::sum);
        node.putObject("partialFingerprints").put(FINGERPRINT, fingerprint);
        node.put("correlationGuid", StableId.of("finding", assessment.tenantId(), fingerprint));
        ArrayNode suppressions = node.putArray("suppressions");
        result.waivers().stream()
                .filter(waiver -> about.map(waiver::covers).orElse(true))
                .forEach(waiver -> suppression(suppressions.addObject(), waiver));
        ObjectNode properties = node.putObject("properties")
                .put("outcome", result.outcome().name())
                .put("basis", result.basis().name());
        finding.details().ifPresent(details -> details(properties, details));
    }

    /**
     * A tenant is no file, so the fix is a file that is added (section 3.55): the change file, beside the rest of the configuration,
     * for a pull request. It stands with the item's first result.
     */
    private static void fix(ObjectNode node, CheckResult result, ProposedFix.Proved change) {
        message(node.putObject("description"), change.inWords());
        ObjectNode artifact = node.putArray("artifactChanges").addObject();
        artifact.putObject("artifactLocation").put("uri", "parc-change-" + result.checkId() + ".json");
        ObjectNode replacement = artifact.putArray("replacements").addObject();
        replacement.putObject("deletedRegion").put("charOffset", 0).put("charLength", 0);
        replacement.putObject("insertedContent").put("text", PrettyJson.of(change.file()));
    }

    private static void details(ObjectNode properties, Details details) {
        properties.put("phrase", details.phrase());
        ArrayNode values = properties.putArray("details");
        details.values().forEach(value -> {
            ObjectNode node = values.addObject().put("name", value.name()).put("text", VisibleText.of(value.text()));
            value.count().ifPresent(count -> node.put("count", count));
            value.date().ifPresent(date -> node.put("date", date.toString()));
            value.id().ifPresent(id -> node.put("id", VisibleText.of(id)));
        });
    }

    private static void suppression(ObjectNode node, Waiver waiver) {
        node.put("kind", "external")
                .put("status", "accepted")
                .put("justification", VisibleText.of(waiver.reason()))
                .putObject("properties")
                .put("owner", VisibleText.of(waiver.owner()))
                .put("until", waiver.until().toString());
    }

    /** Where it is: nothing here is a file, so its place is a name in the tenant. */
    private void location(ObjectNode location, Finding finding) {
        boolean tenant = finding.subjectId().equals(Finding.TENANT);
        ObjectNode node = location.putArray("logicalLocations").addObject();
        node.put("name", VisibleText.of(tenant ? assessment.tenantName() : finding.subjectName()))
                .put(
                        "fullyQualifiedName",
                        VisibleText.of(
                                tenant
                                        ? assessment.tenantId()
                                        : assessment.tenantId() + "/"
                                                + finding.subjectType().json() + "/" + finding.subjectId()))
                .put("kind", finding.subjectType().json());
    }

    private static void message(ObjectNode node, String words) {
        node.put("text", text(words));
    }

    /** Words of a message: braces and brackets would be place-holders and links (sections 3.11.5 and 3.11.6). */
    static String text(String words) {
        String visible = VisibleText.of(words).replace("{", "{{").replace("}", "}}");
        return visible.contains("](")
                ? visible.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
                : visible;
    }

    private static String kind(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "pass";
            case FAIL -> "fail";
            case REVIEW -> "review";
            case NOT_APPLICABLE -> "notApplicable";
            case NOT_ASSESSED -> "open";
        };
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    /** A number from 0 to 10, by which GitHub sorts. */
    private static String severity(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.0";
        };
    }
}
