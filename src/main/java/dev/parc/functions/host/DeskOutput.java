package dev.parc.functions.host;

import com.microsoft.azure.functions.OutputBinding;
import org.jspecify.annotations.Nullable;

/** Takes what a function puts out. */
final class DeskOutput implements OutputBinding<String> {

    private @Nullable String value;

    @Override
    public @Nullable String getValue() {
        return value;
    }

    @Override
    public void setValue(String value) {
        this.value = value;
    }
}
