package dev.parc.check;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.activationContext;
import static dev.parc.check.TenantBuilder.activationTakes;
import static dev.parc.check.TenantBuilder.passwordChanged;
import static dev.parc.check.TenantBuilder.tenant;
import static dev.parc.check.TenantBuilder.withMail;

import dev.parc.facts.Category;
import dev.parc.facts.FactKind;
import dev.parc.facts.activity.DefenderSensor;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.DeviceRegistration.Scope;
import dev.parc.facts.directory.LapsBackups;
import dev.parc.facts.directory.ProvisioningJob;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.roadmap.Roadmap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A tenant that passes every check; tests take one thing away from it. */
public final class GoodTenant {

    public static final Account ONE = account("emergency1@contoso.onmicrosoft.com");
    public static final Account TWO = account("emergency2@contoso.onmicrosoft.com");
    public static final Account ANN = withMail(account("ann.admin@contoso.com"), "ann@contoso.com");
    public static final Account BOB = withMail(account("bob.admin@contoso.com"), "bob@contoso.com");
    public static final Account SHARED = withMail(account("service.desk@contoso.com"), "desk@contoso.com");

    /** Without mail, MFA, a recent password or sign-in activity, as Microsoft Entra Connect makes them. */
    public static final Account CONNECT =
            passwordChanged(account("Sync_DC1_0a1b2c3d4e5f@contoso.onmicrosoft.com"), 700);

    public static final String SYNCHRONISATION_ROLE = "d29b2b05-8046-44ba-8758-1e26182fcf32";

    public static final String LABELS_PLAN = "5136a095-5cf0-4aff-bec3-e84448b38ea5";
    public static final String CLOUD_APPS_PLAN = "2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2";

    /** The template id of Helpdesk Administrator. */
    private static final String HELPDESK = "729827e3-9c14-49f7-bb1b-9608f156bbb8";

    private static final List<String> ROLES = List.of(
            DirectoryRole.GLOBAL_ADMINISTRATOR.templateId(),
            DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId(),
            HELPDESK);

    private GoodTenant() {}

    /**
     * Two emergency accounts, one eligible Global Administrator, one Exchange Administrator until a set date, one shared
     * account of the help desk; hybrid, with Microsoft 365; all is attested.
     */
    public static TenantBuilder build() {
        return attested(applications(
                inAzure(inDirectory("Helpdesk Administrator", AssignmentKind.TIME_BOUND)), GoodTenant::administrators));
    }

    private static TenantBuilder attested(TenantBuilder tenant) {
        Roadmap.checks().stream()
                .map(Check::card)
                .forEach(card -> IntStream.rangeClosed(1, card.attests().length)
                        .forEach(statement -> tenant.attested(card.id(), statement)));
        return tenant;
    }

    /**
     * The same with the account of Microsoft Entra Connect, of which nothing that is asked of people is true, kept to its
     * server.
     */
    public static TenantBuilder withConnect() {
        return connected(build());
    }

    private static TenantBuilder connected(TenantBuilder tenant) {
        return tenant.holder(CONNECT, SYNCHRONISATION_ROLE, AssignmentKind.PERMANENT)
                .neverSignedIn(CONNECT)
                .registered(CONNECT, false)
                .usedNoMicrosoft365(CONNECT)
                .inGroups(CONNECT)
                .policy(policy("Synchronisation from its server")
                        .forNobody()
                        .forRole(SYNCHRONISATION_ROLE)
                        .locations(Set.of("All"), Set.of("office"))
                        .any("block")
                        .build())
                .everybodyKnown();
    }

    /**
     * The same as Microsoft's guides have it: every role but those of the emergency accounts by PIM, policies that name
     * roles instead of people, and the account of synchronisation.
     */
    public static TenantBuilder asMicrosoftSays() {
        TenantBuilder directory = inDirectory(HELPDESK, AssignmentKind.ELIGIBLE)
                .activated(BOB, DirectoryRole.EXCHANGE_ADMINISTRATOR.templateId(), 4)
                .policy(atActivation("Phishing-resistant MFA at activation")
                        .strength("fido2")
                        .build())
                .policy(atActivation("Managed device at activation")
                        .any("compliantDevice", "domainJoinedDevice")
                        .build());
        ROLES.forEach(role -> directory.pimPolicy(role, activationTakes("Justification"), activationContext("c1")));
        return connected(attested(applications(inAzure(directory), GoodTenant::roles)));
    }

    private static PolicyBuilder roles(String name) {
        PolicyBuilder policy = policy(name).forNobody().notForGroup("break glass");
        ROLES.forEach(policy::forRole);
        return policy;
    }

    private static PolicyBuilder atActivation(String name) {
        return policy(name).notForGroup("break glass").onContext("c1");
    }

    private static PolicyBuilder administrators(String name) {
        return policy(name).forNobody().forUser(ANN.id()).forUser(BOB.id()).forUser(SHARED.id());
    }

    /** What it has of applications and their protection. */
    private static TenantBuilder applications(TenantBuilder tenant, Function<String, PolicyBuilder> administrators) {
        return tenant.plan(LABELS_PLAN)
                .plan(CLOUD_APPS_PLAN)
                .application("Travel")
                .provisioned("Travel", ProvisioningJob.State.ACTIVE)
                .published("Intranet", true)
                .label("Confidential", true)
                .trustedLocation("office", "203.0.113.0/24")
                .authenticationMethods("Fido2")
                .designated(it -> it.withExposedUsersGroup(Optional.of("board")))
                .groupInGroups("board")
                .policy(policy("MFA at sign-in risk")
                        .notForGroup("break glass")
                        .signInRisks("medium", "high")
                        .build())
                .policy(policy("New password at user risk")
                        .notForGroup("break glass")
                        .userRisks("high")
                        .every("mfa", "passwordChange")
                        .build())
                .policy(administrators
                        .apply("Phishing-resistant MFA")
                        .forGroup("board")
                        .strength("fido2")
                        .build())
                .policy(administrators
                        .apply("Managed devices")
                        .any("compliantDevice", "domainJoinedDevice")
                        .build())
                .policy(policy("No sign-in for another device")
                        .notForGroup("break glass")
                        .flows("deviceCodeFlow", "authenticationTransfer")
                        .any("block")
                        .build())
                .policy(policy("Finance from the office only")
                        .forNobody()
                        .forGroup("finance")
                        .applications("ledger")
                        .locations(Set.of("All"), Set.of("office"))
                        .any("block")
                        .build());
    }

    private static TenantBuilder inAzure(TenantBuilder tenant) {
        return AzureBuilder.good(tenant, ANN, ONE, TWO);
    }

    private static TenantBuilder inDirectory(String roleOfShared, AssignmentKind ofBob) {
        return tenant().contacts(List.of("it@contoso.com"), List.of("soc@contoso.com"))
                .globalAdmin(ONE)
                .globalAdmin(TWO)
                .holder(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .holder(BOB, DirectoryRole.EXCHANGE_ADMINISTRATOR, ofBob)
                .holder(SHARED, roleOfShared, AssignmentKind.ELIGIBLE)
                .emergency(ONE.signInName(), TWO.id())
                .category(ANN, Category.DEDICATED)
                .category(BOB, Category.DEDICATED)
                .category(SHARED, Category.SHARED)
                .signedIn(ONE, 60)
                .signedIn(TWO, 60)
                .signedIn(ANN, 1)
                .signedIn(BOB, 1)
                .signedIn(SHARED, 1)
                .registered(ONE, true)
                .registered(TWO, true)
                .registered(ANN, true)
                .registered(BOB, true)
                .registered(SHARED, true)
                .usedNoMicrosoft365(ONE)
                .usedNoMicrosoft365(TWO)
                .usedNoMicrosoft365(ANN)
                .usedNoMicrosoft365(BOB)
                .usedNoMicrosoft365(SHARED)
                .inGroups(ONE, "break glass")
                .inGroups(TWO, "break glass")
                .inGroups(ANN)
                .inGroups(BOB)
                .inGroups(SHARED)
                .policy(policy("MFA for all").notForGroup("break glass").build())
                .excludedGroup("break glass", ONE, TWO)
                .pimPolicies()
                .pimPolicy(roleOfShared)
                .synchronised()
                .microsoft365()
                .secureScore(30, Map.of("AdminMFAV2", 8.0))
                .secureScore(0, Map.of("AdminMFAV2", 9.0))
                .deviceRegistration(Scope.SELECTED, Scope.NOBODY, false, true)
                .add(FactKind.LAPS_BACKUPS, new LapsBackups(20, 20, false))
                .add(
                        FactKind.DEFENDER_SENSORS,
                        new DefenderSensor("1", "DC1", "corp.contoso.com", "healthy", "upToDate"))
                .reviewed(DirectoryRole.GLOBAL_ADMINISTRATOR, 60)
                .reviewed(DirectoryRole.EXCHANGE_ADMINISTRATOR, 60)
                .activated(ANN, DirectoryRole.GLOBAL_ADMINISTRATOR.templateId(), 2)
                .activated(SHARED, roleOfShared, 3)
                .everybodyKnown();
    }
}
