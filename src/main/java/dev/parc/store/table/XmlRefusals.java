package dev.parc.store.table;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;

/**
 * Turns an error answer in XML into its exception. The table client asks for JSON, but a request that is refused at the
 * door is answered in XML, and reading that takes a library that nothing else here needs.
 */
final class XmlRefusals extends HttpPipelineSyncPolicy {

    /** Outside the retries, so that only the last answer counts. */
    @Override
    public HttpPipelinePosition getPipelinePosition() {
        return HttpPipelinePosition.PER_CALL;
    }

    @Override
    protected HttpResponse afterReceivedResponse(HttpPipelineCallContext context, HttpResponse response) {
        String type = response.getHeaderValue(HttpHeaderName.CONTENT_TYPE);
        if (response.getStatusCode() >= 400 && type != null && type.contains("xml")) {
            throw new HttpResponseException("refused with status " + response.getStatusCode(), response);
        }
        return response;
    }
}
