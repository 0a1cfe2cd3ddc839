package dev.parc.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import dev.parc.app.Doctor;
import dev.parc.app.Settings;
import dev.parc.assessment.json.EventJson;
import dev.parc.check.Stage;
import dev.parc.functions.RunQueue;
import dev.parc.functions.RunsApi;
import dev.parc.functions.Timers;
import dev.parc.functions.WebhooksApi;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the templates set is what the code reads, and what the code uses is there. */
class TemplatesTest {

    private static final Path MAIN = Path.of("src/main/java/dev/parc");
    private static final Deployment DEFAULT = Deployment.of("default");

    /** Read by the code, and set by the platform or by nobody in Azure. */
    private static final Set<String> NOT_FOR_A_TEMPLATE =
            Set.of("PARC_FIX_SECONDS", "WEBSITE_HOSTNAME", "WEBSITE_AUTH_ENABLED", "AzureWebJobsStorage");

    /** Read by the Functions host and the Azure libraries. */
    private static final Set<String> READ_BY_OTHERS = Set.of(
            "AZURE_CLIENT_ID",
            "AzureWebJobsStorage__clientId",
            "AzureWebJobsStorage__credential",
            "AzureWebJobsStorage__blobServiceUri",
            "AzureWebJobsStorage__tableServiceUri",
            "APPLICATIONINSIGHTS_CONNECTION_STRING",
            "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
            "AZURE_TOKEN_CREDENTIALS");

    /** Settings that the Flex Consumption plan refuses or ignores. */
    private static final List<String> FORBIDDEN = List.of(
            "FUNCTIONS_WORKER_RUNTIME",
            "FUNCTIONS_EXTENSION_VERSION",
            "WEBSITE_RUN_FROM_PACKAGE",
            "WEBSITE_CONTENT",
            "SCM_DO_BUILD_DURING_DEPLOYMENT",
            "ENABLE_ORYX_BUILD",
            "WEBSITE_TIME_ZONE",
            "'TZ'",
            "basicPublishingCredentialsPolicies",
            "JAVA_OPTS",
            "languageWorkers__java__arguments",
            "linuxFxVersion",
            "alwaysOn");

    @Test
    void theSettingsAreThoseThatTheCodeReads() {
        assertThat(settings())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(Stream.concat(readBySettings().stream(), READ_BY_OTHERS.stream())
                        .filter(name -> !NOT_FOR_A_TEMPLATE.contains(name))
                        .toList());
    }

    @Test
    void theExampleHasTheSameSettings() throws IOException {
        JsonNode values = new ObjectMapper()
                .readTree(Path.of("local.settings.json.example").toFile())
                .path("Values");
        Set<String> example = new TreeSet<>();
        values.fieldNames().forEachRemaining(example::add);
        example.removeAll(Set.of("FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage"));
        example.removeAll(NOT_FOR_A_TEMPLATE);

        assertThat(settings().stream()
                        .filter(name -> !READ_BY_OTHERS.contains(name) && !name.startsWith("AzureWebJobsStorage")))
                .containsExactlyInAnyOrderElementsOf(example);
    }

    @Test
    void noSourceReadsASettingOfItsOwn() throws IOException {
        Set<String> named = literals(MAIN, "PARC_[A-Z0-9_]+");
        named.removeAll(readBySettings());

        // what the terminal shows, and the beginning of the name of a schedule
        assertThat(named).containsExactlyInAnyOrder("PARC_DEBUG", "PARC_STAGE");
    }

    @Test
    void everyTimerHasItsScheduleWithTheDefaultOfTheCode() {
        List<String> schedules = annotations(TimerTrigger.class, Timers.class).stream()
                .map(timer -> timer.schedule().replace("%", ""))
                .toList();
        assertThat(schedules)
                .hasSize(Stage.values().length)
                .containsExactlyInAnyOrderElementsOf(settings().stream()
                        .filter(name -> name.endsWith("_SCHEDULE"))
                        .toList());

        Settings byDefault = Settings.of(Map.of());
        for (Stage stage : Stage.values()) {
            assertThat(DEFAULT.settings())
                    .containsEntry(
                            Settings.scheduleSetting(stage),
                            String.valueOf(byDefault.schedules().get(stage)));
        }
    }

    @Test
    void theQueuesAreThoseOfTheFunctions() {
        Set<String> queues = new TreeSet<>();
        annotations(QueueTrigger.class, RunQueue.class, WebhooksApi.class)
                .forEach(queue -> queues.add(queue.queueName()));
        annotations(QueueOutput.class, RunQueue.class, RunsApi.class, Timers.class)
                .forEach(queue -> queues.add(queue.queueName()));

        assertThat(DEFAULT.names("Microsoft.Storage/storageAccounts/queueServices/queues"))
                .containsExactlyInAnyOrderElementsOf(queues);
        assertThat(Doctor.QUEUES).containsExactlyInAnyOrderElementsOf(queues);
    }

    @Test
    void theTablesAreThoseOfTheStore() throws IOException {
        assertThat(DEFAULT.names("Microsoft.Storage/storageAccounts/tableServices/tables"))
                .containsExactlyInAnyOrderElementsOf(literals(MAIN.resolve("store/table"), "Parc[A-Z][A-Za-z]+"));
    }

    @Test
    void theAlertsAndTheWorkbookReadEventsThatTheCodeWrites() throws IOException {
        String written = Files.readString(MAIN.resolve("assessment/json/EventJson.java"));
        for (String file : List.of("modules/alerts.bicep", "modules/workbook.json")) {
            String text = Template.of(file).text().replace("\\\"", "\"");
            assertThat(text)
                    .contains(
                            "startswith \"" + EventJson.MARK + "\"",
                            "substring(Message, " + EventJson.MARK.length() + ")");
            assertThat(text.lines()
                            .filter(line -> line.contains("Event.event)"))
                            .map(line -> line.substring(line.indexOf("Event.event)")))
                            .flatMap(line -> matches(line, "\"([a-z]+(?:-[a-z]+)+)\"")))
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(written).contains("\"" + event + "\""));
        }
    }

    @Test
    void noTraceThatAnAlertReadsIsSampledAway() throws IOException {
        JsonNode sampling = new ObjectMapper()
                .readTree(Path.of("host.json").toFile())
                .at("/logging/applicationInsights/samplingSettings/excludedTypes");

        assertThat(sampling.asText().split(";")).contains("Trace");
    }

    /** Whoever makes the registration, a later deployment finds it again, and tokens are asked for its address. */
    @Test
    void theRegistrationForCallersHasOneName() {
        String name = "'parc-${uniqueString(resourceGroup().id)}'";
        assertThat(Template.of("api-registration.bicep").text())
                .contains(
                        "param uniqueName string = " + name,
                        "param displayName string = 'PARC'",
                        "'api://${tenant().tenantId}/${uniqueName}'");
        assertThat(Template.of("app.bicep").text())
                .contains(
                        "var token = uniqueString(resourceGroup().id)",
                        "var registrationName = 'parc-${token}'",
                        "'api://${tenant().tenantId}/${registrationName}'")
                .doesNotContain("uniqueName:", "displayName:");
        assertThat(Template.of("logic-apps/workflows.bicep").text())
                .contains("'api://${tenant().tenantId}/" + name.substring(1));
    }

    @Test
    void nothingIsSetThatThePlanForbids() {
        for (String file : Template.all()) {
            assertThat(Template.of(file).text()).as(file).doesNotContain(FORBIDDEN);
        }
    }

    @Test
    void nothingIsOpenThatNeedNotBe() {
        JsonNode storage = DEFAULT.resource("Microsoft.Storage/storageAccounts").path("properties");
        assertThat(storage.path("allowSharedKeyAccess").asBoolean(true)).isFalse();
        assertThat(storage.path("allowBlobPublicAccess").asBoolean(true)).isFalse();
        assertThat(storage.path("minimumTlsVersion").asText()).isEqualTo("TLS1_2");
        assertThat(storage.path("supportsHttpsTrafficOnly").asBoolean()).isTrue();
        assertThat(DEFAULT.resource("Microsoft.Storage/storageAccounts/blobServices/containers")
                        .at("/properties/publicAccess")
                        .asText())
                .isEqualTo("None");
        assertThat(DEFAULT.resource("Microsoft.Web/sites")
                        .at("/properties/httpsOnly")
                        .asBoolean())
                .isTrue();
        assertThat(DEFAULT.resource("Microsoft.Insights/components")
                        .at("/properties/DisableLocalAuth")
                        .asBoolean())
                .isTrue();
        for (String file : Template.all()) {
            assertThat(Template.of(file).text())
                    .as(file)
                    .doesNotContain("listKeys", "AccountKey", "@secure", "connectionString:", "listConnectionStrings");
        }
    }

    /** The roles come before the app, so that it finds its storage open when it first starts. */
    @Test
    void theAppStartsWithAnIdentityThatHoldsItsRolesAlready() {
        List<String> order = new ArrayList<>();
        DEFAULT.document()
                .path("predictedResources")
                .forEach(resource -> order.add(resource.path("type").asText()));
        assertThat(order.lastIndexOf("Microsoft.Authorization/roleAssignments"))
                .isLessThan(order.indexOf("Microsoft.Web/sites"));
        assertThat(Template.of("app.bicep").text()).contains("dependsOn: [access, network]");

        String identity = DEFAULT.resource("Microsoft.ManagedIdentity/userAssignedIdentities")
                .path("id")
                .asText();
        JsonNode app = DEFAULT.resource("Microsoft.Web/sites");
        assertThat(app.at("/identity/type").asText()).isEqualTo("UserAssigned");
        assertThat(app.at(
                                "/properties/functionAppConfig/deployment/storage/authentication/userAssignedIdentityResourceId")
                        .asText())
                .isEqualTo(identity);
        assertThat(DEFAULT.resources("Microsoft.Authorization/roleAssignments"))
                .hasSize(4)
                .allSatisfy(role ->
                        assertThat(role.at("/properties/principalId").asText()).contains(identity));
        for (String setting : List.of(
                "AzureWebJobsStorage__clientId", "AZURE_CLIENT_ID", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING")) {
            assertThat(DEFAULT.settings().get(setting)).as(setting).contains(identity, "clientId");
        }
    }

    /** The storage moves at once, what the tenant was read by does not. */
    @Test
    void betweenTwoVersionsTheAppReadsTheTenantAsItDid() {
        Deployment between = Deployment.of("upgrade");

        assertThat(between.resource("Microsoft.Web/sites").at("/identity/type").asText())
                .isEqualTo("SystemAssigned, UserAssigned");
        assertThat(between.settings())
                .doesNotContainKey("AZURE_CLIENT_ID")
                .containsKey("AzureWebJobsStorage__clientId");
        assertThat(between.output("PARC_PREVIOUS_PRINCIPAL_ID")).isNotEmpty();
        assertThat(DEFAULT.output("PARC_PREVIOUS_PRINCIPAL_ID")).isEmpty();
    }

    @Test
    void whatWasAskedForIsThereAndNothingElseIs() {
        Deployment full = Deployment.of("full");

        assertThat(DEFAULT.resources("Microsoft.Authorization/locks")).isEmpty();
        assertThat(full.resource("Microsoft.Authorization/locks")
                        .at("/properties/level")
                        .asText())
                .isEqualTo("CanNotDelete");
        assertThat(DEFAULT.names("Microsoft.Insights/scheduledQueryRules")).doesNotContain("parc-emergency-sign-in");
        assertThat(full.names("Microsoft.Insights/scheduledQueryRules")).contains("parc-emergency-sign-in");
        assertThat(DEFAULT.resources("Microsoft.Graph/applications@v1.0")).isEmpty();
        assertThat(full.resources("Microsoft.Logic/workflows"))
                .hasSize(4)
                .allSatisfy(workflow ->
                        assertThat(workflow.at("/properties/state").asText()).isEqualTo("Enabled"));
        assertThat(full.resources("Microsoft.Logic/workflows"))
                .anySatisfy(workflow -> assertThat(workflow.at("/properties/parameters/mailTo/value")
                                .asText())
                        .isEqualTo("board@contoso.com;ciso@contoso.com"));

        Deployment closed = Deployment.of("private-network");
        assertThat(closed.resources("Microsoft.Network/privateEndpoints")).hasSize(3);
        assertThat(closed.resources("Microsoft.Network/privateDnsZones")).hasSize(3);
        assertThat(closed.resource("Microsoft.Storage/storageAccounts")
                        .at("/properties/publicNetworkAccess")
                        .asText())
                .isEqualTo("Disabled");
    }

    /** People come back from Entra ID to this address; programs are not sent there. */
    @Test
    void aBrowserCanSignIn() {
        Deployment full = Deployment.of("full");
        String app = full.resource("Microsoft.Web/sites").path("name").asText();
        JsonNode registration =
                full.resource("Microsoft.Graph/applications@v1.0").path("properties");

        assertThat(registration.at("/web/redirectUris/0").asText())
                .contains(app, "azurewebsites.net", "azurewebsites.us", "/.auth/login/aad/callback");
        assertThat(registration
                        .at("/web/implicitGrantSettings/enableIdTokenIssuance")
                        .asBoolean())
                .isTrue();
        assertThat(registration.at("/api/preAuthorizedApplications/0/appId").asText())
                .isEqualTo("04b07795-8ddb-461a-bbee-02f9e1bf7b46"); // the Azure CLI
        assertThat(registration.at("/api/preAuthorizedApplications/0/delegatedPermissionIds/0"))
                .isEqualTo(registration.at("/api/oauth2PermissionScopes/0/id"));
        JsonNode authentication = full.resource("Microsoft.Web/sites/config").path("properties");
        assertThat(authentication.at("/platform/enabled").asBoolean()).isTrue();
        assertThat(authentication
                        .at("/globalValidation/unauthenticatedClientAction")
                        .asText())
                .isEqualTo("AllowAnonymous");
    }

    @Test
    void addressesRangesAndServiceTagsAreToldApart() {
        Map<String, String> kinds = new HashMap<>();
        JsonNode site = Deployment.of("full").resource("Microsoft.Web/sites").at("/properties/siteConfig");
        for (String list : List.of("ipSecurityRestrictions", "scmIpSecurityRestrictions")) {
            site.path(list)
                    .forEach(rule -> kinds.put(
                            rule.path("ipAddress").asText(), rule.path("tag").asText()));
        }

        assertThat(kinds)
                .isEqualTo(Map.of(
                        "203.0.113.0/24", "Default",
                        "198.51.100.7/32", "Default",
                        "2001:db8::/32", "Default",
                        "LogicApps", "ServiceTag",
                        "203.0.113.9/32", "Default",
                        "AzureCloud", "ServiceTag"));
        assertThat(site.path("ipSecurityRestrictionsDefaultAction").asText()).isEqualTo("Deny");
        assertThat(site.path("scmIpSecurityRestrictionsDefaultAction").asText()).isEqualTo("Deny");
        JsonNode open = DEFAULT.resource("Microsoft.Web/sites").at("/properties/siteConfig");
        assertThat(open.path("ipSecurityRestrictionsDefaultAction").asText()).isEqualTo("Allow");
        assertThat(open.path("scmIpSecurityRestrictionsUseMain").asBoolean()).isTrue();
    }

    /** What takes a day or two is not missed on the first day, and each alert finds rows, never their absence. */
    @Test
    void noAlertIsRaisedBeforeThereCouldBeARun() {
        assertThat(DEFAULT.resources("Microsoft.Insights/scheduledQueryRules"))
                .hasSize(5)
                .allSatisfy(rule -> assertThat(
                                rule.at("/properties/criteria/allOf/0/operator").asText())
                        .isEqualTo("GreaterThan"))
                .filteredOn(rule -> List.of("parc-silent", "parc-not-assessed")
                        .contains(rule.path("name").asText()))
                .hasSize(2)
                .allSatisfy(rule -> assertThat(
                                rule.at("/properties/criteria/allOf/0/query").asText())
                        .contains("now() > datetime(2026-01-31) + "));
    }

    @Test
    void whatTheSubscriptionTemplateTakesGoesToTheApp() {
        List<String> app = new ArrayList<>(Template.of("app.bicep").parameters());
        app.remove("tags");
        List<String> main = new ArrayList<>(Template.of("main.bicep").parameters());
        main.removeAll(List.of("environmentName", "resourceGroupName"));

        assertThat(main).containsExactlyInAnyOrderElementsOf(app);
    }

    private static List<String> settings() {
        return List.copyOf(DEFAULT.settings().keySet());
    }

    /** The settings that are asked for while they are read. */
    private static Set<String> readBySettings() {
        Set<String> names = new TreeSet<>();
        Map<String, String> environment = new AbstractMap<>() {
            @Override
            public @Nullable String get(Object name) {
                names.add(String.valueOf(name));
                return new HashMap<String, String>().get(name);
            }

            @Override
            public Set<Entry<String, String>> entrySet() {
                return Set.of();
            }
        };
        Settings.of(environment);
        return names;
    }

    private static <A extends Annotation> List<A> annotations(Class<A> type, Class<?>... functions) {
        return Stream.of(functions)
                .flatMap(functionClass -> Stream.of(functionClass.getMethods()))
                .flatMap((Function<Method, Stream<Parameter>>) method -> Stream.of(method.getParameters()))
                .flatMap(parameter -> Stream.of(parameter.getAnnotationsByType(type)))
                .toList();
    }

    /** The texts in quotes below a folder that are like this. */
    private static Set<String> literals(Path folder, String shape) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Template::read)
                    .flatMap(text -> matches(text, "\"(" + shape + ")\""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Stream<String> matches(String text, String expression) {
        return Pattern.compile(expression).matcher(text).results().map(match -> match.group(1));
    }
}
