package dev.parc.collect.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.TenantException;
import dev.parc.collect.http.JsonBody;
import dev.parc.facts.AppRole;
import dev.parc.facts.Category;
import dev.parc.facts.Designations;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The file {@code manifest.json}: what the snapshot says of itself, and which file answers which request.
 *
 * @param files by request; empty if the manifest lists none, as of an export that was put together by hand
 */
record Manifest(SnapshotHeading heading, Optional<Map<Recorded, File>> files) {

    static final String NAME = "manifest.json";

    private static final String FORMAT = "parc-snapshot/1";
    private static final Pattern FILE = Pattern.compile("(graph|arm)/.+\\.json");

    /** The answer to one request: its status, and the file of its body. */
    record File(String name, int status) {}

    /** The manifest of a snapshot, as a file. */
    static String write(Snapshot snapshot) {
        SnapshotHeading heading = snapshot.heading();
        ObjectNode manifest = JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("tenantId", heading.tenantId())
                .put("tenantName", heading.tenantName())
                .put("source", heading.source())
                .put("takenAt", heading.takenAt().toString());
        ObjectNode designations = manifest.putObject("designations");
        ArrayNode emergencyAccounts = designations.putArray("emergencyAccounts");
        heading.designations().emergencyAccounts().stream().sorted().forEach(emergencyAccounts::add);
        ObjectNode categories = designations.putObject("categories");
        heading.designations().categories().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        entry -> categories.put(entry.getKey(), entry.getValue().name()));
        heading.designations().exposedUsersGroup().ifPresent(id -> designations.put("exposedUsersGroup", id));
        ArrayNode production = designations.putArray("productionSubscriptions");
        heading.designations().productionSubscriptions().stream().sorted().forEach(production::add);
        heading.designations().workstationFilter().ifPresent(rule -> designations.put("workstationFilter", rule));
        heading.permissions().ifPresent(held -> {
            ArrayNode permissions = manifest.putArray("permissions");
            held.stream().sorted().forEach(permissions::add);
        });
        ArrayNode requests = manifest.putArray("requests");
        snapshot.answers().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().file()))
                .forEach(entry -> {
                    Recorded request = entry.getKey();
                    ObjectNode one = requests.addObject()
                            .put("method", request.method())
                            .put("request", request.target().toString());
                    JsonBody.parse(request.body()).ifPresent(body -> one.set("body", body));
                    one.put("file", request.file())
                            .put("status", entry.getValue().status());
                });
        return JsonBody.pretty(manifest);
    }

    /**
     * Reads a manifest.
     *
     * @throws TenantException if it is broken or of another format
     */
    static Manifest read(String text) {
        ObjectNode manifest = JsonBody.parse(text).orElseThrow(() -> broken("is no whole JSON object"));
        String format = manifest.path("format").asText();
        if (!format.equals(FORMAT)) {
            throw broken("is of format '" + shown(format) + "', and this version of PARC reads " + FORMAT);
        }
        SnapshotHeading heading = new SnapshotHeading(
                tenantId(manifest),
                manifest.path("tenantName").asText(),
                source(manifest),
                takenAt(manifest),
                designations(manifest.path("designations")),
                permissions(manifest.path("permissions")));
        return new Manifest(
                heading, manifest.has("requests") ? Optional.of(files(manifest.path("requests"))) : Optional.empty());
    }

    private static String tenantId(ObjectNode manifest) {
        String id = required(manifest, "tenantId");
        if (!SnapshotHeading.isTenantId(id)) {
            throw broken("has the tenantId '" + shown(id) + "' where a GUID or a domain name belongs");
        }
        return id;
    }

    private static String source(ObjectNode manifest) {
        String source = manifest.path("source").asText("snapshot");
        if (!Set.of("snapshot", "demo").contains(source)) {
            throw broken("has the source '" + shown(source) + "' where snapshot or demo belongs");
        }
        return source;
    }

    private static Instant takenAt(ObjectNode manifest) {
        String takenAt = required(manifest, "takenAt");
        try {
            return Instant.parse(takenAt);
        } catch (DateTimeParseException e) {
            throw broken("has takenAt '" + shown(takenAt) + "' where a time like 2026-01-31T12:00:00Z belongs");
        }
    }

    private static Designations designations(JsonNode node) {
        Set<String> emergencyAccounts = new HashSet<>();
        node.path("emergencyAccounts")
                .forEach(account -> emergencyAccounts.add(account.asText().toLowerCase(Locale.ROOT)));
        Map<String, Category> categories = new HashMap<>();
        node.path("categories")
                .properties()
                .forEach(entry -> categories.put(
                        entry.getKey().toLowerCase(Locale.ROOT),
                        category(entry.getValue().asText())));
        Set<String> production = new HashSet<>();
        node.path("productionSubscriptions")
                .forEach(id -> production.add(id.asText().toLowerCase(Locale.ROOT)));
        return new Designations(emergencyAccounts, categories)
                .withExposedUsersGroup(text(node, "exposedUsersGroup"))
                .withProductionSubscriptions(production)
                .withWorkstationFilter(text(node, "workstationFilter"));
    }

    /** Names of permissions that PARC knows; others are of no use to it. */
    private static Optional<Set<String>> permissions(JsonNode node) {
        if (!node.isArray()) {
            return Optional.empty();
        }
        Set<String> permissions = new HashSet<>();
        node.forEach(one -> AppRole.of(one.asText()).ifPresent(role -> permissions.add(role.value())));
        return Optional.of(permissions);
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.of(node.path(name).asText()).filter(text -> !text.isBlank());
    }

    private static Category category(String name) {
        try {
            return Category.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw broken("has the unknown category '" + shown(name) + "'");
        }
    }

    private static Map<Recorded, File> files(JsonNode requests) {
        Map<Recorded, File> files = new LinkedHashMap<>();
        for (JsonNode one : requests) {
            String name = one.path("file").asText();
            if (!FILE.matcher(name).matches() || !SnapshotSource.isInside(name)) {
                throw broken("names the file '" + shown(name) + "', which is no file of a snapshot");
            }
            if (!one.path("status").isInt()) {
                throw broken("has no status for " + shown(name));
            }
            files.put(request(one), new File(name, one.path("status").intValue()));
        }
        return files;
    }

    private static Recorded request(JsonNode one) {
        String request = one.path("request").asText();
        JsonNode body = one.path("body");
        try {
            return Recorded.of(one.path("method").asText("GET"), request, body.isMissingNode() ? "" : body.toString());
        } catch (IllegalArgumentException e) {
            throw broken("has a request that is wrongly encoded: " + shown(request));
        }
    }

    private static String required(ObjectNode manifest, String name) {
        String text = manifest.path(name).asText();
        if (text.isBlank()) {
            throw broken("lacks " + name);
        }
        return text;
    }

    private static TenantException broken(String how) {
        return new TenantException(
                "the snapshot's " + NAME + " " + how + ": take the snapshot again with this version of PARC");
    }

    /** Hostile text, made fit for one line. */
    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > 80 ? line.substring(0, 80) + "..." : line;
    }
}
