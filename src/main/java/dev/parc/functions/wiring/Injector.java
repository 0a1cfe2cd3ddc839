package dev.parc.functions.wiring;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.parc.app.Lazy;
import dev.parc.app.Parc;
import dev.parc.app.Settings;

/** Gives the functions of one process, which the platform makes anew for every call, the same parts. */
public final class Injector implements FunctionInstanceInjector {

    private final FunctionFactory factory = new FunctionFactory(Lazy.of(() -> Parc.live(Settings.of(System.getenv()))));

    @Override
    public <T> T getInstance(Class<T> functions) {
        return functions.cast(factory.make(functions.getSimpleName()));
    }
}
