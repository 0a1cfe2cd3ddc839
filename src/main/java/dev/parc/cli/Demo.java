package dev.parc.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code parc demo}: the demo tenant, answered and reported. */
@Command(
        name = "demo",
        description =
                "Answer the roadmap for the demo tenant that ships with PARC, and write the report to parc-demo.html.")
final class Demo implements Callable<Integer> {

    private final Console console;
    private final Wiring wiring;

    @Mixin
    RunOptions options = new RunOptions();

    Demo(Console console, Wiring wiring) {
        this.console = console;
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        if (options.exports.html == null) {
            options.exports.html = Path.of("parc-demo.html");
        }
        return new Run(console, wiring.demo(options.demoData()), options).call();
    }
}
