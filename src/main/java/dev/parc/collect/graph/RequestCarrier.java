package dev.parc.collect.graph;

import com.microsoft.kiota.RequestAdapter;
import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.serialization.Parsable;
import com.microsoft.kiota.serialization.ParsableFactory;
import com.microsoft.kiota.serialization.SerializationWriter;
import com.microsoft.kiota.serialization.SerializationWriterFactory;
import com.microsoft.kiota.serialization.ValuedEnumParser;
import com.microsoft.kiota.store.BackingStoreFactory;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PARC's end of the SDK: what its builders need to describe a request, and no way to send one. {@link Graph#ask} sends,
 * so that batches, pace, recording and replay are the same for every request.
 */
@SuppressWarnings({"NonApiType", "TypeParameterUnusedInFormals"}) // the signatures are the SDK's
enum RequestCarrier implements RequestAdapter, SerializationWriterFactory {
    INSTANCE;

    @Override
    public SerializationWriterFactory getSerializationWriterFactory() {
        return this;
    }

    @Override
    public String getValidContentType() {
        return JsonBodyWriter.CONTENT_TYPE;
    }

    @Override
    public SerializationWriter getSerializationWriter(String contentType) {
        return new JsonBodyWriter();
    }

    @Override
    public String getBaseUrl() {
        return "";
    }

    @Override
    public void setBaseUrl(String baseUrl) {
        throw isNotSending();
    }

    @Override
    public void enableBackingStore(@Nullable BackingStoreFactory factory) {
        throw isNotSending();
    }

    @Override
    public <T extends Parsable> T send(
            RequestInformation request,
            @Nullable HashMap<String, ParsableFactory<? extends Parsable>> errors,
            ParsableFactory<T> factory) {
        throw isNotSending();
    }

    @Override
    public <T extends Parsable> List<T> sendCollection(
            RequestInformation request,
            @Nullable HashMap<String, ParsableFactory<? extends Parsable>> errors,
            ParsableFactory<T> factory) {
        throw isNotSending();
    }

    @Override
    public <T> T sendPrimitive(
            RequestInformation request,
            @Nullable HashMap<String, ParsableFactory<? extends Parsable>> errors,
            Class<T> type) {
        throw isNotSending();
    }

    @Override
    public <T> List<T> sendPrimitiveCollection(
            RequestInformation request,
            @Nullable HashMap<String, ParsableFactory<? extends Parsable>> errors,
            Class<T> type) {
        throw isNotSending();
    }

    @Override
    public <T extends Enum<T>> T sendEnum(
            RequestInformation request,
            @Nullable HashMap<String, ParsableFactory<? extends Parsable>> errors,
            ValuedEnumParser<T> parser) {
        throw isNotSending();
    }

    @Override
    public <T extends Enum<T>> List<T> sendEnumCollection(
            RequestInformation request,
            @Nullable HashMap<String, ParsableFactory<? extends Parsable>> errors,
            ValuedEnumParser<T> parser) {
        throw isNotSending();
    }

    @Override
    public <T> T convertToNativeRequest(RequestInformation request) {
        throw isNotSending();
    }

    private static UnsupportedOperationException isNotSending() {
        return new UnsupportedOperationException("requests are sent by Graph.ask, not by the SDK");
    }
}
