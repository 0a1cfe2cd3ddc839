package dev.parc.cli;

import dev.parc.app.Parc;
import dev.parc.app.Settings;
import dev.parc.cli.console.Wiring;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The parts as they are put together on a desk. */
public final class DeskWiring implements Wiring {

    @Override
    public Parc live(Map<String, String> environment, Optional<Path> record, Path data) {
        return Parc.desk(Settings.of(environment), record, data);
    }

    @Override
    public Parc snapshot(Map<String, String> environment, Path snapshot, Path data) {
        return Parc.snapshot(snapshot, Settings.of(environment), data);
    }

    @Override
    public Parc demo(Path data) {
        return Parc.demo(data);
    }
}
