package dev.parc.facts;

import dev.parc.analysis.administrators.NewAdministrator;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Somebody knows of a new administrator.
 *
 * @param principalId the object id of who holds the role
 * @param name its name at that time
 * @param roleId the role's template id, or the id of a custom role
 * @param scope where it is held, {@code /} for the whole directory
 * @param since the start that is acknowledged, as {@link NewAdministrator#since()} has it: who is given the role again opens anew
 * @param by who acknowledged it
 * @param reason why that is right
 */
public record Acknowledgement(
        String principalId,
        String name,
        String roleId,
        String scope,
        Instant since,
        String by,
        Instant at,
        String reason) {
    private static final Pattern OTHER = Pattern.compile("[^a-z0-9-]");

    /** An object id; two of them and a time fit into half of a key. */
    private static final int LONGEST = 36;

    /** The key of who holds the role there since then, of characters that a path and a ledger take. */
    public static String key(String principalId, String roleId, String scope, Instant since) {
        String place = scope.substring(scope.lastIndexOf('/') + 1);
        return plain(principalId)
                + "."
                + plain(roleId)
                + "-"
                + since.toEpochMilli()
                + (place.isEmpty() ? "" : "-" + plain(place));
    }

    /** Ids are lower-case hexadecimal with hyphens anyway. */
    private static String plain(String id) {
        String plain = OTHER.matcher(id.toLowerCase(Locale.ROOT)).replaceAll("-");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }
}
