package dev.parc.report.portal;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cloud of Microsoft, with its portals. Sources: <a href="https://learn.microsoft.com/graph/deployments">Microsoft Graph national
 * cloud deployments</a>, <a href="https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud">National
 * clouds</a>, and the addresses of the admin centers in the <a href="https://learn.microsoft.com/entra/fundamentals/faq">FAQ of Microsoft
 * Entra</a>. DoD has a Graph of its own and shares the portals of the US Government.
 */
public enum Cloud {
    PUBLIC("entra.microsoft.com", "portal.azure.com", "graph.microsoft.com"),
    US_GOVERNMENT("entra.microsoft.us", "portal.azure.us", "graph.microsoft.us", "dod-graph.microsoft.us"),
    CHINA("entra.microsoftonline.cn", "portal.azure.cn", "microsoftgraph.chinacloudapi.cn");

    private final String entra;
    private final String azure;
    private final List<String> graph;

    Cloud(String entra, String azure, String... graph) {
        this.entra = entra;
        this.azure = azure;
        this.graph = List.of(graph);
    }

    /** The cloud with this endpoint of Microsoft Graph; empty for one that is none of Microsoft's. */
    public static Optional<Cloud> ofGraph(URI endpoint) {
        String host = String.valueOf(endpoint.getHost()).toLowerCase(Locale.ROOT);
        return Stream.of(values()).filter(cloud -> cloud.graph.contains(host)).findFirst();
    }

    /** The host of the Microsoft Entra admin center. */
    public String entra() {
        return entra;
    }

    /** The host of the Azure portal. */
    public String azure() {
        return azure;
    }
}
