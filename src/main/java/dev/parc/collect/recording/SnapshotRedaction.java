package dev.parc.collect.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.RequestTarget;
import dev.parc.facts.Category;
import dev.parc.facts.Designations;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;

/**
 * Makes a snapshot fit to be handed on. What PARC reads, by {@link Declaration}, is kept where it means the same in every tenant, and
 * else gives way to a stand-in, the same one for the same thing wherever it occurs, so that the checks answer as they did. Whatever
 * nobody declared loses its value: a property that Microsoft adds tomorrow cannot leave.
 */
public final class SnapshotRedaction {

    /** What PARC looks for in the message of an error. */
    static final List<String> TELLING = List.of("not licensed for this feature");

    private static final Set<String> PAGE_TOKENS = Set.of("$skiptoken", "$deltatoken");
    private static final Set<String> NEXT = Set.of("@odata.nextLink", "nextLink");
    private static final String SKIP_TOKEN = "$skipToken";
    private static final Set<String> OPTIONS = Set.of(
            "$select",
            "$filter",
            "$expand",
            "$top",
            "$count",
            "$orderby",
            "$search",
            "$skip",
            "$skiptoken",
            "$deltatoken",
            "api-version");

    private final Pseudonyms pseudonyms;
    private final Redactor redactor;
    private final Declaration declaration = Declaration.load();

    private SnapshotRedaction(Snapshot snapshot) {
        KnownWords words = KnownWords.load();
        Set<String> ids = new HashSet<>();
        Set<String> domains = new HashSet<>();
        SnapshotHeading heading = snapshot.heading();
        heading.designations().emergencyAccounts().forEach(account -> ids.addAll(idsIn(account)));
        heading.designations().categories().keySet().forEach(account -> ids.addAll(idsIn(account)));
        heading.designations().exposedUsersGroup().ifPresent(group -> ids.addAll(idsIn(group)));
        heading.designations().productionSubscriptions().forEach(subscription -> ids.addAll(idsIn(subscription)));
        heading.designations().workstationFilter().ifPresent(rule -> ids.addAll(idsIn(rule)));
        ids.addAll(idsIn(heading.tenantId()));
        snapshot.answers().forEach((request, answer) -> {
            ids.addAll(idsIn(request.target() + " " + request.body()));
            JsonBody.parse(answer.body()).ifPresent(body -> {
                visit(body, text -> ids.addAll(idsIn(text)));
                domains.addAll(domainsIn(request, body));
            });
        });
        this.pseudonyms =
                new Pseudonyms(ids, ids.stream().filter(words::isPublicId).collect(Collectors.toSet()), domains);
        this.redactor = new Redactor(pseudonyms, words);
    }

    /**
     * Writes a redacted copy of a snapshot.
     *
     * @param from a snapshot that PARC recorded: a folder or a zip file
     * @param to where the copy goes: a folder, or a file ending in .zip
     * @return how many answers were left out because this version of PARC does not ask for them
     * @throws dev.parc.collect.TenantException if one is broken, or the other cannot be written
     */
    public static int copy(Path from, Path to) {
        SnapshotWriter.check(to);
        try (SnapshotSource source = SnapshotSource.open(from)) {
            Snapshot snapshot = Snapshot.load(source);
            Snapshot redacted = of(snapshot);
            SnapshotWriter.write(to, redacted);
            return snapshot.answers().size() - redacted.answers().size();
        }
    }

    /** The same as {@link #copy}, of a snapshot at hand. */
    static Snapshot of(Snapshot snapshot) {
        return new SnapshotRedaction(snapshot).redacted(snapshot);
    }

    private static Set<String> idsIn(String text) {
        return Pseudonyms.GUID
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(id -> id.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** The tenant's domains, where an answer lists them; they get the first stand-ins. */
    private static Set<String> domainsIn(Recorded request, JsonNode body) {
        Set<String> domains = new HashSet<>();
        if (request.target().path().endsWith("/domains")) {
            body.path("value").forEach(domain -> domains.add(domain.path("id").asText()));
        }
        domains.remove("");
        return domains;
    }

    private static void visit(JsonNode node, Consumer<String> texts) {
        if (node.isTextual()) {
            texts.accept(node.textValue());
        } else {
            node.forEach(item -> visit(item, texts));
        }
    }

    private Snapshot redacted(Snapshot snapshot) {
        Map<Recorded, RecordedAnswer> answers = new HashMap<>();
        snapshot.answers().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().file()))
                .forEach(entry -> declaration
                        .of(entry.getKey())
                        .ifPresent(declared ->
                                answers.put(redacted(entry.getKey(), declared), redacted(entry.getValue(), declared))));
        return new Snapshot(redacted(snapshot.heading()), answers);
    }

    private RecordedAnswer redacted(RecordedAnswer answer, Declaration.Declared declared) {
        String body = JsonBody.parse(answer.body())
                .map(object -> answer.status() == 200 ? redacted(object, declared) : redactor.error(object))
                .map(JsonNode::toString)
                .orElse("");
        return new RecordedAnswer(answer.status(), body);
    }

    private ObjectNode redacted(ObjectNode body, Declaration.Declared declared) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        body.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (NEXT.contains(name) && value.isTextual()) {
                whole.put(name, nextLink(value.textValue()));
            } else if (name.equals(SKIP_TOKEN) && value.isTextual()) {
                whole.put(name, pseudonyms.token(value.textValue()));
            } else if (name.equals("totalRecords") && value.isNumber()) {
                whole.set(name, value);
            } else {
                Declaration.Property property = declared.answer().below().get(name);
                whole.set(
                        property == null ? redactor.name(name) : name,
                        property == null ? Redactor.undeclared(value) : redactor.value(property, value));
            }
        });
        return whole;
    }

    private SnapshotHeading redacted(SnapshotHeading heading) {
        Designations designations = heading.designations();
        Map<String, Category> categories = new HashMap<>();
        designations.categories().forEach((account, category) -> categories.put(account(account), category));
        return new SnapshotHeading(
                redactor.key(heading.tenantId()),
                pseudonyms.name(heading.tenantName()),
                heading.source(),
                heading.takenAt(),
                new Designations(
                                designations.emergencyAccounts().stream()
                                        .map(this::account)
                                        .collect(Collectors.toSet()),
                                categories)
                        .withExposedUsersGroup(designations.exposedUsersGroup().map(redactor::key))
                        .withProductionSubscriptions(designations.productionSubscriptions().stream()
                                .map(redactor::key)
                                .collect(Collectors.toSet()))
                        .withWorkstationFilter(designations.workstationFilter().map(redactor::rule)),
                heading.permissions());
    }

    private String account(String account) {
        return redactor.key(account).toLowerCase(Locale.ROOT);
    }

    private Recorded redacted(Recorded request, Declaration.Declared declared) {
        return new Recorded(
                request.method(),
                redacted(request.target(), declared),
                JsonBody.parse(request.body())
                        .map(body -> JsonBody.canonical(ofRequest(body)))
                        .orElse(""));
    }

    /** The body of a question: ids, the words of PARC, and how a list is to be told. */
    private JsonNode ofRequest(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode redacted = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(member -> redacted.set(
                            redactor.name(member.getKey()),
                            member.getKey().equals(SKIP_TOKEN)
                                    ? TextNode.valueOf(
                                            pseudonyms.token(member.getValue().asText()))
                                    : ofRequest(member.getValue())));
            return redacted;
        }
        if (node.isArray()) {
            List<JsonNode> items = new ArrayList<>();
            node.forEach(item -> items.add(ofRequest(item)));
            return JsonNodeFactory.instance.arrayNode().addAll(items);
        }
        return node.isTextual() ? TextNode.valueOf(redactor.request(node.textValue())) : node;
    }

    private RequestTarget redacted(RequestTarget target, Declaration.Declared declared) {
        SortedMap<String, String> query = new TreeMap<>();
        target.query().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            query.put(
                    OPTIONS.contains(lower) ? name : pseudonyms.token(name),
                    PAGE_TOKENS.contains(lower) ? pseudonyms.token(value) : redactor.request(value));
        });
        return new RequestTarget(target.isOfGraph() ? path(target, declared) : redactor.azure(target.path()), query);
    }

    private String path(RequestTarget target, Declaration.Declared declared) {
        String[] path = target.path().split("/", -1);
        for (int at = 0; at < path.length; at++) {
            if (Declaration.Declared.isKey(declared.segments().get(at))) {
                path[at] = path[at - 1].equals("domains") ? redactor.domain(path[at]) : redactor.key(path[at]);
            }
        }
        return String.join("/", path);
    }

    /** The link to a further page, which is asked at whatever host the first one was. */
    private String nextLink(String link) {
        try {
            RequestTarget target = RequestTarget.of(URI.create(link));
            Optional<Declaration.Declared> declared = declaration.of(new Recorded("GET", target, ""));
            return declared.isEmpty()
                    ? pseudonyms.token(link)
                    : (target.isOfGraph() ? "https://graph.microsoft.com" : "https://management.azure.com")
                            + redacted(target, declared.get());
        } catch (IllegalArgumentException e) {
            return pseudonyms.token(link); // what is no URI leads to no page, before as after
        }
    }
}
