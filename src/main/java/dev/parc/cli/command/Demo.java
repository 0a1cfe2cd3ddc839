package dev.parc.cli.command;

import dev.parc.cli.console.Console;
import dev.parc.cli.console.Wiring;
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
    private final Wiring wiring;

    @Mixin
    RunOptions options = new RunOptions();

    @Option(names = "--all", description = "Print every answer instead of the overview.")
    boolean all;

    public Demo(Console console, Wiring wiring) {
        this.console = console;
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        if (options.exports.html == null) {
            options.exports.html = Path.of("parc-demo.html");
        }
        return new RunExecution(console, wiring.demo(options.demoData()), options, !all && !options.namesItems())
                .call();
    }
}
