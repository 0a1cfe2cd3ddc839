package dev.parc.report.html;

import dev.parc.assessment.change.Change;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is different from the earlier run. */
final class ChangesSection {

    /** What a lead must hear of before the rest, the most urgent last. */
    private static final List<Change.Kind> URGENT = List.of(
            Change.Kind.IMPROVED,
            Change.Kind.WAIVER_ENDED,
            Change.Kind.ATTESTATION_ENDED,
            Change.Kind.REGRESSED,
            Change.Kind.NEW_ADMINISTRATOR,
            Change.Kind.LOST_MFA);

    private final Optional<ReportInput.Earlier> earlier;
    private final PortalLinks places;

    ChangesSection(Optional<ReportInput.Earlier> earlier, PortalLinks places) {
        this.earlier = earlier;
        this.places = places;
    }

    /** In which direction a change goes. */
    private enum Direction {
        WORSE("worse", "▲"),
        SOON("review", "!"),
        BETTER("better", "✓");

        private final String css;
        private final String sign;

        Direction(String css, String sign) {
            this.css = css;
            this.sign = sign;
        }

        static Direction of(Change change) {
            return switch (change.kind()) {
                case RESOLVED, ACKNOWLEDGED, IMPROVED -> BETTER;
                case ATTESTATION_ENDING, WAIVER_ENDING -> SOON;
                default -> WORSE;
            };
        }
    }

    /** What got worse first, in it what is urgent, then the gravest. */
    static List<Change> gravestFirst(List<Change> changes) {
        return changes.stream()
                .sorted(Comparator.comparing(Direction::of)
                        .thenComparing(change -> URGENT.indexOf(change.kind()), Comparator.reverseOrder())
                        .thenComparing(Change::severity)
                        .thenComparing(Change::checkId))
                .toList();
    }

    /** How many of each kind there are. */
    static Html tally(List<Change> changes) {
        if (changes.isEmpty()) {
            return Html.of("Nothing changed.");
        }
        return Stream.of(Change.Kind.values())
                .map(kind -> changes.stream().filter(it -> it.kind() == kind).toList())
                .filter(some -> !some.isEmpty())
                .sorted(Comparator.comparing(some -> Direction.of(some.get(0))))
                .map(some -> Html.of(
                        "<span class=\"{}\"><b>{}</b> {}</span>",
                        Direction.of(some.get(0)).css,
                        some.size(),
                        plural(some.get(0).kind(), some.size())))
                .collect(Html.joined(" "));
    }

    private static String plural(Change.Kind kind, int count) {
        boolean one = count == 1;
        return switch (kind) {
            case NEW -> one ? "new finding" : "new findings";
            case REOPENED -> one ? "finding reopened" : "findings reopened";
            case RESOLVED -> one ? "finding resolved" : "findings resolved";
            case REGRESSED -> one ? "item no longer met" : "items no longer met";
            case IMPROVED -> one ? "item now met" : "items now met";
            case NEW_ADMINISTRATOR -> one ? "new administrator" : "new administrators";
            case ACKNOWLEDGED -> one ? "new administrator acknowledged" : "new administrators acknowledged";
            case LOST_MFA -> one ? "administrator lost MFA" : "administrators lost MFA";
            case ATTESTATION_ENDING -> one ? "attestation ends soon" : "attestations end soon";
            case ATTESTATION_ENDED -> one ? "attestation ended" : "attestations ended";
            case WAIVER_ENDING -> one ? "waiver ends soon" : "waivers end soon";
            case WAIVER_ENDED -> one ? "waiver ended" : "waivers ended";
            case RUN_DELETED -> one ? "answer withdrawn" : "answers withdrawn";
        };
    }

    /** One change in a list. */
    static Html line(Change change, PortalLinks places) {
        return Html.of("<li>{} {} {}</li>\n", badge(change), HtmlFormat.item(change.checkId()), words(change, places));
    }

    private static Html badge(Change change) {
        Direction direction = Direction.of(change);
        return HtmlFormat.badge(direction.css, direction.sign, kind(change));
    }

    private static String kind(Change change) {
        return switch (change.kind()) {
            case REGRESSED -> "Worse";
            case IMPROVED -> "Better";
            case LOST_MFA -> "Lost MFA";
            default -> HtmlFormat.sentence(change.kind().name());
        };
    }

    private static Html words(Change change, PortalLinks places) {
        return change.finding()
                .map(finding -> Html.of("{} {}", HtmlFormat.subject(finding, places), places.in(change.message())))
                .orElseGet(() -> places.in(change.message()));
    }

    Html html() {
        if (earlier.isEmpty() || earlier.get().changes().isEmpty()) {
            return Html.NONE;
        }
        List<Change> changes = gravestFirst(earlier.get().changes());
        return Html.of(
                """
                <section aria-labelledby="changes">
                <h2 id="changes">What changed <small>since the run of {}</small></h2>
                <div class="panel">{}</div>
                </section>
                """,
                HtmlFormat.moment(earlier.get().at()),
                DataTable.of(
                        DataTable.FEW,
                        "Changes",
                        "change",
                        "changes",
                        List.of("What", "Item", "Change", "Severity"),
                        changes,
                        change -> Html.of(
                                """
                                <th scope="row">{}</th><td>{}</td><td data-key="{}">{}</td><td data-key="{}">{}</td>""",
                                words(change, places),
                                HtmlFormat.item(change.checkId()),
                                HtmlFormat.rank(Direction.of(change)),
                                badge(change),
                                HtmlFormat.rank(change.severity()),
                                HtmlFormat.severity(change.severity()))));
    }
}
