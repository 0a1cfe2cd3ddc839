package dev.parc.collect.recording;

import static dev.parc.collect.recording.EverythingRead.TENANTS;
import static dev.parc.collect.recording.EverythingRead.answers;
import static dev.parc.collect.recording.EverythingRead.name;
import static dev.parc.collect.recording.EverythingRead.turn;
import static dev.parc.collect.recording.EverythingRead.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvReader;
import dev.parc.collect.http.UsageReports;
import dev.parc.facts.Designations;
import dev.parc.roadmap.Roadmap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is declared of the answers is what is read of them; nothing else leaves, and the redacted snapshot is answered alike. */
class RedactionOfEverythingTest {

    private static final String MARK = "zqx";

    private static final String VALUE = "value";

    private static final Pattern LEFT = Pattern.compile("(?i)zqx|7a71-4789|7137997");

    /** Marks, in the shapes that what tells of a tenant has. */
    private static final class Marks {

        private final List<String> made = new ArrayList<>();

        String next() {
            int number = made.size();
            String mark = switch (number % 8) {
                case 0 -> MARK + number;
                case 1 -> MARK + number + "@" + MARK + number + ".com";
                case 2 -> "%08x-7a71-4789-8abc-7a7178%06x".formatted(0x7a717800 + number, number);
                case 3 -> "+41 7137997" + number;
                case 4 -> "https://" + MARK + number + ".example/" + MARK + "?a=" + MARK;
                case 5 -> "CN=" + MARK + number + ", O=" + MARK + " AG";
                case 6 ->
                    "/subscriptions/" + MARK + number + "/resourceGroups/" + MARK + "/providers/" + MARK + "/" + MARK;
                default -> "'" + MARK + number + "' -eq \"" + MARK + "\" // " + MARK;
            };
            made.add(mark);
            return mark;
        }

        int number() {
            next();
            return 713_799_700 + made.size() % 100;
        }

        void leftIn(String text, Set<String> found) {
            Matcher mark = LEFT.matcher(text);
            if (mark.find()) {
                found.add(text.substring(Math.max(0, mark.start() - 120), Math.min(text.length(), mark.end() + 60)));
            }
        }
    }

    /** A tenth, and another each time, so that all of them come eight times; all of them each time where there is time for it. */
    private static Set<String> share(Set<String> names) {
        int from = turn++ % 10;
        int[] at = {0};
        return Boolean.getBoolean("parc.exhaustive")
                ? names
                : names.stream().filter(name -> at[0]++ % 10 == from).collect(Collectors.toSet());
    }

    /** Every fiftieth, and others each time, for objects inside others. */
    private static Set<String> some(Set<String> names) {
        int from = turn++ % 50;
        int[] at = {0};
        return names.size() < 100
                ? Set.of()
                : names.stream().filter(name -> at[0]++ % 50 == from).collect(Collectors.toSet());
    }

    /** A mark in every value, and in properties beside every property. */
    private static JsonNode planted(JsonNode node, Marks marks, Set<String> names) {
        if (node instanceof ArrayNode array) {
            ArrayNode planted = JsonNodeFactory.instance.arrayNode();
            for (JsonNode item : array) {
                planted.add(planted(item, marks, planted.isEmpty() ? names : Set.of()));
            }
            planted.add(marks.next());
            return planted;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode planted = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(member -> planted.set(
                            member.getKey(),
                            member.getKey().endsWith("nextLink")
                                    ? member.getValue()
                                    : planted(
                                            member.getValue(),
                                            marks,
                                            member.getKey().equals(VALUE) ? names : some(names))));
            names.stream().filter(name -> !planted.has(name)).forEach(name -> planted.put(name, marks.next()));
            planted.put(MARK + "Name", marks.next())
                    .put(MARK + "@odata." + MARK, marks.next())
                    .put("#" + MARK, marks.next())
                    .put("salary", marks.number());
            planted.putObject("nested")
                    .put(MARK, marks.next())
                    .putArray("further")
                    .add(marks.next());
            planted.putArray("many").add(marks.next()).addObject().put("deep", marks.next());
            return planted;
        }
        return node.isNull() ? node : JsonNodeFactory.instance.textNode(marks.next());
    }

    private static Set<String> propertiesOfTheSdk() throws IOException {
        Set<String> names = new TreeSet<>();
        try (InputStream stream = KnownWords.class.getResourceAsStream(KnownWords.RESOURCE)) {
            String text = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.substring(0, text.indexOf("[OWN]")).lines().toList()) {
                if (line.matches("[a-z][A-Za-z0-9]+")) {
                    names.add(line);
                }
            }
        }
        return names;
    }

    private static Map<Recorded, RecordedAnswer> requestsWithMarks() {
        Map<Recorded, RecordedAnswer> answers = new HashMap<>();
        String body =
                "{\"id\":\"zqx\",\"@odata.nextLink\":\"https://zqx.example/v1.0/users/zqx?$skiptoken=zqx&zqx=zqx\"}";
        for (String request : List.of(
                "/v1.0/zqx",
                "/v1.0/zqx/zqx?zqx=zqx",
                "/v1.0/users/zqx?$select=zqx",
                "/v1.0/users/zqx%40zqx.com?$filter=zqx%20eq%20'zqx'",
                "/v1.0/domains/zqx.com/federationConfiguration?zqx=zqx",
                "/v1.0/groups/zqx/members?$search=%22zqx:zqx%22",
                "/v1.0/servicePrincipals?$filter=displayName%20eq%20'Zqx%20AG'&$skiptoken=zqx",
                "/beta/auditLogs/signIns?$filter=startswith(zqx,'zqx')",
                "/subscriptions/zqx/providers/Microsoft.Security/securityContacts?api-version=zqx",
                "/providers/Microsoft.Management/managementGroups/zqx/descendants?zqx=zqx",
                "/subscriptions/zqx/resourceGroups/zqx/providers/Microsoft.Storage/storageAccounts/zqx/managementPolicies/default")) {
            answers.put(Recorded.of("GET", request, ""), new RecordedAnswer(200, body));
            answers.put(
                    Recorded.of("GET", request + (request.contains("?") ? "&" : "?") + "$top=7", ""),
                    new RecordedAnswer(
                            403,
                            "{\"error\":{\"code\":\"zqx\",\"message\":\"zqx\",\"zqx\":{\"zqx\":1}},\"zqx\":\"zqx\"}"));
        }
        answers.put(
                Recorded.of(
                        "POST",
                        "/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01",
                        "{\"query\":\"resources | where name == 'zqx' or zqx == 'a zqx' // zqx\",\"zqx\":\"zqx\",\"options\":{\"$skipToken\":\"zqx\"}}"),
                new RecordedAnswer(200, "{\"data\":[{\"id\":\"zqx\"}],\"$skipToken\":\"zqx\"}"));
        answers.put(
                Recorded.of("POST", "/v1.0/directoryObjects/getByIds", "{\"ids\":[\"zqx\"],\"zqx\":[\"zqx\"]}"),
                new RecordedAnswer(200, "{\"value\":[]}"));
        return answers;
    }

    /** Every answer of every tenant, with a mark in every value, in unknown properties, and once in every property of the SDK. */
    @Test
    void whateverNobodyDeclaredCannotLeave() throws IOException {
        Set<String> names = propertiesOfTheSdk();
        assertThat(names).hasSizeGreaterThan(5_000);
        Marks marks = new Marks();
        Set<String> templates = new HashSet<>();
        Set<String> left = new TreeSet<>();
        for (Map.Entry<String, Snapshot> tenant : TENANTS.entrySet()) {
            Snapshot plain = tenant.getValue();
            Map<Recorded, RecordedAnswer> answers = new HashMap<>(with(plain, (request, body) -> (ObjectNode)
                            planted(body, marks, templates.add(request.target().template()) ? share(names) : Set.of()))
                    .answers());
            answers.putAll(requestsWithMarks());
            Snapshot redacted = SnapshotRedaction.of(new Snapshot(
                    new SnapshotHeading(
                            "7a717800-7a71-4789-8abc-7a7178000001",
                            "Zqx AG",
                            "snapshot",
                            RedactedTenants.TAKEN,
                            new Designations(Set.of("zqx@zqx.com", "zqx"), Map.of())
                                    .withExposedUsersGroup(Optional.of("zqx"))
                                    .withProductionSubscriptions(Set.of("zqx"))
                                    .withWorkstationFilter(
                                            Optional.of("device.zqx -eq \"zqx\" -and device.model -eq 'zqx'")),
                            Optional.empty()),
                    answers));
            redacted.answers().forEach((request, answer) -> {
                marks.leftIn(request.file() + " " + request.target(), left);
                marks.leftIn(answer.body(), left);
            });
            marks.leftIn(Manifest.write(redacted), left);
        }
        assertThat(left).isEmpty();
        assertThat(marks.made).hasSizeGreaterThan(100_000); // 88 kinds of answers;
    }

    /**
     * A usage report as it comes over the wire: CSV with a row for everybody. A mark is in each cell but the name of those who are asked
     * for, in columns that Microsoft may add, and in the rows of others.
     */
    @Test
    void whatTheColumnsOfUsageReportsTellCannotLeave() {
        RedactedTenants.OfMuch much = RedactedTenants.ofMuch();
        much.tenant().used(much.guest(), "Exchange", "2026-01-28");
        Marks marks = new Marks();
        List<String> reports = new ArrayList<>();
        Snapshot recorded = RedactedTenants.recorded(
                much,
                new UsageReports(
                        much.tenant()::answer,
                        (link, body) -> much.tenant().reports().fetch(link, csv -> {
                            String marked = marked(new String(csv.readAllBytes(), StandardCharsets.UTF_8), marks);
                            reports.add(marked);
                            return body.read(new ByteArrayInputStream(marked.getBytes(StandardCharsets.UTF_8)));
                        })));
        List<String> answers = recorded.answers().entrySet().stream()
                .filter(entry -> entry.getKey().target().path().contains("/reports/get"))
                .map(entry -> entry.getValue().body())
                .toList();

        assertThat(reports).isNotEmpty();
        assertThat(answers)
                .as("a mark is in what is recorded")
                .anyMatch(answer -> LEFT.matcher(answer).find());
        Set<String> left = new TreeSet<>();
        SnapshotRedaction.of(recorded).answers().forEach((request, answer) -> {
            marks.leftIn(request.file() + " " + request.target(), left);
            marks.leftIn(answer.body(), left);
        });
        assertThat(left).isEmpty();
        assertThat(marks.made).hasSizeGreaterThan(500);
    }

    private static String marked(String csv, Marks marks) {
        List<String> lines = csv.lines().toList();
        StringBuilder marked = new StringBuilder(lines.get(0))
                .append(",zqx,Zqx Last Activity Date,Zqx Phone,Exchange Last Activity Date Zqx\r\n");
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = CsvReader.builder().ofCsvRecord(line).stream()
                    .findFirst()
                    .orElseThrow()
                    .getFields();
            List<String> told = new ArrayList<>();
            for (int i = 0; i < cells.size() + 4; i++) {
                boolean keeps = i == 3 || (i == 1 && !cells.get(i).startsWith("ordinary"));
                told.add(keeps ? cells.get(i) : '"' + marks.next().replace("\"", "\"\"") + '"');
            }
            marked.append(String.join(",", told)).append("\r\n");
        }
        return marked.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "kept", "much"})
    void allItemsAreAnsweredAlike(String tenant) {
        Snapshot plain = Objects.requireNonNull(TENANTS.get(tenant));
        Snapshot redacted = SnapshotRedaction.of(plain);
        assertThat(redacted.answers()).hasSameSizeAs(plain.answers());
        assertAlike(redacted, plain);
    }

    private static void assertAlike(Snapshot redacted, Snapshot plain) {
        Map<String, String> expected = answers(plain);
        assertThat(expected).hasSize(Roadmap.checks().size());
        Map<String, String> differing = answers(redacted);
        differing.replaceAll((check, answer) -> answer + " for " + expected.get(check));
        differing.values().removeIf(both -> both.split(" for ", 2)[0].equals(both.split(" for ", 2)[1]));
        assertThat(differing).isEmpty();
    }

    private static void eachPolicy(ObjectNode body, BiConsumer<Integer, ObjectNode> change) {
        int number = 0;
        for (JsonNode policy : body.path("value")) {
            if (policy instanceof ObjectNode object) {
                change.accept(number++, object);
            }
        }
    }

    private static ObjectNode doubtful(Recorded request, ObjectNode body, int which) {
        if (!request.target().path().endsWith("/conditionalAccess/policies")) {
            return body;
        }
        eachPolicy(body, (number, policy) -> {
            ObjectNode conditions = policy.withObject("/conditions");
            switch (which) {
                case 0 -> conditions.putObject("agentRisk").put("level", "high");
                case 1 -> conditions.put("futureCondition", true);
                case 2 -> conditions.putArray("signInRiskLevels").add("catastrophic");
                case 3 -> conditions.putArray("clientAppTypes").add("telepathy");
                case 4 ->
                    conditions.withObject("/users").putArray("includeUsers").add("AllRobots");
                case 5 -> conditions.withObject("/applications").put("networkAccess", "all");
                case 6 -> {
                    if (policy.path("grantControls").isObject()) {
                        policy.withObject("/grantControls")
                                .putArray("builtInControls")
                                .add("mfa")
                                .add("retinaScan");
                    }
                }
                case 7 -> {
                    if (policy.path("grantControls").isObject()) {
                        policy.withObject("/grantControls")
                                .putObject("trustFramework")
                                .put("policy", "x");
                    }
                }
                case 8 -> policy.put("state", "enabledOnSundays");
                default -> policy.putArray("exemptions").add("x");
            }
        });
        return body;
    }

    /** What PARC does not know must stay doubt: a policy that lost it would prove something. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void doubtfulPoliciesStayDoubtful(int which) {
        Snapshot plain =
                with(Objects.requireNonNull(TENANTS.get("demo")), (request, body) -> doubtful(request, body, which));
        assertAlike(SnapshotRedaction.of(plain), plain);
    }
}
