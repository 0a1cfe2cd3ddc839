package dev.parc.report.junit;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Stage;
import dev.parc.report.text.Compliance;
import dev.parc.report.text.VisibleText;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The answers of a run as JUnit XML, for pipelines: a suite a stage, a test an item. A FAIL is a failure; what is waived as a
 * whole, a REVIEW, and what does not apply or was not assessed is skipped, with the reason: only a PASS passes.
 */
public final class JUnitReport {

    /** What XML 1.0 cannot hold, not even escaped. */
    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private final XMLStreamWriter xml;

    private JUnitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** The whole document. */
    public static String write(Assessment assessment) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            new JUnitReport(xml).document(assessment);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML could not be written", e);
        }
        return text.append('\n').toString();
    }

    private void document(Assessment assessment) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        start(0, "testsuites");
        attribute("name", (assessment.source().equals("demo") ? "PARC demo: " : "PARC: ") + assessment.tenantName());
        counts(assessment.results());
        for (Stage stage : Stage.values()) {
            List<CheckResult> results = assessment.only(stage).results();
            if (!results.isEmpty()) {
                suite(assessment, stage, results);
            }
        }
        end(0);
        xml.writeEndDocument();
    }

    private void suite(Assessment assessment, Stage stage, List<CheckResult> results) throws XMLStreamException {
        start(1, "testsuite");
        attribute("name", stage.title());
        attribute("id", stage.name());
        counts(results);
        attribute(
                "skipped",
                String.valueOf(results.stream().filter(JUnitReport::isSkipped).count()));
        attribute(
                "timestamp",
                assessment.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
        start(2, "properties");
        property("tenantId", assessment.tenantId());
        property("tenantName", assessment.tenantName());
        property("source", assessment.source());
        property("takenAt", assessment.takenAt().toString());
        property("runId", assessment.runId());
        for (CheckResult result : results) {
            Optional<String> references = Compliance.inWords(result.checkId());
            if (references.isPresent()) {
                property("correspondsTo." + result.checkId(), references.get());
            }
        }
        end(2);
        for (CheckResult result : results) {
            test(result);
        }
        end(1);
    }

    private void counts(List<CheckResult> results) throws XMLStreamException {
        attribute("tests", String.valueOf(results.size()));
        attribute(
                "failures",
                String.valueOf(results.stream().filter(JUnitReport::isFailure).count()));
        attribute("errors", "0");
    }

    private void property(String name, String value) throws XMLStreamException {
        indent(3);
        xml.writeEmptyElement("property");
        attribute("name", name);
        attribute("value", value);
    }

    private void test(CheckResult result) throws XMLStreamException {
        start(2, "testcase");
        attribute("classname", "parc." + result.stage());
        attribute("name", result.checkId() + " " + result.title());
        if (result.outcome() != Outcome.PASS) {
            start(3, isFailure(result) ? "failure" : "skipped");
            attribute("type", result.isWaived() ? "WAIVED" : result.outcome().name());
            attribute("message", result.outcome() + ": " + result.summary());
            xml.writeCharacters(text(details(result), "\n"));
            xml.writeEndElement();
        }
        end(2);
    }

    private static Stream<String> details(CheckResult result) {
        List<String> lines = new ArrayList<>();
        lines.add("severity " + result.severity());
        if (!result.remedy().words().isEmpty()) {
            lines.add("to put it right: " + result.remedy().words());
        }
        lines.addAll(result.reasons());
        result.findings().forEach(finding -> lines.add(line(finding) + (result.isWaived(finding) ? " (waived)" : "")));
        return lines.stream();
    }

    private static String line(Finding finding) {
        return "%s %s (%s): %s"
                .formatted(finding.subjectType().json(), finding.subjectName(), finding.subjectId(), finding.message());
    }

    private static boolean isFailure(CheckResult result) {
        return result.outcome() == Outcome.FAIL && !result.isWaived();
    }

    private static boolean isSkipped(CheckResult result) {
        return result.outcome() != Outcome.PASS && !isFailure(result);
    }

    private void start(int depth, String name) throws XMLStreamException {
        indent(depth);
        xml.writeStartElement(name);
    }

    private void end(int depth) throws XMLStreamException {
        indent(depth);
        xml.writeEndElement();
    }

    private void indent(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, text(Stream.of(value), ""));
    }

    /** Lines in which every character that XML cannot hold is spelt out. */
    private static String text(Stream<String> lines, String between) {
        return lines.map(line -> NOT_XML.matcher(VisibleText.of(line))
                        .replaceAll(found -> "[U+%04X]".formatted(found.group().codePointAt(0))))
                .collect(Collectors.joining(between));
    }
}
