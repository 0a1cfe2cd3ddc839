package dev.parc.assessment.json;

import static dev.parc.assessment.Assessments.HOSTILE;
import static dev.parc.assessment.Assessments.assessment;
import static dev.parc.assessment.Assessments.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.decision.AccountCategory;
import dev.parc.assessment.ledger.HeldLedger;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.publishing.PublicationJson;
import dev.parc.assessment.publishing.Tombstone;
import dev.parc.assessment.register.RevisionedStore;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.webhook.WebhookFilter;
import dev.parc.assessment.webhook.WebhookSubscription;
import dev.parc.check.Finding;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import dev.parc.facts.Category;
import dev.parc.report.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The records that are bound to documents, against {@code schema/parc-documents.json}, whose objects are closed. */
class DocumentSchemasTest {

    private static final String RUN = "20260131T080000Z-0a1b2c3d";
    private static final Instant AT = Instant.parse("2026-01-31T08:00:02Z");

    /** Follow from the rest, so they are written and not read. */
    private static final Pattern DERIVED = Pattern.compile("/request/schema|/changes/\\d/stage|/counts");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "1.5",
            "-1",
            "0",
            "7",
            "2147483648",
            "9223372036854775808",
            "\"\"",
            "\"x y\"",
            "\"S1\"",
            "\"S1-04\"",
            "\"\\u0000\"",
            "{}",
            "{\"a\":{}}",
            "[]",
            "[7]",
            "[null]",
            "[\"x\"]",
            "[[]]");

    private static final Map<String, Schema> COMPILED = new ConcurrentHashMap<>();

    @ParameterizedTest
    @EnumSource
    void whatTheReaderTakesIsWhatTheSchemaAllows(KeptDocumentsTest.Document document) throws IOException {
        assertThat(violations(document.text())).isEmpty();
        for (JsonPointer field : KeptDocumentsTest.fields(document)) {
            if (!DERIVED.matcher(field.toString()).matches()
                    && !field.toString().equals("/schema")) {
                compare(document, field, Optional.empty());
                for (String value : VALUES) {
                    compare(document, field, Optional.of(value));
                }
            }
        }
    }

    private static void compare(KeptDocumentsTest.Document document, JsonPointer field, Optional<String> value)
            throws IOException {
        JsonNode tree = KeptDocumentsTest.MAPPER.readTree(document.text());
        ObjectNode parent = (ObjectNode) tree.at(field.head());
        parent.remove(field.last().getMatchingProperty());
        if (value.isPresent()) {
            parent.set(field.last().getMatchingProperty(), KeptDocumentsTest.MAPPER.readTree(value.get()));
        }

        List<String> violations = violations(KeptDocumentsTest.MAPPER.writeValueAsString(tree));

        assertThat(document.reads(tree))
                .as("%s with %s: %s", field, value.orElse("nothing"), violations)
                .isEqualTo(violations.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"parc-trend", "parc-change-event", "parc-accounts"})
    void whatIsWrittenOnlyOrReadAsATreeIsAsTheSchemaSays(String name) throws IOException {
        assertThat(violations(KeptDocumentsTest.text(name))).isEmpty();
    }

    @Test
    void everyConstantThatIsWrittenIsInTheSchemas() {
        List<String> documents = new ArrayList<>();
        for (Change.Kind kind : Change.Kind.values()) {
            documents.add(changes(kind, Severity.LOW, "BG-01", SubjectType.USER));
        }
        for (Severity severity : Severity.values()) {
            documents.add(changes(Change.Kind.NEW, severity, "BG-01", SubjectType.USER));
        }
        for (SubjectType type : SubjectType.values()) {
            documents.add(changes(Change.Kind.NEW, Severity.LOW, "BG-01", type));
        }
        for (Stage stage : Stage.values()) {
            documents.add(changes(Change.Kind.NEW, Severity.LOW, stage + "-01", SubjectType.USER));
        }
        for (Outcome outcome : Outcome.values()) {
            for (CheckResult.Basis basis : CheckResult.Basis.values()) {
                documents.add(RunJson.write(new HistoryEntry(RUN, AT, outcome, 1, HOSTILE, basis)));
            }
        }
        for (Assessment.Trigger trigger : Assessment.Trigger.values()) {
            for (RunRecord.State state : RunRecord.State.values()) {
                RunRequest request = new RunRequest(RUN, AT, List.of(Stage.values()), List.of(), trigger);
                documents.add(RunJson.write(new RunRecord(request, state, HOSTILE, AT)));
            }
        }
        HeldLedger ledger = new HeldLedger();
        RevisionedStore<AccountCategory> categories =
                RevisionedStore.of(ledger, Ledger.Book.CATEGORIES, "parc-category/1", AccountCategory.class);
        for (Category category : Category.values()) {
            categories.put("key", new AccountCategory("key", category, "", HOSTILE, AT), Precondition.NONE);
            documents.add(ledger.newest(Ledger.Book.CATEGORIES).get(0).document());
        }
        RevisionedStore<WebhookSubscription> hooks =
                RevisionedStore.of(ledger, Ledger.Book.HOOKS, "parc-hook/1", WebhookSubscription.class);
        WebhookFilter everything =
                new WebhookFilter(Set.of(Stage.values()), Set.of(Severity.values()), Set.of(Change.Kind.values()));
        hooks.put(
                "key",
                new WebhookSubscription("key", URI.create("https://contoso.com/"), "", everything, "", AT),
                Precondition.NONE);
        documents.add(ledger.newest(Ledger.Book.HOOKS).get(0).document());

        assertThat(documents)
                .allSatisfy(document ->
                        assertThat(violations(document)).as(document).isEmpty());
    }

    @Test
    void whatIsPublishedIsAsTheSchemasSay() {
        Tombstone tombstone = new Tombstone(HOSTILE, AT, HOSTILE, 1, 2, 3);

        for (Publication.Kind kind : Publication.Kind.values()) {
            Publication publication = new Publication(7, kind, RUN, "0a1b", AT);
            assertThat(violations(PublicationJson.write(publication))).isEmpty();
            assertThat(PublicationJson.read(PublicationJson.write(publication))).isEqualTo(publication);
        }
        assertThat(violations(PublicationJson.write(tombstone))).isEmpty();
        assertThat(PublicationJson.readTombstone(PublicationJson.write(tombstone)))
                .isEqualTo(tombstone);
        for (String wrong : List.of("null", "-1", "\"1\"", "1.5")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PublicationJson.readTombstone(
                            PublicationJson.write(tombstone).replace("\"results\":1", "\"results\":" + wrong)))
                    .withMessage("\"results\" must be a whole number of 0 or more");
        }
    }

    @Test
    void messagesOfDeliveriesAreAsTheSchemasSay() {
        DeliveryJson.Due deletion = new DeliveryJson.Due("hook", RUN, true);
        String message = DeliveryJson.message(deletion);

        assertThat(violations(message)).isEmpty();
        assertThat(DeliveryJson.readMessage(message)).isEqualTo(deletion);
        assertThat(violations(DeliveryJson.telling(7))).isEmpty();
        assertThat(DeliveryJson.readTelling(DeliveryJson.telling(7))).hasValue(7);
        assertThat(violations(DeliveryJson.told(8))).isEmpty();
        assertThat(DeliveryJson.readTold(DeliveryJson.told(8))).hasValue(8);
        for (String wrong : List.of("null", "1", "\"true\"", "[]")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DeliveryJson.readMessage(message.replace("true", wrong)))
                    .withMessage("\"deletion\" must be true or false");
        }
    }

    private static String changes(Change.Kind kind, Severity severity, String item, SubjectType type) {
        Finding finding = new Finding(HOSTILE, type, HOSTILE, HOSTILE);
        Change.Decision decision = new Change.Decision(Optional.of(3), Optional.of(HOSTILE));
        return TrendJson.writeChanges(List.of(
                new Change(kind, RUN, AT, item, severity, Optional.of(finding), Optional.of(decision), HOSTILE)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "score":50        | "score":"50"            | "score" must be a whole number of 0 or more
            "stage":"S1"      | "stage":"S7"            | "stage" must be one of S1, S2, S3, S4, BG
            "at":"2026        | "at":"in 2026           | "at" must be a time like 2026-01-31T08:00:00Z
            "runId":          | "run":                  | "runId" must be a string
            "runId":"2026     | "runId":"x              | "runId" must be the id of a run
            ["S1-02"]         | ["S1-02",7]             | what is in "waived" must be the id of an item, like S1-04
            "S1-02":"FAIL"    | "S1-02":"<b>\\n"         | what is in "outcomes" must be one of PASS, FAIL, REVIEW, NOT_APPLICABLE, NOT_ASSESSED
            "S1-02":"FAIL"    | "\\n":"FAIL"             | "outcomes" must be by ids of items, like S1-04
            "waived":["S1-02"]| "waived":{}             | "waived" must be a list
            "opened":3        | "opened":3,"opened":3   | not JSON, in line 1
            "opened":3        | "opened":03             | not JSON, in line 1
            """)
    void aRefusalSaysWhatItMustBe(String right, String wrong, String refusal) throws IOException {
        String document = KeptDocumentsTest.text("parc-stage-point");
        assertThat(document).contains(right);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrendJson.readPoint(document.replace(right, wrong)))
                .withMessage(refusal);
    }

    /** One that annotates nothing would be lost without a word. */
    @Test
    void everyAccessorOfAMixInIsOneOfItsRecord() {
        Shapes.MIX_INS.forEach((record, mixIn) -> assertThat(mixIn.getDeclaredMethods())
                .allSatisfy(accessor -> assertThat(
                                record.getDeclaredMethod(accessor.getName()).getGenericReturnType())
                        .isEqualTo(accessor.getGenericReturnType())));
    }

    @Test
    void everyEventIsAsTheSchemaSays() {
        List<String> lines = List.of(
                EventJson.finished(assessment(RUN, result("S1-01", Outcome.PASS), result("S1-02", Outcome.REVIEW))),
                EventJson.failed(RUN, HOSTILE),
                EventJson.fault(RUN, "S1-01", new IllegalStateException(HOSTILE)),
                EventJson.unreadable("parc-runs-unreadable", HOSTILE),
                EventJson.newGlobalAdministrator(RUN, HOSTILE),
                EventJson.overdue(Stage.S1, AT, AT));

        assertThat(lines)
                .allSatisfy(line -> assertThat(violations("parc-event", line.substring(EventJson.MARK.length())))
                        .as(line)
                        .isEmpty());
        assertThat(violations(
                        "parc-event", "{\"event\":\"run-failed\",\"runId\":\"\",\"reason\":\"\",\"name\":\"Ada\"}"))
                .isNotEmpty();
    }

    @Test
    void thePastOfTheDemoTenantIsAsTheSchemaSays() throws IOException {
        try (InputStream file = new GZIPInputStream(
                Objects.requireNonNull(DocumentSchemasTest.class.getResourceAsStream("/demo-past.json.gz")))) {
            String past = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            TenantHistory chronicle = TenantHistory.read(past);

            assertThat(violations(past)).isEmpty();
            assertThat(violations(chronicle.write())).isEmpty();
            assertThat(chronicle.decisions())
                    .isNotEmpty()
                    .allSatisfy(decision ->
                            assertThat(violations(decision.entry().document())).isEmpty());
        }
    }

    /** By the schema that the document names. */
    private static List<String> violations(String document) {
        try {
            return violations(
                    KeptDocumentsTest.MAPPER.readTree(document).path("schema").asText(), document);
        } catch (IOException e) {
            throw new IllegalArgumentException(document, e);
        }
    }

    private static List<String> violations(String schema, String document) {
        return Schemas.violations(COMPILED.computeIfAbsent(schema, DocumentSchemasTest::compiled), document);
    }

    private static Schema compiled(String name) {
        try (InputStream file = DocumentSchemasTest.class.getResourceAsStream("/schema/parc-documents.json")) {
            ObjectNode all = (ObjectNode) KeptDocumentsTest.MAPPER.readTree(file);
            assertThat(all.path("$defs").has(name)).as(name).isTrue();
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(all.put("$ref", "#/$defs/" + name.replace("/", "~1"))
                            .toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
