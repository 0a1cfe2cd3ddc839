package dev.parc.assessment.json;

import static dev.parc.assessment.json.Shapes.DOCUMENTS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.FindingRecord;
import dev.parc.assessment.change.StagePoint;
import java.util.List;

/**
 * The documents that tell how answers change: changes of a run, records of findings, points of a stage's series. Reading
 * ignores unknown fields, and throws {@link IllegalArgumentException} with one line if the document is not one.
 */
public final class TrendJson {

    private static final String CHANGES = "parc-changes/1";
    private static final String FINDINGS = "parc-findings/1";
    private static final String TREND = "parc-trend/1";
    private static final String POINT = "parc-stage-point/1";

    private record Changes(List<Change> changes) {}

    private record Findings(List<FindingRecord> findings) {}

    private record Points(List<StagePoint> points) {}

    private TrendJson() {}

    /** The changes of one run as schema {@code parc-changes/1}. */
    public static String writeChanges(List<Change> changes) {
        return DOCUMENTS.write(CHANGES, new Changes(changes));
    }

    /** The changes of a document. */
    public static List<Change> readChanges(String document) {
        return List.copyOf(DOCUMENTS.read(document, CHANGES, Changes.class).changes());
    }

    /** One change, as it stands in every document and event. */
    public static ObjectNode node(Change change) {
        return DOCUMENTS.tree(change);
    }

    /** Records of the findings of one check as schema {@code parc-findings/1}. */
    public static String writeFindings(List<FindingRecord> records) {
        return DOCUMENTS.write(FINDINGS, new Findings(records));
    }

    /** The records of a document. */
    public static List<FindingRecord> readFindings(String document) {
        return List.copyOf(DOCUMENTS.read(document, FINDINGS, Findings.class).findings());
    }

    /** One record: the finding, and since when it is there. */
    public static ObjectNode node(FindingRecord record) {
        return DOCUMENTS.tree(record);
    }

    /** A point as schema {@code parc-stage-point/1}. */
    public static String write(StagePoint point) {
        return DOCUMENTS.write(POINT, point);
    }

    /** Points of the series of stages as schema {@code parc-trend/1}. */
    public static String writeSeries(List<StagePoint> points) {
        return DOCUMENTS.write(TREND, new Points(points));
    }

    /** The point without a schema, as it stands in a series. */
    public static ObjectNode node(StagePoint point) {
        return DOCUMENTS.tree(point);
    }

    /** The point of a document. */
    public static StagePoint readPoint(String document) {
        return DOCUMENTS.read(document, POINT, StagePoint.class);
    }
}
