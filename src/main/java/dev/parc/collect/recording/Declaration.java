package dev.parc.collect.recording;

import dev.parc.collect.http.JsonBody;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What PARC reads of an answer, by request and path, and what becomes of it in a redacted snapshot: the resource
 * {@code declared.txt}, which a test compares with what the readers ask for.
 */
final class Declaration {

    /** The resource, beside this class. */
    static final String RESOURCE = "declared.txt";

    private static final String KEY = "{id}";
    private static final String RESOURCE_GRAPH = "/providers/microsoft.resourcegraph/resources";

    /** How a value is treated. The resource says what each means. */
    enum Treatment {
        PLAIN,
        WORD,
        TITLE,
        NAME,
        ID,
        ADDRESS,
        SCOPE,
        RULE,
        ACTION,
        EQUALS,
        AZURE,
        RESOURCE,
        KQL,
        COLUMNS,
        TEMPLATE,
        PREFIX,
        COMPUTER,
        CIDR,
        MARK
    }

    /**
     * A property that is read.
     *
     * @param treatment empty for one that holds others
     * @param beginnings with which a word that is not known may begin and keep that
     * @param below what is read of the objects that it holds, by name
     */
    record Property(Optional<Treatment> treatment, List<String> beginnings, Map<String, Property> below) {

        static Property holder() {
            return new Property(Optional.empty(), List.of(), new LinkedHashMap<>());
        }
    }

    /**
     * A request that is asked.
     *
     * @param segments of its path; {@code {id}} for whatever differs
     * @param table of Resource Graph; empty for any other request
     */
    private record Asked(String method, List<String> segments, String table, Property answer) {

        boolean matches(Recorded request, List<String> path, String ofTable) {
            if (!method.equals(request.method()) || path.size() != segments.size() || !table.equals(ofTable)) {
                return false;
            }
            for (int at = 0; at < path.size(); at++) {
                String segment = segments.get(at);
                if (!segment.equals(KEY) && !segment.equalsIgnoreCase(path.get(at))) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * What is declared of one request.
     *
     * @param segments of the path as it is declared
     */
    record Declared(List<String> segments, Property answer) {

        static boolean isKey(String segment) {
            return segment.equals(KEY);
        }
    }

    private final List<Asked> all = new ArrayList<>();

    private Declaration() {}

    static Declaration load() {
        Declaration declaration = new Declaration();
        try (InputStream stream = Declaration.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing in this build");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            Property answer = Property.holder();
            boolean inHeads = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    inHeads = false;
                } else if (line.startsWith("  ")) {
                    inHeads = false;
                    add(answer, line.strip().split(" ", -1));
                } else {
                    answer = inHeads ? answer : Property.holder();
                    inHeads = true;
                    String[] request = line.split(" ", -1);
                    declaration.all.add(new Asked(
                            request[0],
                            List.of(request[1].split("/", -1)),
                            request.length > 2 ? request[2] : "",
                            answer));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return declaration;
    }

    private static void add(Property answer, String[] words) {
        Property at = answer;
        List<String> names = names(words[0]);
        for (String name : names.subList(0, names.size() - 1)) {
            at = at.below().computeIfAbsent(name, any -> Property.holder());
        }
        List<String> beginnings = new ArrayList<>();
        for (int word = 2; word < words.length; word++) {
            beginnings.add(words[word].replace('~', ' '));
        }
        at.below()
                .put(
                        names.get(names.size() - 1),
                        new Property(
                                Optional.of(Treatment.valueOf(words[1].toUpperCase(Locale.ROOT))),
                                List.copyOf(beginnings),
                                Map.of()));
    }

    /** The names on a path; those of annotations have a full stop inside. */
    private static List<String> names(String path) {
        return List.of(path.split("(?<!@odata)\\.", -1));
    }

    /** What is declared of the answer to a request; empty if PARC asks no such thing. */
    Optional<Declared> of(Recorded request) {
        List<String> path = List.of(request.target().path().split("/", -1));
        String table = table(request);
        return all.stream()
                .filter(asked -> asked.matches(request, path, table))
                .min((one, other) -> Long.compare(keys(one), keys(other)))
                .map(asked -> new Declared(asked.segments(), asked.answer()));
    }

    private static long keys(Asked asked) {
        return asked.segments().stream().filter(Declared::isKey).count();
    }

    /** The table that a question to Resource Graph begins with. */
    private static String table(Recorded request) {
        return request.target().path().equalsIgnoreCase(RESOURCE_GRAPH)
                ? JsonBody.parse(request.body())
                        .map(body -> body.path("query").asText().strip().split("\\W", 2)[0])
                        .orElse("")
                : "";
    }

    /** Hands on every path that is declared, by request, lists left out. */
    void each(BiConsumer<String, String> taken) {
        all.forEach(asked -> each(
                (asked.method() + " " + String.join("/", asked.segments()) + " " + asked.table()).strip(),
                "",
                asked.answer(),
                taken));
    }

    private static void each(String request, String path, Property property, BiConsumer<String, String> taken) {
        property.below().forEach((name, below) -> {
            String whole = path.isEmpty() ? name : path + "." + name;
            if (below.treatment().isPresent()) {
                taken.accept(request, whole);
            }
            each(request, whole, below, taken);
        });
    }
}
