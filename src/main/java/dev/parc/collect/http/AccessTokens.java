package dev.parc.collect.http;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.TenantException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Access tokens for one endpoint, kept until shortly before they expire. */
public final class AccessTokens {

    /**
     * The identity of an app that a token was given to.
     *
     * @param objectId that of its service principal
     * @param ends when the token expires, and with it what it says of the app's permissions
     */
    public record Bearer(String objectId, Instant ends) {}

    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final Pattern ENTRA_ERROR = Pattern.compile("AADSTS\\d+");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final TokenCredential credential;
    private final TokenRequestContext context;
    private final Optional<String> withheld;
    private @Nullable AccessToken kept;

    public AccessTokens(URI endpoint, TokenCredential credential) {
        this(endpoint, credential, Optional.empty());
    }

    private AccessTokens(URI endpoint, TokenCredential credential, Optional<String> withheld) {
        this.credential = credential;
        this.context = new TokenRequestContext().addScopes(endpoint.resolve("/") + ".default");
        this.withheld = withheld;
    }

    /**
     * None: the credential is not asked for a token, because what it gave now would be kept for long.
     *
     * @param reason why, and what ends it
     */
    public static AccessTokens withheld(URI endpoint, TokenCredential credential, String reason) {
        return new AccessTokens(endpoint, credential, Optional.of(reason));
    }

    /** Why the credential is not asked for a token; empty where it is. */
    public Optional<String> withheld() {
        return withheld;
    }

    /**
     * A token that is still good for some minutes.
     *
     * @throws TenantException if there is no credential, or it is refused or withheld
     */
    public synchronized String token() {
        return current().getToken();
    }

    private synchronized AccessToken current() {
        withheld.ifPresent(reason -> {
            throw new TenantException(reason);
        });
        AccessToken token = kept;
        if (token == null
                || token.getExpiresAt()
                        .isBefore(OffsetDateTime.now(ZoneOffset.UTC).plus(MARGIN))) {
            token = fetch();
            kept = token;
        }
        return token;
    }

    /** The id of the tenant that the token is for, where the token tells. */
    public Optional<String> tenantId() {
        return claims().map(claims -> claims.path("tid").asText())
                .filter(id -> GUID.matcher(id).matches());
    }

    /** The application permissions that the token carries; empty if it is a person's, or does not tell. */
    public Optional<Set<String>> applicationPermissions() {
        return claims().filter(claims -> !claims.has("scp")).map(claims -> {
            Set<String> roles = new TreeSet<>();
            claims.path("roles").forEach(role -> roles.add(role.asText()));
            return roles;
        });
    }

    /** The app that the token was given to; empty if it is a person's, or does not tell. */
    public Optional<Bearer> bearer() {
        Instant ends = current().getExpiresAt().toInstant();
        return claims().filter(claims -> !claims.has("scp"))
                .map(claims -> claims.path("oid").asText())
                .filter(id -> GUID.matcher(id).matches())
                .map(id -> new Bearer(id, ends));
    }

    private Optional<JsonNode> claims() {
        String[] parts = token().split("\\.", -1);
        try {
            return Optional.of(parts)
                    .filter(three -> three.length == 3)
                    .map(three -> new String(Base64.getUrlDecoder().decode(three[1]), StandardCharsets.UTF_8))
                    .flatMap(JsonBody::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a token is opaque to its bearer: one that is no JWT tells nothing
        }
    }

    private AccessToken fetch() {
        try {
            AccessToken token = credential.getTokenSync(context);
            if (token != null) {
                return token;
            }
        } catch (ClientAuthenticationException e) {
            throw entraError(e).isEmpty() ? none(e) : refused(e);
        } catch (RuntimeException e) {
            throw new TenantException(
                    "no access token could be had" + entraError(e)
                            + ": check the network and AZURE_AUTHORITY_HOST, then sign in again with 'az login'",
                    e);
        }
        throw new TenantException("the Azure credential gave no access token: sign in again with 'az login'");
    }

    /** Entra gives a number to what it refuses; without one no kind of credential got as far as asking it. */
    private static TenantException none(ClientAuthenticationException e) {
        return new TenantException(
                "no Azure credential was found: sign in with 'az login', or set AZURE_CLIENT_ID, AZURE_TENANT_ID and"
                        + " AZURE_CLIENT_SECRET, or run where there is a managed identity; if you did, Microsoft Entra ID"
                        + " could not be reached",
                e);
    }

    private static TenantException refused(ClientAuthenticationException e) {
        return new TenantException(
                "Microsoft Entra ID refused the Azure credential" + entraError(e)
                        + ": sign in again with 'az login', or check AZURE_TENANT_ID, AZURE_CLIENT_ID and the secret or"
                        + " certificate",
                e);
    }

    private static String entraError(RuntimeException e) {
        Matcher code = ENTRA_ERROR.matcher(String.valueOf(e.getMessage()));
        return code.find() ? " (" + code.group() + ")" : "";
    }
}
