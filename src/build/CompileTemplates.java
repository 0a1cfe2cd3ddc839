import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compiles the templates of the release, so that whoever deploys needs no Bicep: {@code CompileTemplates <infra> <prefix> <required>}
 * writes {@code <prefix>-main.json} and {@code <prefix>-app.json}. The compiler is taken from the path. Where there is none, nothing
 * is written, or the build ends if it is required.
 */
final class CompileTemplates {

    private static final List<String> TEMPLATES = List.of("main", "app");

    private CompileTemplates() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path infra = Path.of(arguments[0]);
        for (String template : TEMPLATES) {
            Files.deleteIfExists(written(arguments[1], template));
        }
        Optional<Path> bicep = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("bicep", "bicep.exe").map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (bicep.isEmpty()) {
            System.out.println("The templates of the release are not compiled: bicep is not on the path");
            System.exit(arguments[2].equals("true") ? 1 : 0);
        }
        Path copy = Files.createTempDirectory("parc-infra");
        try {
            copy(infra, copy);
            String types = System.getenv("PARC_GRAPH_BICEP_TYPES");
            if (types != null && !types.isEmpty()) { // a machine that cannot ask the registry of the Graph extension
                run(copy, bicep.get(), "publish-extension", types, "--target", "msgraph.tgz");
                Path config = copy.resolve("bicepconfig.json");
                Files.writeString(config, Files.readString(config).replaceAll("\"br:[^\"]*\"", "\"./msgraph.tgz\""));
            }
            for (String template : TEMPLATES) {
                run(copy, bicep.get(), "build", template + ".bicep", "--outfile", template + ".json");
                Files.move(
                        copy.resolve(template + ".json"),
                        written(arguments[1], template),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            try (Stream<Path> files = Files.walk(copy)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Path written(String prefix, String template) {
        return Path.of(prefix + "-" + template + ".json");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static void run(Path folder, Path bicep, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(bicep.toString()), Stream.of(arguments)).toList())
                .directory(folder.toFile())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("bicep " + String.join(" ", arguments) + " failed");
        }
    }
}
