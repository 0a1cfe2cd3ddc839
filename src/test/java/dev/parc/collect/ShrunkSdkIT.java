package dev.parc.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK of Graph in the staged app is what PARC reaches of it, and asks what the whole of it asks. */
class ShrunkSdkIT {

    private static final Path STAGING = Path.of(System.getProperty("staging"));
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path TESTS = Path.of("target/test-classes");

    /** ProGuard and what it needs, as the build found them. */
    private static final Path PROGUARD = Path.of("target/shrunk/proguard.cp");

    @TempDir
    private Path folder;

    private static Path staged(String name) throws IOException {
        try (Stream<Path> jars = Files.list(STAGING.resolve("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private int run(Path output, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Test
    void everyRequestIsTheSameAsWithTheWholeSdk() throws IOException, InterruptedException {
        Path app;
        try (Stream<Path> files = Files.list(STAGING)) {
            app = files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
        Path asked = folder.resolve("asked.txt");
        Path output = folder.resolve("output.txt");
        String classPath = String.join(File.pathSeparator, app.toString(), STAGING + "/lib/*", TESTS.toString());

        int status = run(output, List.of(java(), "-cp", classPath, "dev.parc.collect.AskedRequests", asked.toString()));

        assertThat(status).as(Files.readString(output)).isZero();
        List<String> whole = AskedRequests.all();
        System.out.printf("%d requests compared%n", whole.size());
        assertThat(whole).hasSizeGreaterThan(244);
        assertThat(Files.readAllLines(asked)).isEqualTo(whole);
    }

    @Test
    void noModelAndNoSerializerOfTheSdkIsLeft() throws IOException {
        try (ZipFile sdk = new ZipFile(staged("microsoft-graph-").toFile());
                ZipFile kiota =
                        new ZipFile(staged("microsoft-kiota-abstractions-").toFile())) {
            assertThat(Stream.of(sdk, kiota).flatMap(ZipFile::stream).map(Object::toString))
                    .hasSizeLessThan(600)
                    .contains("com/microsoft/graph/users/UsersRequestBuilder.class")
                    .noneMatch(name -> name.startsWith("com/microsoft/graph/models/") || name.contains("Untyped"));
        }
        try (Stream<Path> jars = Files.list(STAGING.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("microsoft-kiota-serialization"));
        }
    }

    /** This class has the name of a builder as a text, as a class would that looks it up when it runs. */
    @Test
    void aNameThatIsLookedUpFailsTheBuild() throws IOException, InterruptedException {
        Path byName = folder.resolve("classes");
        Files.createDirectories(byName);
        Files.copy(
                TESTS.resolve("dev/parc/collect/ShrunkSdkIT$ByName.class"), byName.resolve("ShrunkSdkIT$ByName.class"));
        assertThat(ByName.BUILDER).startsWith("com.");
        Path output = folder.resolve("output.txt");

        int status = run(output, shrink(byName));

        assertThat(status).isNotZero();
        assertThat(Files.readString(output)).contains("what is looked up by name is shrunk away");
    }

    static final class ByName {

        static final String BUILDER = "com.microsoft.graph.users.UsersRequestBuilder";

        private ByName() {}
    }

    @Test
    void nothingIsShrunkTwice() throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        assertThat(run(output, shrink(CLASSES))).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("shrunk already");
    }

    private List<String> shrink(Path classes) throws IOException {
        Path library = folder.resolve("lib");
        Files.createDirectories(library);
        return List.of(
                java(),
                "-cp",
                Files.readString(PROGUARD).strip(),
                "src/build/ShrinkSdk.java",
                classes.toString(),
                System.getProperty("java.class.path"),
                "target/shrunk",
                library.toString());
    }
}
