package dev.parc.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The templates, by the Bicep compiler itself. {@code -Dgenerated=write} writes the snapshots again, so that a review shows what a
 * deployment makes otherwise than before.
 */
class BicepTest {

    private static final Map<String, String> AZD = Map.of("AZURE_ENV_NAME", "parc", "AZURE_LOCATION", "westeurope");

    /** Values that have broken parameter files, shells and templates. */
    private static final String HOSTILE =
            "device.a -eq \"P'W\" ${PARC_ENTRA} $(x) `y` \\n C:\\b %PATH% [x] {y} é 語 ';--";

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    @TempDir
    static Path folder;

    private static Bicep bicep;

    @BeforeAll
    static void aCopyOfTheTemplates() throws Exception {
        bicep = Bicep.in(folder);
    }

    @Test
    void everyTemplateCompilesWithoutAWord() throws Exception {
        Bicep.Said said = bicep.run(Map.of(), "build", "--pattern", "**/*.bicep", "--outdir", "../compiled");

        assertThat(said.err() + said.out()).isEmpty();
        assertThat(said.exit()).isZero();
        for (String file : Template.all()) {
            assertThat(folder.resolve("compiled").resolve(file.replace(".bicep", ".json")))
                    .exists();
        }
    }

    static List<String> deployments() {
        return Deployment.NAMES;
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void whatADeploymentMakesIsWhatIsKept(String name) throws Exception {
        Deployment made = bicep.snapshot("snapshots/" + name + ".bicepparam", Map.of());
        Path kept = Deployment.FOLDER.resolve(name + ".snapshot.json");
        if ("write".equals(System.getProperty("generated"))) {
            Files.writeString(kept, sorted(made.document()));
        }

        assertThat(sorted(made.document())).isEqualTo(Files.readString(kept));
    }

    /** The compiler does not always write the outputs in one order. */
    private static String sorted(JsonNode document) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.treeToValue(document, Map.class)) + "\n";
    }

    /** azd sets these two and nothing else. */
    @Test
    void withoutAnySettingItIsTheDefaultDeployment() throws Exception {
        Map<String, String> asked = new HashMap<>(AZD);
        asked.put("AZURE_PRINCIPAL_ID", "11111111-1111-4111-8111-111111111111");
        Deployment made = bicep.snapshot("main.bicepparam", asked);
        Deployment kept = Deployment.of("default");

        assertThat(made.settings()).isEqualTo(kept.settings());
        assertThat(made.resources("Microsoft.Storage/storageAccounts"))
                .isEqualTo(kept.resources("Microsoft.Storage/storageAccounts"));
        assertThat(made.resource("Microsoft.Web/sites")).isEqualTo(kept.resource("Microsoft.Web/sites"));
    }

    @Test
    void everyVariableThatIsSetToNothingHasItsDefault() throws Exception {
        Map<String, String> blank = new HashMap<>();
        variables().keySet().forEach(name -> blank.put(name, ""));
        blank.putAll(AZD);

        assertThat(bicep.parameters("main.bicepparam", blank)).isEqualTo(bicep.parameters("main.bicepparam", AZD));
    }

    @Test
    void anyValueReachesTheAppAsItWasSet() throws Exception {
        Deployment asSet = bicep.snapshot("main.bicepparam", AZD);
        Map<String, String> settings = new TreeMap<>();
        asSet.settings().keySet().stream()
                .filter(name -> name.startsWith("PARC_") && variables().containsKey(name))
                .filter(name ->
                        !List.of("PARC_RETENTION_DAYS", "PARC_GRAPH_GRANTED").contains(name))
                .forEach(name -> settings.put(name, name + " " + HOSTILE));
        Map<String, String> hostile = new HashMap<>(settings);
        hostile.putAll(AZD);

        Map<String, String> app = bicep.snapshot("main.bicepparam", hostile).settings();

        assertThat(settings).hasSizeGreaterThan(12);
        assertThat(app).containsAllEntriesOf(settings);
    }

    /** What goes elsewhere than into the app. */
    @Test
    void anyValueReachesTheParameterAsItWasSet() throws Exception {
        Map<String, String> texts = new LinkedHashMap<>(variables());
        texts.keySet()
                .removeIf(name -> List.of(
                                        "PARC_RETENTION_DAYS",
                                        "PARC_WARM_INSTANCES",
                                        "PARC_APPROVAL_STATEMENT",
                                        "PARC_ENTRA",
                                        "PARC_GRAPH_GRANTED",
                                        "PARC_LOCK_HISTORY",
                                        "PARC_PRINCIPAL_ID",
                                        "PARC_CLIENT_ID")
                                .contains(name)
                        || name.startsWith("AZURE_"));
        texts.replaceAll((name, parameter) -> name + " " + HOSTILE);
        texts.putAll(AZD);
        // these three must be one of a few words, which the compiler looks after
        texts.putAll(Map.of(
                "PARC_IDENTITIES", "both",
                "PARC_WORKFLOW_STATE", "Enabled",
                "PARC_STORAGE_SKU", "Standard_ZRS",
                "PARC_STORAGE_PUBLIC_NETWORK_ACCESS", "Disabled"));

        JsonNode parameters = bicep.parameters("main.bicepparam", texts);

        assertThat(texts.values())
                .allSatisfy(value ->
                        assertThat(parameters.findValuesAsText("value")).contains(value));
    }

    /** Set by the hooks; over an app of an earlier version, which reads already, nothing is set. */
    @Test
    void microsoftGraphIsAskedUnlessNothingIsGranted() throws Exception {
        for (Map.Entry<String, String> expected : Map.of("", "true", "false", "false", "False", "false", "true", "true")
                .entrySet()) {
            Map<String, String> set = new HashMap<>(AZD);
            set.put("PARC_GRAPH_GRANTED", expected.getKey());
            assertThat(bicep.snapshot("main.bicepparam", set).settings())
                    .containsEntry("PARC_GRAPH_GRANTED", expected.getValue());
        }
    }

    @Test
    void overADeploymentOfTheVersionBeforeBothIdentitiesStayUntilTheNewOneHoldsWhatTheOldOneHeld() throws Exception {
        Map<String, String> before = new HashMap<>(AZD);
        before.put("PARC_PRINCIPAL_ID", "88888888-8888-4888-8888-888888888888");
        assertThat(identities(before)).isEqualTo("both");

        Map<String, String> between = new HashMap<>(before);
        between.put("PARC_CLIENT_ID", "12121212-1212-4212-8212-121212121212");
        between.put("PARC_IDENTITIES", "both"); // an output of the deployment, which azd keeps
        assertThat(identities(between)).isEqualTo("both");

        Map<String, String> after = new HashMap<>(between);
        after.put("PARC_IDENTITIES", "user"); // set by the script when the new identity holds it all
        assertThat(identities(after)).isEqualTo("user");

        assertThat(identities(AZD)).isEqualTo("user");
    }

    private static String identities(Map<String, String> variables) throws Exception {
        return bicep.parameters("main.bicepparam", variables)
                .at("/identities/value")
                .asText();
    }

    /** The variables that the parameter file reads. */
    static Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        Pattern.compile("readEnvironmentVariable\\(\\s*'(\\w+)'")
                .matcher(Template.read(Template.INFRA.resolve("main.bicepparam")))
                .results()
                .forEach(match -> variables.put(match.group(1), ""));
        return variables;
    }

    @Test
    void everyParameterOfTheTemplateCanBeSet() throws Exception {
        List<String> given = new ArrayList<>();
        bicep.parameters("main.bicepparam", AZD).fieldNames().forEachRemaining(given::add);
        List<String> parameters = new ArrayList<>(Template.of("main.bicep").parameters());
        parameters.removeAll(List.of("resourceGroupName", "deployedOn"));

        assertThat(given).containsExactlyInAnyOrderElementsOf(parameters);
    }
}
