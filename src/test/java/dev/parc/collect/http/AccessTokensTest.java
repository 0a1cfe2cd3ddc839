package dev.parc.collect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.ClientAuthenticationException;
import dev.parc.collect.TenantException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class AccessTokensTest {

    private static final URI ENDPOINT = URI.create("https://graph.microsoft.us");

    private static TokenCredential credential(List<String> scopes, String token, Duration life) {
        return request -> {
            scopes.addAll(request.getScopes());
            return Mono.just(
                    new AccessToken(token, OffsetDateTime.now(ZoneOffset.UTC).plus(life)));
        };
    }

    private static String jwt(String claims) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return "e30." + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2ln";
    }

    @Test
    void theScopeIsThatOfTheEndpoint() {
        List<String> scopes = new ArrayList<>();
        new AccessTokens(ENDPOINT, credential(scopes, "t", Duration.ofHours(1))).token();
        assertThat(scopes).containsExactly("https://graph.microsoft.us/.default");
    }

    @Test
    void aGoodTokenIsKeptAndOneAboutToExpireIsNot() {
        List<String> asked = new ArrayList<>();
        AccessTokens kept = new AccessTokens(ENDPOINT, credential(asked, "t", Duration.ofHours(1)));
        kept.token();
        kept.token();
        assertThat(asked).hasSize(1);
        asked.clear();
        AccessTokens expiring = new AccessTokens(ENDPOINT, credential(asked, "t", Duration.ofMinutes(2)));
        expiring.token();
        expiring.token();
        assertThat(asked).hasSize(2);
    }

    @Test
    void theTokenTellsItsTenant() {
        String id = "11111111-2222-4333-8444-555555555555";
        assertThat(new AccessTokens(
                                ENDPOINT,
                                credential(new ArrayList<>(), jwt("{\"tid\":\"" + id + "\"}"), Duration.ofHours(1)))
                        .tenantId())
                .contains(id);
    }

    @Test
    void aTokenThatIsNoJwtOrNamesNoTenantTellsNothing() {
        for (String token : List.of("opaque", "a.%%%.c", "a..c", jwt("{}"), jwt("{\"tid\":\"../x\"}"), jwt("[1]"))) {
            assertThat(new AccessTokens(ENDPOINT, credential(new ArrayList<>(), token, Duration.ofHours(1))).tenantId())
                    .as(token)
                    .isEmpty();
        }
    }

    @Test
    void theTokenTellsTheAppAndWhenItEnds() {
        String id = "11111111-2222-4333-8444-555555555555";
        AccessTokens tokens = new AccessTokens(
                ENDPOINT, credential(new ArrayList<>(), jwt("{\"oid\":\"" + id + "\"}"), Duration.ofHours(20)));

        assertThat(tokens.bearer()).hasValueSatisfying(app -> {
            assertThat(app.objectId()).isEqualTo(id);
            assertThat(app.ends())
                    .isBetween(
                            Instant.now().plus(Duration.ofHours(19)),
                            Instant.now().plus(Duration.ofHours(20)));
        });
        for (String claims : List.of("{\"oid\":\"" + id + "\",\"scp\":\"x\"}", "{\"oid\":\"../users\"}", "{}")) {
            assertThat(new AccessTokens(ENDPOINT, credential(new ArrayList<>(), jwt(claims), Duration.ofHours(1)))
                            .bearer())
                    .as(claims)
                    .isEmpty();
        }
    }

    @Test
    void whatIsWithheldIsNotAskedFor() {
        List<String> asked = new ArrayList<>();
        AccessTokens tokens =
                AccessTokens.withheld(ENDPOINT, credential(asked, "t", Duration.ofHours(1)), "not granted yet");

        assertThat(tokens.withheld()).contains("not granted yet");
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                tokens::token, tokens::tenantId, tokens::bearer, tokens::applicationPermissions)) {
            assertThatThrownBy(use).isInstanceOf(TenantException.class).hasMessage("not granted yet");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aRefusedCredentialIsOneLineWithTheCodeOfEntra() {
        AccessTokens tokens = new AccessTokens(
                ENDPOINT,
                request -> Mono.error(new ClientAuthenticationException("AADSTS7000215: secret xyz\nTrace", null)));
        assertThatThrownBy(tokens::token)
                .isInstanceOf(TenantException.class)
                .hasMessageContaining("(AADSTS7000215)")
                .hasMessageNotContaining("xyz")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aCredentialThatNeverReachedEntraIsNone() {
        AccessTokens tokens = new AccessTokens(
                ENDPOINT,
                request ->
                        Mono.error(new ClientAuthenticationException("Managed Identity authentication failed", null)));
        assertThatThrownBy(tokens::token)
                .isInstanceOf(TenantException.class)
                .hasMessageStartingWith("no Azure credential was found: sign in with 'az login'");
    }
}
