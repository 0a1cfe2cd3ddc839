package dev.parc.assessment.json;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.OptBoolean;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.parc.analysis.explain.ExplainedAdministrators;
import dev.parc.analysis.explain.Explanation;
import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.NextAction;
import dev.parc.assessment.Score;
import dev.parc.assessment.change.Change;
import dev.parc.assessment.change.FindingRecord;
import dev.parc.assessment.change.StagePoint;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.document.Binding;
import dev.parc.assessment.document.TextReader;
import dev.parc.assessment.ledger.ItemIds;
import dev.parc.assessment.ledger.Ledger;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.run.AdministratorInventory;
import dev.parc.assessment.run.HistoryEntry;
import dev.parc.assessment.run.NamedObject;
import dev.parc.assessment.run.RunMessage;
import dev.parc.assessment.run.RunRecord;
import dev.parc.assessment.run.RunRequest;
import dev.parc.assessment.webhook.WebhookFilter;
import dev.parc.assessment.webhook.WebhookSubscription;
import dev.parc.check.Outcome;
import dev.parc.check.Severity;
import dev.parc.check.Stage;
import dev.parc.check.SubjectType;
import dev.parc.facts.Attestation;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * How records stand in documents, where that is not by the names and in the order of their components. What is named here
 * after a record annotates the accessors of that record.
 */
public final class Shapes {

    /** By the record. */
    static final Map<Class<?>, Class<?>> MIX_INS = Map.ofEntries(
            Map.entry(Assessment.Trigger.class, TriggerShape.class),
            Map.entry(SubjectType.class, Subject.class),
            Map.entry(RunRequest.class, Request.class),
            Map.entry(RunMessage.class, Message.class),
            Map.entry(RunRecord.class, RunShape.class),
            Map.entry(HistoryEntry.class, Entry.class),
            Map.entry(Change.class, ChangeShape.class),
            Map.entry(FindingRecord.class, Found.class),
            Map.entry(StagePoint.class, Point.class),
            Map.entry(Score.class, Percent.class),
            Map.entry(DeliveryJson.Due.class, Due.class),
            Map.entry(AdministratorInventory.class, InventoryShape.class),
            Map.entry(NextAction.class, Action.class),
            Map.entry(TenantHistory.Decision.class, Decision.class),
            Map.entry(Waiver.class, WaiverShape.class),
            Map.entry(SignedStatement.class, SignedStatementShape.class),
            Map.entry(WebhookSubscription.class, WebhookSubscriptionShape.class),
            Map.entry(WebhookFilter.class, Filter.class));

    /** All documents that PARC keeps, sends and reads again. */
    public static final Binding DOCUMENTS = new Binding(
            MIX_INS,
            Map.of(
                    "AUTOMATED",
                    CheckResult.Basis.AUTOMATED,
                    "none",
                    Collections.emptySortedSet(),
                    "nothing",
                    List.of(),
                    "false",
                    false),
            new SimpleModule()
                    .addSerializer(Explanation.class, new ExplanationWriter())
                    .addDeserializer(Explanation.class, new ExplanationReader()));

    /** A name for what stands in its parts, which no property will ever have: it would be taken for the whole. */
    private static final String UNWRAPPED = "(in its parts)";

    private Shapes() {}

    interface TriggerShape {
        @JsonValue
        String written();
    }

    interface Subject {
        @JsonValue
        String json();
    }

    @JsonPropertyOrder({"runId", "requestedAt", "stages", "checks", "requestedBy", "trigger"})
    interface Request {
        @JsonDeserialize(using = RunId.class)
        String runId();

        @JsonDeserialize(contentUsing = ItemId.class)
        List<String> checks();
    }

    interface Message {
        @JsonUnwrapped
        @JsonProperty(UNWRAPPED)
        RunRequest run();
    }

    interface RunShape {
        @JsonSerialize(converter = RequestDocument.class)
        RunRequest request();
    }

    /** In the record of a run its request is a document of its own. */
    private static final class RequestDocument extends StdConverter<RunRequest, Binding.Document<RunRequest>> {
        @Override
        public Binding.Document<RunRequest> convert(RunRequest request) {
            return new Binding.Document<>(RunJson.REQUEST_SCHEMA, request);
        }
    }

    interface Entry {
        @JsonDeserialize(using = RunId.class)
        String runId();

        /** The first release did not write it. */
        @JacksonInject(value = "AUTOMATED", useInput = OptBoolean.TRUE)
        CheckResult.Basis basis();
    }

    @JsonPropertyOrder({"kind", "runId", "at", "checkId", "stage", "severity", "finding", "decision", "message"})
    interface ChangeShape {
        @JsonDeserialize(using = RunId.class)
        String runId();

        @JsonDeserialize(using = ItemId.class)
        String checkId();

        @JsonProperty
        Stage stage();
    }

    @JsonPropertyOrder({UNWRAPPED, "firstSeen", "lastSeen", "openSince", "reopened", "resolvedAt"})
    interface Found {
        @JsonUnwrapped
        @JsonProperty(UNWRAPPED)
        dev.parc.check.Finding finding();
    }

    @JsonPropertyOrder({"runId", "stage", "at", UNWRAPPED, "counts"})
    interface Point {
        @JsonDeserialize(using = RunId.class)
        String runId();

        @JsonUnwrapped
        @JsonProperty(UNWRAPPED)
        Score score();

        @JsonProperty
        Map<Outcome, Integer> counts();

        @JsonDeserialize(keyUsing = ItemKey.class)
        SortedMap<String, Outcome> outcomes();

        /** Points of earlier releases do not have it. */
        @JacksonInject(value = "none", useInput = OptBoolean.TRUE)
        @JsonDeserialize(contentUsing = ItemId.class)
        SortedSet<String> waived();
    }

    interface Percent {
        @JsonProperty("score")
        @JsonSerialize(using = PercentWriter.class)
        @JsonDeserialize(using = PercentReader.class)
        int percent();
    }

    interface Due {
        @JsonDeserialize(using = SubscriptionId.class)
        String hookId();

        @JsonDeserialize(using = RunId.class)
        String runId();

        /** Earlier releases delivered nothing else than what a run had found. */
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JacksonInject(value = "false", useInput = OptBoolean.TRUE)
        boolean deletion();
    }

    interface InventoryShape {
        @JsonDeserialize(using = RunId.class)
        String runId();

        @JsonUnwrapped
        @JsonProperty(UNWRAPPED)
        ExplainedAdministrators explained();

        /** Those of earlier releases do not have it. */
        @JacksonInject(value = "nothing", useInput = OptBoolean.TRUE)
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<NamedObject> named();
    }

    interface Action {
        @JsonProperty
        String page();
    }

    interface Decision {
        @JsonUnwrapped
        @JsonProperty(UNWRAPPED)
        Ledger.Entry entry();
    }

    interface WaiverShape {
        @JsonDeserialize(using = ItemId.class)
        String checkId();

        @JsonProperty("subjectId")
        Optional<String> subject();
    }

    @JsonSerialize(converter = Word.To.class)
    @JsonDeserialize(converter = Word.From.class)
    interface SignedStatementShape {}

    /** An attestation as it is kept: its words stand in its midst. */
    private record Word(
            @JsonDeserialize(using = ItemId.class) String item,
            int statement,
            String words,
            String by,
            Instant at,
            LocalDate validUntil,
            String note,
            Optional<String> evidence) {

        private static final class To extends StdConverter<SignedStatement, Word> {
            @Override
            public Word convert(SignedStatement it) {
                Attestation one = it.attestation();
                return new Word(
                        one.item(),
                        one.statement(),
                        it.words(),
                        one.by(),
                        one.at(),
                        one.validUntil(),
                        one.note(),
                        one.evidence());
            }
        }

        private static final class From extends StdConverter<Word, SignedStatement> {
            @Override
            public SignedStatement convert(Word it) {
                return new SignedStatement(
                        new Attestation(it.item, it.statement, it.by, it.at, it.validUntil, it.evidence, it.note),
                        it.words);
            }
        }
    }

    @JsonPropertyOrder({"id", "callback", "key", "by", "at", "filter"})
    interface WebhookSubscriptionShape {
        @JsonProperty("by")
        String createdBy();

        @JsonProperty("at")
        Instant createdAt();
    }

    interface Filter {
        @JsonSerialize(converter = ByName.class)
        Set<Stage> stages();

        @JsonSerialize(converter = ByName.class)
        Set<Severity> severities();

        @JsonSerialize(converter = ByName.class)
        Set<Change.Kind> kinds();
    }

    /** Sets have no order of their own. */
    private static final class ByName extends StdConverter<Set<? extends Enum<?>>, List<String>> {
        @Override
        public List<String> convert(Set<? extends Enum<?>> constants) {
            return constants.stream().map(Enum::name).sorted().toList();
        }
    }

    private static final class RunId extends TextReader<String> {
        private RunId() {
            super("the id of a run", RunIds::isOne);
        }
    }

    private static final class ItemId extends TextReader<String> {
        private ItemId() {
            super("the id of an item, like S1-04", ItemIds::isOne);
        }
    }

    private static final class SubscriptionId extends TextReader<String> {
        private SubscriptionId() {
            super("the id of a subscription", Ledger.KEY.asMatchPredicate());
        }
    }

    private static final class ItemKey extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            return ItemIds.isOne(key)
                    ? key
                    : context.reportInputMismatch(String.class, "must be by ids of items, like S1-04");
        }
    }

    /** Where nothing counts there is no percentage: null, which is -1 in a {@link Score}. */
    private static final class PercentWriter extends JsonSerializer<Integer> {
        @Override
        public void serialize(Integer percent, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            if (percent < 0) {
                generator.writeNull();
            } else {
                generator.writeNumber(percent);
            }
        }
    }

    private static final class PercentReader extends JsonDeserializer<Integer> {
        @Override
        public Integer deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return context.readValue(parser, Integer.class);
        }

        @Override
        public Integer getNullValue(DeserializationContext context) {
            return -1;
        }
    }

    private static final class ExplanationWriter extends JsonSerializer<Explanation> {
        @Override
        public void serialize(Explanation one, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeTree(ExplanationJson.write(one));
        }
    }

    private static final class ExplanationReader extends JsonDeserializer<Explanation> {
        @Override
        public Explanation deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(parser);
            if (!node.isObject()) {
                return context.reportInputMismatch(Explanation.class, "no object");
            }
            return ExplanationJson.read(node);
        }
    }
}
