package dev.parc.cli.console;

import dev.parc.app.Parc;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Puts PARC together for one command. */
public interface Wiring {

    /** PARC on the tenant of the credential, which is recorded at this path if there is one. */
    Parc live(Map<String, String> environment, Optional<Path> record, Path data);

    /** PARC on a snapshot in a folder or zip file. */
    Parc snapshot(Map<String, String> environment, Path snapshot, Path data);

    /** PARC on the demo tenant. */
    Parc demo(Path data);
}
