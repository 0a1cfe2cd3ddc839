package dev.parc.report.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.SubjectType;
import dev.parc.facts.directory.PrincipalType;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortalsTest {

    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final String ID = "aaaaaaaa-0000-0000-0000-00000000000A";

    @ParameterizedTest
    @CsvSource({
        "https://graph.microsoft.com, entra.microsoft.com, portal.azure.com",
        "https://GRAPH.microsoft.com/v1.0, entra.microsoft.com, portal.azure.com",
        "https://graph.microsoft.us, entra.microsoft.us, portal.azure.us",
        "https://dod-graph.microsoft.us, entra.microsoft.us, portal.azure.us",
        "https://microsoftgraph.chinacloudapi.cn, entra.microsoftonline.cn, portal.azure.cn"
    })
    void aTenantStandsInThePortalsOfItsCloud(URI graph, String entra, String azure) {
        Portals portals = Portals.of(Cloud.ofGraph(graph).orElseThrow(), TENANT);

        assertThat(portals.of(SubjectType.USER, ID))
                .hasValue("https://" + entra + "/" + TENANT
                        + "/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/" + ID);
        assertThat(portals.of(SubjectType.SUBSCRIPTION, ID))
                .hasValue("https://" + azure + "/#@" + TENANT + "/resource/subscriptions/" + ID + "/overview");
    }

    @Test
    void eachKindHasAPlaceOfItsOwn() {
        Portals portals = Portals.of(Cloud.PUBLIC, TENANT);
        String entra = "https://entra.microsoft.com/" + TENANT + "/#view/";

        assertThat(portals.of(SubjectType.GROUP, ID))
                .hasValue(entra + "Microsoft_AAD_IAM/GroupDetailsMenuBlade/~/Overview/groupId/" + ID);
        assertThat(portals.of(SubjectType.SERVICE_PRINCIPAL, ID))
                .hasValue(entra + "Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/" + ID);
        assertThat(portals.of(SubjectType.POLICY, ID))
                .hasValue(entra + "Microsoft_AAD_ConditionalAccess/PolicyBlade/policyId/" + ID);
        assertThat(portals.of(SubjectType.RESOURCE, "/subscriptions/" + ID + "/resourceGroups/a.b_(c)-d/x"))
                .hasValue("https://portal.azure.com/#@" + TENANT + "/resource/subscriptions/" + ID
                        + "/resourceGroups/a.b_(c)-d/x");
        assertThat(portals.of(SubjectType.TENANT, "tenant")).isEmpty();
        assertThat(portals.of(PrincipalType.UNKNOWN, ID)).isEmpty();
        assertThat(portals.of(PrincipalType.GROUP, ID)).isEqualTo(portals.of(SubjectType.GROUP, ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "javascript:alert(1)",
                ID + "/../..",
                ID + "#",
                ID + "\n",
                "https://evil.example/",
                "/subscriptions/x",
                "//evil.example/subscriptions/" + ID,
                "/subscriptions/" + ID + "/a?b",
                "/subscriptions/" + ID + "/<script>"
            })
    void whatIsNoIdOfMicrosoftsHasNoAddress(String id) {
        for (SubjectType type : SubjectType.values()) {
            assertThat(Portals.of(Cloud.PUBLIC, TENANT).of(type, id)).isEmpty();
        }
    }

    @Test
    void aTenantWhoseIdIsNoneIsNotNamed() {
        assertThat(Portals.of(Cloud.PUBLIC, "x\"><script>").of(SubjectType.USER, ID))
                .hasValue("https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade"
                        + "/~/overview/userId/" + ID);
    }

    @ParameterizedTest
    @EnumSource
    void ofAnUnknownCloudNothingHasAnAddress(SubjectType type) {
        assertThat(Cloud.ofGraph(URI.create("http://127.0.0.1:8080"))).isEmpty();
        assertThat(Cloud.ofGraph(URI.create("https://graph.microsoft.com.evil.example")))
                .isEqualTo(Optional.empty());
        assertThat(Portals.NONE.of(type, ID)).isEmpty();
    }
}
