package dev.parc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The staged app, loaded as the Functions worker loads it: from its own jars and nothing else. */
class StagedAppIT {

    private static final Path STAGING = Path.of(System.getProperty("staging"));
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyFunctionIsStaged() throws IOException {
        assertThat(functions().map(folder -> folder.getFileName().toString()))
                .containsExactlyInAnyOrder(
                        "RunStage1",
                        "RunStage2",
                        "RunStage3",
                        "RunStage4",
                        "RunBreakGlass",
                        "DoRun",
                        "GiveUpRun",
                        "StartRun",
                        "GetRun",
                        "ListRuns",
                        "ListStages",
                        "GetStage",
                        "ListChecks",
                        "GetCheck",
                        "GetCheckHistory",
                        "GetCheckFindings",
                        "GetTrends",
                        "GetRunChanges",
                        "ListChanges",
                        "ListAttestations",
                        "GetAttestation",
                        "PutAttestation",
                        "DeleteAttestation",
                        "ListAccounts",
                        "GetAccount",
                        "GetAccountsCsv",
                        "GetAccountCategory",
                        "PutAccountCategory",
                        "DeleteAccountCategory",
                        "ListWaivers",
                        "GetWaiver",
                        "PutWaiver",
                        "DeleteWaiver",
                        "GetReport",
                        "GetReportJson",
                        "GetReportCsv",
                        "GetReportMarkdown",
                        "GetReportSarif",
                        "GetReportOscal",
                        "GetReportJUnit",
                        "Subscribe",
                        "ListHooks",
                        "Unsubscribe",
                        "Deliver",
                        "GiveUpDelivery",
                        "Health");
    }

    @ParameterizedTest
    @MethodSource("functions")
    void aStagedFunctionLoadsWithAllThatItsClassNames(Path folder) throws Exception {
        JsonNode function = JSON.readTree(folder.resolve("function.json").toFile());
        String entryPoint = function.get("entryPoint").asText();
        String className = entryPoint.substring(0, entryPoint.lastIndexOf('.'));
        String methodName = entryPoint.substring(entryPoint.lastIndexOf('.') + 1);
        List<URL> jars = jars();

        assertThat(folder.resolve(function.get("scriptFile").asText())).isRegularFile();
        try (URLClassLoader app = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> functions = Class.forName(className, true, app);
            assertThat(Stream.of(functions.getMethods()).map(Method::getName)).containsOnlyOnce(methodName);
            assertThat(injected(app, functions)).isInstanceOf(functions);
        }
    }

    /** An instance as the worker gets it: from the one injector that the app names. */
    private static Object injected(ClassLoader app, Class<?> functions) throws ReflectiveOperationException {
        Class<?> injection = app.loadClass(FunctionInstanceInjector.class.getName());
        Object injector = ServiceLoader.load(injection, app).findFirst().orElseThrow();
        return injection.getMethod("getInstance", Class.class).invoke(injector, functions);
    }

    @Test
    void noSettingsOfTheDeskAreStaged() throws IOException {
        try (Stream<Path> files = Files.walk(STAGING)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("host.json")
                    .doesNotContain("local.settings.json");
        }
    }

    private static List<URL> jars() throws IOException {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.walk(STAGING)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                jars.add(jar.toUri().toURL());
            }
        }
        jars.addAll(ofTheWorker());
        return jars;
    }

    /** What the worker brings and staging therefore leaves out: the core library and the injection interface. */
    private static List<URL> ofTheWorker() {
        return Stream.of(ExecutionContext.class, FunctionInstanceInjector.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toList();
    }

    private static Stream<Path> functions() throws IOException {
        try (Stream<Path> files = Files.list(STAGING)) {
            return files.filter(folder -> Files.exists(folder.resolve("function.json"))).toList().stream();
        }
    }
}
