package dev.parc.collect.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.checkmembergroups.CheckMemberGroupsPostRequestBody;
import com.microsoft.kiota.RequestInformation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GraphRequestsTest {

    private static final URI ENDPOINT = URI.create("https://graph.microsoft.us");

    private final GraphServiceClient client = GraphRequests.client(ENDPOINT);

    @Test
    void aBuilderGivesPathAndQueryAtTheEndpoint() throws Exception {
        RequestInformation request = client.users().byUserId("7").toGetRequestInformation(configuration -> {
            Objects.requireNonNull(configuration.queryParameters).select = new String[] {"id", "displayName"};
        });
        assertThat(request.getUri()).hasToString("https://graph.microsoft.us/v1.0/users/7?%24select=id,displayName");
    }

    @Test
    void aPostCarriesItsBodyAsJson() throws Exception {
        CheckMemberGroupsPostRequestBody body = new CheckMemberGroupsPostRequestBody();
        body.setGroupIds(List.of("g1", "g2"));
        RequestInformation request =
                client.users().byUserId("7").checkMemberGroups().toPostRequestInformation(body);
        assertThat(new String(request.content.readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"groupIds\":[\"g1\",\"g2\"]}");
    }

    @Test
    void aBetaRequestHasItsOwnVersion() throws Exception {
        assertThat(GraphRequests.beta(ENDPOINT, "/organization?$select=id").getUri())
                .hasToString("https://graph.microsoft.us/beta/organization?$select=id");
    }

    @Test
    void theSdkItselfNeverSends() {
        assertThatThrownBy(() -> client.organization().get()).isInstanceOf(UnsupportedOperationException.class);
    }
}
