package dev.parc.store.queue;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.util.Context;
import dev.parc.assessment.ledger.StoreException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/**
 * How many messages a storage queue has, by
 * <a href="https://learn.microsoft.com/rest/api/storageservices/get-queue-metadata">Get Queue Metadata</a>: a question that
 * changes nothing.
 */
public final class QueueLengths implements Function<String, Optional<Long>> {

    private static final String SCOPE = "https://storage.azure.com/.default"; // in every cloud
    private static final HttpHeaderName VERSION = HttpHeaderName.fromString("x-ms-version");
    private static final HttpHeaderName LENGTH = HttpHeaderName.fromString("x-ms-approximate-messages-count");

    private final URI account;
    private final HttpPipeline pipeline;

    /**
     * @param account the https URI of the queue service
     * @param credential of an identity with the role Storage Queue Data Reader or more
     */
    public QueueLengths(URI account, TokenCredential credential, HttpClient client) {
        this.account = account;
        this.pipeline = new HttpPipelineBuilder()
                .httpClient(client)
                .policies(new BearerTokenAuthenticationPolicy(credential, SCOPE))
                .build();
    }

    /**
     * About how many messages the queue has; empty if there is no such queue.
     *
     * @throws StoreException if it cannot be read
     */
    @Override
    public Optional<Long> apply(String queue) {
        URI uri = account.resolve("/" + queue + "?comp=metadata");
        HttpRequest request = new HttpRequest(HttpMethod.GET, uri.toString());
        request.setHeader(VERSION, "2021-12-02");
        try (HttpResponse response = pipeline.sendSync(request, Context.NONE)) {
            String length = response.getHeaderValue(LENGTH);
            if (response.getStatusCode() == 200 && length != null) {
                return Optional.of(Long.valueOf(length));
            }
            if (response.getStatusCode() == 404) {
                return Optional.empty();
            }
            throw new StoreException("The queue storage " + account.getHost() + " answered " + response.getStatusCode()
                    + ": give the identity of PARC the role Storage Queue Data Contributor there");
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreException(
                    "The queue storage " + account.getHost() + " cannot be reached ("
                            + e.getClass().getSimpleName() + "): check the network and the identity",
                    e);
        }
    }
}
