package dev.parc.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.parc.app.Settings;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Reply;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the API is, for programs. Anybody may ask, as nothing in it is of a tenant: it is that of the published source, and
 * whoever imports a connector or makes a client has no credential for PARC at hand yet.
 */
public final class DocumentsApi {

    private final Supplier<Access> access;

    public DocumentsApi(Supplier<Access> access) {
        this.access = access;
    }

    /** The OpenAPI 3.0 document. */
    @FunctionName("GetOpenApi")
    public HttpResponseMessage getOpenApi(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "openapi.json")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answerAnybody(
                request,
                context,
                access,
                known -> Reply.json(200, OpenApi.at(address(request, known)).toString()));
    }

    /** The OpenAPI 2.0 document of a custom connector for Logic Apps and Power Automate. */
    @FunctionName("GetConnector")
    public HttpResponseMessage getConnector(
            @HttpTrigger(
                            name = "request",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS,
                            route = "connector.json")
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return Http.answerAnybody(request, context, access, known -> {
            URI address = address(request, known);
            return Reply.json(
                    200,
                    ConnectorDocument.of(
                                    OpenApi.at(address),
                                    address,
                                    Optional.of(known.settings())
                                            .filter(Settings::authentication)
                                            .map(Settings::authorityHost))
                            .toString());
        });
    }

    /** Without a slash at its end. */
    private static URI address(HttpRequestMessage<?> request, Access access) {
        String address = Http.address(request, access, "");
        return URI.create(address.substring(0, address.length() - 1));
    }
}
