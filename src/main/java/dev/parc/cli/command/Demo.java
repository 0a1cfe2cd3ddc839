package dev.parc.cli.command;

import dev.parc.cli.console.Console;
import dev.parc.cli.console.Source;
import dev.parc.cli.option.RunExecution;
import dev.parc.cli.option.RunOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parc demo}: the demo tenant, answered and reported. */
@Command(
        name = "demo",
        description = {
            "Assess the demo tenant that ships with PARC and write parc-demo.html.",
            "Prints an overview: stages, what to do first, what changed. --all prints every answer."
        })
public final class Demo implements Callable<Integer> {

    private final Console console;
    private final Source<RunExecution.Parts> source;

    @Mixin
    RunOptions options = new RunOptions();

    @Option(names = "--all", description = "Print every answer instead of the overview.")
    boolean all;

    public Demo(Console console, Source<RunExecution.Parts> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        if (options.exports.html == null) {
            options.exports.html = Path.of("parc-demo.html");
        }
        return new RunExecution(console, source.demo(options.demoData()), options, !all && !options.namesItems())
                .call();
    }
}
