package dev.parc.collect.graph.reader;

import static dev.parc.facts.FactKind.AUTHENTICATION_METHODS_POLICY;
import static dev.parc.facts.FactKind.AUTHENTICATION_STRENGTHS;
import static dev.parc.facts.FactKind.INBOUND_TRUST;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static dev.parc.facts.FactKind.SECURITY_DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.collect.FakeTenant;
import dev.parc.facts.policies.AuthenticationMethods;
import dev.parc.facts.policies.AuthenticationStrength;
import dev.parc.facts.policies.InboundTrust;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.policies.SecurityDefaults;
import dev.parc.facts.roles.DirectoryRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

    private static final String ID = FakeTenant.id("location");

    private final FakeTenant tenant = FakeTenant.licensed();

    private NamedLocation location(String json) {
        tenant.add(
                "/identity/conditionalAccess/namedLocations",
                FakeTenant.json(json).put("id", ID).put("displayName", "here"));
        return Readings.of(tenant, NAMED_LOCATIONS).only(NAMED_LOCATIONS, NamedLocation.class);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void securityDefaultsAreOnOrOff(boolean on) {
        tenant.securityDefaults().put("isEnabled", on);
        assertThat(Readings.of(tenant, SECURITY_DEFAULTS).only(SECURITY_DEFAULTS, SecurityDefaults.class))
                .isEqualTo(new SecurityDefaults(on));
    }

    @Test
    void securityDefaultsThatDoNotSayAreUnread() {
        tenant.securityDefaults().remove("isEnabled");
        assertThat(Readings.of(tenant, SECURITY_DEFAULTS).unread(SECURITY_DEFAULTS))
                .isEqualTo("security defaults came without isEnabled");
    }

    @Test
    void authenticationMethodsAreReadWithWhatIsEnabled() {
        tenant.authenticationMethods("Fido2", "Sms");
        AuthenticationMethods methods = Readings.of(tenant, AUTHENTICATION_METHODS_POLICY)
                .only(AUTHENTICATION_METHODS_POLICY, AuthenticationMethods.class);
        assertThat(methods.enabled()).containsExactlyInAnyOrder("Fido2", "Sms");
        assertThat(methods.known()).contains("X509Certificate", "Fido2");
        assertThat(methods.passkeys()).isTrue();
        assertThat(methods.certificates()).isFalse();
    }

    @Test
    void authenticationMethodsAreReadWithForWhomTheyAre() {
        String group = FakeTenant.id("keys");
        tenant.authenticationMethods("Fido2", "Sms");
        ObjectNode policy = tenant.authenticationMethodsPolicy();
        ObjectNode keys = (ObjectNode)
                policy.withArray("authenticationMethodConfigurations").get(0);
        keys.set(
                "includeTargets",
                FakeTenant.json("{x:[{targetType:'group', id:'" + group + "'}]}")
                        .get("x"));
        keys.set(
                "excludeTargets",
                FakeTenant.json("{x:[{targetType:'group', id:'" + FakeTenant.id("lost") + "'}]}")
                        .get("x"));
        AuthenticationMethods methods = Readings.of(tenant, AUTHENTICATION_METHODS_POLICY)
                .only(AUTHENTICATION_METHODS_POLICY, AuthenticationMethods.class);
        assertThat(methods.migrated()).isTrue();
        assertThat(methods.targets())
                .containsEntry("Fido2", new AuthenticationMethods.Targets(Set.of(group), Set.of(FakeTenant.id("lost"))))
                .containsEntry("Sms", new AuthenticationMethods.Targets(Set.of("all_users"), Set.of()));
        assertThat(methods.groups()).containsExactlyInAnyOrder(group, FakeTenant.id("lost"));
    }

    @ParameterizedTest
    @CsvSource({"preMigration", "migrationInProgress", "somethingNew"})
    void untilItIsMigratedOtherPoliciesAllowMethodsToo(String state) {
        tenant.authenticationMethods("Fido2");
        tenant.authenticationMethodsPolicy().put("policyMigrationState", state);
        assertThat(Readings.of(tenant, AUTHENTICATION_METHODS_POLICY)
                        .only(AUTHENTICATION_METHODS_POLICY, AuthenticationMethods.class)
                        .migrated())
                .isFalse();
    }

    @Test
    void aMethodThatDoesNotSayForWhomItIsIsForNobodyKnown() {
        tenant.authenticationMethods("Fido2");
        ((ObjectNode) tenant.authenticationMethodsPolicy()
                        .withArray("authenticationMethodConfigurations")
                        .get(0))
                .remove("includeTargets");
        AuthenticationMethods methods = Readings.of(tenant, AUTHENTICATION_METHODS_POLICY)
                .only(AUTHENTICATION_METHODS_POLICY, AuthenticationMethods.class);
        assertThat(methods.enabled()).contains("Fido2");
        assertThat(methods.targets()).doesNotContainKey("Fido2");
    }

    @Test
    void aStrengthIsReadWithWhatRestrictsIt() {
        tenant.add("/policies/authenticationStrengthPolicies", FakeTenant.json("""
            {id:'5f1c0f0a-0000-4000-8000-000000000001', displayName:'Our keys', policyType:'custom',
             allowedCombinations:['fido2', 'x509CertificateMultiFactor'], combinationConfigurations:[
              {'@odata.type':'#microsoft.graph.fido2CombinationConfiguration', id:'1',
               appliesToCombinations:['fido2'], allowedAAGUIDs:['CB69481E-8FF7-4039-93EC-0A2729A154A8']},
              {'@odata.type':'#microsoft.graph.x509CertificateCombinationConfiguration', id:'2',
               appliesToCombinations:['x509CertificateMultiFactor'], allowedIssuerSkis:['9A4248C6AC8C2931AB2A86537818E92E7B6C97B6']}]}\
            """));
        assertThat(Readings.of(tenant, AUTHENTICATION_STRENGTHS)
                        .values(AUTHENTICATION_STRENGTHS, AuthenticationStrength.class))
                .contains(new AuthenticationStrength(
                        "5f1c0f0a-0000-4000-8000-000000000001",
                        "Our keys",
                        Set.of("fido2", "x509CertificateMultiFactor"),
                        Optional.of(Map.of(
                                "fido2",
                                new AuthenticationStrength.Limit(Set.of("cb69481e-8ff7-4039-93ec-0a2729a154a8")),
                                "x509CertificateMultiFactor",
                                new AuthenticationStrength.Limit(Set.of())))));
    }

    @Test
    void aStrengthThatDoesNotSayWhatRestrictsItMayBeRestricted() {
        tenant.add(
                "/policies/authenticationStrengthPolicies",
                FakeTenant.json(
                        "{id:'5f1c0f0a-0000-4000-8000-000000000001', displayName:'Ours', allowedCombinations:['fido2']}"));
        assertThat(Readings.of(tenant, AUTHENTICATION_STRENGTHS)
                        .values(AUTHENTICATION_STRENGTHS, AuthenticationStrength.class))
                .anyMatch(strength -> strength.limits().isEmpty());
    }

    @Test
    void authenticationMethodsThatCannotBeReadAreUnread() {
        tenant.refuse("/policies/authenticationMethodsPolicy", 403, "AccessDenied");
        assertThat(Readings.of(tenant, AUTHENTICATION_METHODS_POLICY).unread(AUTHENTICATION_METHODS_POLICY))
                .startsWith("permission Policy.Read.All may be missing");
    }

    private static final String FABRIKAM = FakeTenant.id("Fabrikam");
    private static final String NORTHWIND = FakeTenant.id("Northwind");

    private FakeTenant withGuest() {
        String guest = tenant.user("dana", "dana_fabrikam.com#EXT#@contoso.onmicrosoft.com");
        tenant.object(guest).put("userType", "Guest");
        tenant.permanent(guest, DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());
        return tenant;
    }

    @Test
    void whatIsAcceptedFromOtherTenantsIsReadWithWhatPartnersHaveOfTheirOwn() {
        withGuest().mfaOfOthersAccepted(true).partner(FABRIKAM, false).partner(NORTHWIND, null);

        assertThat(Readings.of(tenant, INBOUND_TRUST).values(INBOUND_TRUST, InboundTrust.class))
                .containsExactlyInAnyOrder(
                        new InboundTrust(Optional.empty(), Optional.of(true)),
                        new InboundTrust(Optional.of(FABRIKAM), Optional.of(false)),
                        new InboundTrust(Optional.of(NORTHWIND), Optional.empty()));
    }

    @Test
    void nothingIsAskedOfOtherTenantsWhereNoExternalAccountHoldsARole() {
        tenant.permanent(tenant.user("ann"), DirectoryRole.GLOBAL_ADMINISTRATOR.templateId());

        assertThat(Readings.of(tenant, INBOUND_TRUST).values(INBOUND_TRUST, InboundTrust.class))
                .isEmpty();
        assertThat(tenant.requests().keySet()).noneMatch(request -> request.contains("crossTenantAccessPolicy"));
    }

    @Test
    void partnersThatCannotBeReadAreAGapAndADefaultThatCannotIsNoFalse() {
        withGuest().refuse("/policies/crossTenantAccessPolicy/partners", 403, "AccessDenied");
        assertThat(Readings.of(tenant, INBOUND_TRUST).gaps(INBOUND_TRUST))
                .singleElement()
                .asString()
                .startsWith("permission Policy.Read.All may be missing");

        tenant.refuse("/policies/crossTenantAccessPolicy/default", 403, "AccessDenied");
        assertThat(Readings.of(tenant, INBOUND_TRUST).unread(INBOUND_TRUST))
                .startsWith("permission Policy.Read.All may be missing");
    }

    @Test
    void aPartnerThatDoesNotSayWhatItHasIsAGap() {
        withGuest().partner(FABRIKAM, true);
        tenant.collection("/policies/crossTenantAccessPolicy/partners").get(0).remove("inboundTrust");

        assertThat(Readings.of(tenant, INBOUND_TRUST).gaps(INBOUND_TRUST))
                .containsExactly("cross-tenant access settings came without inboundTrust");
    }

    @Test
    void strengthsAreReadWithTheirCombinations() {
        assertThat(Readings.of(tenant, AUTHENTICATION_STRENGTHS)
                        .values(AUTHENTICATION_STRENGTHS, AuthenticationStrength.class))
                .hasSize(2)
                .contains(new AuthenticationStrength(
                        "00000000-0000-0000-0000-000000000004",
                        "Phishing-resistant MFA",
                        Set.of("windowsHelloForBusiness", "fido2")));
    }

    @Test
    void ipLocationsAreReadWithTheirTrust() {
        assertThat(location("""
            {'@odata.type':'#microsoft.graph.ipNamedLocation', isTrusted:true,
             ipRanges:[{'@odata.type':'#microsoft.graph.iPv4CidrRange', cidrAddress:'203.0.113.0/24'}]}\
            """))
                .isEqualTo(new NamedLocation(
                        ID, "here", NamedLocation.Kind.IP, true, List.of("203.0.113.0/24"), Set.of(), false));
    }

    @ParameterizedTest
    @CsvSource({"clientIpAddress, COUNTRY", "authenticatorAppGps, OTHER", "telepathy, OTHER"})
    void countriesAreToldByAddressOnly(String lookup, NamedLocation.Kind kind) {
        assertThat(location("{'@odata.type':'#microsoft.graph.countryNamedLocation', countriesAndRegions:['CH','DE'],"
                        + " includeUnknownCountriesAndRegions:true, countryLookupMethod:'" + lookup + "'}"))
                .isEqualTo(new NamedLocation(ID, "here", kind, false, List.of(), Set.of("CH", "DE"), true));
    }

    @ParameterizedTest
    @CsvSource({
        "compliantNetworkNamedLocation, ', isTrusted:true', true",
        "compliantNetworkNamedLocation, ', isTrusted:false', false",
        "moonBaseNamedLocation, '', true"
    })
    void otherLocationsAreOtherAndMayBeAmongTheTrustedOnes(String type, String told, boolean trusted) {
        assertThat(location("{'@odata.type':'#microsoft.graph." + type + "'" + told + "}"))
                .isEqualTo(
                        new NamedLocation(ID, "here", NamedLocation.Kind.OTHER, trusted, List.of(), Set.of(), false));
    }

    @Test
    void anIpLocationThatDoesNotSayWhetherItIsTrustedIsAGap() {
        tenant.add(
                "/identity/conditionalAccess/namedLocations",
                FakeTenant.json("{'@odata.type':'#microsoft.graph.ipNamedLocation', ipRanges:[]}")
                        .put("id", ID));
        assertThat(Readings.of(tenant, NAMED_LOCATIONS).unread(NAMED_LOCATIONS))
                .isEqualTo("named locations came without isTrusted");
    }
}
