package dev.parc.collect.graph;

import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import java.util.Map;

/**
 * What only the beta version of Microsoft Graph has, so that the SDK, which is of v1.0, has no builder for it. The one
 * place where a path is written by hand; a path that the SDK has is refused by a test.
 */
public enum BetaOnly {
    EXCHANGE_ROLE_ASSIGNMENTS("/roleManagement/exchange/roleAssignments"),
    DEFENDER_ROLE_ASSIGNMENTS("/roleManagement/defender/roleAssignments"),
    SERVICE_PRINCIPAL_USE("/reports/servicePrincipalSignInActivities"),
    SIGN_IN_REQUIREMENTS("/users/{id}/authentication/requirements");

    private static final String OPTIONS = "{?%24expand,%24filter,%24select,%24top}";

    private final String path;

    BetaOnly(String path) {
        this.path = path;
    }

    /** The path without its version. */
    public String path() {
        return path;
    }

    /** A GET of all that is there. */
    public RequestInformation toGetRequestInformation() {
        return toGetRequestInformation(Map.of());
    }

    /** A GET of what one object has, whatever its id holds. */
    public RequestInformation toGetRequestInformation(String id) {
        return new RequestInformation(HttpMethod.GET, "{+baseurl}" + path, Map.of("baseurl", "/beta", "id", id));
    }

    /**
     * A GET.
     *
     * @param options by name: {@code $expand}, {@code $filter}, {@code $select}, {@code $top}
     */
    public RequestInformation toGetRequestInformation(Map<String, Object> options) {
        RequestInformation request =
                new RequestInformation(HttpMethod.GET, "{+baseurl}" + path + OPTIONS, Map.of("baseurl", "/beta"));
        options.forEach((name, value) -> request.addQueryParameter(name.replace("$", "%24"), value));
        return request;
    }
}
