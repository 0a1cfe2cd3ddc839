package dev.parc.app;

import dev.parc.facts.Category;
import dev.parc.facts.Designations;
import java.net.URI;
import java.util.Arrays;
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
 * @param designations PARC_EMERGENCY_ACCOUNTS and PARC_ACCOUNT_CATEGORIES
 * @param tables PARC_TABLES: a connection string or the https URI of the table service; empty for the file store
 * @param tenantId AZURE_TENANT_ID
 */
public record Settings(
        URI graphEndpoint, Designations designations, Optional<String> tables, Optional<String> tenantId) {

    private static final Pattern ITEM = Pattern.compile("[^,;\\s]+");

    /**
     * Reads and checks the settings.
     *
     * @throws SettingsException if one is wrong, naming it
     */
    public static Settings of(Map<String, String> environment) {
        return new Settings(
                endpoint(environment, "PARC_GRAPH_ENDPOINT", "https://graph.microsoft.com"),
                new Designations(emergencyAccounts(environment), categories(environment)),
                text(environment, "PARC_TABLES"),
                text(environment, "AZURE_TENANT_ID"));
    }

    private static Optional<String> text(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static Stream<String> items(Map<String, String> environment, String name) {
        return ITEM.matcher(text(environment, name).orElse("")).results().map(MatchResult::group);
    }

    private static URI endpoint(Map<String, String> environment, String name, String byDefault) {
        String value = text(environment, name).orElse(byDefault);
        try {
            URI uri = URI.create(value);
            String host = uri.getHost() == null ? "" : uri.getHost();
            boolean loopback = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
            if (!host.isEmpty() && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new SettingsException(name + " is not a URI; it must be like " + byDefault);
        }
        throw new SettingsException(name + " must be an https URI like " + byDefault);
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
            Optional<Category> category = Arrays.stream(Category.values())
                    .filter(known -> parts.length == 2
                            && known.name().replace('_', '-').equalsIgnoreCase(parts[1].replace('_', '-')))
                    .findFirst();
            if (category.isEmpty()) {
                throw new SettingsException("PARC_ACCOUNT_CATEGORIES must be a list of <object id>=<category>, with a"
                        + " category of dedicated, dual-use, shared, break-glass, automation, external");
            }
            categories.put(parts[0].toLowerCase(Locale.ROOT), category.get());
        }
        return categories;
    }
}
