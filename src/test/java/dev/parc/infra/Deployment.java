package dev.parc.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a deployment makes, as the compiler works it out: {@code infra/snapshots/NAME.snapshot.json}. {@link BicepTest} compares
 * these files with the templates.
 */
record Deployment(JsonNode document) {

    static final Path FOLDER = Template.INFRA.resolve("snapshots");
    static final List<String> NAMES = List.of("default", "full", "private-network", "upgrade");

    private static final ObjectMapper JSON = new ObjectMapper();

    static Deployment of(String name) {
        return read(FOLDER.resolve(name + ".snapshot.json"));
    }

    static Deployment read(Path file) {
        try {
            return new Deployment(JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The resources of a type, such as {@code Microsoft.Storage/storageAccounts}. */
    List<JsonNode> resources(String type) {
        return all().filter(resource -> resource.path("type").asText().equals(type))
                .toList();
    }

    /** The only resource of a type. */
    JsonNode resource(String type) {
        List<JsonNode> found = resources(type);
        if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " of " + type);
        }
        return found.get(0);
    }

    /** What the function app is set to, by name. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (JsonNode setting : resource("Microsoft.Web/sites").at("/properties/siteConfig/appSettings")) {
            if (settings.put(
                            setting.path("name").asText(), setting.path("value").asText())
                    != null) {
                throw new IllegalArgumentException("twice: " + setting);
            }
        }
        return settings;
    }

    /** The last part of the names of the resources of a type. */
    List<String> names(String type) {
        List<String> names = new ArrayList<>();
        for (JsonNode resource : resources(type)) {
            String name = resource.path("name").asText();
            names.add(name.substring(name.lastIndexOf('/') + 1));
        }
        return names;
    }

    /** The value of an output. */
    String output(String name) {
        return document.path("outputs").path(name).asText();
    }

    private Stream<JsonNode> all() {
        return StreamSupport.stream(document.path("predictedResources").spliterator(), false);
    }
}
