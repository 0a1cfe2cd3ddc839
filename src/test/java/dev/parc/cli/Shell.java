package dev.parc.cli;

import static dev.parc.check.TenantBuilder.tenant;

import dev.parc.app.CompositionRoot;
import dev.parc.app.Settings;
import dev.parc.app.Stores;
import dev.parc.check.Check;
import dev.parc.cli.console.Console;
import dev.parc.collect.Collected;
import dev.parc.collect.Tenant;
import dev.parc.collect.http.Layered;
import dev.parc.collect.http.Wire;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.roadmap.Roadmap;
import dev.parc.store.file.FileRunStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
        return parc(quick(settings), "live");
    }

    @Override
    public CompositionRoot snapshot(Map<String, String> settings, Path snapshot, Path ignored) {
        return parc(quick(settings), "snapshot");
    }

    @Override
    public CompositionRoot demo(Path ignored) {
        return parc(quick(Map.of()), "demo");
    }

    /** No change can be proved on facts at hand. */
    private static Settings quick(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("PARC_FIX_SECONDS", "0");
        return Settings.of(all);
    }

    /** The store that the commands write to. */
    public FileRunStore store() {
        return new FileRunStore(data.resolve("runs"), "tenant");
    }

    private CompositionRoot parc(Settings settings, String source) {
        return CompositionRoot.Setup.of(
                        settings,
                        () -> new Canned(source, () -> facts.get()),
                        opened -> Stores.files(data, "tenant"),
                        checks,
                        Clock.systemUTC())
                .root();
    }

    /** The facts with every report-only policy switched on. */
    private Facts switchedOn() {
        Facts now = facts.get();
        return now.reading(FactKind.CONDITIONAL_ACCESS_POLICIES) instanceof Reading.Read read
                ? now.with(Map.of(
                        FactKind.CONDITIONAL_ACCESS_POLICIES,
                        new Reading.Read(
                                read.values().stream()
                                        .map(ConditionalAccessPolicy.class::cast)
                                        .map(policy -> policy.state() == ConditionalAccessPolicy.State.REPORT_ONLY
                                                ? policy.in(ConditionalAccessPolicy.State.ENABLED)
                                                : policy)
                                        .toList(),
                                read.gaps())))
                : now;
    }

    /** A tenant with facts at hand. Any change switches its report-only policies on. */
    private final class Canned implements Layered {

        private final String source;
        private final Supplier<Facts> answered;

        Canned(String source, Supplier<Facts> answered) {
            this.source = source;
            this.answered = answered;
        }

        @Override
        public Tenant through(UnaryOperator<Wire> layer, Optional<Instant> takenAt) {
            return new Canned(source, Shell.this::switchedOn);
        }

        @Override
        public Tenant heard(UnaryOperator<Wire> listener) {
            return this;
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
                    answered.get(), tenantName, 41, 0, 2, Map.of("GET /users/{id}", 14, "GET /organization", 1));
        }
    }
}
