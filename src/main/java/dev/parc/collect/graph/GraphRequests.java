package dev.parc.collect.graph;

import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.RequestOption;
import com.microsoft.kiota.authentication.AnonymousAuthenticationProvider;
import com.microsoft.kiota.http.OkHttpRequestAdapter;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Builds requests for {@link Graph#ask}; it never sends one. Only path, query, headers and body of a request count: the
 * {@link Graph} that is asked knows its own endpoint.
 */
public final class GraphRequests {

    private GraphRequests() {}

    /** The SDK's builders for v1.0, for {@code toGetRequestInformation} and {@code toPostRequestInformation}. */
    public static GraphServiceClient client(URI endpoint) {
        OkHttpRequestAdapter adapter =
                new OkHttpRequestAdapter(new AnonymousAuthenticationProvider(), null, null, request -> {
                    throw new UnsupportedOperationException("requests are sent by Graph.ask, not by the SDK");
                });
        adapter.setBaseUrl(endpoint.resolve("/v1.0").toString());
        return new GraphServiceClient(adapter);
    }

    /**
     * The same request for its first page only: of a list that grows with users. Where there is more, the answer still
     * has its link to the next page.
     */
    public static RequestInformation firstPage(RequestInformation request) {
        request.addRequestOptions(List.of(FirstPage.ONLY));
        return request;
    }

    /** Whether no further page is wanted. */
    static boolean isForFirstPage(RequestInformation request) {
        return request.getRequestOptions().contains(FirstPage.ONLY);
    }

    /** The same request for a usage report, of which only the rows of these users are wanted: lower-case user principal names. */
    public static RequestInformation ofUsers(RequestInformation request, Set<String> users) {
        request.addRequestOptions(List.of(new Users(users)));
        return request;
    }

    /** The users whose rows of a usage report are wanted. */
    static Set<String> users(RequestInformation request) {
        return request.getRequestOptions().stream()
                .filter(Users.class::isInstance)
                .flatMap(option -> ((Users) option).names().stream())
                .collect(Collectors.toSet());
    }

    private record Users(Set<String> names) implements RequestOption {

        @Override
        @SuppressWarnings("unchecked") // the type that kiota asks for is this one's own
        public <T extends RequestOption> Class<T> getType() {
            return (Class<T>) Users.class;
        }
    }

    private enum FirstPage implements RequestOption {
        ONLY;

        @Override
        @SuppressWarnings("unchecked") // the type that kiota asks for is this one's own
        public <T extends RequestOption> Class<T> getType() {
            return (Class<T>) FirstPage.class;
        }
    }

    /**
     * A GET of the beta version, which the SDK does not know.
     *
     * @param pathAndQuery encoded, for example {@code /organization?$select=id}
     */
    public static RequestInformation beta(URI endpoint, String pathAndQuery) {
        RequestInformation request = new RequestInformation();
        request.httpMethod = HttpMethod.GET;
        request.setUri(endpoint.resolve("/beta" + pathAndQuery));
        return request;
    }
}
