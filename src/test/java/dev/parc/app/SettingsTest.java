package dev.parc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.check.Stage;
import dev.parc.facts.Designations;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void withoutAnySettingTheDefaultsHold() {
        Settings settings = Settings.of(Map.of());

        assertThat(settings.graphEndpoint()).hasToString("https://graph.microsoft.com");
        assertThat(settings.armEndpoint()).hasToString("https://management.azure.com");
        assertThat(settings.tables()).isEmpty();
        assertThat(settings.retention()).isEqualTo(Period.ofDays(400));
        assertThat(settings.schedules()).containsOnlyKeys(Stage.values());
        assertThat(settings.deadline(Stage.S1)).isEmpty();
    }

    @Test
    void whatTheOperatorDesignatesReachesTheChecks() {
        String id = "8C1E2F3A-0000-4000-8000-00000000000A";
        Designations designations = Settings.of(Map.of(
                        "PARC_EXPOSED_USERS_GROUP",
                        id,
                        "PARC_PRODUCTION_SUBSCRIPTIONS",
                        id + ", 8c1e2f3a-0000-4000-8000-00000000000b",
                        "PARC_WORKSTATION_FILTER",
                        "device.extensionAttribute1 -eq \"PAW\""))
                .designations();
        assertThat(designations.exposedUsersGroup()).contains(id);
        assertThat(designations.productionSubscriptions())
                .containsExactlyInAnyOrder(
                        "8c1e2f3a-0000-4000-8000-00000000000a", "8c1e2f3a-0000-4000-8000-00000000000b");
        assertThat(designations.workstationFilter()).contains("device.extensionAttribute1 -eq \"PAW\"");
    }

    @Test
    void theExampleListsEverySettingThatIsRead() throws Exception {
        JsonNode values = new ObjectMapper()
                .readTree(Path.of("local.settings.json.example").toFile())
                .get("Values");
        Set<String> listed = new TreeSet<>();
        values.fieldNames().forEachRemaining(listed::add);
        Set<String> read = namesRead();
        // the first is for the platform to read, the others for the platform to give
        read.add("FUNCTIONS_WORKER_RUNTIME");
        read.remove("WEBSITE_HOSTNAME");
        read.remove("WEBSITE_AUTH_ENABLED");
        // a desk keeps its queue in files
        read.remove("AzureWebJobsStorage__queueServiceUri");

        assertThat(listed).isEqualTo(read);
    }

    @Test
    void theExampleIsRight() throws Exception {
        JsonNode values = new ObjectMapper()
                .readTree(Path.of("local.settings.json.example").toFile())
                .get("Values");
        Map<String, String> environment = new HashMap<>();
        values.properties()
                .forEach(value ->
                        environment.put(value.getKey(), value.getValue().asText()));

        assertThat(Settings.of(environment).schedules())
                .hasToString(Settings.of(Map.of()).schedules().toString());
    }

    private static Set<String> namesRead() {
        Set<String> names = new TreeSet<>();
        Settings.of(new AbstractMap<>() {
            @Override
            public Set<Entry<String, String>> entrySet() {
                return Set.of();
            }

            @Override
            public String get(Object name) {
                names.add(name.toString());
                return "";
            }
        });
        return names;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PARC_GRAPH_ENDPOINT|http://graph.microsoft.com",
                "PARC_GRAPH_ENDPOINT|https://user:password@graph.microsoft.com",
                "PARC_GRAPH_ENDPOINT|not a uri",
                "PARC_ARM_ENDPOINT|ftp://management.azure.com",
                "AZURE_AUTHORITY_HOST|http://127.0.0.1.evil.example",
                "AZURE_TENANT_ID|../../x",
                "PARC_GRAPH_GRANTED|maybe",
                "PARC_ACCOUNT_CATEGORIES|one=two",
                "PARC_EXPOSED_USERS_GROUP|Executives",
                "PARC_PRODUCTION_SUBSCRIPTIONS|Production",
                "PARC_WORKSTATION_FILTER|PAW",
                "PARC_TABLES|http://contoso.table.core.windows.net",
                "PARC_TABLES|contoso",
                "PARC_STAGE1_SCHEDULE|0 5 * * *",
                "PARC_STAGE2_SCHEDULE|daily",
                "PARC_STAGE3_SCHEDULE|0 0 25 * * *",
                "PARC_STAGE4_SCHEDULE|0 0 0 31 2 *",
                "PARC_BREAKGLASS_SCHEDULE|0",
                "PARC_RETENTION_DAYS|0",
                "PARC_RETENTION_DAYS|99999999999",
                "PARC_RETENTION_DAYS|forever",
                "PARC_ROADMAP_START|31.01.2026",
                "WEBSITE_HOSTNAME|contoso.example/path",
            })
    void aWrongSettingIsNamedInOneLine(String name, String value) {
        assertThatThrownBy(() -> Settings.of(Map.of(name, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(name)
                .message()
                .hasLineCount(1);
    }

    @Test
    void aWrongConnectionStringIsNotRepeated() {
        assertThatThrownBy(() -> Settings.of(Map.of("PARC_TABLES", "AccountKey=verysecret")))
                .isInstanceOf(SettingsException.class)
                .message()
                .doesNotContain("verysecret");
    }

    @Test
    void plainHttpIsForLoopbackOnly() {
        assertThat(Settings.of(Map.of("PARC_GRAPH_ENDPOINT", "http://127.0.0.1:8080"))
                        .graphEndpoint())
                .hasPort(8080);
    }

    @Test
    void theStorageOfTheFunctionAppServesWhereNoTablesAreNamed() {
        String own = "DefaultEndpointsProtocol=https;AccountName=own;AccountKey=x";
        String other = "https://other.table.core.windows.net";

        assertThat(Settings.of(Map.of("AzureWebJobsStorage", own)).tables()).hasValue(own);
        assertThat(Settings.of(Map.of("AzureWebJobsStorage", own, "PARC_TABLES", other))
                        .tables())
                .hasValue(other);
    }

    @Test
    void theStartOfTheRoadmapGivesEachStageItsDeadline() {
        Settings settings = Settings.of(Map.of("PARC_ROADMAP_START", "2026-01-31"));

        assertThat(settings.deadline(Stage.S1)).hasValue(LocalDate.of(2026, 2, 2));
        assertThat(settings.deadline(Stage.S2)).hasValue(LocalDate.of(2026, 2, 28));
        assertThat(settings.deadline(Stage.S3)).hasValue(LocalDate.of(2026, 4, 30));
        assertThat(settings.deadline(Stage.S4)).hasValue(LocalDate.of(2026, 7, 31));
        assertThat(settings.deadline(Stage.BG)).hasValue(LocalDate.of(2026, 2, 2));
    }

    /** Apps of earlier versions do not have the setting, and read on. */
    @Test
    void microsoftGraphIsAskedUnlessTheDeploymentSaysThatNothingIsGranted() {
        String tenant = "11111111-2222-4333-8444-555555555555";
        assertThat(Settings.of(Map.of()).graphGranted()).isTrue();
        assertThat(Settings.of(Map.of("PARC_GRAPH_GRANTED", "True")).graphGranted())
                .isTrue();
        assertThat(Settings.of(Map.of("PARC_GRAPH_GRANTED", "false", "AZURE_TENANT_ID", tenant))
                        .graphGranted())
                .isFalse();
        assertThatThrownBy(() -> Settings.of(Map.of("PARC_GRAPH_GRANTED", "false", "AZURE_TENANT_ID", "contoso.com")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("AZURE_TENANT_ID must be the id of the tenant while PARC_GRAPH_GRANTED is false");
    }

    @Test
    void theFunctionAppDoesNotStartWithoutTables() {
        assertThatThrownBy(() -> CompositionRoot.live(Settings.of(Map.of())))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("PARC_TABLES is not set");
    }
}
