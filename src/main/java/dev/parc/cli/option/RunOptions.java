package dev.parc.cli.option;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code assess} and {@code demo} both take. */
public final class RunOptions {

    /** The folder that keeps the runs, unless another one is named. */
    public static final Path DATA = Path.of(".parc");

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "Assess this stage (1, 2, 3, 4 or BG); repeatable. Default: all.")
    List<String> stages = List.of();

    @Option(names = "--check", paramLabel = "ID", description = "Assess this item, for example S1-04; repeatable.")
    List<String> checks = List.of();

    @Mixin
    public ExportOptions exports = new ExportOptions();

    @Option(
            names = "--fail-on",
            paramLabel = "OUTCOME",
            description = "Exit with 1 if an item has this outcome or a worse one: fail or review. Default: never.")
    @Nullable FailOn failOn;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder where runs are stored. Default: ${DEFAULT-VALUE}.")
    public Path data = DATA;

    @Option(names = "--no-store", description = "Do not store this run.")
    boolean noStore;

    /** Whether single items are asked for, and not the roadmap or stages of it. */
    public boolean namesItems() {
        return !checks.isEmpty();
    }

    /** The folder for the demo's runs and past: with {@code --no-store} one that is gone when the process ends. */
    public Path demoData() {
        return noStore ? TempFolder.folder() : data;
    }
}
