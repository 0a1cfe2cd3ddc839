package dev.parc.functions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;

/** The OpenAPI 3.0 document of the API; tests keep it to what the functions take and give. */
final class OpenApi {

    private static final String RESOURCE = "/openapi.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenApi() {}

    /** The document for who reaches the API at this address. */
    static ObjectNode at(URI address) {
        ObjectNode document = read();
        document.putArray("servers").addObject().put("url", address.toString());
        return document;
    }

    private static ObjectNode read() {
        try (InputStream resource = OpenApi.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            return (ObjectNode) JSON.readTree(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
