package dev.parc.cli;

import dev.parc.app.CompositionRoot;
import dev.parc.app.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The parts as they are put together on a desk. */
public final class DeskWiring implements Wiring {

    @Override
    public CompositionRoot live(Map<String, String> environment, Optional<Path> record, Path data) {
        return CompositionRoot.desk(Settings.of(environment), record, data);
    }

    @Override
    public CompositionRoot snapshot(Map<String, String> environment, Path snapshot, Path data) {
        return CompositionRoot.snapshot(snapshot, Settings.of(environment), data);
    }

    @Override
    public CompositionRoot demo(Path data) {
        return CompositionRoot.demo(data, Settings.of(Map.of()).fixTime());
    }
}
