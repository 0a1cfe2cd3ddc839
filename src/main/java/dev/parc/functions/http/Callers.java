package dev.parc.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import dev.parc.app.Settings;
import dev.parc.assessment.ledger.Sha256;
import dev.parc.functions.http.Caller.Role;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells who calls. With <a href="https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities">App
 * Service authentication</a> on, it is the Entra identity that the platform vouches for, and its app roles; nothing else
 * counts. With it off, the platform lets everybody's {@code X-MS-CLIENT-PRINCIPAL} through, so that header is not looked
 * at, and a key of PARC's settings is asked for. Without either nobody may do anything. On a desk only this machine can
 * call, and may do everything.
 */
public final class Callers {

    private static final String PRINCIPAL = "X-MS-CLIENT-PRINCIPAL";
    private static final String SIGN_IN = "/.auth/login/aad";
    private static final String KEY = "x-functions-key";
    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_NAME = 200;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OBJECT_ID =
            Set.of("oid", "http://schemas.microsoft.com/identity/claims/objectidentifier");
    private static final Set<String> NAME =
            Set.of("preferred_username", "name", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name");
    private static final Set<String> ROLES =
            Set.of("roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role");

    private Callers() {}

    /**
     * Who calls, if they may do this.
     *
     * @throws ProblemException with 401 if nobody can be told, with 403 if they may not, or if another site sent it
     */
    public static Caller require(HttpRequestMessage<?> request, Access access, Role role) {
        requireSameSite(request, access);
        Caller caller = of(request, access)
                .orElseThrow(() -> new ProblemException(Problem.UNAUTHENTICATED.reply(
                        access.settings().authentication()
                                ? "Sign in with Microsoft Entra ID and send the access token."
                                : "Send a key of PARC in the header x-functions-key.")));
        if (!caller.may(role)) {
            throw new ProblemException(Problem.FORBIDDEN.reply("This needs the role "
                    + role.name().charAt(0) + role.name().substring(1).toLowerCase(Locale.ROOT) + "."));
        }
        return caller;
    }

    /**
     * Where a browser goes to sign in and comes back from, if it asks for a page and nobody is signed in; empty for programs,
     * for keys and on a desk.
     *
     * @param back the page's own path and query, which this app made
     */
    public static Optional<Reply> signIn(HttpRequestMessage<?> request, Access access, String back) {
        boolean asks = !access.desk()
                && access.settings().authentication()
                && Http.header(request, PRINCIPAL).isEmpty()
                && Http.header(request, "Accept").orElse("").contains("text/html");
        return asks
                ? Optional.of(new Reply(302, "text/plain; charset=utf-8", "Sign in to see this page.")
                        .with(
                                "Location",
                                SIGN_IN + "?post_login_redirect_uri="
                                        + URLEncoder.encode(back, StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    /**
     * Refuses what a page of another site made the caller's browser send: the browser adds the platform's cookie, or reaches a
     * desk, without the caller knowing. What only reads changes nothing and is shown to nobody else.
     *
     * @throws ProblemException with 403 if the request changes something and may be of another site
     */
    private static void requireSameSite(HttpRequestMessage<?> request, Access access) {
        if (request.getHttpMethod() == HttpMethod.GET) {
            return;
        }
        Optional<String> site = Http.header(request, "Sec-Fetch-Site");
        Optional<String> origin = Http.header(request, "Origin");
        boolean other = site.filter(from -> !from.equals("same-origin")).isPresent()
                || origin.filter(from -> !isOwn(from, request, access)).isPresent();
        // every browser of today says where a request that changes something comes from
        boolean unsaid = site.isEmpty()
                && origin.isEmpty()
                && Http.header(request, "Cookie").isPresent();
        if (other || unsaid) {
            throw new ProblemException(
                    Problem.FORBIDDEN.reply(
                            "Pages of other sites cannot change anything here. Programs send a token or a key, and no cookie."));
        }
    }

    private static boolean isOwn(String origin, HttpRequestMessage<?> request, Access access) {
        URI uri = request.getUri();
        return Stream.concat(
                        Stream.of(uri.getScheme() + "://" + uri.getAuthority()),
                        access.settings().publicHost().stream().map(host -> "https://" + host))
                .anyMatch(origin::equalsIgnoreCase);
    }

    private static Optional<Caller> of(HttpRequestMessage<?> request, Access access) {
        if (access.desk()) {
            return Optional.of(new Caller("this machine", Role.OPERATOR));
        }
        return access.settings().authentication()
                ? Http.header(request, PRINCIPAL).flatMap(Callers::principal)
                : Http.header(request, KEY).flatMap(key -> keyHolder(key, access.settings()));
    }

    /** An Entra identity; one without a role of PARC's is known and may do nothing, which 403 says. */
    private static Optional<Caller> principal(String header) {
        JsonNode principal = decoded(header);
        if (!principal.path("auth_typ").asText().equalsIgnoreCase("aad")) {
            return Optional.empty();
        }
        List<String> ids = claims(principal, OBJECT_ID);
        if (ids.size() != 1) {
            return Optional.empty();
        }
        List<String> roles = claims(principal, ROLES);
        Optional<Role> role = Stream.of(Role.OPERATOR, Role.READER)
                .filter(each -> roles.stream().anyMatch(each.name()::equalsIgnoreCase))
                .findFirst();
        if (role.isEmpty()) {
            throw new ProblemException(
                    Problem.FORBIDDEN.reply("This identity has neither of the app roles Reader and Operator."));
        }
        String name = claims(principal, NAME).stream().findFirst().orElse("");
        return role.map(it ->
                new Caller(plain(name.isEmpty() ? ids.get(0) : name + " (" + ids.get(0) + ")"), plain(ids.get(0)), it));
    }

    private static JsonNode decoded(String header) {
        if (header.length() > LONGEST) {
            return JSON.missingNode();
        }
        try {
            return JSON.readTree(Base64.getDecoder().decode(header));
        } catch (IllegalArgumentException | java.io.IOException e) {
            return JSON.missingNode();
        }
    }

    private static List<String> claims(JsonNode principal, Set<String> types) {
        List<String> values = new ArrayList<>();
        principal.path("claims").forEach(claim -> {
            if (types.contains(claim.path("typ").asText())) {
                values.add(claim.path("val").asText());
            }
        });
        return values;
    }

    private static Optional<Caller> keyHolder(String key, Settings settings) {
        byte[] digest = Sha256.of(key);
        if (holds(settings.operatorKeys(), digest)) {
            return Optional.of(new Caller("operator key", Role.OPERATOR));
        }
        return holds(settings.readerKeys(), digest)
                ? Optional.of(new Caller("reader key", Role.READER))
                : Optional.empty();
    }

    private static boolean holds(Set<String> keys, byte[] digest) {
        return keys.stream()
                .anyMatch(known -> MessageDigest.isEqual(HexFormat.of().parseHex(known), digest));
    }

    /** In one line, and not too long: it is kept and shown. */
    private static String plain(String name) {
        String line = name.replaceAll("\\p{Cntrl}|\\p{Cf}", " ").strip();
        return line.substring(0, Math.min(LONGEST_NAME, line.length()));
    }
}
