package dev.parc.functions.host;

import static dev.parc.functions.host.ValidatorsTest.FOLDER;
import static dev.parc.functions.host.ValidatorsTest.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** A client that a public generator makes of the OpenAPI document, typed, drives the whole API. */
class GeneratedClientTest {

    @Test
    void aGeneratedClientDrivesEveryOperation() throws Exception {
        ValidatorsTest.install();
        try (DemoServing demo = new DemoServing()) {
            String document = demo.client().get("/api/openapi.json").body();
            Files.writeString(FOLDER.resolve("document.json"), document);
            int operations = document.split("\"operationId\":\"[A-Z]\\w+\",\"summary\"", -1).length - 1;

            assertThat(node("generate.mjs")).isEqualTo("0 ");
            assertThat(node("node_modules/typescript/bin/tsc", "-p", ".")).isEqualTo("0 ");
            assertThat(node("build/drive.js", demo.address() + "/api")).isEqualTo("0 driven: " + operations);
        }
    }
}
