package dev.parc.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.OutputBinding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes what a function puts out. */
final class DeskOutput implements OutputBinding<String> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private @Nullable String value;

    /** The messages of a value: a JSON list is a message each, as the platform's binding has it. */
    static List<String> messages(String value) {
        if (!value.startsWith("[")) {
            return List.of(value);
        }
        try {
            List<String> messages = new ArrayList<>();
            JSON.readTree(value)
                    .forEach(message -> messages.add(message.isTextual() ? message.textValue() : message.toString()));
            return messages;
        } catch (JsonProcessingException e) {
            return List.of(value);
        }
    }

    @Override
    public @Nullable String getValue() {
        return value;
    }

    @Override
    public void setValue(String value) {
        this.value = value;
    }
}
