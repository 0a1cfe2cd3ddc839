package dev.parc.roadmap;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.passwordChanged;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.assessment.Assessor;
import dev.parc.check.Check;
import dev.parc.check.Finding;
import dev.parc.check.GoodTenant;
import dev.parc.check.Outcome;
import dev.parc.check.PolicyBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.check.TenantBuilder.Change;
import dev.parc.check.Verdict;
import dev.parc.facts.FactKind;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.directory.SyncState;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An account of directory synchronisation is a program: what is asked of people is not asked of it. */
class SynchronisationAccountsTest {

    private static final String NAME = "Sync_DC1_0a1b2c3d4e5f@contoso.onmicrosoft.com";

    /** Directory Synchronization Accounts, and On Premises Directory Sync Account. */
    private static final String ROLE = GoodTenant.SYNCHRONISATION_ROLE;

    private static final String NEWER_ROLE = "a92aed5d-d78a-4d16-b381-09adb37eb3b0";

    /** Items that ask people for mail, MFA, use, passwords, devices and protection from risk. */
    private static final List<String> OF_PEOPLE =
            List.of("S2-02", "S2-03", "S2-05", "S2-09", "S2-12", "S2-13", "S2-16", "S3-03", "S3-04", "S4-01");

    private static final Account CONNECT = bare(NAME);

    private static Account bare(String name, Change... changes) {
        return passwordChanged(account(name, changes), 700);
    }

    /** Somebody who does what is asked, and policies that leave this account out. */
    private static TenantBuilder beside(Account account) {
        return beside(account, policy("All").notForUser(account.id()));
    }

    private static TenantBuilder beside(Account account, PolicyBuilder mfa) {
        Account ann = GoodTenant.ANN;
        return tenant().synchronised()
                .microsoft365()
                .holder(ann, "Helpdesk Administrator", AssignmentKind.PERMANENT)
                .holder(
                        account(GoodTenant.ONE.signInName()),
                        DirectoryRole.GLOBAL_ADMINISTRATOR,
                        AssignmentKind.PERMANENT)
                .emergency(GoodTenant.ONE.signInName())
                .signedIn(ann, 1)
                .registered(ann, true)
                .registered(GoodTenant.ONE, true)
                .inGroups(ann)
                .inGroups(GoodTenant.ONE)
                .usedNoMicrosoft365(ann)
                .usedNoMicrosoft365(GoodTenant.ONE)
                .neverSignedIn(account)
                .registered(account, false)
                .usedNoMicrosoft365(account)
                .inGroups(account)
                .authenticationMethods("Fido2")
                .policy(mfa.strength("fido2").build())
                .policy(policy("Devices")
                        .notForUser(account.id())
                        .any("compliantDevice")
                        .build());
    }

    private static Verdict verdict(String id, TenantBuilder tenant) {
        return Roadmap.checks().stream()
                .filter(check -> Check.card(check).id().equals(id))
                .map(check -> Assessor.assess(check, tenant.facts()))
                .findFirst()
                .orElseThrow();
    }

    /** The items that find something against the account, what is attested of it aside. */
    private static List<String> against(Account account, TenantBuilder tenant) {
        return OF_PEOPLE.stream()
                .filter(id -> {
                    Verdict verdict = verdict(id, tenant);
                    return verdict.outcome() == Outcome.FAIL
                            && verdict.findings().stream()
                                    .map(Finding::subjectId)
                                    .anyMatch(account.id()::equals);
                })
                .toList();
    }

    static Stream<Check> checks() {
        return Roadmap.checks().stream();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void aGoodTenantStaysGoodWithIt(Check check) {
        Verdict verdict = Assessor.assess(check, GoodTenant.withConnect().facts());
        assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Outcome.PASS);
    }

    @Test
    void beingInTheGroupOfEmergencyAccountsLeavesNothingToAttest() {
        assertThat(verdict("S2-12", inTheGroup()).outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict("S2-12", inTheGroup().globalAdmin(CONNECT)).findings())
                .isNotEmpty();
    }

    private static TenantBuilder inTheGroup() {
        return beside(CONNECT, policy("All").notForGroup("break glass"))
                .holder(CONNECT, ROLE, AssignmentKind.PERMANENT)
                .excludedGroup("break glass", GoodTenant.ONE, CONNECT)
                .trustedLocation("server", "203.0.113.7/32")
                .policy(policy("Server")
                        .locations(Set.of("All"), Set.of("server"))
                        .any("block")
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {ROLE, NEWER_ROLE})
    void nothingThatIsAskedOfPeopleSpeaksAgainstIt(String role) {
        TenantBuilder tenant = beside(CONNECT).holder(CONNECT, role, AssignmentKind.PERMANENT);
        assertThat(against(CONNECT, tenant)).isEmpty();
    }

    @Test
    void itsRoleIsNoAccessThatSomebodyMustHaveAReasonFor() {
        TenantBuilder with = beside(CONNECT).holder(CONNECT, ROLE, AssignmentKind.PERMANENT);
        assertThat(verdict("S2-04", with).summary())
                .isEqualTo(verdict("S2-04", beside(CONNECT)).summary());
        assertThat(verdict("S2-04", with).findings())
                .extracting(Finding::subjectId)
                .doesNotContain(CONNECT.id());
        assertThat(verdict("S2-04", with.globalAdmin(CONNECT)).findings())
                .extracting(Finding::subjectId)
                .contains(CONNECT.id());
    }

    @Test
    void aNameMakesNoAccountOfSynchronisation() {
        assertThat(against(
                        CONNECT, beside(CONNECT).holder(CONNECT, "Helpdesk Administrator", AssignmentKind.PERMANENT)))
                .isEqualTo(OF_PEOPLE);
        Account unlikely = bare("maria@contoso.com");
        assertThat(against(unlikely, beside(unlikely).holder(unlikely, ROLE, AssignmentKind.PERMANENT)))
                .isEmpty();
    }

    @Test
    void withAnotherRoleItIsJudgedLikeAPerson() {
        assertThat(against(
                        CONNECT,
                        beside(CONNECT)
                                .holder(CONNECT, ROLE, AssignmentKind.PERMANENT)
                                .globalAdmin(CONNECT)))
                .as("S2-12 and S3-04 ask whether it is an emergency account")
                .containsExactly("S2-02", "S2-03", "S2-05", "S2-09", "S2-13", "S2-16", "S3-03", "S4-01");
        assertThat(against(
                        CONNECT,
                        beside(CONNECT)
                                .holder(CONNECT, ROLE, AssignmentKind.PERMANENT)
                                .holder(CONNECT, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.ELIGIBLE)))
                .isEqualTo(OF_PEOPLE);
        assertThat(against(CONNECT, beside(CONNECT).holder(CONNECT, ROLE, AssignmentKind.ELIGIBLE)))
                .isEqualTo(OF_PEOPLE);
    }

    @ParameterizedTest
    @EnumSource(
            value = SyncState.class,
            names = {"NEVER_SYNCED", "NO_LONGER_SYNCED"})
    void inATenantThatIsNotSynchronisedItIsLeftOver(SyncState sync) {
        TenantBuilder tenant =
                beside(CONNECT).holder(CONNECT, ROLE, AssignmentKind.PERMANENT).synchronisation(sync);
        assertThat(against(CONNECT, tenant)).isEqualTo(OF_PEOPLE);
    }

    @ParameterizedTest
    @EnumSource(
            value = Change.class,
            names = {"SYNCED", "GUEST"})
    void entraConnectMakesNeitherSynchronisedAccountsNorGuests(Change change) {
        Account other = bare(NAME, change);
        assertThat(against(other, beside(other).holder(other, ROLE, AssignmentKind.PERMANENT)))
                .contains("S2-05");
    }

    @Test
    void oneThatIsDisabledIsNotNeeded() {
        Account disabled = bare(NAME, Change.DISABLED);
        assertThat(against(disabled, beside(disabled).holder(disabled, ROLE, AssignmentKind.PERMANENT)))
                .containsExactly("S2-05", "S4-01");
    }

    @Test
    void theNewerSignInByAnApplicationIsJudgedAsAnApplication() {
        ServicePrincipal application =
                new ServicePrincipal("app", "ConnectSync", "Application", false, false, "tenant");
        TenantBuilder tenant = beside(CONNECT)
                .add(FactKind.SERVICE_PRINCIPALS, application)
                .holder(GoodTenant.ANN, ROLE, AssignmentKind.PERMANENT)
                .servicePrincipal(application, DirectoryRole.EXCHANGE_ADMINISTRATOR);
        assertThat(verdict("S2-05", tenant).findings())
                .extracting(Finding::subjectId)
                .containsExactly("app");
    }

    @Test
    void whereNobodyKnowsWhetherTheTenantIsSynchronisedNothingIsSaidOfIt() {
        TenantBuilder tenant = beside(CONNECT)
                .holder(CONNECT, ROLE, AssignmentKind.PERMANENT)
                .unread(FactKind.ORGANIZATION, "permission X is missing");
        assertThat(against(CONNECT, tenant)).isEmpty();
        OF_PEOPLE.forEach(
                id -> assertThat(verdict(id, tenant).outcome()).as(id).isIn(Outcome.NOT_ASSESSED, Outcome.FAIL));
        assertThat(verdict("S2-02", tenant).outcome()).isEqualTo(Outcome.NOT_ASSESSED);
    }

    private static TenantBuilder hybrid(ConditionalAccessPolicy... policies) {
        TenantBuilder tenant = beside(CONNECT)
                .holder(CONNECT, ROLE, AssignmentKind.PERMANENT)
                .trustedLocation("server", "203.0.113.7/32");
        Stream.of(policies).forEach(tenant::policy);
        return tenant;
    }

    @Test
    void whereItMaySignInFromIsAskedWhereMfaIsAsked() {
        assertThat(verdict("S2-12", hybrid()).findings())
                .filteredOn(finding -> finding.subjectId().equals(CONNECT.id()))
                .singleElement()
                .extracting(Finding::message)
                .isEqualTo(
                        "is an account of directory synchronisation, which does no MFA, and no policy lets it sign in"
                                + " from the addresses of its servers only");
    }

    static Stream<PolicyBuilder> limits() {
        return Stream.of(
                policy("Server").forNobody().forUser(CONNECT.id()),
                policy("Server").forNobody().forRole(ROLE),
                policy("Server"));
    }

    @ParameterizedTest
    @MethodSource("limits")
    void aPolicyThatKeepsItToItsServerLeavesNothingToSay(PolicyBuilder limit) {
        assertThat(verdict(
                                "S2-12",
                                hybrid(limit.locations(Set.of("All"), Set.of("server"))
                                        .any("block")
                                        .build()))
                        .findings())
                .isEmpty();
    }

    @Test
    void leavingItsRoleOutOfMfaIsWhatMicrosoftSaysAndNothingToAttest() {
        assertThat(verdict("S2-12", leavingOut(ROLE)).outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict("S2-12", leavingOut("helpdesk")).findings())
                .extracting(Finding::subjectId)
                .containsExactly("helpdesk");
    }

    private static TenantBuilder leavingOut(String role) {
        return beside(CONNECT, policy("All").notForRole(role))
                .holder(CONNECT, ROLE, AssignmentKind.PERMANENT)
                .trustedLocation("server", "203.0.113.7/32")
                .policy(policy("Server")
                        .locations(Set.of("All"), Set.of("server"))
                        .any("block")
                        .build());
    }

    static Stream<PolicyBuilder> nearMisses() {
        return Stream.of(
                policy("report only")
                        .state(ConditionalAccessPolicy.State.REPORT_ONLY)
                        .locations(Set.of("All"), Set.of("server")),
                policy("somebody else")
                        .forNobody()
                        .forUser(GoodTenant.ANN.id())
                        .locations(Set.of("All"), Set.of("server")),
                policy("left out").notForUser(CONNECT.id()).locations(Set.of("All"), Set.of("server")),
                policy("one application").applications("exchange").locations(Set.of("All"), Set.of("server")),
                policy("but one").notApplications("azure").locations(Set.of("All"), Set.of("server")),
                policy("browsers").clients("browser").locations(Set.of("All"), Set.of("server")),
                policy("a place that is gone").locations(Set.of("All"), Set.of("gone")),
                policy("from abroad").locations(Set.of("abroad"), Set.of()),
                policy("at risk").signInRisks("high").locations(Set.of("All"), Set.of("server")));
    }

    @ParameterizedTest
    @MethodSource("nearMisses")
    void whatDoesNotKeepItToItsServerDoesNotCount(PolicyBuilder nearMiss) {
        assertThat(verdict("S2-12", hybrid(nearMiss.any("block").build())).findings())
                .extracting(Finding::subjectId)
                .contains(CONNECT.id());
    }
}
