package dev.parc.facts.directory;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.inTenantOf;
import static dev.parc.check.TenantBuilder.issuedBy;
import static dev.parc.check.TenantBuilder.withMail;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {

    private static final Account INVITED = account("hana.m_sato_fabrikam.com#EXT#@contoso.onmicrosoft.com");

    @Test
    void theAddressOfAnInvitationIsBehindTheLastUnderscore() {
        assertThat(INVITED.addresses()).containsExactly("hana.m_sato@fabrikam.com");
    }

    @Test
    void anAddressIsToldOnce() {
        assertThat(withMail(INVITED, "hana.m_sato@fabrikam.com", "hana@example.org", "none")
                        .addresses())
                .containsExactly("hana.m_sato@fabrikam.com", "hana@example.org");
    }

    @Test
    void anOrdinaryNameIsNoAddress() {
        assertThat(account("ann_admin@contoso.com").addresses()).isEmpty();
        assertThat(account("#EXT#@contoso.com").addresses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@outlook.com", "a@Hotmail.co.uk", "a@live.de", "a@MSN.com", "a@gmail.com", "a@me.com"})
    void mailServicesForPrivatePersonsAreKnown(String address) {
        assertThat(withMail(account("a@contoso.com"), address).personalAddresses())
                .containsExactly(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@outlook.contoso.com",
                "a@notoutlook.com",
                "a@live.contoso.co.uk",
                "a@microsoft.com",
                "outlook.com@contoso.com"
            })
    void whatOnlyLooksLikeOneIsNone(String address) {
        assertThat(withMail(account("a@contoso.com"), address).personalAddresses())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@contoso.onmicrosoft.com", "a@Contoso.OnMicrosoft.US", "a@contoso.partner.onmschina.cn"})
    void theDomainThatATenantIsCreatedWithIsKnownInEveryCloud(String name) {
        assertThat(account(name).onInitialDomain()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@contoso.com",
                "a@onmicrosoft.com",
                "a@contoso-onmicrosoft.com",
                "a@contoso.onmicrosoft.com.evil.test",
                "a@contoso.onmicrosoft.cn",
                "a_fabrikam.com#EXT#@contoso.onmicrosoft.us"
            })
    void whatOnlyLooksLikeSuchADomainIsNone(String name) {
        assertThat(account(name).onInitialDomain()).isFalse();
    }

    @Test
    void theInitialDomainIsWhatTheTenantSaysInACloudThatNobodyHasHeardOf() {
        Account inNewCloud = inTenantOf("contoso.onms.example", account("a@contoso.onms.example"));
        assertThat(inNewCloud.onInitialDomain()).isTrue();
        assertThat(issuedBy(inNewCloud, "contoso.onms.example").issuedByItsTenant())
                .isTrue();
        assertThat(inTenantOf("contoso.onms.example", account("a@fabrikam.onms.example"))
                        .onInitialDomain())
                .isFalse();
        assertThat(account("a@contoso.onms.example").onInitialDomain()).isFalse();
    }

    @Test
    void identitiesOfTheTenantAreToldFromThoseOfOthers() {
        assertThat(issuedBy(account("a@contoso.us"), "contoso.onmicrosoft.us").issuedByItsTenant())
                .isTrue();
        assertThat(issuedBy(account("a@contoso.us"), "contoso.onmicrosoft.us", "MicrosoftAccount")
                        .issuedByItsTenant())
                .isFalse();
        assertThat(account("a@contoso.us").issuedByItsTenant()).isFalse();
    }

    @Test
    void thisDirectoryIsNoForeignIssuer() {
        assertThat(issuedBy(INVITED, "Contoso.onmicrosoft.com", "ExternalAzureAD", "ExternalAzureAD")
                        .foreignIssuers())
                .containsExactly("ExternalAzureAD");
    }
}
