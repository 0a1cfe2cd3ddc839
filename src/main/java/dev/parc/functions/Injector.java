package dev.parc.functions;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.parc.app.Lazy;
import dev.parc.app.Parc;
import dev.parc.app.Settings;
import java.util.function.Supplier;

/** Gives the functions of one process, which the platform makes anew for every call, the same {@link Parc}. */
public final class Injector implements FunctionInstanceInjector {

    private final Supplier<Parc> parc = Lazy.of(() -> Parc.live(Settings.of(System.getenv())));

    @Override
    public <T> T getInstance(Class<T> functions) throws ReflectiveOperationException {
        return functions.getConstructor(Supplier.class).newInstance(parc);
    }
}
