package dev.parc.cli.command;

import dev.parc.check.Check;
import dev.parc.check.RoadmapItem;
import dev.parc.cli.console.Console;
import dev.parc.cli.console.ExitCode;
import dev.parc.cli.console.UsageException;
import dev.parc.report.docs.CheckPage;
import dev.parc.report.text.Compliance;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code parc check}: the page of one check, or the list of all. */
@Command(name = "check", description = "Print the page of an item; without ID, list all items.")
public final class ShowCheck implements Callable<Integer> {

    private final Console console;
    private final List<Check> checks;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The item, for example S1-04.")
    @Nullable String id;

    public ShowCheck(Console console, List<Check> checks) {
        this.console = console;
        this.checks = checks;
    }

    @Override
    public Integer call() {
        if (id == null) {
            checks.stream()
                    .map(Check::card)
                    .forEach(card -> console.out().printf("%-7s%-10s%s%n", card.id(), card.severity(), card.title()));
        } else {
            String wanted = id.strip().toUpperCase(Locale.ROOT);
            console.out().print(page(wanted).markdown());
            console.out().print(references(wanted));
        }
        console.out().flush();
        return ExitCode.DONE;
    }

    private static String references(String wanted) {
        return Compliance.of(wanted).stream()
                .map(reference -> "- %s: %s, %s (%s)\n"
                        .formatted(
                                reference.framework().inWords(), reference.id(), reference.title(), reference.link()))
                .collect(Collectors.joining())
                .transform(lines -> lines.isEmpty() ? "" : "\n## Corresponds to\n" + lines);
    }

    private CheckPage page(String wanted) {
        if (checks.stream().noneMatch(check -> Check.card(check).id().equals(wanted))) {
            throw new UsageException("Unknown item; the items are "
                    + checks.stream().map(Check::card).map(RoadmapItem::id).collect(Collectors.joining(", ")));
        }
        return CheckPage.of(wanted).orElseThrow();
    }
}
