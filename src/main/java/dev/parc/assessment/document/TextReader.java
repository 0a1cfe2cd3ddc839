package dev.parc.assessment.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a text, and nothing else, as a value. */
public class TextReader<T> extends JsonDeserializer<T> {

    private final Class<?> type;
    private final String refusal;
    private final Function<String, @Nullable Object> reader;

    /** @param reader gives null or throws for a text that is no such value */
    TextReader(Class<?> type, Function<String, @Nullable Object> reader) {
        this(type, "no such text", reader);
    }

    private TextReader(Class<?> type, String refusal, Function<String, @Nullable Object> reader) {
        this.type = type;
        this.refusal = refusal;
        this.reader = reader;
    }

    /**
     * For texts of one shape.
     *
     * @param what to stand after "must be"
     */
    protected TextReader(String what, Predicate<String> shape) {
        this(String.class, Binding.MUST_BE + what, text -> shape.test(text) ? text : null);
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        Object value = null;
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            try {
                value = reader.apply(parser.getText());
            } catch (DateTimeException | IllegalArgumentException e) {
                return context.reportInputMismatch(type, refusal);
            }
        }
        return value == null ? context.reportInputMismatch(type, refusal) : (T) value;
    }
}
