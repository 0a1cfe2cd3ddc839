package dev.parc.cli;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.app.CompositionRoot;
import dev.parc.app.Settings;
import dev.parc.app.Stores;
import dev.parc.check.Check;
import dev.parc.cli.console.Console;
import dev.parc.collect.Collected;
import dev.parc.collect.Tenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.roadmap.Roadmap;
import dev.parc.store.file.FileRunStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs commands in this process on a tenant of the test's choice, and keeps what they write. */
public final class Shell implements Wiring {

    private final Path data;
    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Supplier<Facts> facts = () -> tenant().globalAdmin("admin").facts();
    private List<Check> checks = Roadmap.checks();
    private String tenantName = "Contoso";
    private boolean terminal;

    /** @param data the folder that keeps the runs */
    public Shell(Path data) {
        this.data = data;
    }

    /** The tenant answers with these facts, or with what the supplier throws. */
    public Shell reading(Supplier<Facts> read) {
        facts = read;
        return this;
    }

    /** This check is there too. */
    public Shell asking(Check check) {
        checks = Stream.concat(checks.stream(), Stream.of(check)).toList();
        return this;
    }

    public Shell tenantName(String name) {
        tenantName = name;
        return this;
    }

    Shell onTerminal() {
        terminal = true;
        return this;
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs the command and gives its exit code. */
    public int run(String... arguments) {
        Console console = new Console(
                new PrintWriter(out, true), new PrintWriter(err, true), terminal, terminal, Map.copyOf(environment));
        return Main.run(console, this, arguments);
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    @Override
    public CompositionRoot live(Map<String, String> settings, Optional<Path> record, Path ignored) {
        return parc(Settings.of(settings), "live");
    }

    @Override
    public CompositionRoot snapshot(Map<String, String> settings, Path snapshot, Path ignored) {
        return parc(Settings.of(settings), "snapshot");
    }

    @Override
    public CompositionRoot demo(Path ignored) {
        return parc(Settings.of(Map.of()), "demo");
    }

    /** The store that the commands write to. */
    public FileRunStore store() {
        return new FileRunStore(data.resolve("runs"), "tenant");
    }

    private CompositionRoot parc(Settings settings, String source) {
        return CompositionRoot.Setup.of(
                        settings,
                        () -> new Canned(source),
                        opened -> Stores.files(data, "tenant"),
                        checks,
                        Clock.systemUTC())
                .root();
    }

    /** A tenant with facts at hand. */
    private final class Canned implements Tenant {

        private final String source;

        Canned(String source) {
            this.source = source;
        }

        @Override
        public String id() {
            return "tenant";
        }

        @Override
        public String source() {
            return source;
        }

        @Override
        public Designations designations() {
            return Designations.NONE;
        }

        @Override
        public Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress) {
            progress.accept("reading role assignments");
            return new Collected(
                    facts.get(), tenantName, 41, 0, 2, Map.of("GET /users/{id}", 14, "GET /organization", 1));
        }
    }
}
