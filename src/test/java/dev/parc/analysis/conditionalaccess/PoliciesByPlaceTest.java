package dev.parc.analysis.conditionalaccess;

import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.annAmong;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.covered;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.decide;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.uncovered;
import static dev.parc.analysis.conditionalaccess.SignInsOfAnn.with;
import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.policies.NamedLocation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Named locations and addresses: which sign-ins a policy for places leaves. */
class PoliciesByPlaceTest {

    @Test
    void aTrustedLocationThatIsExcludedIsAHole() {
        TenantBuilder tenant = annAmong()
                .add(
                        FactKind.NAMED_LOCATIONS,
                        new NamedLocation(
                                "hq", "HQ", NamedLocation.Kind.IP, true, List.of("203.0.113.0/24"), Set.of(), false));
        assertThat(decide(tenant.policy(policy("MFA")
                        .locations(Set.of("All"), Set.of("AllTrusted"))
                        .build())))
                .isEqualTo(uncovered(
                        "Windows, browser, from the trusted location 'HQ'", "'MFA' does not apply from there"));
    }

    @Test
    void trustedAddressesOfTheMfaServiceCannotBeSeenSoAPersonMustLook() {
        assertThat(with(policy("MFA").locations(Set.of("All"), Set.of("AllTrusted"))))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    private static NamedLocation addresses(String id, String... ranges) {
        return new NamedLocation(id, id, NamedLocation.Kind.IP, false, List.of(ranges), Set.of(), false);
    }

    private static NamedLocation countries(String id, boolean unknown, String... codes) {
        return new NamedLocation(id, id, NamedLocation.Kind.COUNTRY, false, List.of(), Set.of(codes), unknown);
    }

    /** Two policies, each with one of the locations excluded. */
    private static MfaDecision eachExcluding(NamedLocation one, NamedLocation other) {
        return decide(annAmong()
                .add(FactKind.NAMED_LOCATIONS, one)
                .add(FactKind.NAMED_LOCATIONS, other)
                .policy(policy("not one")
                        .locations(Set.of("All"), Set.of(one.id()))
                        .build())
                .policy(policy("not other")
                        .locations(Set.of("All"), Set.of(other.id()))
                        .build()));
    }

    @Test
    void addressesInTwoExcludedLocationsAreAHoleAndLocationsWithoutACommonAddressAreNot() {
        assertThat(eachExcluding(addresses("a", "198.51.100.0/24"), addresses("b", "198.51.100.255/32")))
                .isEqualTo(uncovered(
                        "Windows, browser, from the location 'a', from the location 'b'",
                        "'not one' does not apply from there; 'not other' does not apply from there"));
        assertThat(eachExcluding(addresses("a", "198.51.100.0/24"), addresses("b", "198.51.101.0/24")))
                .isEqualTo(covered("not one", "not other"));
        assertThat(eachExcluding(addresses("a", "2001:db8::/32"), addresses("b", "2001:db8:ffff::/48")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void anAddressMayBeInAnyCountryButOnlyInOne() {
        assertThat(eachExcluding(addresses("a", "198.51.100.0/24"), countries("b", false, "NL")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(eachExcluding(countries("a", false, "NL", "BE"), countries("b", false, "be")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(eachExcluding(countries("a", false, "NL"), countries("b", true, "BE")))
                .isInstanceOf(MfaDecision.Covered.class);
        assertThat(eachExcluding(countries("a", true, "NL"), countries("b", true, "BE")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }

    @Test
    void aLocationWithARangeThatCannotBeReadIsForAPersonToJudge() {
        assertThat(eachExcluding(addresses("a", "198.51.100.0/24"), addresses("b", "198.51.101.0/33")))
                .isInstanceOf(MfaDecision.Undecided.class);
        assertThat(eachExcluding(
                        addresses("a", "198.51.100.0/24"),
                        new NamedLocation("b", "b", NamedLocation.Kind.OTHER, false, List.of(), Set.of(), false)))
                .isInstanceOf(MfaDecision.Undecided.class);
    }

    @Test
    void nobodySignsInFromAPrivateAddress() {
        for (String range : List.of("10.0.0.0/8", "192.168.0.0/16", "172.16.0.0/12", "100.64.0.0/10", "fd00::/8")) {
            assertThat(decide(annAmong()
                            .add(FactKind.NAMED_LOCATIONS, addresses("office", range))
                            .policy(policy("MFA")
                                    .locations(Set.of("All"), Set.of("office"))
                                    .build())))
                    .as(range)
                    .isEqualTo(covered("MFA"));
        }
        for (String range : List.of("11.0.0.0/8", "172.32.0.0/12", "8.0.0.0/7", "2001:db8::/32")) {
            assertThat(decide(annAmong()
                            .add(FactKind.NAMED_LOCATIONS, addresses("office", range))
                            .policy(policy("MFA")
                                    .locations(Set.of("All"), Set.of("office"))
                                    .build())))
                    .as(range)
                    .isEqualTo(uncovered(
                            "Windows, browser, from the location 'office'", "'MFA' does not apply from there"));
        }
    }

    @Test
    void bitsBeyondThePrefixOfARangeSayNothing() {
        assertThat(eachExcluding(addresses("a", "198.51.100.7/24"), addresses("b", "198.51.100.255/32")))
                .isInstanceOf(MfaDecision.Uncovered.class);
        assertThat(eachExcluding(addresses("a", "198.51.100.7/24"), addresses("b", "198.51.101.0/24")))
                .isEqualTo(covered("not one", "not other"));
        assertThat(eachExcluding(addresses("a", "2001:db8::1/32"), addresses("b", "2001:db8:ffff::/48")))
                .isInstanceOf(MfaDecision.Uncovered.class);
    }
}
