package dev.parc.cli;

import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parc completion}: what makes a shell complete commands and options. */
@Command(
        name = "completion",
        description = {
            "Print the completion script for bash and zsh. To load it in this shell:",
            "  source <(parc completion)"
        })
final class Completion implements Callable<Integer> {

    private final Console console;

    @Spec
    CommandSpec spec = CommandSpec.create();

    Completion(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(AutoComplete.bash("parc", spec.root().commandLine()));
        console.out().flush();
        return ExitCode.DONE;
    }
}
