package dev.parc.desk;

import static dev.parc.desk.ValidatorsTest.FOLDER;
import static dev.parc.desk.ValidatorsTest.node;
import static dev.parc.desk.ValidatorsTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A client that OpenAPI Generator makes of the document, typed, drives the whole API. */
class GeneratedClientTest {

    /** Where the build copies it. */
    private static final Path GENERATOR = Path.of("target", "openapi-generator", "openapi-generator-cli.jar");

    @Test
    void aGeneratedClientDrivesEveryOperation() throws Exception {
        ValidatorsTest.install();
        try (DemoServing demo = new DemoServing()) {
            String document = demo.client().get("/api/openapi.json").body();
            Files.writeString(FOLDER.resolve("document.json"), document);
            int operations = document.split("\"operationId\":\"[A-Z]\\w+\",\"summary\"", -1).length - 1;

            assertThat(generated("validate", "-i", "document.json")).startsWith("0 ");
            assertThat(generated("generate", "-g", "typescript-fetch", "-i", "document.json", "-o", "client"))
                    .startsWith("0 ");
            assertThat(node("node_modules/typescript/bin/tsc", "-p", ".")).isEqualTo("0 ");
            assertThat(node("build/drive.js", demo.address() + "/api")).isEqualTo("0 driven: " + operations);
        }
    }

    private static String generated(String... arguments) throws IOException, InterruptedException {
        return run(Stream.concat(
                        Stream.of(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-jar",
                                GENERATOR.toAbsolutePath().toString()),
                        Stream.of(arguments))
                .toList());
    }
}
