package dev.parc.cli.command;

import dev.parc.app.Doctor;
import dev.parc.app.Doctor.Condition;
import dev.parc.app.Doctor.Health;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.option.RunOptions;
import dev.parc.report.text.VisibleText;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code parc doctor}: whether everything is there that PARC needs. */
@Command(
        name = "doctor",
        description = {
            "Check the setup: settings, token, permissions, tables, queues and timers.",
            "Lists the items that each missing permission affects. Changes nothing. Exits with 1 if"
                    + " something is broken."
        })
public final class DoctorCommand implements Callable<Integer> {

    private final Console console;
    private final Source<Doctor> source;

    public DoctorCommand(Console console, Source<Doctor> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        Doctor doctor = source.live(console.environment(), Optional.empty(), RunOptions.DATA);
        List<Condition> conditions = doctor.examine();
        TextStyle style = new TextStyle(console.colour());
        for (Condition condition : conditions) {
            console.out()
                    .println(style.of(colour(condition.health()), "%-8s".formatted(condition.health())) + " "
                            + VisibleText.of(condition.part()) + ": " + VisibleText.of(condition.detail()));
            if (!condition.remedy().isEmpty()) {
                console.out().println(" ".repeat(9) + VisibleText.of(condition.remedy()));
            }
        }
        console.out().flush();
        return conditions.stream().anyMatch(condition -> condition.health() == Health.BROKEN)
                ? ExitCode.FINDINGS
                : ExitCode.DONE;
    }

    private static String colour(Health health) {
        return switch (health) {
            case WELL -> "32";
            case LACKING -> "33";
            case BROKEN -> "31;1";
            case UNKNOWN -> "36";
        };
    }
}
