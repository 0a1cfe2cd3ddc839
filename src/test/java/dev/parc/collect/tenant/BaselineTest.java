package dev.parc.collect.tenant;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.NAMED_LOCATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.analysis.conditionalaccess.AdministratorAccounts;
import dev.parc.analysis.conditionalaccess.ConditionalAccess;
import dev.parc.analysis.conditionalaccess.MfaDecision;
import dev.parc.analysis.signin.Requirement;
import dev.parc.check.GoodTenant;
import dev.parc.check.TenantBuilder;
import dev.parc.check.TenantBuilder.Change;
import dev.parc.collect.DemoTenant;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.graph.reader.Readings;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.NamedLocation;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A public baseline of Conditional Access policies as its author exported it, and what somebody who reads it with care finds in
 * it: the README beside it has that.
 */
class BaselineTest {

    private static final Path BASELINE = Path.of("src/test/resources/ca-baseline");
    private static final String LICENSED = "ceeac9b8-ddf5-48cb-afcb-e2ab8bfd1a57";
    private static final String NOT_CA101 = "8e75af29-5176-4372-a718-724b8a4620dc";
    private static final String NOT_CA200 = "cfa1f128-ec48-4ee1-9ea9-1c28fdb57722";

    private static final Account ANN = account("ann@contoso.com");

    private static final List<ConditionalAccessPolicy> AS_EXPORTED = read(
            "ConditionalAccess",
            CONDITIONAL_ACCESS_POLICIES,
            ConditionalAccessPolicy.class,
            json -> json.path("state").asText().startsWith("enabled"));
    private static final List<ConditionalAccessPolicy> ALL_ON = allOn();
    private static final List<NamedLocation> LOCATIONS =
            read("NamedLocations", NAMED_LOCATIONS, NamedLocation.class, json -> true);

    private static List<ConditionalAccessPolicy> allOn() {
        FakeTenant tenant = FakeTenant.licensed();
        documents("ConditionalAccess")
                .forEach(json -> tenant.add("/identity/conditionalAccess/policies", json.put("state", "enabled")));
        return Readings.of(tenant, CONDITIONAL_ACCESS_POLICIES)
                .values(CONDITIONAL_ACCESS_POLICIES, ConditionalAccessPolicy.class);
    }

    private static <T> List<T> read(String folder, FactKind kind, Class<T> type, Predicate<ObjectNode> wanted) {
        FakeTenant tenant = FakeTenant.licensed();
        String path = kind == NAMED_LOCATIONS
                ? "/identity/conditionalAccess/namedLocations"
                : "/identity/conditionalAccess/policies";
        documents(folder).filter(wanted).forEach(json -> tenant.add(path, json));
        Readings readings = Readings.of(tenant, kind);
        assertThat(readings.gaps(kind)).isEmpty();
        return readings.values(kind, type);
    }

    /** The files are UTF-16 with a mark at the beginning, one is UTF-8. */
    private static Stream<ObjectNode> documents(String folder) {
        try (Stream<Path> files = Files.list(BASELINE.resolve(folder))) {
            return files.sorted().toList().stream().map(file -> {
                try {
                    byte[] bytes = Files.readAllBytes(file);
                    boolean wide = bytes[0] == (byte) 0xFF || bytes[0] == (byte) 0xFE;
                    String text = new String(bytes, wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
                    return (ObjectNode) new ObjectMapper().readTree(text.replace("\uFEFF", ""));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConditionalAccess laidOver(
            TenantBuilder tenant, List<ConditionalAccessPolicy> policies, String... groupsOfAnn) {
        LOCATIONS.forEach(location -> tenant.add(NAMED_LOCATIONS, location));
        policies.forEach(tenant::policy);
        return ConditionalAccess.of(
                tenant.globalAdmin(ANN).inGroups(ANN, groupsOfAnn).facts());
    }

    private static ConditionalAccess asExported(String... groupsOfAnn) {
        return laidOver(tenant(), AS_EXPORTED, groupsOfAnn);
    }

    private static void isUncovered(MfaDecision decision) {
        assertThat(decision).isInstanceOf(MfaDecision.Uncovered.class);
    }

    private static void isCovered(MfaDecision decision) {
        assertThat(decision).isInstanceOf(MfaDecision.Covered.class);
    }

    @Test
    void everyPolicyIsReadAndOnlyThoseOfAgentsSetWhatIsNotModelled() {
        assertThat(ALL_ON).hasSize(36);
        assertThat(ALL_ON)
                .filteredOn(policy -> !policy.notModelled().isEmpty())
                .extracting(policy -> policy.displayName().substring(0, 5))
                .containsExactlyInAnyOrder("CA501", "CA502", "CA503", "CA504", "CA505");
    }

    @Test
    void asExportedMfaHoldsForEveryMemberAndGuestAndLegacyClientsAreStopped() {
        ConditionalAccess policies = asExported();
        for (Set<String> groups : List.of(Set.<String>of(), Set.of(LICENSED))) {
            isCovered(policies.requireOfMember(groups, Requirement.MFA));
            isCovered(policies.requireOfMember(groups, Requirement.LEGACY_AUTHENTICATION_BLOCKED));
        }
        isCovered(policies.requireOfGuest(Requirement.MFA));
        isCovered(policies.requireOfGuest(Requirement.LEGACY_AUTHENTICATION_BLOCKED));
        isCovered(policies.mfa(ANN));
    }

    @Test
    void aPolicyThatIsReportOnlyProvesNothingYet() {
        isUncovered(asExported().require(ANN, Requirement.PHISHING_RESISTANT_MFA));
    }

    @Test
    void policiesForDevicesAndRisksAreForThoseWithTheLicenceOnly() {
        assertThat(asExported().require(ANN, Requirement.MANAGED_DEVICE))
                .isInstanceOfSatisfying(
                        MfaDecision.Uncovered.class,
                        gap -> assertThat(gap.signIn()).startsWith("Windows, browser"));
        assertThat(asExported(LICENSED).require(ANN, Requirement.MANAGED_DEVICE))
                .isInstanceOfSatisfying(
                        MfaDecision.Uncovered.class,
                        gap -> assertThat(gap.signIn()).doesNotStartWith("macOS"));
        isUncovered(asExported().require(ANN, Requirement.REMEDY_AT_USER_RISK));
        isCovered(asExported(LICENSED).require(ANN, Requirement.REMEDY_AT_USER_RISK));
    }

    @Test
    void withEverythingOnAnAdministratorReachesTheToolsOfGraphWithoutAKey() {
        assertThat(laidOver(tenant(), ALL_ON).require(ANN, Requirement.PHISHING_RESISTANT_MFA))
                .isInstanceOfSatisfying(MfaDecision.Uncovered.class, gap -> {
                    assertThat(gap.signIn())
                            .isEqualTo("Windows, browser, to application Microsoft Graph Command Line Tools" + NL);
                    assertThat(gap.because()).contains("CA105").doesNotContain("CA003", "CA501", "CA401");
                });
    }

    private static final String NL = ", from the location 'ALLOWED COUNTRIES'";

    @Test
    void whoIsLeftOutOfOnePolicyIsLeftOutOfThreeWithoutTheLicence() {
        isUncovered(asExported(NOT_CA101).mfa(ANN));
        isCovered(asExported(NOT_CA101, LICENSED).mfa(ANN));
        isCovered(asExported(NOT_CA200, LICENSED).mfa(ANN));
        isCovered(asExported(NOT_CA200).mfa(ANN));
        isUncovered(asExported().requireOfMember(Set.of(NOT_CA200), Requirement.MFA));
        isUncovered(asExported().requireOfMember(Set.of(NOT_CA200, LICENSED), Requirement.MFA));
    }

    @Test
    void nobodyOutsideTheAdministratorsIsAskedForAKey() {
        ConditionalAccess policies = laidOver(tenant(), ALL_ON);
        isUncovered(policies.requireOfMember(Set.of(), Requirement.PHISHING_RESISTANT_MFA));
        isUncovered(policies.requireOfMember(Set.of(LICENSED), Requirement.PHISHING_RESISTANT_MFA));
        isUncovered(policies.requireOfGuest(Requirement.PHISHING_RESISTANT_MFA));
    }

    @Test
    void policiesAboutAgentsNeitherBlockNorAskAPerson() {
        List<ConditionalAccessPolicy> ofAgents = ALL_ON.stream()
                .filter(policy -> policy.displayName().startsWith("CA5"))
                .toList();
        ConditionalAccess policies = laidOver(tenant(), ofAgents, LICENSED);
        assertThat(policies.mfa(ANN))
                .isEqualTo(
                        new MfaDecision.Uncovered("Windows, browser", "no enabled policy demands MFA of this account"));
        isUncovered(policies.require(ANN, Requirement.MANAGED_DEVICE));
        isUncovered(policies.require(ANN, Requirement.LEGACY_AUTHENTICATION_BLOCKED));
    }

    /** What the README says holds of whoever administers there, and in whatever way. */
    private static void holdsOfAdministratorsOf(Facts tenant) {
        List<Account> accounts =
                AdministratorAccounts.of(tenant, Administrators.of(tenant).all()).inUse(tenant).stream()
                        .map(held -> held.account())
                        .toList();
        assertThat(accounts).isNotEmpty();
        // nobody is in a group of the baseline, and neither is a group that somebody joins
        Set<String> asked = accounts.stream().map(Account::id).collect(Collectors.toCollection(TreeSet::new));
        if (tenant.reading(FactKind.GROUP_MEMBERSHIPS) instanceof Reading.Read read) {
            read.values().forEach(row -> asked.add(((GroupMembership) row).principalId()));
        }
        Facts facts = tenant.with(Map.of(
                CONDITIONAL_ACCESS_POLICIES,
                new Reading.Read(List.copyOf(AS_EXPORTED), List.of()),
                NAMED_LOCATIONS,
                new Reading.Read(List.copyOf(LOCATIONS), List.of()),
                FactKind.GROUP_MEMBERSHIPS,
                new Reading.Read(
                        asked.stream()
                                .map(id -> (Object) new GroupMembership(id, Set.of()))
                                .toList(),
                        List.of())));
        ConditionalAccess policies = ConditionalAccess.of(facts);
        for (Account account : accounts) {
            assertThat(policies.requireOfAdministrator(account, Requirement.MFA).decision())
                    .as(account.signInName())
                    .isInstanceOf(MfaDecision.Covered.class);
            assertThat(policies.require(account, Requirement.LEGACY_AUTHENTICATION_BLOCKED))
                    .as(account.signInName())
                    .isInstanceOf(MfaDecision.Covered.class);
            assertThat(policies.requireOfAdministrator(account, Requirement.PHISHING_RESISTANT_MFA)
                            .decision())
                    .as(account.signInName())
                    .isInstanceOf(MfaDecision.Uncovered.class);
            assertThat(policies.requireOfAdministrator(account, Requirement.MANAGED_DEVICE)
                            .decision())
                    .as(account.signInName())
                    .isInstanceOf(MfaDecision.Uncovered.class);
        }
    }

    @Test
    void theSameHoldsOverTheDemoAndOverTheGoodTenant() {
        holdsOfAdministratorsOf(GoodTenant.build().facts());
        holdsOfAdministratorsOf(
                Readings.of(DemoTenant.tenant(), FactKind.values()).facts(DemoTenant.designations()));
    }

    @Test
    void anEligibleAdministratorInTheGroupThatIsLeftOutNeedsNoMfaOnceActive() {
        TenantBuilder tenant = tenant().holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .pimPolicies()
                .inGroups(ANN, NOT_CA101);
        LOCATIONS.forEach(location -> tenant.add(NAMED_LOCATIONS, location));
        AS_EXPORTED.forEach(tenant::policy);
        isUncovered(ConditionalAccess.of(tenant.facts())
                .requireOfAdministrator(ANN, Requirement.MFA)
                .decision());
    }

    @Test
    void aGuestWhoIsKnownToBeOneIsAskedByThePolicyForGuestsToo() {
        Account guest = account("guest_fabrikam.com#EXT#@contoso.onmicrosoft.com", Change.GUEST);
        TenantBuilder tenant = tenant().account(guest).inGroups(guest, NOT_CA200);
        LOCATIONS.forEach(location -> tenant.add(NAMED_LOCATIONS, location));
        AS_EXPORTED.forEach(tenant::policy);
        isCovered(ConditionalAccess.of(tenant.facts()).mfa(guest));
    }
}
