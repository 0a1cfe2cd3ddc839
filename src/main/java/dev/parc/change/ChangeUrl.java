package dev.parc.change;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a request of a change goes.
 *
 * @param service Microsoft Graph or Azure Resource Manager
 * @param version {@code v1.0} or {@code beta} of Graph; of Azure the api-version
 * @param path without the version, decoded, beginning with a slash and ending with none
 */
public record ChangeUrl(Service service, String version, String path) {

    /** The services that take a change. */
    public enum Service {
        GRAPH,
        AZURE
    }

    private static final int LONGEST = 1_000;
    private static final int LONGEST_SHOWN = 160;

    /** Hosts of the clouds. */
    private static final Map<String, Service> HOSTS = Map.of(
            "graph.microsoft.com", Service.GRAPH,
            "graph.microsoft.us", Service.GRAPH,
            "dod-graph.microsoft.us", Service.GRAPH,
            "microsoftgraph.chinacloudapi.cn", Service.GRAPH,
            "management.azure.com", Service.AZURE,
            "management.usgovcloudapi.net", Service.AZURE,
            "management.chinacloudapi.cn", Service.AZURE);

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._$(){}'@ =-]+)+");
    private static final Pattern API_VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?");

    /**
     * The place that a text names: an absolute URL of one of the services, or a path of Graph with or without its version.
     *
     * @throws IllegalArgumentException if it names none, saying why in a phrase
     */
    public static ChangeUrl of(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("its URL has more than " + LONGEST + " characters");
        }
        String rest = text;
        Service service = Service.GRAPH;
        if (!text.startsWith("/")) {
            int scheme = text.indexOf("://");
            if (scheme < 0 && !text.contains(":")) {
                rest = "/" + text;
            } else {
                if (!text.regionMatches(true, 0, "https://", 0, 8)) {
                    throw new IllegalArgumentException("its URL must begin with https:// or with a slash");
                }
                int slash = text.indexOf('/', 8);
                String host = (slash < 0 ? text.substring(8) : text.substring(8, slash)).toLowerCase(Locale.ROOT);
                service = Optional.ofNullable(HOSTS.get(host))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "its host is neither Microsoft Graph nor Azure Resource Manager"));
                rest = slash < 0 ? "/" : text.substring(slash);
            }
        }
        String[] parts = rest.split("\\?", 2);
        String path = decoded(parts[0]).replaceAll("/+$", "");
        if (!PATH.matcher(path).matches() || Stream.of(path.split("/")).anyMatch(part -> part.matches("\\.+"))) {
            throw new IllegalArgumentException("its path holds what no path of the service holds");
        }
        return service == Service.GRAPH ? ofGraph(path, parts) : ofAzure(path, parts);
    }

    private static ChangeUrl ofGraph(String path, String[] parts) {
        if (parts.length == 2) {
            throw new IllegalArgumentException(
                    "its URL has a query, which requests to Graph that make changes do not accept");
        }
        for (String version : new String[] {"v1.0", "beta"}) {
            if (path.startsWith("/" + version + "/")) {
                return new ChangeUrl(Service.GRAPH, version, path.substring(version.length() + 1));
            }
        }
        return new ChangeUrl(Service.GRAPH, "v1.0", path);
    }

    private static ChangeUrl ofAzure(String path, String[] parts) {
        String query = parts.length == 2 ? parts[1] : "";
        String version = query.regionMatches(true, 0, "api-version=", 0, 12) ? query.substring(12) : "";
        if (!API_VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException(
                    "its URL needs an api-version and nothing else, like ?api-version=2022-04-01");
        }
        return new ChangeUrl(Service.AZURE, version, path);
    }

    private static String decoded(String path) {
        return path.replace("%20", " ")
                .replace("%24", "$")
                .replace("%7B", "{")
                .replace("%7D", "}")
                .replace("%7b", "{")
                .replace("%7d", "}");
    }

    private static String encoded(String path) {
        return path.replace(" ", "%20");
    }

    /** The same with another path. */
    public ChangeUrl at(String other) {
        return new ChangeUrl(service, version, other);
    }

    /** Graph's path with the version, as a batch has it without; Azure's with the api-version. */
    public String relative() {
        return service == Service.GRAPH ? "/" + version + encoded(path) : encoded(path) + "?api-version=" + version;
    }

    /** The whole URL in Microsoft's public cloud. */
    public String absolute() {
        return (service == Service.GRAPH ? "https://graph.microsoft.com" : "https://management.azure.com") + relative();
    }

    /** For a line to read. */
    String shown() {
        String whole = service == Service.GRAPH ? "/" + version + path : path;
        return whole.length() > LONGEST_SHOWN ? whole.substring(0, LONGEST_SHOWN) + "…" : whole;
    }
}
