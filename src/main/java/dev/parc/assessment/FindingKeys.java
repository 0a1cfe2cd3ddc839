package dev.parc.assessment;

import dev.parc.check.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** What a finding is known by within its check: its subject, whatever it says. */
public final class FindingKeys {

    private FindingKeys() {}

    /** 32 hexadecimal digits, the same for the same subject, safe in a path and in a key. */
    public static String of(Finding finding) {
        String subject =
                finding.subjectType().json() + " " + finding.subjectId().toLowerCase(Locale.ROOT);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What a change is known by within its run. */
    public static String of(Change change) {
        return change.checkId() + "." + change.kind() + "."
                + change.finding().map(FindingKeys::of).orElse("item");
    }
}
