package dev.parc.cli.command;

import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.Acknowledgements;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.DecisionOptions;
import dev.parc.facts.Acknowledgement;
import dev.parc.facts.EarlierAdministrator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc acknowledge}: a person knows of a new administrator. */
@Command(
        name = "acknowledge",
        description = {
            "Acknowledge a new administrator and say why the role is right.",
            "An account that gets the role again later is new again. --list shows who is new; --withdraw"
                    + " takes an acknowledgement back."
        })
public final class Acknowledge implements Callable<Integer> {

    private final Console console;
    private final Source<Acknowledgements> source;

    @Parameters(arity = "0..1", paramLabel = "KEY", description = "The key that the finding of S3-19 shows.")
    @Nullable String key;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why the role is right, in one line.")
    @Nullable String reason;

    @Mixin
    DecisionOptions options = new DecisionOptions();

    public Acknowledge(Console console, Source<Acknowledgements> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        if (options.list ? options.withdraw || reason != null : key == null) {
            throw new UsageException(
                    "parc acknowledge KEY --reason TEXT --by WHO, parc acknowledge --list [KEY], or parc acknowledge KEY"
                            + " --withdraw --by WHO");
        }
        return options.with(console, source, acknowledgements -> {
            if (options.list) {
                list(acknowledgements);
            } else if (options.withdraw) {
                withdraw(acknowledgements, String.valueOf(key));
            } else {
                acknowledge(acknowledgements, String.valueOf(key));
            }
        });
    }

    private void acknowledge(Acknowledgements acknowledgements, String wanted) {
        if (reason == null) {
            throw new UsageException("--reason is missing: say why the role is right");
        }
        console.say("acknowledged: "
                + inWords(acknowledgements.acknowledge(wanted, reason, options.by(), Precondition.NONE)));
    }

    private void withdraw(Acknowledgements acknowledgements, String wanted) {
        Revision<Acknowledgement> gone = acknowledgements
                .withdraw(wanted, options.by(), Precondition.NONE)
                .orElseThrow(() -> new UsageException(
                        "no such acknowledgement, so there is nothing to withdraw; see 'parc acknowledge --list'"));
        console.say("no longer acknowledged: " + inWords(gone));
    }

    private void list(Acknowledgements acknowledgements) {
        List<Revision<Acknowledgement>> known =
                key == null ? acknowledgements.newest() : acknowledgements.history(key, DecisionOptions.EARLIER + 1);
        List<EarlierAdministrator> open = key == null ? acknowledgements.open() : List.of();
        if (known.isEmpty() && open.isEmpty()) {
            console.say("no new administrators, and no acknowledgements");
        }
        open.forEach(one -> console.say("new: %s, role %s at %s since %s; key %s"
                .formatted(
                        one.name(),
                        one.roleId(),
                        one.scope(),
                        one.since().map(TextStyle.TIME::format).orElse(""),
                        one.key().orElse(""))));
        known.forEach(
                stored -> console.say((stored.stands() ? "acknowledged: " : "not acknowledged: ") + inWords(stored)));
    }

    private static String inWords(Revision<Acknowledgement> stored) {
        Acknowledgement one = stored.value();
        return "%s, role %s at %s since %s, \"%s\" (by %s on %s%s); key %s"
                .formatted(
                        one.name(),
                        one.roleId(),
                        one.scope(),
                        TextStyle.TIME.format(one.since()),
                        one.reason(),
                        one.by(),
                        TextStyle.TIME.format(one.at()),
                        DecisionOptions.withdrawal(stored),
                        stored.key());
    }
}
