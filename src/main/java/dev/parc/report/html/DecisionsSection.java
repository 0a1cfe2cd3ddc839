package dev.parc.report.html;

import dev.parc.assessment.Assessment;
import dev.parc.assessment.CheckResult;
import dev.parc.assessment.decision.SignedStatement;
import dev.parc.assessment.decision.Waiver;
import dev.parc.check.Finding;
import dev.parc.facts.Attestation;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What people decided: statements that they attest, findings that they live with, and until when. */
final class DecisionsSection {

    /** A statement with the item that it is kept under, which can be another one than it answers. */
    record Attested(String checkId, SignedStatement signed) {}

    /** A waiver with what was found of its subject, if the answer that it is about has that. */
    record Waived(Waiver waiver, Optional<Finding> found) {}

    private final List<Attested> attested;
    private final List<Waived> waivers;
    private final LocalDate asOf;

    private final PortalLinks places;

    DecisionsSection(Assessment assessment, PortalLinks places) {
        this.places = places;
        this.attested = assessment.results().stream()
                .flatMap(result -> attested(result).stream())
                .distinct()
                .sorted(Comparator.comparing(it -> it.signed().attestation().validUntil()))
                .toList();
        this.waivers = assessment.results().stream()
                .flatMap(result -> waived(result).stream())
                .sorted(Comparator.comparing(it -> it.waiver().until()))
                .toList();
        this.asOf = HtmlFormat.date(assessment.takenAt());
    }

    /** What people attest about one item. */
    static List<Attested> attested(CheckResult result) {
        return result.attestations().stream()
                .map(it -> new Attested(it.attestation().item(), it))
                .toList();
    }

    /** What is waived of one item. */
    static List<Waived> waived(CheckResult result) {
        return result.waivers().stream()
                .map(waiver -> new Waived(
                        waiver,
                        waiver.subject()
                                .flatMap(id -> result.findings().stream()
                                        .filter(finding -> finding.subjectId().equalsIgnoreCase(id))
                                        .findFirst())))
                .toList();
    }

    Html html() {
        if (attested.isEmpty() && waivers.isEmpty()) {
            return Html.NONE;
        }
        return Html.of(
                """
                <section aria-labelledby="decisions">
                <h2 id="decisions">Attestations and waivers <small>soonest end first</small></h2>
                <div class="panel">{}{}</div>
                </section>
                """,
                Html.of("<h3>Attestations</h3>\n{}", attestations("the run", attested, asOf))
                        .when(!attested.isEmpty()),
                Html.of("<h3>Waivers</h3>\n{}", waivers("the run", waivers, asOf, places))
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
                    Attestation said = one.signed().attestation();
                    return Html.of(
                            """
                            <th scope="row">{}</th><td>{}</td><td>{}</td><td data-key="{}">{}</td><td data-key="{}">{}</td><td>{}{}</td>""",
                            Html.name(one.signed().words()),
                            HtmlFormat.item(one.checkId()),
                            Html.name(said.by()),
                            said.at(),
                            HtmlFormat.day(said.at()),
                            said.validUntil(),
                            HtmlFormat.until(said.validUntil(), asOf),
                            said.evidence().map(Html::link).orElse(Html.NONE),
                            Html.of("<p>{}</p>", Html.name(said.note()))
                                    .when(!said.note().isEmpty()));
                });
    }

    static Html waivers(String of, List<Waived> waivers, LocalDate asOf, PortalLinks places) {
        return DataTable.of(
                "Waivers of " + of,
                "waiver",
                "waivers",
                List.of("Subject", "Item", "Reason", "Owner", "Recorded", "Until"),
                waivers,
                one -> {
                    Waiver waiver = one.waiver();
                    return Html.of(
                            """
                            <th scope="row">{}{}</th><td>{}</td><td>{}</td><td>{}</td><td data-key="{}">{}</td><td data-key="{}">{}</td>""",
                            one.found()
                                    .map(it -> HtmlFormat.subject(it, places))
                                    .orElse(Html.NONE),
                            waiver.subject()
                                    .map(id -> Html.of("<code>{}</code>", id))
                                    .orElse(Html.of("The whole item")),
                            HtmlFormat.item(waiver.checkId()),
                            Html.name(waiver.reason()),
                            Html.name(waiver.owner()),
                            waiver.at(),
                            Html.of("{} by {}", HtmlFormat.day(waiver.at()), Html.name(waiver.by())),
                            waiver.until(),
                            HtmlFormat.until(waiver.until(), asOf));
                });
    }
}
