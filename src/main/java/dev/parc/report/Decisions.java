package dev.parc.report;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.Vouched;
import dev.parc.assessment.Waiver;
import dev.parc.facts.Attestation;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/** What people decided: statements that they vouch for, findings that they live with, and until when. */
final class Decisions {

    /** A statement with the item that it is about. */
    record Attested(String checkId, Vouched vouched) {}

    private final List<Attested> attested;
    private final List<Waiver> waivers;
    private final LocalDate asOf;

    Decisions(Assessment assessment) {
        this.attested = assessment.results().stream()
                .flatMap(result -> result.attestations().stream().map(it -> new Attested(result.checkId(), it)))
                .sorted(Comparator.comparing(it -> it.vouched().attestation().validUntil()))
                .toList();
        this.waivers = assessment.results().stream()
                .flatMap(result -> result.waivers().stream())
                .sorted(Comparator.comparing(Waiver::until))
                .toList();
        this.asOf = Show.date(assessment.takenAt());
    }

    Html html() {
        if (attested.isEmpty() && waivers.isEmpty()) {
            return Html.NONE;
        }
        return Html.of(
                """
                <section aria-labelledby="decisions">
                <h2 id="decisions">Attestations and waivers <small>what ends first on top; each ends by itself</small></h2>
                <div class="panel">{}{}</div>
                </section>
                """,
                Html.of("<h3>What people vouch for</h3>\n{}", attestations("the run", attested, asOf))
                        .when(!attested.isEmpty()),
                Html.of("<h3>What is waived</h3>\n{}", waivers("the run", waivers, asOf))
                        .when(!waivers.isEmpty()));
    }

    static Html attestations(String of, List<Attested> attested, LocalDate asOf) {
        return DataTable.of(
                "Attestations of " + of,
                "attestation",
                "attestations",
                List.of("Statement", "Item", "By", "On", "Valid until", "Evidence"),
                attested,
                one -> {
                    Attestation said = one.vouched().attestation();
                    return Html.of(
                            """
                            <th scope="row">{}</th><td>{}</td><td>{}</td><td data-key="{}">{}</td><td data-key="{}">{}</td><td>{}{}</td>""",
                            Html.name(one.vouched().words()),
                            one.checkId(),
                            Html.name(said.by()),
                            said.at(),
                            Show.day(said.at()),
                            said.validUntil(),
                            Show.until(said.validUntil(), asOf),
                            said.evidence().map(Html::link).orElse(Html.NONE),
                            Html.of("<p>{}</p>", Html.name(said.note()))
                                    .when(!said.note().isEmpty()));
                });
    }

    static Html waivers(String of, List<Waiver> waivers, LocalDate asOf) {
        return DataTable.of(
                "Waivers of " + of,
                "waiver",
                "waivers",
                List.of("Subject", "Item", "Reason", "Owner", "Recorded", "Until"),
                waivers,
                waiver -> Html.of(
                        """
                        <th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td><td data-key="{}">{}</td><td data-key="{}">{}</td>""",
                        waiver.subject()
                                .map(id -> Html.of("<code>{}</code>", id))
                                .orElse(Html.of("The whole item")),
                        waiver.checkId(),
                        Html.name(waiver.reason()),
                        Html.name(waiver.owner()),
                        waiver.at(),
                        Html.of("{} by {}", Show.day(waiver.at()), Html.name(waiver.by())),
                        waiver.until(),
                        Show.until(waiver.until(), asOf)));
    }
}
