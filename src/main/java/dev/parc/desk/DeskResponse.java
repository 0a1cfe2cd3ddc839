package dev.parc.desk;

import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A response, and the builder of it. */
final class DeskResponse implements HttpResponseMessage, HttpResponseMessage.Builder {

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private HttpStatusType status;
    private Object body = "";

    DeskResponse(HttpStatusType status) {
        this.status = status;
    }

    @Override
    public DeskResponse status(HttpStatusType newStatus) {
        status = newStatus;
        return this;
    }

    @Override
    public DeskResponse header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    @Override
    public DeskResponse body(Object newBody) {
        body = newBody;
        return this;
    }

    @Override
    public HttpResponseMessage build() {
        return this;
    }

    @Override
    public HttpStatusType getStatus() {
        return status;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.get(name);
    }

    Map<String, String> headers() {
        return Collections.unmodifiableMap(headers);
    }

    @Override
    public Object getBody() {
        return body;
    }
}
