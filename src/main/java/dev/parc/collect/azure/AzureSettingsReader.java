package dev.parc.collect.azure;

import static dev.parc.facts.FactKind.AZURE_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.AZURE_MANAGEMENT_GROUPS;
import static dev.parc.facts.FactKind.AZURE_SECURITY_CONTACTS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTION_POLICY;
import static dev.parc.facts.FactKind.ENTRA_DIAGNOSTIC_SETTINGS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.arm.ArmRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzureSecurityContacts;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.azure.AzureSubscriptionPolicy;
import dev.parc.facts.azure.DiagnosticSetting;
import dev.parc.facts.azure.LogDestination;
import dev.parc.facts.azure.LogExports;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Reads the settings of the tenant and of each of its subscriptions that Resource Graph does not know: one call for each
 * subscription in which something can run.
 */
public final class AzureSettingsReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(AZURE_SUBSCRIPTION_POLICY, context -> new AzureSettingsReader(context).subscriptionPolicy()),
            ReadingTask.of(
                            AZURE_SECURITY_CONTACTS,
                            context -> new AzureSettingsReader(context).securityContacts(),
                            AZURE_SUBSCRIPTIONS)
                    .askingEachSubscription(),
            ReadingTask.of(
                            AZURE_DIAGNOSTIC_SETTINGS,
                            context -> new AzureSettingsReader(context).diagnosticSettings(),
                            AZURE_SUBSCRIPTIONS)
                    .askingEachSubscription(),
            ReadingTask.of(
                    ENTRA_DIAGNOSTIC_SETTINGS,
                    context -> new AzureSettingsReader(context).directoryDiagnosticSettings()));

    private static final int CONFLICT = 409;

    private final ReadingContext context;

    public AzureSettingsReader(ReadingContext context) {
        this.context = context;
    }

    public Reading subscriptionPolicy() {
        Answer answer =
                context.arm().ask(ArmRequest.get("/providers/Microsoft.Subscription/policies/default", "2021-10-01"));
        return ReadingBuilder.notFound(answer)
                ? new Reading.Read(List.of(new AzureSubscriptionPolicy(false, false)), List.of()) // nobody set one yet
                : ReadingBuilder.ofObject(
                        AZURE_SUBSCRIPTION_POLICY, answer, "policies", AzureSettingsReader::subscriptionPolicy);
    }

    private static AzureSubscriptionPolicy subscriptionPolicy(Item item) {
        Item properties = item.requiredItem("properties");
        return new AzureSubscriptionPolicy(
                properties.has("blockSubscriptionsLeavingTenant")
                        && properties.requiredFlag("blockSubscriptionsLeavingTenant"),
                properties.has("blockSubscriptionsIntoTenant")
                        && properties.requiredFlag("blockSubscriptionsIntoTenant"));
    }

    public Reading securityContacts() {
        return ofEach(
                AZURE_SECURITY_CONTACTS,
                "Microsoft.Security/securityContacts",
                "2023-12-01-preview",
                AzureSettingsReader::securityContacts);
    }

    private static AzureSecurityContacts securityContacts(String subscriptionId, List<Item> contacts) {
        List<String> emails = new ArrayList<>();
        Set<String> roles = new HashSet<>();
        for (Item contact : contacts) {
            Item properties = contact.requiredItem("properties");
            if (properties.has("isEnabled") && properties.flag("isEnabled").equals(Optional.of(false))) {
                continue;
            }
            if (properties.isList("notificationsSources")
                    && properties.items("notificationsSources").stream()
                            .noneMatch(source -> source.firstText("sourceType")
                                    .filter("Alert"::equalsIgnoreCase)
                                    .isPresent())) {
                continue; // hears of attack paths only
            }
            properties
                    .firstText("emails")
                    .ifPresent(text -> List.of(text.split("[;,\\s]+", -1)).stream()
                            .filter(email -> !email.isEmpty())
                            .forEach(emails::add));
            properties
                    .optional("notificationsByRole")
                    .filter(byRole -> byRole.firstText("state")
                                    .filter("On"::equalsIgnoreCase)
                                    .isPresent()
                            && byRole.has("roles"))
                    .ifPresent(byRole -> roles.addAll(byRole.texts("roles")));
        }
        return new AzureSecurityContacts(subscriptionId, emails, roles);
    }

    public Reading diagnosticSettings() {
        return ofEach(
                AZURE_DIAGNOSTIC_SETTINGS,
                "Microsoft.Insights/diagnosticSettings",
                "2021-05-01-preview",
                AzureSettingsReader::exports);
    }

    public Reading directoryDiagnosticSettings() {
        ReadingBuilder reading = new ReadingBuilder(ENTRA_DIAGNOSTIC_SETTINGS);
        take(
                reading,
                context.arm().ask(ArmRequest.get("/providers/Microsoft.aadiam/diagnosticSettings", "2017-04-01")),
                LogExports.ENTRA_ID,
                AzureSettingsReader::exports);
        return reading.build();
    }

    private static LogExports exports(String source, List<Item> settings) {
        return new LogExports(
                source, settings.stream().map(AzureSettingsReader::setting).toList());
    }

    private static DiagnosticSetting setting(Item item) {
        Item properties = item.requiredItem("properties");
        Set<String> categories = new HashSet<>();
        Set<String> groups = new HashSet<>();
        for (Item log : properties.has("logs") ? properties.items("logs") : List.<Item>of()) {
            if (log.requiredFlag("enabled")) {
                log.firstText("category").ifPresent(name -> categories.add(name.toLowerCase(Locale.ROOT)));
                log.firstText("categoryGroup").ifPresent(name -> groups.add(name.toLowerCase(Locale.ROOT)));
            }
        }
        List<LogDestination> destinations = new ArrayList<>();
        Map.of(
                        "workspaceId", LogDestination.Kind.WORKSPACE,
                        "storageAccountId", LogDestination.Kind.STORAGE_ACCOUNT,
                        "eventHubAuthorizationRuleId", LogDestination.Kind.EVENT_HUB,
                        "marketplacePartnerId", LogDestination.Kind.PARTNER_SOLUTION)
                .forEach((name, kind) -> properties
                        .firstText(name)
                        .ifPresent(id -> destinations.add(new LogDestination(kind, id.toLowerCase(Locale.ROOT)))));
        return new DiagnosticSetting(item.firstText("name").orElse("without a name"), categories, groups, destinations);
    }

    /** A value for each subscription that answered, even if it has nothing of the kind. */
    private Reading ofEach(
            FactKind kind, String type, String apiVersion, BiFunction<String, List<Item>, Object> value) {
        Optional<Reading> unread = context.unreadFor(AZURE_SUBSCRIPTIONS, AZURE_MANAGEMENT_GROUPS);
        if (unread.isPresent()) {
            return unread.get();
        }
        Map<String, ArmRequest> requests = new LinkedHashMap<>();
        context.values(AZURE_SUBSCRIPTIONS, AzureSubscription.class).stream()
                .filter(subscription -> subscription.running() && AzureReader.isOwn(context, subscription))
                .forEach(subscription -> requests.put(
                        subscription.id(), ArmRequest.get(subscription.scope() + "/providers/" + type, apiVersion)));
        ReadingBuilder reading = new ReadingBuilder(kind);
        if (context.partial(AZURE_SUBSCRIPTIONS)) {
            reading.gap("subscriptions were read in part");
        }
        context.arm().ask(requests).forEach((id, answer) -> {
            if (isUnregistered(answer)) {
                reading.used().value(value.apply(id, List.of()));
            } else {
                take(reading, answer, id, value);
            }
        });
        return reading.build();
    }

    /** Whether the subscription has never used the service, which then has nothing to tell. */
    static boolean isUnregistered(Answer answer) {
        return answer instanceof Answer.Refused refused
                && (refused.status() == CONFLICT || ReadingBuilder.notFound(answer))
                && Set.of("MissingSubscriptionRegistration", "Subscription Not Registered", "SubscriptionNotRegistered")
                        .contains(refused.code());
    }

    private static void take(
            ReadingBuilder reading, Answer answer, String source, BiFunction<String, List<Item>, Object> value) {
        if (!(answer instanceof Answer.Value got)) {
            reading.without(answer, List.of());
            return;
        }
        JsonNode items = got.body().path("value");
        if (!items.isArray()) {
            reading.failed("settings were returned without their list");
            return;
        }
        reading.used()
                .attempt(() -> reading.value(value.apply(
                        source,
                        items.valueStream()
                                .map(item -> new Item("settings", item))
                                .toList())));
    }
}
