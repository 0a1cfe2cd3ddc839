package dev.parc.collect.azure;

import static dev.parc.facts.FactKind.AZURE_DIAGNOSTIC_SETTINGS;
import static dev.parc.facts.FactKind.AZURE_LOG_STORAGE;
import static dev.parc.facts.FactKind.AZURE_LOG_TABLES;
import static dev.parc.facts.FactKind.AZURE_SENTINEL;
import static dev.parc.facts.FactKind.AZURE_SENTINEL_RULES;
import static dev.parc.facts.FactKind.AZURE_SUBSCRIPTIONS;
import static dev.parc.facts.FactKind.AZURE_WATCHLISTS;
import static dev.parc.facts.FactKind.AZURE_WORKSPACES;
import static dev.parc.facts.FactKind.ENTRA_DIAGNOSTIC_SETTINGS;

import dev.parc.collect.arm.ArmRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.azure.AzureAlertRule;
import dev.parc.facts.azure.AzureSubscription;
import dev.parc.facts.azure.LogDestination;
import dev.parc.facts.azure.LogExports;
import dev.parc.facts.azure.LogStorage;
import dev.parc.facts.azure.LogTable;
import dev.parc.facts.azure.LogWorkspace;
import dev.parc.facts.azure.SentinelOnboarding;
import dev.parc.facts.azure.Watchlist;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads of the places that logs are sent to, and of no other, what Resource Graph does not know: whether Microsoft Sentinel
 * works there, and how long they keep what they get. Places that PARC does not see are not asked.
 */
public final class LogPlaceReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(AZURE_SENTINEL, context -> new LogPlaceReader(context).onboarding(), AZURE_WORKSPACES)
                    .afterIfRead(ENTRA_DIAGNOSTIC_SETTINGS, AZURE_DIAGNOSTIC_SETTINGS),
            ReadingTask.of(
                            AZURE_SENTINEL_RULES,
                            context -> new LogPlaceReader(context).rules(),
                            AZURE_SENTINEL,
                            AZURE_WORKSPACES)
                    .afterIfRead(ENTRA_DIAGNOSTIC_SETTINGS, AZURE_DIAGNOSTIC_SETTINGS),
            ReadingTask.of(AZURE_LOG_TABLES, context -> new LogPlaceReader(context).tables(), AZURE_WORKSPACES)
                    .afterIfRead(ENTRA_DIAGNOSTIC_SETTINGS, AZURE_DIAGNOSTIC_SETTINGS),
            ReadingTask.of(AZURE_LOG_STORAGE, context -> new LogPlaceReader(context).storage(), AZURE_SUBSCRIPTIONS)
                    .afterIfRead(ENTRA_DIAGNOSTIC_SETTINGS, AZURE_DIAGNOSTIC_SETTINGS));

    private static final String GROUP = "[\\p{L}\\p{N}_().-]{0,89}[\\p{L}\\p{N}_()-]";
    private static final Pattern WORKSPACE = Pattern.compile("(?i)/subscriptions/[0-9a-f-]{36}/resourceGroups/" + GROUP
            + "/providers/Microsoft\\.OperationalInsights/workspaces/[a-z0-9-]{1,63}");
    private static final Pattern ACCOUNT = Pattern.compile("(?i)/subscriptions/([0-9a-f-]{36})/resourceGroups/(" + GROUP
            + ")/providers/Microsoft\\.Storage/storageAccounts/([a-z0-9-]{1,63})");
    private static final List<String> AGES = List.of(
            "daysAfterModificationGreaterThan", "daysAfterCreationGreaterThan", "daysAfterLastAccessTimeGreaterThan");

    /** How often Microsoft Sentinel asks what it asks all the time. */
    private static final Duration NEAR_REAL_TIME = Duration.ofMinutes(1);

    private final ReadingContext context;

    public LogPlaceReader(ReadingContext context) {
        this.context = context;
    }

    /** A workspace that is not onboarded, or in a subscription that never used Sentinel, has no such state. */
    public Reading onboarding() {
        return ofWorkspaces(
                AZURE_SENTINEL,
                workspace -> Stream.of("/providers/Microsoft.SecurityInsights/onboardingStates/default"),
                "2024-03-01",
                (reading, asked, answer) -> {
                    String id = asked.workspace().id();
                    if (ReadingBuilder.notFound(answer) || AzureSettingsReader.isUnregistered(answer)) {
                        reading.used().value(new SentinelOnboarding(id, false));
                    } else {
                        reading.object(answer, "onboarding states", item -> onboarded(item, id), List.of());
                    }
                });
    }

    private static SentinelOnboarding onboarded(Item item, String id) {
        if (!item.requiredText("name").equalsIgnoreCase("default")) {
            throw item.malformed("name");
        }
        return new SentinelOnboarding(id, true);
    }

    /**
     * The rules of Microsoft Sentinel that ask something, where it works. One that cannot be taken apart is one of which PARC
     * does not know what it asks. This version of the service names scheduled rules; others only as it pleases.
     */
    public Reading rules() {
        Optional<Reading> unread = context.unreadFor(AZURE_SENTINEL);
        if (unread.isPresent()) {
            return unread.get();
        }
        Set<String> onboarded = context.values(AZURE_SENTINEL, SentinelOnboarding.class).stream()
                .filter(SentinelOnboarding::onboarded)
                .map(SentinelOnboarding::workspaceId)
                .collect(Collectors.toSet());
        return ofWorkspaces(
                AZURE_SENTINEL_RULES,
                workspace -> Stream.of("/providers/Microsoft.SecurityInsights/alertRules")
                        .filter(path -> onboarded.contains(workspace.id())),
                "2024-03-01",
                (reading, asked, answer) -> reading.each(
                        answer,
                        "analytics rules",
                        item -> rule(item, asked.workspace()).ifPresent(reading::value)));
    }

    private static Optional<AzureAlertRule> rule(Item item, LogWorkspace workspace) {
        Item properties = item.requiredItem("properties");
        String kind = item.requiredText("kind");
        boolean nearRealTime = kind.equalsIgnoreCase("NRT");
        if (!nearRealTime && !kind.equalsIgnoreCase("Scheduled")) {
            return Optional.empty(); // of Microsoft's own making: nobody says what they are to tell of
        }
        String query = properties.firstText("query").orElse("");
        AzureAlertRule.Query asked = nearRealTime
                ? new AzureAlertRule.Query(query, makesIncidents(properties), NEAR_REAL_TIME)
                : AzureAlertRule.Query.asked(
                        query,
                        properties.firstText("queryFrequency").orElse(""),
                        properties.firstText("queryPeriod").orElse(""),
                        makesIncidents(properties) && isForAnyRow(properties));
        return Optional.of(new AzureAlertRule(
                item.requiredText("id"),
                properties.firstText("displayName").orElse("without a name"),
                properties.requiredFlag("enabled"),
                true,
                Set.of(workspace.id()),
                List.of(),
                List.of(asked)));
    }

    /** Each time: a rule that rests after an alert says nothing of what comes next. */
    private static boolean makesIncidents(Item properties) {
        boolean rests = properties.has("suppressionEnabled")
                && properties.flag("suppressionEnabled").orElse(true);
        return !rests
                && properties
                        .optional("incidentConfiguration")
                        .map(it -> !it.has("createIncident")
                                || it.flag("createIncident").orElse(false))
                        .orElse(true);
    }

    private static boolean isForAnyRow(Item properties) {
        return properties
                        .firstText("triggerOperator")
                        .filter("GreaterThan"::equalsIgnoreCase)
                        .isPresent()
                && properties.has("triggerThreshold")
                && properties.requiredNumber("triggerThreshold") <= 0;
    }

    /**
     * The watchlists that these questions are about, of workspaces that PARC sees. One that has an item which is no plain text, or
     * is not there, is left out: what a query makes of it is not known then.
     */
    public Reading watchlists(Set<String> questions) {
        Map<String, LogWorkspace> workspaces = context.values(AZURE_WORKSPACES, LogWorkspace.class).stream()
                .filter(workspace -> WORKSPACE.matcher(workspace.path()).matches())
                .collect(Collectors.toMap(LogWorkspace::id, Function.identity(), (one, same) -> one));
        Map<String, ArmRequest> requests = new LinkedHashMap<>();
        new TreeSet<>(questions)
                .forEach(question -> Optional.ofNullable(workspaces.get(Watchlist.workspaceOf(question)))
                        .ifPresent(workspace -> requests.put(
                                question,
                                request(
                                        workspace.path() + "/providers/Microsoft.SecurityInsights/watchlists/"
                                                + Watchlist.aliasOf(question) + "/watchlistItems",
                                        "2024-03-01"))));
        ReadingBuilder reading = new ReadingBuilder(AZURE_WATCHLISTS);
        context.arm().ask(requests).forEach((question, answer) -> {
            List<Map<String, String>> items = new ArrayList<>();
            AtomicInteger unusable = new AtomicInteger();
            boolean told = reading.each(answer, "items of watchlists", item -> {
                unusable.incrementAndGet();
                Item properties = item.requiredItem("properties");
                if (!properties.has("isDeleted") || !properties.requiredFlag("isDeleted")) {
                    Item columns = properties.requiredItem("itemsKeyValue");
                    Map<String, String> texts = new LinkedHashMap<>();
                    columns.set().forEach(name -> texts.put(name, columns.requiredText(name)));
                    items.add(texts);
                }
                unusable.decrementAndGet();
            });
            if (told && unusable.get() == 0) {
                reading.value(new Watchlist(Watchlist.workspaceOf(question), Watchlist.aliasOf(question), items));
            }
        });
        return reading.build();
    }

    /** The tables that something writes to; one that is not there yet will keep what its workspace keeps. */
    public Reading tables() {
        return ofWorkspaces(
                AZURE_LOG_TABLES,
                workspace -> written(workspace).map(table -> "/tables/" + table),
                "2022-10-01",
                (reading, asked, answer) -> {
                    String name = asked.path().substring(asked.path().lastIndexOf('/') + 1);
                    int days = asked.workspace().retentionDays();
                    if (ReadingBuilder.notFound(answer)) {
                        reading.used().value(new LogTable(asked.workspace().id(), name, days));
                    } else {
                        reading.object(answer, "tables", item -> table(item, asked.workspace(), name), List.of());
                    }
                });
    }

    private static LogTable table(Item item, LogWorkspace workspace, String name) {
        double days = item.requiredItem("properties").requiredNumber("totalRetentionInDays");
        return new LogTable(workspace.id(), name, days < 0 ? workspace.retentionDays() : (int) days);
    }

    private Stream<String> written(LogWorkspace workspace) {
        return LogTable.categories().stream()
                .filter(category -> exports()
                        .flatMap(exports -> exports.destinationsOf(category).stream())
                        .anyMatch(destination -> destination.id().equals(workspace.id())))
                .flatMap(category -> LogTable.of(category).stream());
    }

    /** An account in a subscription that PARC does not see is none of its business; one without rules deletes nothing. */
    public Reading storage() {
        Optional<Reading> unread = context.unreadFor(AZURE_SUBSCRIPTIONS);
        if (unread.isPresent()) {
            return unread.get();
        }
        Set<String> subscriptions = context.values(AZURE_SUBSCRIPTIONS, AzureSubscription.class).stream()
                .map(AzureSubscription::id)
                .collect(Collectors.toSet());
        ReadingBuilder reading = new ReadingBuilder(AZURE_LOG_STORAGE);
        Map<String, ArmRequest> requests = new LinkedHashMap<>();
        for (String id : places(LogDestination.Kind.STORAGE_ACCOUNT)) {
            Matcher account = ACCOUNT.matcher(id);
            if (!account.matches()) {
                reading.gap("a storage account was returned with an unusable id");
            } else if (subscriptions.contains(account.group(1))) {
                requests.put(
                        id,
                        request(
                                "/subscriptions/" + account.group(1) + "/resourceGroups/" + account.group(2)
                                        + "/providers/Microsoft.Storage/storageAccounts/" + account.group(3)
                                        + "/managementPolicies/default",
                                "2023-01-01"));
            }
        }
        context.arm().ask(requests).forEach((id, answer) -> {
            if (ReadingBuilder.notFound(answer)
                    && answer instanceof Answer.Refused refused
                    && refused.code().equals("ManagementPolicyNotFound")) {
                reading.used().value(new LogStorage(id, List.of()));
            } else {
                reading.object(answer, "lifecycle policies", item -> new LogStorage(id, rules(item)), List.of());
            }
        });
        return reading.build();
    }

    private static List<LogStorage.Rule> rules(Item item) {
        return item.requiredItem("properties").requiredItem("policy").items("rules").stream()
                .filter(rule -> !rule.has("enabled") || rule.requiredFlag("enabled"))
                .flatMap(rule -> rule(rule.requiredItem("definition")).stream())
                .toList();
    }

    /** Logs are append blobs, without snapshots and versions, so only what is deleted of the blob itself counts. */
    private static Optional<LogStorage.Rule> rule(Item definition) {
        Optional<Item> filters = definition.optional("filters");
        List<String> types = filters.filter(it -> it.has("blobTypes")).stream()
                .flatMap(it -> it.texts("blobTypes").stream())
                .toList();
        if (!types.isEmpty() && types.stream().noneMatch("appendBlob"::equalsIgnoreCase)) {
            return Optional.empty();
        }
        OptionalInt days = definition
                .requiredItem("actions")
                .optional("baseBlob")
                .flatMap(blob -> blob.optional("delete"))
                .map(delete -> AGES.stream()
                        .filter(delete.set()::contains)
                        .mapToInt(age -> (int) delete.requiredNumber(age))
                        .min())
                .orElseGet(OptionalInt::empty);
        Set<String> prefixes = filters.filter(it -> it.has("prefixMatch")).stream()
                .flatMap(it -> it.texts("prefixMatch").stream())
                .map(prefix -> prefix.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        boolean some = filters.filter(
                        it -> it.optionalItems("blobIndexMatch").findAny().isPresent())
                .isPresent();
        return days.isEmpty() ? Optional.empty() : Optional.of(new LogStorage.Rule(prefixes, some, days.getAsInt()));
    }

    /** A workspace that receives logs, and the path below it that was asked. */
    private record Asked(LogWorkspace workspace, String path) {}

    /** What to make of an answer. */
    private interface Taking {
        void take(ReadingBuilder reading, Asked asked, Answer answer);
    }

    private Reading ofWorkspaces(
            FactKind kind, Function<LogWorkspace, Stream<String>> paths, String apiVersion, Taking taking) {
        Optional<Reading> unread = context.unreadFor(AZURE_WORKSPACES);
        if (unread.isPresent()) {
            return unread.get();
        }
        Set<String> receiving = places(LogDestination.Kind.WORKSPACE);
        ReadingBuilder reading = new ReadingBuilder(kind);
        Map<Asked, ArmRequest> requests = new LinkedHashMap<>();
        for (LogWorkspace workspace : context.values(AZURE_WORKSPACES, LogWorkspace.class)) {
            if (!receiving.contains(workspace.id())) {
                continue;
            }
            if (!WORKSPACE.matcher(workspace.path()).matches()) {
                reading.gap("a workspace came with an unusable id");
                continue;
            }
            paths.apply(workspace)
                    .forEach(path ->
                            requests.put(new Asked(workspace, path), request(workspace.path() + path, apiVersion)));
        }
        context.arm().ask(requests).forEach((asked, answer) -> taking.take(reading, asked, answer));
        return reading.build();
    }

    private Set<String> places(LogDestination.Kind kind) {
        return exports()
                .flatMap(exports -> exports.settings().stream())
                .flatMap(setting -> setting.destinations().stream())
                .filter(destination -> destination.kind() == kind)
                .map(LogDestination::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Of the settings that are read in this run: an item that asks for a place names the settings that lead there. */
    private Stream<LogExports> exports() {
        return Stream.of(ENTRA_DIAGNOSTIC_SETTINGS, AZURE_DIAGNOSTIC_SETTINGS)
                .filter(context.read()::containsKey)
                .flatMap(kind -> context.values(kind, LogExports.class).stream());
    }

    private static ArmRequest request(String path, String apiVersion) {
        try {
            return ArmRequest.get(new URI(null, null, path, null).toASCIIString(), apiVersion);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("a path that was checked is none", e);
        }
    }
}
