package dev.parc.assessment.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types of single properties, each of which is written in one way and read in no other. */
final class StrictTypes extends Module {

    private static final Map<Class<?>, JsonDeserializer<?>> READERS = Map.ofEntries(
            Map.entry(String.class, new TextReader<>(String.class, text -> text)),
            Map.entry(Instant.class, new TextReader<>(Instant.class, Instant::parse)),
            Map.entry(LocalDate.class, new TextReader<>(LocalDate.class, LocalDate::parse)),
            Map.entry(URI.class, new TextReader<>(URI.class, URI::create)),
            Map.entry(int.class, new Whole(int.class, Integer.MAX_VALUE)),
            Map.entry(Integer.class, new Whole(Integer.class, Integer.MAX_VALUE)),
            Map.entry(long.class, new Whole(long.class, Long.MAX_VALUE)),
            Map.entry(
                    OptionalInt.class,
                    new OptionalReader(int.class, OptionalInt.empty(), it -> OptionalInt.of((Integer) it))));

    @Override
    public String getModuleName() {
        return "parc-strict-types";
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addDeserializers(new Readers());
        SimpleSerializers writers = new SimpleSerializers();
        writers.addSerializer(Instant.class, ToStringSerializer.instance);
        writers.addSerializer(LocalDate.class, ToStringSerializer.instance);
        writers.addSerializer(Optional.class, new OptionalWriter(it -> (Optional<?>) it));
        writers.addSerializer(
                OptionalInt.class,
                new OptionalWriter(it -> ((OptionalInt) it).stream().boxed().findFirst()));
        context.addSerializers(writers);
    }

    private static final class Readers extends Deserializers.Base {

        @Override
        public @Nullable JsonDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription description) {
            return type.hasRawClass(Optional.class)
                    ? new OptionalReader(type.containedTypeOrUnknown(0).getRawClass(), Optional.empty(), Optional::of)
                    : READERS.get(type.getRawClass());
        }

        /** Constants are written by name, or by the method that has {@code @JsonValue}. */
        @Override
        public JsonDeserializer<?> findEnumDeserializer(
                Class<?> type, DeserializationConfig config, BeanDescription description) {
            AnnotatedMember written = description.findJsonValueAccessor();
            Map<String, Object> constants = Stream.of(type.getEnumConstants())
                    .collect(Collectors.toUnmodifiableMap(
                            it -> written == null ? ((Enum<?>) it).name() : (String) written.getValue(it), it -> it));
            return new TextReader<>(type, constants::get);
        }

        @Override
        public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
            return type == Optional.class || type.isEnum() || READERS.containsKey(type);
        }
    }

    private static final class Whole extends JsonDeserializer<Number> {

        private final Class<?> type;
        private final long most;

        private Whole(Class<?> type, long most) {
            this.type = type;
            this.most = most;
        }

        @Override
        public Number deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                    && parser.getLongValue() >= 0
                    && parser.getLongValue() <= most) {
                return most == Integer.MAX_VALUE ? (Number) parser.getIntValue() : (Number) parser.getLongValue();
            }
            return context.reportInputMismatch(type, "no such number");
        }
    }

    /** What is empty is left out: null is neither a value nor none. */
    private static final class OptionalReader extends JsonDeserializer<Object> {

        private final Class<?> content;
        private final Object empty;
        private final Function<Object, Object> of;

        /** @param content no generic type */
        private OptionalReader(Class<?> content, Object empty, Function<Object, Object> of) {
            this.content = content;
            this.empty = empty;
            this.of = of;
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return of.apply(context.readValue(parser, content));
        }

        @Override
        public Object getNullValue(DeserializationContext context) throws JsonMappingException {
            return context.reportInputMismatch(empty.getClass(), "null");
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return empty;
        }
    }

    private static final class OptionalWriter extends JsonSerializer<Object> {

        private final Function<Object, Optional<?>> value;

        private OptionalWriter(Function<Object, Optional<?>> value) {
            this.value = value;
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, Object optional) {
            return value.apply(optional).isEmpty();
        }

        @Override
        public void serialize(Object optional, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            provider.defaultSerializeValue(value.apply(optional).orElseThrow(), generator);
        }
    }
}
