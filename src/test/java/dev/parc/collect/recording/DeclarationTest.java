package dev.parc.collect.recording;

import static dev.parc.collect.recording.EverythingRead.READERS;
import static dev.parc.collect.recording.EverythingRead.TENANTS;
import static dev.parc.collect.recording.EverythingRead.asked;
import static dev.parc.collect.recording.EverythingRead.facts;
import static dev.parc.collect.recording.EverythingRead.name;
import static dev.parc.collect.recording.EverythingRead.read;
import static dev.parc.collect.recording.EverythingRead.sources;
import static dev.parc.collect.recording.EverythingRead.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.Collected;
import dev.parc.facts.FactKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PARC reads of an answer is declared, and what is declared is read. */
class DeclarationTest {

    private static final Declaration DECLARATION = Declaration.load();

    /**
     * What is read where what comes first is missing, as the name of an account without a sign-in name, or what beta says as v1.0
     * does; no tenant here has that.
     */
    private static final Set<String> INSTEAD = Set.of(
            "displayName",
            "name",
            "skuPartNumber",
            "email",
            "userPrincipalName",
            "id",
            "state",
            "allowedCombinations",
            "quotaId",
            "displayConcealedNames",
            "endDate",
            "stageSettings",
            "appScopeId",
            "registrationDefinitionId",
            "actionGroups");

    @ParameterizedTest
    @ValueSource(strings = {"demo", "kept", "much"})
    void nothingIsReadThatIsNotDeclared(String tenant) {
        Snapshot plain = Objects.requireNonNull(TENANTS.get(tenant));
        Snapshot declared = with(
                plain,
                (request, body) -> DECLARATION
                        .of(request)
                        .map(known -> (ObjectNode) read(known.answer(), body))
                        .orElseGet(() -> JsonNodeFactory.instance.objectNode().put("x", 1)));

        Collected expected = RedactedTenants.read(plain);
        Collected found = RedactedTenants.read(declared);
        for (FactKind kind : FactKind.values()) {
            if (!FactKind.OWN.contains(kind)) {
                assertThat(found.facts().reading(kind))
                        .as(kind.name())
                        .isEqualTo(expected.facts().reading(kind));
            }
        }
    }

    private static Set<String> declaredNames() {
        Set<String> names = new TreeSet<>();
        DECLARATION.each((request, path) -> names.addAll(List.of(path.split("(?<!@odata)\\.", -1))));
        return names;
    }

    /** Where no tenant here has it, the source tells; what is only asked for being there loses its value and stays. */
    @Test
    void whateverTheReadersAskForIsDeclared() throws IOException {
        Set<String> asked = asked();
        assertThat(asked).hasSizeGreaterThan(150);
        asked.removeAll(declaredNames());
        asked.removeAll(Set.of("@odata.nextLink", "error", "code", "message"));
        assertThat(asked).isEmpty();
    }

    @Test
    void whateverIsDeclaredTheReadersNameIt() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (Path file : sources(
                Stream.concat(READERS.stream(), Stream.of("http", "arm")).toList())) {
            sources.append(Files.readString(file));
        }
        Set<String> unnamed = new TreeSet<>();
        for (String name : declaredNames()) {
            if (!Pattern.compile("\\b" + Pattern.quote(name.replace("@", "")) + "\\b")
                    .matcher(sources)
                    .find()) {
                unnamed.add(name);
            }
        }
        assertThat(unnamed).isEmpty();
    }

    /** Each value in turn gives way to one that cannot be used; a declaration that changes nothing says too much. */
    @Test
    @EnabledIfSystemProperty(named = "parc.exhaustive", matches = "true")
    void whateverIsDeclaredIsRead() {
        Set<String> met = new HashSet<>();
        Set<String> read = new HashSet<>();
        for (Snapshot plain : TENANTS.values()) {
            Map<FactKind, Object> expected = facts(plain);
            DECLARATION.each((request, path) -> {
                String which = request + " " + path;
                List<String> names = List.of(path.split("(?<!@odata)\\.", -1));
                int[] changed = {0};
                Snapshot without = with(plain, (recorded, body) -> {
                    if (DECLARATION
                            .of(recorded)
                            .filter(it -> name(recorded, it).equals(request))
                            .isPresent()) {
                        changed[0] += spoil(body, names);
                    }
                    return body;
                });
                if (changed[0] > 0 && !read.contains(which)) {
                    met.add(which);
                    if (!facts(without).equals(expected)) {
                        read.add(which);
                    }
                }
            });
        }
        met.removeAll(read);
        met.removeIf(path -> INSTEAD.contains(path.replaceAll(".*[ .]", "")));
        assertThat(new TreeSet<>(met)).isEmpty();
    }

    private static int spoil(JsonNode node, List<String> names) {
        if (node instanceof ArrayNode array) {
            int spoiled = 0;
            for (JsonNode item : array) {
                spoiled += spoil(item, names);
            }
            return spoiled;
        }
        if (!(node instanceof ObjectNode object) || !object.has(names.get(0))) {
            return 0;
        }
        if (names.size() > 1) {
            return spoil(object.path(names.get(0)), names.subList(1, names.size()));
        }
        JsonNode value = object.path(names.get(0));
        JsonNode instead = value.isContainerNode()
                ? JsonNodeFactory.instance.textNode("x")
                : JsonNodeFactory.instance.objectNode().put("x", 1);
        object.set(names.get(0), instead);
        return 1;
    }
}
