package dev.parc.assessment.statements;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.parc.assessment.decision.Question;
import dev.parc.assessment.ledger.RefusedException;
import dev.parc.assessment.register.Attestations;
import dev.parc.facts.Attestation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The document that lists statements with who attests them and until when, schema {@code parc-attestations/1}, in YAML or JSON.
 * It is read token by token: anchors, aliases and tags of YAML are refused, so nothing in it can grow or make an object, and what is
 * wrong is told with its line.
 */
public final class StatementsDocument {

    /** What {@code schema} says. */
    public static final String SCHEMA = "parc-attestations/1";

    /** The longest document, in characters. */
    public static final int LONGEST = 512 * 1024;

    private static final int MOST = 500;
    private static final List<String> KEYS =
            List.of("item", "statement", "words", "by", "validUntil", "evidence", "note");
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;

    private StatementsDocument(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * The statements of a document in JSON, which begins with a brace, or else in YAML.
     *
     * @throws RefusedException if it is none, saying where and why
     */
    public static List<StatementEntry> of(String text) {
        return text.stripLeading().startsWith("{") ? ofJson(text) : ofYaml(text);
    }

    /** The same in YAML. */
    public static List<StatementEntry> ofYaml(String text) {
        return read(YAML, "YAML", text);
    }

    /** The same in JSON. */
    public static List<StatementEntry> ofJson(String text) {
        return read(JSON, "JSON", text);
    }

    private static List<StatementEntry> read(JsonFactory factory, String language, String text) {
        if (text.length() > LONGEST) {
            throw new RefusedException("the document can have at most %,d characters".formatted(LONGEST));
        }
        try (JsonParser parser = factory.createParser(text)) {
            return new StatementsDocument(parser).document();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new RefusedException("line " + line + ": this is not " + language);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<StatementEntry> document() throws IOException {
        if (next() != JsonToken.START_OBJECT) {
            throw refused("the document must have the keys schema and statements");
        }
        Set<String> met = new HashSet<>();
        List<StatementEntry> entries = new ArrayList<>();
        while (next() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (!met.add(key)) {
                throw refused("the key " + key + " is listed twice");
            }
            switch (key) {
                case "schema" -> {
                    next();
                    if (!SCHEMA.equals(scalar(key).orElse(""))) {
                        throw refused("schema must be " + SCHEMA);
                    }
                }
                case "statements" -> {
                    if (next() != JsonToken.START_ARRAY) {
                        throw refused("statements must be a list");
                    }
                    while (next() != JsonToken.END_ARRAY) {
                        if (entries.size() == MOST) {
                            throw refused("there must be at most " + MOST + " statements");
                        }
                        entries.add(entry());
                    }
                }
                default -> throw refused("there is no key " + quoted(key) + "; the keys are schema and statements");
            }
        }
        if (!met.contains("schema") || !met.contains("statements")) {
            throw refused("the document must have the keys schema (" + SCHEMA + ") and statements");
        }
        if (next() != null) {
            throw refused("nothing can follow the document");
        }
        return List.copyOf(entries);
    }

    private StatementEntry entry() throws IOException {
        int line = line();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw refused("a statement must have the keys item, statement, words and validUntil");
        }
        Map<String, Optional<String>> values = new LinkedHashMap<>();
        while (next() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            if (!KEYS.contains(key)) {
                throw refused(
                        "there is no key " + quoted(key) + "; the keys of a statement are " + String.join(", ", KEYS));
            }
            next();
            if (values.put(key, scalar(key)) != null) {
                throw refused("the key " + key + " is listed twice");
            }
        }
        return new StatementEntry(
                line,
                required(values, "item", line).toUpperCase(Locale.ROOT),
                number(required(values, "statement", line), line),
                required(values, "words", line),
                value(values, "by"),
                value(values, "validUntil"),
                value(values, "evidence"),
                value(values, "note").orElse(""));
    }

    private static Optional<String> value(Map<String, Optional<String>> values, String key) {
        return values.getOrDefault(key, Optional.empty());
    }

    private static String required(Map<String, Optional<String>> values, String key, int line) {
        return value(values, key)
                .orElseThrow(() -> new RefusedException("line " + line + ": the statement has no " + key));
    }

    private static int number(String text, int line) {
        if (!text.matches("[1-9]\\d{0,3}")) {
            throw new RefusedException("line " + line + ": statement must be a number from 1");
        }
        return Integer.parseInt(text);
    }

    /** The text of a scalar as it is written; empty if it is blank or null. */
    private Optional<String> scalar(String key) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isScalarValue()) {
            throw refused(key + " must be a string");
        }
        return token == JsonToken.VALUE_NULL
                ? Optional.empty()
                : Optional.of(parser.getText().strip()).filter(text -> !text.isEmpty());
    }

    private @Nullable JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (parser instanceof YAMLParser yaml
                && (yaml.isCurrentAlias() || yaml.getObjectId() != null || yaml.getTypeId() != null)) {
            throw refused("YAML anchors, aliases and tags are not accepted");
        }
        return token;
    }

    private int line() {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private RefusedException refused(String why) {
        return new RefusedException("line " + line() + ": " + why);
    }

    private static String quoted(String key) {
        return "\"" + key.substring(0, Math.min(60, key.length())) + "\"";
    }

    /**
     * A document with these statements, to be filled in: who attested, evidence and note are those of last time, and the last day is
     * left open.
     */
    public static String template(List<Question> questions) {
        StringWriter text = new StringWriter();
        text.write("""
                # Statements of the roadmap's items that are not attested now, for: parc attest --file FILE
                # Fill in validUntil (a date, at most 400 days ahead) where you attest the statement; without it, the statement stays open.
                # by, evidence (an https link) and note are those of last time. Do not change words: they are what you attest.
                """);
        try (YAMLGenerator yaml = YAML.createGenerator(text)) {
            yaml.writeStartObject();
            yaml.writeStringField("schema", SCHEMA);
            yaml.writeArrayFieldStart("statements");
            for (Question question : questions) {
                yaml.writeStartObject();
                yaml.writeStringField("item", question.item());
                yaml.writeNumberField("statement", question.statement());
                yaml.writeStringField("words", question.words());
                yaml.writeStringField(
                        "by", question.said().map(Attestations::speaker).orElse(""));
                yaml.writeStringField("validUntil", "");
                yaml.writeStringField(
                        "evidence",
                        question.said().flatMap(Attestation::evidence).orElse(""));
                yaml.writeStringField(
                        "note", question.said().map(Attestation::note).orElse(""));
                yaml.writeEndObject();
            }
            yaml.writeEndArray();
            yaml.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
