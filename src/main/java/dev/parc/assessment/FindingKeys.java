package dev.parc.assessment;

import dev.parc.check.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
                + change.finding().map(FindingKeys::of).orElseGet(() -> digest(change.message()));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
