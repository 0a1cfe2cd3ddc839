package dev.parc.collect.arm;

import dev.parc.collect.http.JsonBody;
import dev.parc.collect.http.WireRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request to Azure Resource Manager that reads.
 *
 * @param pathAndQuery encoded, with the api-version
 * @param query what to ask of Resource Graph, in its query language; empty for a plain GET
 */
public record ArmRequest(String pathAndQuery, Optional<String> query) {

    static final String RESOURCE_GRAPH = "/providers/Microsoft.ResourceGraph/resources";

    private static final int ROWS_A_PAGE = 1_000;

    /**
     * A GET.
     *
     * @param path of a resource or a list, for example {@code /subscriptions}
     */
    public static ArmRequest get(String path, String apiVersion) {
        return new ArmRequest(path + "?api-version=" + apiVersion, Optional.empty());
    }

    /**
     * The same with a filter.
     *
     * @param filter fixed text of PARC, encoded here
     */
    public ArmRequest filter(String filter) {
        return new ArmRequest(pathAndQuery + "&$filter=" + filter.replace(" ", "%20"), query);
    }

    /** A GET of what is assigned at the scope of the path and above it. */
    public static ArmRequest atScope(String path, String apiVersion) {
        return new ArmRequest(path + "?api-version=" + apiVersion + "&$filter=atScope()", Optional.empty());
    }

    /** A question to Resource Graph about everything that the identity sees; it must project {@code id}. */
    public static ArmRequest ofResourceGraph(String query) {
        return new ArmRequest(RESOURCE_GRAPH + "?api-version=2022-10-01", Optional.of(query));
    }

    WireRequest at(URI endpoint) {
        return at(endpoint, Optional.empty());
    }

    /** The request for the page of Resource Graph that a token leads to. */
    WireRequest at(URI endpoint, Optional<String> skipToken) {
        URI uri = endpoint.resolve(pathAndQuery);
        return query.map(text -> {
                    Map<String, Object> options = new LinkedHashMap<>();
                    options.put("resultFormat", "objectArray");
                    options.put("$top", ROWS_A_PAGE);
                    skipToken.ifPresent(token -> options.put("$skipToken", token));
                    return new WireRequest(
                            "POST",
                            uri,
                            Map.of("content-type", "application/json"),
                            JsonBody.object(Map.of("query", text, "options", options))
                                    .toString());
                })
                .orElseGet(() -> WireRequest.get(uri));
    }
}
