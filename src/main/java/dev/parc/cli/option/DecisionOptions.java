package dev.parc.cli.option;

import dev.parc.assessment.ledger.Revision;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.console.UsageException;
import dev.parc.collect.TenantException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands take that keep what people decide about a tenant. */
public final class DecisionOptions {

    /** Before what is told below a decision. */
    public static final String INDENT = " ".repeat(10);

    /** So many earlier revisions of one decision are listed. */
    public static final int EARLIER = 10;

    @Option(names = "--by", paramLabel = "WHO", description = "Who makes the decision or takes it back.")
    public @Nullable String by;

    @Option(names = "--list", description = "List the current decisions; for one item, earlier ones too.")
    public boolean list;

    @Option(names = "--withdraw", description = "Take the decision back.")
    public boolean withdraw;

    @Mixin
    TenantOptions tenant = new TenantOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder where runs are stored. Default: ${DEFAULT-VALUE}.")
    Path data = RunOptions.DATA;

    /** Who decides. */
    public String by() {
        if (by == null) {
            throw new UsageException("--by is missing: name who makes the decision or takes it back");
        }
        return by;
    }

    /** The last day on which a decision counts. */
    public static LocalDate until(@Nullable LocalDate day) {
        if (day == null) {
            throw new UsageException("--until is missing: name the last day it is valid, for example 2026-12-31");
        }
        return day;
    }

    /** Who took it back and when, to stand at the end of its words; empty if nobody did. */
    public static String withdrawal(Revision<?> kept) {
        return kept.withdrawal()
                .map(gone -> "; withdrawn by %s on %s".formatted(gone.by(), TextStyle.TIME.format(gone.at())))
                .orElse("");
    }

    /** Does the work for the tenant that is meant. */
    public <T> int with(Console console, Source<T> source, Consumer<T> work) {
        tenant.requireOne();
        try {
            work.accept(tenant.of(source, console.environment(), Optional.empty(), data));
            console.out().flush();
            return ExitCode.DONE;
        } catch (TenantException e) {
            throw tenant.refused(e);
        }
    }
}
