package dev.parc.cli.option;

import dev.parc.cli.console.Source;
import dev.parc.cli.console.UsageException;
import dev.parc.collect.TenantException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which tenant a command reads: the live one unless told otherwise. */
public final class TenantOptions {

    @Option(
            names = "--snapshot",
            paramLabel = "PATH",
            description = "Use this snapshot (a folder or a .zip file) instead of the live tenant.")
    @Nullable Path snapshot;

    @Option(names = "--demo", description = "Use the demo tenant that ships with PARC.")
    public boolean demo;

    /** Whether the live tenant is meant. */
    public boolean live() {
        return !demo && snapshot == null;
    }

    /**
     * Refuses two tenants at once.
     *
     * @throws UsageException if more than one tenant is named
     */
    public void requireOne() {
        if (demo && snapshot != null) {
            throw new UsageException("use either --demo or --snapshot, not both");
        }
    }

    /** What a command uses, of that tenant. */
    public <T> T of(Source<T> source, Map<String, String> environment, Optional<Path> record, Path data) {
        if (demo) {
            return source.demo(data);
        }
        return snapshot == null ? source.live(environment, record, data) : source.snapshot(environment, snapshot, data);
    }

    /** What to tell of a tenant that cannot be read. */
    public RuntimeException refused(TenantException e) {
        if (snapshot != null) {
            return new UsageException(String.valueOf(e.getMessage()), e);
        }
        return demo ? e : withoutTenant(e);
    }

    /** What is read, to stand after "reading the". */
    public static String inWords(String source) {
        return source.equals("live") ? "live tenant" : source.equals("demo") ? "demo tenant" : source;
    }

    /** The same, with a way to go on. */
    public static TenantException withoutTenant(TenantException e) {
        return new TenantException(e.getMessage() + "; 'parc demo' shows PARC without a tenant", e);
    }
}
