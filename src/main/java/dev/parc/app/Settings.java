package dev.parc.app;

import dev.parc.check.Stage;
import dev.parc.facts.Category;
import dev.parc.facts.Designations;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of the environment, checked.
 *
 * @param graphEndpoint PARC_GRAPH_ENDPOINT
 * @param armEndpoint PARC_ARM_ENDPOINT
 * @param authorityHost AZURE_AUTHORITY_HOST, which the credential reads by itself
 * @param designations PARC_EMERGENCY_ACCOUNTS, PARC_ACCOUNT_CATEGORIES, PARC_EXPOSED_USERS_GROUP,
 *     PARC_PRODUCTION_SUBSCRIPTIONS and PARC_WORKSTATION_FILTER
 * @param tables PARC_TABLES, else AzureWebJobsStorage: a connection string or the https URI of the table service;
 *     empty for the file store
 * @param queues AzureWebJobsStorage__queueServiceUri: the https URI of the queue service, where the platform uses one
 * @param tenantId AZURE_TENANT_ID
 * @param graphGranted PARC_GRAPH_GRANTED: whether PARC's identity was granted a permission of Microsoft Graph, so that asking
 *     it makes sense
 * @param schedules when each stage is run
 * @param retention PARC_RETENTION_DAYS: how long a run is kept
 * @param fixTime PARC_FIX_SECONDS: how long a run may look for changes that fix what it left open; zero for not at all
 * @param roadmapStart PARC_ROADMAP_START: the day on which the stages began to count
 * @param publicHost WEBSITE_HOSTNAME, given by the platform: the name under which the app is reached
 * @param authentication WEBSITE_AUTH_ENABLED, given by the platform: whether App Service authentication is on
 * @param readerKeys PARC_READER_KEYS: SHA-256 digests, in hexadecimal, of keys that may read
 * @param operatorKeys PARC_OPERATOR_KEYS: the same of keys that may also write
 * @param hookHosts PARC_HOOK_HOSTS: hosts, beside those of Logic Apps, to which change events may be delivered
 */
public record Settings(
        URI graphEndpoint,
        URI armEndpoint,
        URI authorityHost,
        Designations designations,
        Optional<String> tables,
        Optional<URI> queues,
        Optional<String> tenantId,
        boolean graphGranted,
        Map<Stage, Schedule> schedules,
        Period retention,
        Duration fixTime,
        Optional<LocalDate> roadmapStart,
        Optional<String> publicHost,
        boolean authentication,
        Set<String> readerKeys,
        Set<String> operatorKeys,
        Set<String> hookHosts) {

    private static final Pattern ITEM = Pattern.compile("[^,;\\s]+");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9.-]{1,253}");
    private static final Pattern OBJECT_ID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    private static final Pattern DEVICE_RULE = Pattern.compile("(?i).{0,3000}\\bdevice\\.[a-z].{0,3000}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern HOOK_HOST = Pattern.compile("\\.?([a-z0-9-]+\\.)+[a-z0-9-]+");
    private static final int MOST_DAYS = 36_500;

    /** A third of what the platform lets a function run. */
    private static final int MOST_FIX_SECONDS = 600;

    public Settings {
        schedules = Map.copyOf(schedules);
        readerKeys = Set.copyOf(readerKeys);
        operatorKeys = Set.copyOf(operatorKeys);
        hookHosts = Set.copyOf(hookHosts);
    }

    /**
     * Reads and checks the settings.
     *
     * @throws SettingsException if one is wrong, naming it
     */
    public static Settings of(Map<String, String> environment) {
        return new Settings(
                endpoint(environment, "PARC_GRAPH_ENDPOINT", "https://graph.microsoft.com"),
                endpoint(environment, "PARC_ARM_ENDPOINT", "https://management.azure.com"),
                endpoint(environment, "AZURE_AUTHORITY_HOST", "https://login.microsoftonline.com"),
                designations(environment),
                tables(environment),
                text(environment, "AzureWebJobsStorage__queueServiceUri")
                        .map(uri -> endpoint(environment, "AzureWebJobsStorage__queueServiceUri", uri)),
                matching(environment, "AZURE_TENANT_ID", TENANT, "the id or a domain name of the tenant"),
                graphGranted(environment),
                schedules(environment),
                retention(environment),
                fixTime(environment),
                roadmapStart(environment),
                matching(environment, "WEBSITE_HOSTNAME", HOST, "a host name"),
                text(environment, "WEBSITE_AUTH_ENABLED")
                        .filter("True"::equalsIgnoreCase)
                        .isPresent(),
                all(environment, "PARC_READER_KEYS", DIGEST, "a list of SHA-256 digests in hexadecimal"),
                all(environment, "PARC_OPERATOR_KEYS", DIGEST, "a list of SHA-256 digests in hexadecimal"),
                all(environment, "PARC_HOOK_HOSTS", HOOK_HOST, "a list of host names like hooks.contoso.com"));
    }

    /** Without Microsoft Graph nothing but the setting tells which tenant it is. */
    private static boolean graphGranted(Map<String, String> environment) {
        String granted = text(environment, "PARC_GRAPH_GRANTED").orElse("true").toLowerCase(Locale.ROOT);
        if (granted.equals("false")
                && text(environment, "AZURE_TENANT_ID")
                        .filter(id -> OBJECT_ID.matcher(id).matches())
                        .isEmpty()) {
            throw new SettingsException(
                    "AZURE_TENANT_ID must be the id of the tenant while PARC_GRAPH_GRANTED is false");
        }
        return switch (granted) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new SettingsException("PARC_GRAPH_GRANTED must be true or false");
        };
    }

    private static Set<String> all(Map<String, String> environment, String name, Pattern shape, String meaning) {
        Set<String> values = items(environment, name)
                .map(value -> value.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (!values.stream().allMatch(value -> shape.matcher(value).matches())) {
            throw new SettingsException(name + " must be " + meaning);
        }
        return values;
    }

    /** The day by which a stage should be met; empty without PARC_ROADMAP_START. */
    public Optional<LocalDate> deadline(Stage stage) {
        return roadmapStart.map(stage::due);
    }

    /** The name of the setting that says when the stage is run. */
    public static String scheduleSetting(Stage stage) {
        return stage == Stage.BG
                ? "PARC_BREAKGLASS_SCHEDULE"
                : "PARC_STAGE" + stage.name().charAt(1) + "_SCHEDULE";
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static Stream<String> items(Map<String, String> environment, String name) {
        return ITEM.matcher(text(environment, name).orElse("")).results().map(MatchResult::group);
    }

    private static Optional<String> matching(
            Map<String, String> environment, String name, Pattern shape, String meaning) {
        Optional<String> value = text(environment, name);
        if (value.isPresent() && !shape.matcher(value.get()).matches()) {
            throw new SettingsException(name + " must be " + meaning);
        }
        return value;
    }

    private static Optional<String> tables(Map<String, String> environment) {
        Optional<String> tables = text(environment, "PARC_TABLES");
        if (tables.isPresent() && tables.get().contains("://") && !tables.get().contains(";")) {
            endpoint(environment, "PARC_TABLES", "https://<account>.table.core.windows.net");
        } else if (tables.isPresent()
                && !tables.get().contains("AccountName=")
                && !tables.get().contains("TableEndpoint=")
                && !tables.get().contains("UseDevelopmentStorage=true")) {
            throw new SettingsException("PARC_TABLES must be the connection string of a storage account or the https"
                    + " URI of its table service, like https://<account>.table.core.windows.net");
        }
        return tables.or(() -> text(environment, "AzureWebJobsStorage"));
    }

    private static Map<Stage, Schedule> schedules(Map<String, String> environment) {
        Map<Stage, String> byDefault = Map.of(
                Stage.S1, "0 0 5 * * *",
                Stage.S2, "0 30 5 * * 1",
                Stage.S3, "0 0 6 * * 1",
                Stage.S4, "0 30 6 * * 1",
                Stage.BG, "0 30 4 * * *");
        Map<Stage, Schedule> schedules = new EnumMap<>(Stage.class);
        byDefault.forEach((stage, expression) -> {
            String name = scheduleSetting(stage);
            try {
                schedules.put(stage, Schedule.of(text(environment, name).orElse(expression)));
            } catch (IllegalArgumentException e) {
                throw new SettingsException(
                        name + " is no NCRONTAB expression: " + e.getMessage() + "; it must be like " + expression);
            }
        });
        return schedules;
    }

    private static Period retention(Map<String, String> environment) {
        try {
            int days = Integer.parseInt(text(environment, "PARC_RETENTION_DAYS").orElse("400"));
            if (days >= 1 && days <= MOST_DAYS) {
                return Period.ofDays(days);
            }
        } catch (NumberFormatException e) {
            throw new SettingsException("PARC_RETENTION_DAYS must be a whole number, for example 400");
        }
        throw new SettingsException("PARC_RETENTION_DAYS must be from 1 to " + MOST_DAYS);
    }

    private static Duration fixTime(Map<String, String> environment) {
        try {
            int seconds = Integer.parseInt(text(environment, "PARC_FIX_SECONDS").orElse("60"));
            if (seconds >= 0 && seconds <= MOST_FIX_SECONDS) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            throw new SettingsException("PARC_FIX_SECONDS must be a whole number, for example 60");
        }
        throw new SettingsException("PARC_FIX_SECONDS must be from 0 to " + MOST_FIX_SECONDS);
    }

    private static Optional<LocalDate> roadmapStart(Map<String, String> environment) {
        try {
            return text(environment, "PARC_ROADMAP_START").map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            throw new SettingsException("PARC_ROADMAP_START must be a date like 2026-01-31");
        }
    }

    private static URI endpoint(Map<String, String> environment, String name, String byDefault) {
        String value = text(environment, name).orElse(byDefault);
        try {
            URI uri = URI.create(value);
            String host = uri.getHost() == null ? "" : uri.getHost();
            boolean loopback = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
            boolean secure = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback);
            boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if (!host.isEmpty() && secure && plain) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new SettingsException(name + " is not a URI; it must be like " + byDefault);
        }
        throw new SettingsException(name + " must be an https URI like " + byDefault);
    }

    private static Designations designations(Map<String, String> environment) {
        return new Designations(emergencyAccounts(environment), categories(environment))
                .withExposedUsersGroup(
                        matching(environment, "PARC_EXPOSED_USERS_GROUP", OBJECT_ID, "the object id of a group"))
                .withProductionSubscriptions(
                        all(environment, "PARC_PRODUCTION_SUBSCRIPTIONS", OBJECT_ID, "a list of subscription ids"))
                .withWorkstationFilter(matching(
                        environment,
                        "PARC_WORKSTATION_FILTER",
                        DEVICE_RULE,
                        "a device filter rule like device.extensionAttribute1 -eq \"PAW\""));
    }

    private static Set<String> emergencyAccounts(Map<String, String> environment) {
        return Arrays.stream(
                        text(environment, "PARC_EMERGENCY_ACCOUNTS").orElse("").split("[,;\\s]+"))
                .filter(name -> !name.isEmpty())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Map<String, Category> categories(Map<String, String> environment) {
        Map<String, Category> categories = new HashMap<>();
        for (String pair : items(environment, "PARC_ACCOUNT_CATEGORIES").toList()) {
            String[] parts = pair.split("=", -1);
            Optional<Category> category = parts.length == 2 ? Category.of(parts[1]) : Optional.empty();
            if (category.isEmpty()) {
                throw new SettingsException("PARC_ACCOUNT_CATEGORIES must be a list of <object id>=<category>, with a"
                        + " category of " + Category.namesInWords());
            }
            categories.put(parts[0].toLowerCase(Locale.ROOT), category.get());
        }
        return categories;
    }
}
