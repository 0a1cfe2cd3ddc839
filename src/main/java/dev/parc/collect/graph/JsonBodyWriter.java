package dev.parc.collect.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.kiota.PeriodAndDuration;
import com.microsoft.kiota.serialization.Parsable;
import com.microsoft.kiota.serialization.SerializationWriter;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of a POST that asks, as JSON. It writes what such bodies are made of, texts, flags and lists of texts, and
 * refuses the rest, so that no serializer of the SDK is needed.
 */
final class JsonBodyWriter implements SerializationWriter {

    static final String CONTENT_TYPE = "application/json";

    private final ObjectNode body = JsonNodeFactory.instance.objectNode();

    @Override
    public <T extends Parsable> void writeObjectValue(
            @Nullable String key, @Nullable T value, @Nullable Parsable... more) {
        if (key != null || value == null || more.length > 0) {
            throw isNotInABody("an object inside another");
        }
        value.serialize(this);
    }

    @Override
    public void writeStringValue(@Nullable String key, @Nullable String value) {
        if (key != null && value != null) {
            body.put(key, value);
        }
    }

    @Override
    public void writeBooleanValue(@Nullable String key, @Nullable Boolean value) {
        if (key != null && value != null) {
            body.put(key, value);
        }
    }

    @Override
    public <T> void writeCollectionOfPrimitiveValues(@Nullable String key, @Nullable Iterable<T> values) {
        if (key == null || values == null) {
            return;
        }
        ArrayNode array = body.putArray(key);
        for (T value : values) {
            if (!(value instanceof String text)) {
                throw isNotInABody("a list of anything but texts");
            }
            array.add(text);
        }
    }

    @Override
    public void writeAdditionalData(Map<String, Object> data) {
        if (!data.isEmpty()) {
            throw isNotInABody("a property that the SDK does not know");
        }
    }

    @Override
    public InputStream getSerializedContent() {
        return new ByteArrayInputStream(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        // holds nothing that must be let go
    }

    @Override
    public void writeByteValue(@Nullable String key, @Nullable Byte value) {
        throw isNotInABody("a byte");
    }

    @Override
    public void writeShortValue(@Nullable String key, @Nullable Short value) {
        throw isNotInABody("a number");
    }

    @Override
    public void writeBigDecimalValue(@Nullable String key, @Nullable BigDecimal value) {
        throw isNotInABody("a number");
    }

    @Override
    public void writeIntegerValue(@Nullable String key, @Nullable Integer value) {
        throw isNotInABody("a number");
    }

    @Override
    public void writeFloatValue(@Nullable String key, @Nullable Float value) {
        throw isNotInABody("a number");
    }

    @Override
    public void writeDoubleValue(@Nullable String key, @Nullable Double value) {
        throw isNotInABody("a number");
    }

    @Override
    public void writeLongValue(@Nullable String key, @Nullable Long value) {
        throw isNotInABody("a number");
    }

    @Override
    public void writeUUIDValue(@Nullable String key, @Nullable UUID value) {
        throw isNotInABody("a UUID");
    }

    @Override
    public void writeOffsetDateTimeValue(@Nullable String key, @Nullable OffsetDateTime value) {
        throw isNotInABody("a time");
    }

    @Override
    public void writeLocalDateValue(@Nullable String key, @Nullable LocalDate value) {
        throw isNotInABody("a date");
    }

    @Override
    public void writeLocalTimeValue(@Nullable String key, @Nullable LocalTime value) {
        throw isNotInABody("a time");
    }

    @Override
    public void writePeriodAndDurationValue(@Nullable String key, @Nullable PeriodAndDuration value) {
        throw isNotInABody("a duration");
    }

    @Override
    public <T extends Parsable> void writeCollectionOfObjectValues(@Nullable String key, @Nullable Iterable<T> values) {
        throw isNotInABody("a list of objects");
    }

    @Override
    public <T extends Enum<T>> void writeCollectionOfEnumValues(@Nullable String key, @Nullable Iterable<T> values) {
        throw isNotInABody("an enumeration");
    }

    @Override
    public <T extends Enum<T>> void writeEnumSetValue(@Nullable String key, @Nullable EnumSet<T> values) {
        throw isNotInABody("an enumeration");
    }

    @Override
    public <T extends Enum<T>> void writeEnumValue(@Nullable String key, @Nullable T value) {
        throw isNotInABody("an enumeration");
    }

    @Override
    public void writeNullValue(@Nullable String key) {
        throw isNotInABody("a null");
    }

    @Override
    public void writeByteArrayValue(@Nullable String key, byte @Nullable [] value) {
        throw isNotInABody("bytes");
    }

    @Override
    public @Nullable Consumer<Parsable> getOnBeforeObjectSerialization() {
        return null;
    }

    @Override
    public @Nullable Consumer<Parsable> getOnAfterObjectSerialization() {
        return null;
    }

    @Override
    public @Nullable BiConsumer<Parsable, SerializationWriter> getOnStartObjectSerialization() {
        return null;
    }

    @Override
    public void setOnBeforeObjectSerialization(@Nullable Consumer<Parsable> action) {
        throw isNotInABody("an action");
    }

    @Override
    public void setOnAfterObjectSerialization(@Nullable Consumer<Parsable> action) {
        throw isNotInABody("an action");
    }

    @Override
    public void setOnStartObjectSerialization(@Nullable BiConsumer<Parsable, SerializationWriter> action) {
        throw isNotInABody("an action");
    }

    private static UnsupportedOperationException isNotInABody(String what) {
        return new UnsupportedOperationException(
                "the body of a request holds texts, flags and lists of texts, not " + what);
    }
}
