package dev.parc.collect.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parc.collect.wire.RequestTarget;
import dev.parc.collect.wire.WireRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphRequestTest {

    private static final URI ENDPOINT = URI.create("https://graph.microsoft.us");

    private static String sent(GraphRequest request) {
        return request.at(ENDPOINT).uri().toString();
    }

    @Test
    void aGetIsPathAndQueryAtTheEndpoint() {
        GraphRequest request =
                GraphRequest.get("/users/{id}", "7").select("id", "displayName").top(5);
        assertThat(request.at(ENDPOINT))
                .isEqualTo(WireRequest.get(
                        URI.create("https://graph.microsoft.us/v1.0/users/7?$select=id,displayName&$top=5")));
        assertThat(request.version()).isEqualTo("v1.0");
    }

    @Test
    void anOptionIsEncodedButForItsCommas() {
        assertThat(sent(GraphRequest.get("/policies/roleManagementPolicyAssignments")
                        .filter("scopeId eq '/' and a eq 'b&c=d#e+f%g'")
                        .expand("policy($expand=rules)", "x")))
                .isEqualTo("https://graph.microsoft.us/v1.0/policies/roleManagementPolicyAssignments"
                        + "?$expand=policy%28%24expand%3Drules%29,x"
                        + "&$filter=scopeId%20eq%20%27%2F%27%20and%20a%20eq%20%27b%26c%3Dd%23e%2Bf%25g%27");
    }

    @Test
    void theOrderOfOptionsDoesNotMatter() {
        assertThat(GraphRequest.get("/users").top(1).select("id"))
                .isEqualTo(GraphRequest.get("/users").select("id").top(1));
    }

    @Test
    void textInAFilterCannotEndItsLiteral() {
        GraphRequest request = GraphRequest.get("/users").filter("a eq {a} and b eq {b}", "x' or '1' eq '1", "$1\\{b}");
        assertThat(request.query()).containsEntry("$filter", List.of("a eq 'x'' or ''1'' eq ''1' and b eq '$1\\{b}'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a?b", "a#b", "../x", "%2e%2e", "ä b", "a\\b", "...", "{id}", "$1", "a~b*c", ";v=1"})
    void aKeyStaysOneSegment(String key) {
        URI uri = GraphRequest.get("/users/{id}/owners", key).at(ENDPOINT).uri();
        assertThat(uri.getRawPath()).matches("/v1\\.0/users/[A-Za-z0-9._~%-]+/owners");
        assertThat(RequestTarget.of(uri).path()).isEqualTo("/v1.0/users/" + key + "/owners");
        assertThat(uri.getHost()).isEqualTo("graph.microsoft.us");
        assertThat(uri.getRawQuery()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void aKeyThatWouldChangeThePathIsRefused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> GraphRequest.get("/domains/{id}/owners", key));
    }

    @Test
    void everyPlaceTakesOneText() {
        assertThatIllegalArgumentException().isThrownBy(() -> GraphRequest.get("/users/{id}"));
        assertThatIllegalArgumentException().isThrownBy(() -> GraphRequest.get("/users/{id}", "1", "2"));
        GraphRequest users = GraphRequest.get("/users");
        assertThatIllegalArgumentException().isThrownBy(() -> users.filter("id eq {id}"));
        assertThatIllegalArgumentException().isThrownBy(() -> users.filter("id eq '1'", "2"));
        assertThatIllegalArgumentException().isThrownBy(() -> GraphRequest.get("users"));
    }

    @Test
    void aPostCarriesItsBodyAsJson() {
        assertThat(GraphRequest.post("/users/{id}/checkMemberGroups", Map.of("groupIds", List.of("g1", "g2")), "7")
                        .at(ENDPOINT))
                .isEqualTo(new WireRequest(
                        "POST",
                        URI.create("https://graph.microsoft.us/v1.0/users/7/checkMemberGroups"),
                        Map.of("content-type", "application/json"),
                        "{\"groupIds\":[\"g1\",\"g2\"]}"));
    }

    @Test
    void aPathThatSaysSoIsOfBeta() {
        GraphRequest request = GraphRequest.get("/beta/reports/x").select("id");
        assertThat(sent(request)).isEqualTo("https://graph.microsoft.us/beta/reports/x?$select=id");
        assertThat(request.version()).isEqualTo("beta");
        assertThat(request.throttleClass()).isEqualTo(ThrottleClass.REPORTS);
    }

    @Test
    void onePageAndUsersAreNotSent() {
        GraphRequest request = GraphRequest.get("/reports/getOffice365ActiveUserDetail(period='D90')");
        GraphRequest of = request.firstPage().ofUsers(Set.of("a@contoso.com"));
        assertThat(sent(of))
                .isEqualTo(sent(request))
                .endsWith("/v1.0/reports/getOffice365ActiveUserDetail(period='D90')");
        assertThat(of.whole()).isFalse();
        assertThat(of.at(ENDPOINT).users()).containsExactly("a@contoso.com");
    }
}
