package dev.parc.collect.graph;

import static dev.parc.collect.graph.GraphApi.BETA;
import static dev.parc.collect.graph.GraphApi.V1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.microsoft.graph.users.item.checkmembergroups.CheckMemberGroupsPostRequestBody;
import com.microsoft.kiota.RequestInformation;
import dev.parc.collect.http.RequestTarget;
import dev.parc.collect.http.WireRequest;
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

    private static GraphRequest ownersOf(String group) {
        return GraphRequest.of(V1.groups().byGroupId(group).owners().toGetRequestInformation());
    }

    private static GraphRequest checkMemberGroups(CheckMemberGroupsPostRequestBody body) {
        return GraphRequest.of(V1.users().byUserId("7").checkMemberGroups().toPostRequestInformation(body));
    }

    @Test
    void aGetIsPathAndQueryAtTheEndpoint() {
        GraphRequest request = GraphRequest.of(V1.users().byUserId("7").toGetRequestInformation(it -> {
            it.queryParameters.select = new String[] {"id", "displayName"};
            it.queryParameters.expand = new String[] {"manager"};
        }));
        assertThat(request.at(ENDPOINT))
                .isEqualTo(WireRequest.get(
                        URI.create("https://graph.microsoft.us/v1.0/users/7?$expand=manager&$select=id,displayName")));
        assertThat(request.version()).isEqualTo("v1.0");
    }

    @Test
    void anOptionIsEncodedButForItsCommas() {
        assertThat(sent(GraphRequest.of(V1.policies()
                        .roleManagementPolicyAssignments()
                        .toGetRequestInformation(it -> {
                            it.queryParameters.filter = "scopeId eq '/' and a eq 'b&c=d#e+f%g'";
                            it.queryParameters.expand = new String[] {"policy($expand=rules)", "x"};
                        }))))
                .isEqualTo("https://graph.microsoft.us/v1.0/policies/roleManagementPolicyAssignments"
                        + "?$expand=policy%28%24expand%3Drules%29,x"
                        + "&$filter=scopeId%20eq%20%27%2F%27%20and%20a%20eq%20%27b%26c%3Dd%23e%2Bf%25g%27");
    }

    @Test
    void textInAFilterCannotEndItsLiteral() {
        GraphRequest request = GraphRequest.of(V1.users()
                .toGetRequestInformation(
                        it -> it.queryParameters.filter = "a eq " + GraphRequest.literal("x' or '1' eq '1")));
        assertThat(RequestTarget.of(request.pathAndQuery()).query())
                .containsEntry("$filter", "a eq 'x'' or ''1'' eq ''1'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a?b", "a#b", "../x", "%2e%2e", "ä b", "a\\b", "...", "{id}", "$1", "a~b*c", ";v=1"})
    void aKeyStaysOneSegment(String key) {
        URI uri = ownersOf(key).at(ENDPOINT).uri();
        assertThat(uri.getRawPath()).matches("/v1\\.0/groups/[A-Za-z0-9._~%-]+/owners");
        assertThat(RequestTarget.of(uri).path()).isEqualTo("/v1.0/groups/" + key + "/owners");
        assertThat(uri.getHost()).isEqualTo("graph.microsoft.us");
        assertThat(uri.getRawQuery()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void aKeyThatWouldChangeThePathIsRefused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> ownersOf(key));
        RequestInformation last = V1.groups().byGroupId(key).toGetRequestInformation();
        assertThatIllegalArgumentException().isThrownBy(() -> GraphRequest.of(last));
    }

    @Test
    void aPostCarriesItsBodyAsJson() {
        CheckMemberGroupsPostRequestBody body = new CheckMemberGroupsPostRequestBody();
        body.setGroupIds(List.of("g1", "\"g2"));
        assertThat(checkMemberGroups(body).at(ENDPOINT))
                .isEqualTo(new WireRequest(
                        "POST",
                        URI.create("https://graph.microsoft.us/v1.0/users/7/checkMemberGroups"),
                        Map.of("content-type", "application/json"),
                        "{\"groupIds\":[\"g1\",\"\\\"g2\"]}"));
    }

    @Test
    void aBodyWithWhatTheSdkDoesNotKnowIsRefused() {
        CheckMemberGroupsPostRequestBody body = new CheckMemberGroupsPostRequestBody();
        body.setAdditionalData(Map.of("x", 1));
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> checkMemberGroups(body));
    }

    @Test
    void theSdkSendsNothing() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> V1.users().get());
    }

    @Test
    void betaIsTheSamePathInAnotherVersion() {
        GraphRequest request = GraphRequest.of(BETA.reports()
                .authenticationMethods()
                .userRegistrationDetails()
                .toGetRequestInformation(it -> it.queryParameters.select = new String[] {"id"}));
        assertThat(sent(request))
                .isEqualTo("https://graph.microsoft.us/beta/reports/authenticationMethods/userRegistrationDetails"
                        + "?$select=id");
        assertThat(request.version()).isEqualTo("beta");
        assertThat(request.throttleClass()).isEqualTo(ThrottleClass.REPORTS);
    }

    @Test
    void whatOnlyBetaHasIsAskedInTheSameWords() {
        assertThat(sent(GraphRequest.of(BetaOnly.EXCHANGE_ROLE_ASSIGNMENTS.toGetRequestInformation(
                        Map.of("$expand", "roleDefinition", "$filter", "a eq 'b'")))))
                .isEqualTo("https://graph.microsoft.us/beta/roleManagement/exchange/roleAssignments"
                        + "?$expand=roleDefinition&$filter=a%20eq%20%27b%27");
    }

    @Test
    void onePageAndUsersAreNotSent() {
        GraphRequest request = GraphRequest.of(
                V1.reports().getOffice365ActiveUserDetailWithPeriod("D90").toGetRequestInformation());
        GraphRequest of = request.firstPage().ofUsers(Set.of("a@contoso.com"));
        assertThat(sent(of))
                .isEqualTo(sent(request))
                .endsWith("/v1.0/reports/getOffice365ActiveUserDetail(period='D90')");
        assertThat(of.whole()).isFalse();
        assertThat(of.at(ENDPOINT).users()).containsExactly("a@contoso.com");
        assertThat(of.throttleClass()).isEqualTo(ThrottleClass.USAGE_REPORTS);
    }
}
