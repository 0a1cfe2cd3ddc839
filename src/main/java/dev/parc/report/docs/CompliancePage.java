package dev.parc.report.docs;

import dev.parc.check.Check;
import dev.parc.report.text.Compliance;
import java.util.List;

/** The page that tells what the items correspond to in other frameworks, written from {@link Compliance}. */
public final class CompliancePage {

    private CompliancePage() {}

    /** The page {@code docs/compliance.md}: every item with what it corresponds to. */
    public static String markdown(List<Check> checks) {
        StringBuilder page = new StringBuilder("""
            <!-- Written from src/main/resources/dev/parc/report/text/compliance.json. Edit that, then: mvn test -Dtest=CatalogueTest -Dgenerated=write -->
            # Compliance

            What the items of the roadmap correspond to in frameworks that auditors ask for. Only clear correspondences are
            listed, by the ids of the frameworks and with titles in PARC's words. An item that is met shows that the tenant
            does what the item asks; it does not prove that a whole reference is met. The exports carry the same references:
            [exports.md](exports.md).

            | Framework | Version | Of |
            | --- | --- | --- |
            """);
        Compliance.frameworks()
                .forEach(framework -> page.append("| [%s](%s) | %s | %s |\n"
                        .formatted(framework.title(), framework.url(), framework.version(), framework.organization())));
        page.append("\n## By item\n\n| Item | Asked |");
        Compliance.frameworks().forEach(framework -> page.append(" %s |".formatted(framework.inWords())));
        page.append("\n| --- | --- |" + " --- |".repeat(Compliance.frameworks().size()) + "\n");
        checks.stream().map(Check::card).forEach(card -> {
            String id = card.id();
            page.append("| [%s](checks/%s.md) | %s |".formatted(id, id, card.title()));
            Compliance.frameworks()
                    .forEach(framework -> page.append(" %s |"
                            .formatted(String.join(
                                    "<br>",
                                    Compliance.of(id, framework).stream()
                                            .map(reference -> "[%s](%s) %s"
                                                    .formatted(reference.id(), reference.link(), reference.title()))
                                            .toList()))));
            page.append('\n');
        });
        for (Compliance.Framework framework : Compliance.frameworks()) {
            page.append(
                    "\n## %s\n\n| Reference | About | Items |\n| --- | --- | --- |\n".formatted(framework.inWords()));
            Compliance.references(framework)
                    .forEach(reference -> page.append("| [%s](%s) | %s | %s |\n"
                            .formatted(
                                    reference.id(),
                                    reference.link(),
                                    reference.title(),
                                    String.join(", ", Compliance.itemsOf(reference)))));
        }
        return page.toString();
    }
}
