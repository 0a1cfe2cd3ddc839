package dev.parc.assessment.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.explain.Evidence;
import dev.parc.analysis.explain.Explanation;
import dev.parc.assessment.Assessments;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.decision.AccountCategory;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.ledger.HeldLedger;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.register.RevisionedStore;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.webhook.WebhookSubscription;
import dev.parc.facts.Acknowledgement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Documents that customers have kept, and messages that wait in their queues, in {@code src/test/resources/kept} as an
 * earlier PARC wrote them. Never write them again: what is added to a document is optional to read.
 */
class KeptDocumentsTest {

    static final JsonMapper MAPPER = JsonMapper.builder(
                    new JsonFactoryBuilder().highestNonEscapedChar(0xD7FF).build())
            .build();

    /** A document, how it is read and written again, and what may be missing in it, by JSON pointer. */
    enum Document {
        REQUEST("parc-run-request", RunJson::readMessage, RunJson::write, "/requestedBy", "/block"),
        RECORD("parc-run-record", RunJson::readRecord, RunJson::write, "/request/schema", "/request/requestedBy"),
        HISTORY("parc-history", RunJson::readHistory, RunJson::write, "/basis"),
        CHANGES(
                "parc-changes",
                TrendJson::readChanges,
                TrendJson::writeChanges,
                "/changes/0/stage",
                "/changes/0/finding",
                "/changes/1/stage"),
        FINDINGS("parc-findings", TrendJson::readFindings, TrendJson::writeFindings, "/findings/0/resolvedAt"),
        POINT("parc-stage-point", TrendJson::readPoint, TrendJson::write, "/counts", "/waived"),
        UNSCORED_POINT("parc-stage-point-unscored", TrendJson::readPoint, TrendJson::write, "/counts", "/waived"),
        DELIVERY("parc-delivery", DeliveryJson::readMessage, DeliveryJson::message),
        ATTESTATION("parc-attestation", Ledger.Book.ATTESTATIONS, SignedStatement.class, "/evidence", "/withdrawn"),
        WAIVER("parc-waiver", Ledger.Book.WAIVERS, Waiver.class, "/subjectId"),
        WITHDRAWN_WAIVER("parc-waiver-withdrawn", "parc-waiver", Ledger.Book.WAIVERS, Waiver.class, "/withdrawn"),
        CATEGORY("parc-category", Ledger.Book.CATEGORIES, AccountCategory.class, "/withdrawn"),
        ACKNOWLEDGEMENT("parc-acknowledgement", Ledger.Book.ACKNOWLEDGEMENTS, Acknowledgement.class, "/withdrawn"),
        HOOK("parc-hook", Ledger.Book.HOOKS, WebhookSubscription.class);

        private final String name;
        private final Function<String, Object> reader;
        private final Function<Object, String> writer;
        private final Set<String> optional;

        @SuppressWarnings("unchecked")
        <T> Document(String name, Function<String, T> reader, Function<T, String> writer, String... optional) {
            this.name = name;
            this.reader = reader::apply;
            this.writer = value -> writer.apply((T) value);
            this.optional = Set.of(optional);
        }

        /** What is kept in a ledger. */
        <T extends Record> Document(String name, Ledger.Book book, Class<T> type, String... optional) {
            this(name, name, book, type, optional);
        }

        <T extends Record> Document(String name, String schema, Ledger.Book book, Class<T> type, String... optional) {
            this(
                    name,
                    text -> fromLedger(book, schema + "/1", type, text),
                    (Revision<T> kept) -> toLedger(book, schema + "/1", type, kept),
                    optional);
        }

        String text() throws IOException {
            return KeptDocumentsTest.text(name);
        }

        /** Whether the reader takes it. What it does not take throws {@link IllegalArgumentException}, in one line. */
        boolean reads(JsonNode tree) throws IOException {
            String text = MAPPER.writeValueAsString(tree);
            Throwable refusal = catchThrowable(() -> reader.apply(text));
            if (refusal != null) {
                assertThat(refusal).as(text).isInstanceOf(IllegalArgumentException.class);
                assertThat(refusal.getMessage()).hasLineCount(1).hasSizeLessThan(300);
            }
            return refusal == null;
        }
    }

    private static <T extends Record> Revision<T> fromLedger(
            Ledger.Book book, String schema, Class<T> type, String document) {
        HeldLedger ledger = new HeldLedger();
        ledger.append(book, new Ledger.Entry("key", 1, document));
        try {
            return RevisionedStore.of(ledger, book, schema, type).find("key").orElseThrow();
        } catch (StoreException e) {
            throw (IllegalArgumentException) e.getCause();
        }
    }

    private static <T extends Record> String toLedger(
            Ledger.Book book, String schema, Class<T> type, Revision<T> kept) {
        HeldLedger ledger = new HeldLedger();
        RevisionedStore<T> register = RevisionedStore.of(ledger, book, schema, type);
        register.put("key", kept.value(), Precondition.NONE);
        kept.withdrawal().ifPresent(withdrawal -> register.withdraw("key", withdrawal, Precondition.NONE));
        return ledger.newest(book).get(0).document();
    }

    static String text(String name) throws IOException {
        try (InputStream file = KeptDocumentsTest.class.getResourceAsStream("/kept/" + name + ".json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsReadAndWrittenAgainInTheSameBytes(Document document) throws IOException {
        assertThat(document.writer.apply(document.reader.apply(document.text())))
                .isEqualTo(document.text());
    }

    @ParameterizedTest
    @EnumSource
    void whatALaterVersionAddsIsLeftAside(Document document) throws IOException {
        JsonNode tree = MAPPER.readTree(document.text());
        objects(tree, object -> object.putObject("addedLater").putArray("list").add(1));
        // one map holds items by their id, where nothing else may stand
        if (tree.path("outcomes") instanceof ObjectNode byItem) {
            byItem.remove("addedLater");
        }

        assertThat(document.reader.apply(MAPPER.writeValueAsString(tree)))
                .isEqualTo(document.reader.apply(document.text()));
    }

    private static void objects(JsonNode node, Consumer<ObjectNode> change) {
        node.forEach(child -> objects(child, change));
        if (node instanceof ObjectNode object) {
            change.accept(object);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsMissingIsToldInOneLineUnlessItMayBe(Document document) throws IOException {
        Set<String> missed = new TreeSet<>();
        for (JsonPointer field : fields(document)) {
            JsonNode tree = MAPPER.readTree(document.text());
            ((ObjectNode) tree.at(field.head())).remove(field.last().getMatchingProperty());
            if (document.reads(tree)) {
                missed.add(field.toString());
            }
        }

        assertThat(missed).containsExactlyInAnyOrderElementsOf(document.optional);
    }

    /** Never as zero, as the text "null", or as the first constant. */
    @ParameterizedTest
    @EnumSource
    void aNumberForATextAndNothingForSomethingAreRefused(Document document) throws IOException {
        for (String wrong : List.of("null", "true", "1.5", "-1", "99999999999999999999", "{\"a\":{}}", "[7]")) {
            Set<String> taken = new TreeSet<>();
            for (JsonPointer field : fields(document)) {
                JsonNode tree = MAPPER.readTree(document.text());
                ((ObjectNode) tree.at(field.head())).set(field.last().getMatchingProperty(), MAPPER.readTree(wrong));
                if (document.reads(tree)) {
                    taken.add(field.toString());
                }
            }
            // what is not read, and a point without a score
            assertThat(taken)
                    .as(wrong)
                    .isSubsetOf(
                            "/request/schema", "/changes/0/stage", "/changes/1/stage", "/counts", "/score", "/waived");
            assertThat(taken.contains("/score")).as(wrong).isEqualTo(wrong.equals("null") && isPoint(document));
            assertThat(wrong.startsWith("[") && taken.contains("/waived")).isFalse();
        }
    }

    @Test
    void whatOnlyIsWrittenKeepsItsBytesToo() throws IOException {
        List<StagePoint> points = List.of(
                TrendJson.readPoint(text("parc-stage-point")), TrendJson.readPoint(text("parc-stage-point-unscored")));
        List<Change> changes = TrendJson.readChanges(text("parc-changes"));

        assertThat(TrendJson.writeSeries(points)).isEqualTo(text("parc-trend"));
        assertThat(DeliveryJson.event(Assessments.TENANT, points.get(0).runId(), changes))
                .isEqualTo(text("parc-change-event"));
    }

    /** Later versions write more of each administrator, so only what is read is compared. */
    @Test
    void theAdministratorsOfAnEarlierRunAreRead() throws IOException {
        AdministratorInventory inventory = AdministratorInventoryJson.read(text("parc-accounts"));

        assertThat(inventory.explained().administrators()).hasSize(1);
        assertThat(inventory.explained().administrators().get(0).name()).isEqualTo(Assessments.HOSTILE + "0");
        assertThat(AdministratorInventoryJson.read(AdministratorInventoryJson.write(inventory)))
                .isEqualTo(inventory);
        Explanation kept = inventory.explained().administrators().get(0);
        String why = "not asked by the release that kept it";
        assertThat(kept.entries()).isEqualTo(new Evidence<>(Optional.empty(), List.of(why)));
        assertThat(kept.later()).isEmpty();
        assertThat(kept.laterMissing()).containsExactly(why);
    }

    private static boolean isPoint(Document document) {
        return document == Document.POINT || document == Document.UNSCORED_POINT;
    }

    /** The fields of all objects, but for maps by item and by outcome. */
    static List<JsonPointer> fields(Document document) throws IOException {
        List<JsonPointer> fields = new ArrayList<>();
        fields(JsonPointer.empty(), MAPPER.readTree(document.text()), fields);
        return fields;
    }

    private static void fields(JsonPointer here, JsonNode node, List<JsonPointer> fields) {
        if (node instanceof ObjectNode) {
            node.properties().forEach(field -> {
                JsonPointer there = here.appendProperty(field.getKey());
                fields.add(there);
                if (!Set.of("outcomes", "counts").contains(field.getKey())) {
                    fields(there, field.getValue(), fields);
                }
            });
        } else if (node instanceof ArrayNode) {
            for (int index = 0; index < node.size(); index++) {
                fields(here.appendIndex(index), node.get(index), fields);
            }
        }
    }
}
