package dev.parc.collect.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Verdict;
import dev.parc.collect.Collected;
import dev.parc.collect.http.JsonBody;
import dev.parc.facts.FactKind;
import dev.parc.roadmap.Roadmap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything that is read of tenants made up to have all of it. */
final class EverythingRead {

    static final Map<String, Snapshot> TENANTS = RedactedTenants.all();

    static final List<String> READERS = List.of("graph", "graph/reader", "azure", "reading", "tenant");

    static int turn;

    interface Change {
        ObjectNode of(Recorded request, ObjectNode body);
    }

    private EverythingRead() {}

    static Snapshot with(Snapshot snapshot, Change change) {
        Map<Recorded, RecordedAnswer> answers = new HashMap<>();
        snapshot.answers()
                .forEach((request, answer) -> answers.put(
                        request,
                        new RecordedAnswer(
                                answer.status(),
                                JsonBody.parse(answer.body())
                                        .filter(body -> answer.status() == 200)
                                        .map(body -> change.of(request, body).toString())
                                        .orElse(answer.body()))));
        return new Snapshot(snapshot.heading(), answers);
    }

    static Map<String, String> answers(Snapshot snapshot) {
        Collected collected = RedactedTenants.read(snapshot);
        Map<String, String> answers = new TreeMap<>();
        for (Check check : Roadmap.checks()) {
            Verdict verdict = Assessor.assess(check, collected.facts());
            answers.put(
                    check.getClass().getSimpleName(),
                    verdict.outcome() + " " + verdict.findings().size());
        }
        return answers;
    }

    /** As redaction does it, but with every declared value as it is. */
    static JsonNode read(Declaration.Property property, JsonNode value) {
        if (value instanceof ArrayNode array) {
            ArrayNode read = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> read.add(read(property, item)));
            return read;
        }
        if (property.treatment().equals(Optional.of(Declaration.Treatment.COLUMNS))) {
            return value;
        }
        if (!(value instanceof ObjectNode object) || property.below().isEmpty()) {
            return value.isObject() && !value.isEmpty()
                    ? JsonNodeFactory.instance.objectNode().put("x", 1)
                    : value;
        }
        ObjectNode read = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(member -> {
            Declaration.Property declared = property.below().get(member.getKey());
            boolean isOfPage = member.getKey().endsWith("nextLink")
                    || member.getKey().equals("$skipToken")
                    || member.getKey().equals("totalRecords");
            read.set(
                    member.getKey(),
                    isOfPage
                            ? member.getValue()
                            : declared == null
                                    ? Redactor.undeclared(member.getValue())
                                    : read(declared, member.getValue()));
        });
        return read;
    }

    /** Names that the readers hand to the accessors of an answer. */
    static Set<String> asked() throws IOException {
        Pattern accessor =
                Pattern.compile("\\.(?:text|requiredText|id|flag|requiredFlag|requiredNumber|time|texts|items"
                        + "|item|optional|optionalItems|requiredItem|has|isText|isList|firstText|path|get)"
                        + "\\(((?:\\s*\"[^\"]+\"\\s*,?)+)\\)");
        Set<String> asked = new TreeSet<>();
        for (Path file : sources(READERS)) {
            if (file.endsWith("OwnGrants.java")) {
                continue; // no part of a snapshot
            }
            Matcher found = accessor.matcher(Files.readString(file));
            while (found.find()) {
                Arrays.stream(found.group(1).split("\"", -1))
                        .filter(name -> name.matches("[@\\w.]+"))
                        .forEach(asked::add);
            }
        }
        return asked;
    }

    static List<Path> sources(List<String> folders) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files =
                    Files.list(Path.of("src/main/java/dev/parc/collect").resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    static String name(Recorded request, Declaration.Declared declared) {
        String table = request.body().contains("\"query\"")
                ? JsonBody.parse(request.body())
                        .orElseThrow()
                        .path("query")
                        .asText()
                        .split("\\W", 2)[0]
                : "";
        return (request.method() + " " + String.join("/", declared.segments()) + " " + table).strip();
    }

    static Map<FactKind, Object> facts(Snapshot snapshot) {
        Map<FactKind, Object> facts = new HashMap<>();
        Collected collected = RedactedTenants.read(snapshot);
        for (FactKind kind : FactKind.values()) {
            if (!FactKind.OWN.contains(kind)) {
                facts.put(kind, collected.facts().reading(kind));
            }
        }
        return facts;
    }
}
