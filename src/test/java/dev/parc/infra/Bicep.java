package dev.parc.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Bicep compiler on a copy of {@code infra/}. It is taken from the path; where there is none, tests that need it are skipped
 * by name. {@code PARC_GRAPH_BICEP_TYPES} may name the index of the published types of the Graph extension, for a machine that
 * cannot ask the registry that {@code bicepconfig.json} names.
 */
final class Bicep {

    /** How a deployment is told apart in the snapshots. */
    private static final List<String> IDENTITY = List.of(
            "--subscription-id", "55555555-5555-4555-8555-555555555555",
            "--tenant-id", "99999999-9999-4999-8999-999999999999",
            "--location", "westeurope");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String command;
    private final Path infra;

    private Bicep(String command, Path infra) {
        this.command = command;
        this.infra = infra;
    }

    /** A copy of the templates in this folder, for the compiler to work on. */
    static Bicep in(Path folder) throws IOException, InterruptedException {
        Optional<Path> found = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(each -> Path.of(each, "bicep"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeThat(found).as("the Bicep compiler, bicep, is on the path").isPresent();
        Bicep bicep = new Bicep(found.orElseThrow().toString(), folder.resolve("infra"));
        try (Stream<Path> files = Files.walk(Template.INFRA)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = bicep.infra.resolve(Template.INFRA.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        String types = System.getenv("PARC_GRAPH_BICEP_TYPES");
        if (types != null && !types.isEmpty()) {
            bicep.run(Map.of(), "publish-extension", types, "--target", "msgraph.tgz");
            Path config = bicep.infra.resolve("bicepconfig.json");
            Files.writeString(config, Files.readString(config).replaceAll("\"br:[^\"]*\"", "\"./msgraph.tgz\""));
        }
        return bicep;
    }

    /** What the compiler said, and what it wrote. */
    record Said(int exit, String out, String err) {}

    Path infra() {
        return infra;
    }

    /** Runs the compiler in the copy, with nothing of PARC's or azd's in its environment but these variables. */
    Said run(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(arguments));
        Path out = Files.createTempFile(infra.getParent(), "out", "");
        Path err = Files.createTempFile(infra.getParent(), "err", "");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(infra.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PARC_") || name.startsWith("AZURE_"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return new Said(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /** What a deployment with the parameter file makes. */
    Deployment snapshot(String parameters, Map<String, String> variables) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("snapshot", parameters, "--mode", "overwrite"));
        line.addAll(IDENTITY);
        Said said = run(variables, line.toArray(String[]::new));
        assertThat(said.exit()).as(said.out() + said.err()).isZero();
        assertThat(said.err()).isEmpty();
        return Deployment.read(infra.resolve(parameters.replace(".bicepparam", ".snapshot.json")));
    }

    /** The parameters that a parameter file gives, by name. */
    JsonNode parameters(String file, Map<String, String> variables) throws IOException, InterruptedException {
        Said said = run(variables, "build-params", file, "--stdout");
        assertThat(said.exit()).as(said.err()).isZero();
        return JSON.readTree(JSON.readTree(said.out()).path("parametersJson").asText())
                .path("parameters");
    }
}
