package dev.parc.cli;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.RoadmapItem;
import dev.parc.report.CheckPage;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code parc check}: the page of one check, or the list of all. */
@Command(name = "check", description = "Print the page of a check; without an ID, list all checks.")
final class ShowCheck implements Callable<Integer> {

    private final Console console;
    private final List<Check> checks;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "For example S1-04.")
    @Nullable String id;

    ShowCheck(Console console, List<Check> checks) {
        this.console = console;
        this.checks = checks;
    }

    @Override
    public Integer call() {
        if (id == null) {
            checks.stream()
                    .map(Assessor::card)
                    .forEach(card -> console.out().printf("%-7s%-10s%s%n", card.id(), card.severity(), card.title()));
        } else {
            console.out().print(page(id.strip().toUpperCase(Locale.ROOT)).markdown());
        }
        console.out().flush();
        return ExitCode.DONE;
    }

    private CheckPage page(String wanted) {
        if (checks.stream().noneMatch(check -> Assessor.card(check).id().equals(wanted))) {
            throw new UsageException("There is no such check; the checks are "
                    + checks.stream().map(Assessor::card).map(RoadmapItem::id).collect(Collectors.joining(", ")));
        }
        return CheckPage.of(wanted).orElseThrow();
    }
}
