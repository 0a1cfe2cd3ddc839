package dev.parc.functions.page;

import com.microsoft.azure.functions.HttpRequestMessage;
import dev.parc.assessment.ledger.Sha256;
import dev.parc.functions.http.Access;
import dev.parc.functions.http.Caller;
import dev.parc.functions.http.Http;
import dev.parc.functions.http.Problem;
import dev.parc.functions.http.ProblemException;
import dev.parc.functions.http.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One browser in which one person is signed in. A secret of its own is in a cookie that no script can read and no other site can make
 * the browser send with a form; every form of the page has a token that follows from the secret and from who is signed in. So a form
 * that comes without the page, or from the page of somebody else, is refused, whatever else lets it through. Nothing of it is kept
 * by PARC: any instance of the app knows a token when it sees one.
 */
final class Session {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final String SECRET = "=([0-9a-f]{64})(?:;|$)";

    private final String cookie;
    private final String secret;
    private final boolean isNew;
    private final boolean secure;
    private final Caller caller;

    private Session(String cookie, String secret, boolean isNew, boolean secure, Caller caller) {
        this.cookie = cookie;
        this.secret = secret;
        this.isNew = isNew;
        this.secure = secure;
        this.caller = caller;
    }

    /** That of a request, or a new one. */
    static Session of(HttpRequestMessage<?> request, Access access, Caller caller) {
        boolean secure = !access.desk();
        String cookie = secure ? "__Host-parc" : "parc-page";
        Optional<String> secret = Http.header(request, "Cookie")
                .map(header -> Pattern.compile("(?:^|; ?)" + cookie + SECRET).matcher(header))
                .filter(Matcher::find)
                .map(found -> found.group(1));
        return new Session(cookie, secret.orElseGet(Session::random), secret.isEmpty(), secure, caller);
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** What every form of the page has. */
    String token() {
        return HexFormat.of().formatHex(Sha256.of(secret + " of the page for " + caller.name()));
    }

    /**
     * Refuses a form that is not of a page of this session.
     *
     * @throws ProblemException with 403
     */
    void require(Form form) {
        byte[] sent = form.text("token").orElse("").getBytes(StandardCharsets.UTF_8);
        if (isNew || !MessageDigest.isEqual(sent, token().getBytes(StandardCharsets.UTF_8))) {
            throw new ProblemException(Problem.FORBIDDEN.reply(
                    "This form belongs to another browser session or user. Open the report again."));
        }
    }

    /** The reply with the cookie, if the browser has none yet. */
    Reply with(Reply reply) {
        return isNew
                ? reply.with(
                        "Set-Cookie",
                        cookie + "=" + secret + "; Path=/; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : ""))
                : reply;
    }
}
