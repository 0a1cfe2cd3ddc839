package dev.parc.change.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.change.ChangeException;
import dev.parc.collect.WrittenText;
import dev.parc.collect.http.JsonBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a folder of exported policies holds. What a file is, its content tells, and not the folder that it is in.
 *
 * @param policies as they were exported
 * @param locations named locations by their ids in lower case
 * @param groups names of groups by their ids in lower case, from their files and from a migration table
 */
public record BaselineFolder(List<ObjectNode> policies, Map<String, ObjectNode> locations, Map<String, String> groups) {

    private static final int MOST_FILES = 2_000;
    private static final int MOST_BYTES = 4 << 20;
    private static final int DEEPEST = 4;

    public BaselineFolder {
        policies = List.copyOf(policies);
        locations = Map.copyOf(locations);
        groups = Map.copyOf(groups);
    }

    /**
     * Reads a folder.
     *
     * @throws ChangeException if it cannot be read, or holds no policy
     */
    public static BaselineFolder read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ChangeException("there is no folder " + folder);
        }
        List<ObjectNode> policies = new ArrayList<>();
        Map<String, ObjectNode> locations = new LinkedHashMap<>();
        Map<String, String> groups = new LinkedHashMap<>();
        for (Path file : files(folder)) {
            ObjectNode document = document(folder, file);
            String id = document.path("id").asText().toLowerCase(Locale.ROOT);
            if (document.path("conditions").isObject()) {
                policies.add(document);
            } else if (document.path("@odata.type").asText().endsWith("NamedLocation")) {
                locations.put(id, document);
            } else if (document.path("Objects").isArray()) {
                document.path("Objects").forEach(object -> names(groups, object, "Id", "DisplayName"));
            } else if (document.has("groupTypes") || document.has("securityEnabled")) {
                names(groups, document, "id", "displayName");
            }
        }
        if (policies.isEmpty()) {
            throw new ChangeException("the folder " + folder + " has no exported Conditional Access policies");
        }
        return new BaselineFolder(policies, locations, groups);
    }

    private static void names(Map<String, String> groups, JsonNode object, String id, String name) {
        if (object.path(id).isTextual() && object.path(name).isTextual()) {
            groups.putIfAbsent(
                    object.path(id).textValue().toLowerCase(Locale.ROOT),
                    object.path(name).textValue());
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            List<Path> found = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".json"))
                    .sorted()
                    .limit(MOST_FILES + 1L)
                    .toList();
            if (found.size() > MOST_FILES) {
                throw new ChangeException("the folder " + folder + " holds more than " + MOST_FILES + " files");
            }
            return found;
        } catch (IOException e) {
            throw new ChangeException(
                    "cannot read the folder " + folder + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private static ObjectNode document(Path folder, Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
            Optional<ObjectNode> document =
                    bytes.length > MOST_BYTES ? Optional.empty() : JsonBody.parse(WrittenText.of(bytes));
            return document.orElseThrow(() -> new ChangeException(
                    folder.relativize(file) + " is not a JSON object, or larger than " + (MOST_BYTES >> 20) + " MB"));
        } catch (IOException e) {
            throw new ChangeException(
                    "cannot read " + folder.relativize(file) + ": "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }
}
