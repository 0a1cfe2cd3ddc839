package dev.parc.assessment.change;

import dev.parc.assessment.ledger.Sha256;
import dev.parc.check.Finding;
import java.util.HexFormat;
import java.util.Locale;

/** What findings and changes are known by, in 32 hexadecimal digits and words that are safe in a path and in a key. */
public final class FindingKeys {

    private FindingKeys() {}

    /** What a finding is known by within its check: its subject, whatever it says. */
    public static String of(Finding finding) {
        return digest(finding.subjectType().json() + " " + finding.subjectId().toLowerCase(Locale.ROOT));
    }

    /** What a change is known by within its run. */
    public static String of(Change change) {
        return change.checkId() + "." + change.kind() + "."
                + change.finding()
                        .map(FindingKeys::of)
                        .or(() -> change.decision().map(FindingKeys::of))
                        .orElseGet(() -> digest(""));
    }

    private static String of(Change.Decision decision) {
        return digest(decision.statement()
                .map(statement -> "statement " + statement)
                .orElseGet(() -> "waiver " + decision.subject().orElse("").toLowerCase(Locale.ROOT)));
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(Sha256.of(text), 0, 16);
    }
}
