package dev.parc.report.docs;

import dev.parc.assessment.decision.Question;
import dev.parc.check.Check;
import dev.parc.check.RoadmapItem;
import dev.parc.check.Stage;
import dev.parc.facts.FactKind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue of all checks, written from their cards. */
public final class Catalogue {

    private static final String ADMINISTRATORS = "who the administrators are";
    private static final String AZURE_ADMINISTRATORS = "who can give roles in Azure";

    private static final String HEAD = """
        <!-- Written from the cards of the checks. Edit those, then: mvn test -Dtest=CatalogueTest -Dgenerated=write -->
        # Catalogue

        Every item that PARC assesses. If data that an item *needs* is missing, the item is NOT_ASSESSED, or NOT_APPLICABLE
        if the licence is missing. Without the data that *completes* it, it cannot pass. Data that is only *shown* never decides the
        outcome. What only people know, they *attest*, statement by statement. [Permissions](permissions.md) lists the permissions
        for all of it, [compliance](compliance.md) the matching controls in CIS, CISA SCuBA, MITRE ATT&CK and NIST CSF.

        "%s" stands for %s.
        """.formatted(
                    ADMINISTRATORS.substring(0, 1).toUpperCase(Locale.ROOT) + ADMINISTRATORS.substring(1),
                    titles(FactKind.ADMINISTRATORS.stream().sorted()));

    private static final String TABLE = """
        | Item | Title | Severity | Needs | Completed by | Shown | Attested |
        | --- | --- | --- | --- | --- | --- | --- |
        """;

    private Catalogue() {}

    /** The page {@code docs/catalogue.md}. */
    public static String markdown(List<Check> checks) {
        return Stream.of(Stage.values())
                .map(stage -> section(
                        stage,
                        checks.stream()
                                .map(Check::card)
                                .filter(item -> Stage.ofItem(item.id()) == stage)
                                .toList()))
                .collect(Collectors.joining("", HEAD, ""));
    }

    private static String section(Stage stage, List<RoadmapItem> items) {
        String title = "\n## %s (%s)\n\n".formatted(stage.title(), stage.time());
        return items.stream().map(Catalogue::row).collect(Collectors.joining("", title + TABLE, ""));
    }

    private static String row(RoadmapItem item) {
        return "| [%s](checks/%s.md) | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        item.id(),
                        item.id(),
                        item.title(),
                        item.severity(),
                        titles(Stream.of(item.needs())),
                        Stream.of(
                                        item.administrators() ? Stream.of(ADMINISTRATORS) : Stream.<String>empty(),
                                        item.azureAdministrators()
                                                ? Stream.of(AZURE_ADMINISTRATORS)
                                                : Stream.<String>empty(),
                                        Stream.of(item.completedBy()).map(FactKind::title),
                                        Stream.of(item.ofAccounts()).map(FactKind::title))
                                .flatMap(titles -> titles)
                                .collect(Collectors.joining(", ")),
                        titles(Stream.of(item.signals())),
                        Question.unsaid(item).stream()
                                .map(question -> question.item().equals(item.id())
                                        ? question.words()
                                        : "with %s: %s".formatted(question.item(), question.words()))
                                .collect(Collectors.joining("<br>")));
    }

    private static String titles(Stream<FactKind> kinds) {
        return kinds.map(FactKind::title).collect(Collectors.joining(", "));
    }
}
