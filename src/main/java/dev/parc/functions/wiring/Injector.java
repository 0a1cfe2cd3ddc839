package dev.parc.functions.wiring;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.parc.app.CompositionRoot;
import dev.parc.app.Lazy;
import dev.parc.app.Settings;

/** Gives the functions of one process, which the platform makes anew for every call, the same parts. */
public final class Injector implements FunctionInstanceInjector {

    private final FunctionFactory factory =
            new FunctionFactory(Lazy.of(() -> CompositionRoot.live(Settings.of(System.getenv()))));

    @Override
    public <T> T getInstance(Class<T> functions) {
        return functions.cast(factory.make(functions.getSimpleName()));
    }
}
