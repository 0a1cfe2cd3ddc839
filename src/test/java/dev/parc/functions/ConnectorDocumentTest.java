package dev.parc.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorDocumentTest {

    private static final URI ADDRESS = URI.create("https://parc.example/api");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.microsoftonline.com",
                "https://login.microsoftonline.us",
                "https://login.chinacloudapi.cn",
                "https://login.microsoftonline.us/"
            })
    void callersSignInWithTheirOwnCloud(String authority) {
        JsonNode entra = ConnectorDocument.of(OpenApi.at(ADDRESS), ADDRESS, Optional.of(URI.create(authority)))
                .at("/securityDefinitions/entra");
        String host = URI.create(authority).getHost();

        assertThat(entra.path("authorizationUrl").asText()).isEqualTo("https://" + host + "/common/oauth2/authorize");
        assertThat(entra.path("tokenUrl").asText()).isEqualTo("https://" + host + "/common/oauth2/token");
    }

    @Test
    void withoutEntraTheyHaveAKey() {
        assertThat(ConnectorDocument.of(OpenApi.at(ADDRESS), ADDRESS, Optional.empty())
                        .path("securityDefinitions")
                        .fieldNames())
                .toIterable()
                .containsExactly("key");
    }
}
