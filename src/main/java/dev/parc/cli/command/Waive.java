package dev.parc.cli.command;

import dev.parc.assessment.decision.Waiver;
import dev.parc.assessment.ledger.Precondition;
import dev.parc.assessment.ledger.Revision;
import dev.parc.assessment.register.Waivers;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.Source;
import dev.parc.cli.console.TextStyle;
import dev.parc.cli.console.UsageException;
import dev.parc.cli.option.DecisionOptions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parc waive}: a person decides to live with a finding for a time. */
@Command(
        name = "waive",
        description = {
            "Accept findings until a date.",
            "Accepts all findings of an item, or those about one subject. Accepted findings stay in the"
                    + " report, are counted separately and never turn into a PASS. --list shows the waivers;"
                    + " --withdraw takes one back."
        })
public final class Waive implements Callable<Integer> {

    /** What it uses of a tenant. */
    public record Parts(Supplier<Waivers> waivers, Supplier<Clock> clock) {}

    private final Console console;
    private final Source<Parts> source;

    @Parameters(arity = "0..1", paramLabel = "ITEM", description = "The item, for example S1-04.")
    @Nullable String item;

    @Option(
            names = "--subject",
            paramLabel = "ID",
            description = "The id of one subject, as the findings show it. Default: all findings of the item.")
    @Nullable String subject;

    @Option(names = "--owner", paramLabel = "WHO", description = "Who is responsible for the risk.")
    @Nullable String owner;

    @Option(names = "--reason", paramLabel = "TEXT", description = "The reason, in one line.")
    @Nullable String reason;

    @Option(names = "--until", paramLabel = "DATE", description = "The last day it is valid, for example 2026-12-31.")
    @Nullable LocalDate until;

    @Mixin
    DecisionOptions options = new DecisionOptions();

    public Waive(Console console, Source<Parts> source) {
        this.console = console;
        this.source = source;
    }

    @Override
    public Integer call() {
        if (options.list ? options.withdraw || owner != null || reason != null : item == null) {
            throw new UsageException(
                    "parc waive ITEM [--subject ID] --owner WHO --reason TEXT --until DATE, parc waive --list [ITEM], or"
                            + " parc waive ITEM [--subject ID] --withdraw --by WHO");
        }
        return options.with(console, source, parts -> {
            if (options.list) {
                list(parts);
            } else if (options.withdraw) {
                withdraw(parts.waivers().get(), String.valueOf(item));
            } else {
                waive(parts.waivers().get(), String.valueOf(item));
            }
        });
    }

    private void waive(Waivers waivers, String wanted) {
        if (owner == null || reason == null) {
            throw new UsageException("--owner and --reason are needed: who is responsible, and why");
        }
        Revision<Waiver> stored = waivers.waive(
                wanted,
                Optional.ofNullable(subject),
                owner,
                reason,
                options.by == null ? owner : options.by,
                DecisionOptions.until(until),
                Precondition.NONE);
        console.say("%s is waived: %s".formatted(stored.value().checkId(), inWords(stored)));
    }

    private void withdraw(Waivers waivers, String wanted) {
        String id = Waivers.id(waivers.item(wanted), Optional.ofNullable(subject));
        Revision<Waiver> gone = waivers.withdraw(id, options.by(), Precondition.NONE)
                .orElseThrow(() ->
                        new UsageException("no such waiver, so there is nothing to withdraw; see 'parc waive --list'"));
        console.say("%s is no longer waived: %s".formatted(gone.value().checkId(), inWords(gone)));
    }

    private void list(Parts parts) {
        Waivers waivers = parts.waivers().get();
        Instant now = parts.clock().get().instant();
        Optional<String> wanted = Optional.ofNullable(item).map(waivers::item);
        List<Revision<Waiver>> listed = waivers.newest().stream()
                .filter(stored -> wanted.isEmpty() || stored.value().checkId().equals(wanted.get()))
                .toList();
        if (listed.isEmpty()) {
            console.say("no findings are waived");
        }
        for (Revision<Waiver> stored : listed) {
            console.say("%-10s%s%s".formatted(stored.value().checkId(), state(stored, now), inWords(stored)));
            if (wanted.isPresent()) {
                waivers.history(stored.key(), DecisionOptions.EARLIER).stream()
                        .skip(1)
                        .forEach(earlier -> console.say(DecisionOptions.INDENT + "earlier: " + inWords(earlier)));
            }
        }
    }

    private static String state(Revision<Waiver> stored, Instant now) {
        if (!stored.stands()) {
            return "not waived: ";
        }
        return stored.value().isValidAt(now) ? "waived: " : "no longer waived: ";
    }

    private static String inWords(Revision<Waiver> stored) {
        Waiver waiver = stored.value();
        return "%s, until %s, owner %s, \"%s\" (by %s on %s%s)"
                .formatted(
                        waiver.subject().map(id -> "subject " + id).orElse("the whole item"),
                        waiver.until(),
                        waiver.owner(),
                        waiver.reason(),
                        waiver.by(),
                        TextStyle.TIME.format(waiver.at()),
                        DecisionOptions.withdrawal(stored));
    }
}
