package dev.parc.cli.command;

import static dev.parc.check.PolicyBuilder.policy;
import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parc.check.AzureBuilder;
import dev.parc.check.TenantBuilder;
import dev.parc.cli.Shell;
import dev.parc.cli.console.ExitCode;
import dev.parc.collect.TenantException;
import dev.parc.facts.FactKind;
import dev.parc.facts.azure.AzureRole;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.directory.ServicePrincipal;
import dev.parc.facts.policies.ConditionalAccessPolicy.State;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.DirectoryRole;
import dev.parc.facts.roles.GroupGrant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainTest {

    private static final Account ADA = account("ada@contoso.com");

    @TempDir
    private Path folder = Path.of("");

    private Shell shell = new Shell(folder);

    @BeforeEach
    void open() {
        shell = new Shell(folder.resolve("runs"));
        reading(tenant().holder(ADA, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .holder(ADA, DirectoryRole.GLOBAL_ADMINISTRATOR, AssignmentKind.ELIGIBLE)
                .group("exchange", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .member("exchange", ADA)
                .group("owned", DirectoryRole.SHAREPOINT_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .grant("owned", ADA, GroupGrant.Access.OWNER, AssignmentKind.PERMANENT)
                .signedIn(ADA, 3)
                .registered(ADA, true)
                .policy(policy("MFA for all").notForUser(ADA.id()).build())
                .policy(policy("MFA on trial").state(State.REPORT_ONLY).build()));
    }

    @Test
    void anAdministratorIsExplained() {
        assertThat(shell.run("explain", "ada@contoso.com")).isEqualTo(ExitCode.DONE);

        assertThat(shell.out()).isEqualToNormalizingNewlines("""
                Contoso (tenant), live, read 2026-09-01 08:00 UTC

                ada@contoso.com
                  sign-in name  ada@contoso.com
                  object id     id of ada@contoso.com
                  kind          user, member
                  state         enabled
                  directory     cloud-only
                  category      used for administration only, because it is a cloud-only account without a mailbox (to be confirmed by a person)
                  emergency     no

                Why it is an administrator
                  Global Administrator
                  ├─ permanent, directly
                  └─ eligible, directly
                  Exchange Administrator
                  └─ permanent, through group 'exchange'

                Roles in Azure
                  no role

                Roles it can give itself
                  can make itself SharePoint Administrator
                  └─ as owner of group 'owned'

                Use
                  last success  2026-08-29 08:00 UTC
                  registered    for MFA: fido2

                Can it sign in without MFA?
                  YES: Windows, browser
                  because 'MFA for all' excludes the account

                What would lock it out?
                  with everything at hand: it gets in: Windows, browser, with a FIDO2 security key
                  without a managed device: it gets in: Windows, browser, with a FIDO2 security key
                  without a phone: it gets in: Windows, browser, with a FIDO2 security key

                41 Graph calls (GET /users/{id} 14, GET /organization 1), 2 throttled
                """);
    }

    @Test
    void aProofIsToldWithItsPolicies() {
        reading(tenant().globalAdmin(ADA).policy(policy("MFA for all").build()));

        shell.run("explain", ADA.id());

        assertThat(shell.out())
                .contains(
                        "  NO: every sign-in requires MFA or is blocked, by these policies together:",
                        "  - MFA for all");
    }

    @Test
    void whatWouldLockItOutIsToldWithThePolicies() {
        reading(tenant().globalAdmin(ADA)
                .inGroups(ADA)
                .registered(ADA, "microsoftAuthenticatorPush")
                .authenticationMethods("MicrosoftAuthenticator")
                .policy(policy("Managed devices").any("compliantDevice").build()));

        shell.run("explain", ADA.id());

        assertThat(shell.out())
                .contains(
                        "  with everything at hand: it gets in: Windows, browser, on a compliant device, with a password and"
                                + " Microsoft Authenticator",
                        "  without a managed device: it is locked out: 'Managed devices' asks for a compliant device",
                        "  without a phone: it is locked out: Microsoft's mandatory MFA for admin portals asks for MFA, and it"
                                + " has registered nothing for that that works without a phone")
                .doesNotContain("without federation");
    }

    @Test
    void whatCouldNotBeReadIsSaidOfWhatWouldLockItOut() {
        reading(tenant().globalAdmin(ADA).unread(FactKind.REGISTRATIONS, "permission X is missing"));

        shell.run("explain", ADA.id());

        assertThat(shell.out())
                .containsSubsequence(
                        "What would lock it out?", "! administrators' MFA registrations: permission X is missing");
    }

    @Test
    void whatIfSaysFirstWhomThePolicyWouldClose() {
        assertThat(shell.run("explain", "ada@contoso.com", "--what-if", "MFA on trial"))
                .isEqualTo(ExitCode.DONE);

        assertThat(shell.out())
                .containsSubsequence(
                        "What if 'MFA on trial' were on",
                        "it would change the answer for 1 of 1 administrator, and close the sign-in without MFA for 1",
                        "- closed: ada@contoso.com",
                        "Why it is an administrator",
                        "Could it sign in without MFA, with 'MFA on trial' on?",
                        "  NO: every sign-in requires MFA",
                        "  - MFA on trial");
    }

    @Test
    void whoHoldsNoRoleIsSaidTo() {
        reading(tenant().globalAdmin(ADA).account(account("bob@contoso.com")));

        assertThat(shell.run("explain", "bob@contoso.com")).isEqualTo(ExitCode.DONE);

        assertThat(shell.out())
                .contains("Not an administrator: PARC found no directory role")
                .doesNotContain("Why it is an administrator", "can make itself");
    }

    @Test
    void rolesInAzureAreToldWithScopeTermAndPath() throws IOException {
        TenantBuilder tenant = tenant().globalAdmin(ADA)
                .group("platform", DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .member("platform", ADA)
                .unread(FactKind.AZURE_PIM_ASSIGNMENTS, "403 from Azure");
        reading(AzureBuilder.in(tenant)
                .subscription("Production")
                .holder(
                        "id of platform",
                        PrincipalType.GROUP,
                        "platform",
                        AzureRole.OWNER,
                        "/subscriptions/" + AzureBuilder.named("Production").id(),
                        AssignmentKind.ACTIVE)
                .holder(ADA, AzureRole.READER, "/", AssignmentKind.ELIGIBLE)
                .build());

        shell.run("explain", "ada@contoso.com");
        assertThat(shell.out()).contains("""
                Roles in Azure
                  Owner
                  └─ active, for how long could not be read, through group 'platform', on subscription 'Production'
                  Reader
                  └─ eligible, directly, at the root scope / of Azure, above every management group
                """ + "  ! " + FactKind.AZURE_PIM_ASSIGNMENTS.title() + ": 403 from Azure");

        shell.run("explain", "ada@contoso.com", "--json", "-");
        JsonNode account = new JsonMapper()
                .readTree(shell.out().substring(shell.out().indexOf("\n{")))
                .path("account");
        assertThat(account.at("/azureRoles/0/role").asText()).isEqualTo("Owner");
        assertThat(account.at("/azureRoles/0/ways/0/path").asText()).isEqualTo("through group 'platform'");
        assertThat(account.at("/azureRolesMissing/0").asText()).endsWith(": 403 from Azure");
    }

    @Test
    void azureThatCouldNotBeReadIsSaidWithItsReason() {
        reading(tenant().globalAdmin(ADA).unread(FactKind.AZURE_SUBSCRIPTIONS, "PARC has no role in Azure"));

        shell.run("explain", "ada@contoso.com");

        assertThat(shell.out())
                .contains(
                        "  no role found, but not everything was read",
                        "  ! " + FactKind.AZURE_SUBSCRIPTIONS.title() + ": PARC has no role in Azure");
    }

    @Test
    void whatCouldNotBeReadIsSaidWithItsReason() {
        reading(tenant().globalAdmin(ADA)
                .unread(FactKind.GROUP_MEMBERS, "403 from Graph")
                .unread(FactKind.SIGN_INS, "grant AuditLog.Read.All")
                .unread(FactKind.CONDITIONAL_ACCESS_POLICIES, "grant Policy.Read.All"));

        assertThat(shell.run("explain", "ada@contoso.com")).isEqualTo(ExitCode.DONE);

        assertThat(shell.out())
                .contains(
                        "  ! members of groups that lead to a role: 403 from Graph",
                        "  last success  unknown: administrators' last sign-ins: grant AuditLog.Read.All",
                        "  NOT ASSESSED: the data needed could not be read",
                        "  ! Conditional Access policies: grant Policy.Read.All");
    }

    @Test
    void anUnknownAccountIsOneLineWithNearNames() {
        assertThat(shell.run("explain", "adda@contoso.com")).isEqualTo(ExitCode.USAGE);

        assertThat(shell.err().lines().toList())
                .containsExactly(
                        "parc: reading the live tenant",
                        "parc: no administrator has the id or name 'adda@contoso.com', and no other user has it;"
                                + " near: ada@contoso.com");
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void aNameThatSeveralHaveIsOneLineWithTheirIds() {
        TenantBuilder twins = tenant().globalAdmin(ADA);
        Stream.of("one", "two")
                .forEach(id -> twins.servicePrincipal(
                        new ServicePrincipal(id, "robot", "Application", true, false, ""),
                        DirectoryRole.EXCHANGE_ADMINISTRATOR));
        reading(twins);

        assertThat(shell.run("explain", "robot")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).endsWith("parc: 2 principals are named 'robot'; use an object id: one, two\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            nothing      | there is no policy 'nothing'; report-only are: MFA on trial
            MFA for all  | 'MFA for all' is enabled and not report-only; report-only are: MFA on trial
            """)
    void aPolicyThatIsNotReportOnlyIsOneLine(String policy, String line) {
        assertThat(shell.run("explain", "ada@contoso.com", "--what-if", policy)).isEqualTo(ExitCode.USAGE);

        assertThat(shell.err()).endsWith("parc: " + line + "\n");
        assertThat(shell.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            explain                        | Missing required parameter: 'ACCOUNT'; see parc explain --help
            explain x --demo --snapshot y  | use either --demo or --snapshot, not both
            explain x --json /no/such/file | cannot write /no/such/file; name a file in a folder that exists
            """)
    void wrongUsageIsOneLine(String command, String line) {
        assertThat(shell.run(command.split(" +"))).isEqualTo(ExitCode.USAGE);

        assertThat(shell.err()).isEqualToNormalizingNewlines("parc: " + line + "\n");
    }

    @Test
    void whereNothingCouldBeReadNothingIsExplained() {
        TenantBuilder unreadable = tenant();
        Stream.of(FactKind.values()).forEach(kind -> unreadable.unread(kind, "403 from Graph"));
        reading(unreadable);

        assertThat(shell.run("explain", "ada@contoso.com", "--demo")).isEqualTo(ExitCode.NOTHING_ASSESSED);
        assertThat(shell.err())
                .endsWith("parc: cannot tell who 'ada@contoso.com' is: administrators' accounts: 403 from Graph\n");
    }

    @Test
    void aBrokenSnapshotIsOneLine() {
        shell.reading(() -> {
            throw new TenantException("tenant.zip is no snapshot");
        });

        assertThat(shell.run("explain", "ada", "--snapshot", "tenant.zip")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).endsWith("parc: tenant.zip is no snapshot\n");
    }

    @Test
    void aDemoSaysSoInTextAndJson() throws IOException {
        Path json = folder.resolve("ada.json");

        shell.run("explain", "ada@contoso.com", "--demo", "--what-if", "MFA on trial", "--json", json.toString());

        assertThat(shell.out()).startsWith("demo: ").contains("results: " + json);
        JsonNode document = new JsonMapper().readTree(Files.readString(json));
        assertThat(document.path("schema").asText()).isEqualTo("parc-explanation/2");
        assertThat(document.path("source").asText()).isEqualTo("demo");
        assertThat(document.at("/account/roles/0/ways/0/kind").asText()).isEqualTo("PERMANENT");
        assertThat(document.at("/account/signInWithoutMfa/answer").asText()).isEqualTo("COVERED");
        assertThat(document.at("/whatIf/changes/0/before/answer").asText()).isEqualTo("UNCOVERED");
    }

    @Test
    void jsonOnStandardOutputStandsAlone() throws IOException {
        shell.run("explain", "ada@contoso.com", "--json", "-");

        assertThat(new JsonMapper().readTree(shell.out()).at("/account/id").asText())
                .isEqualTo(ADA.id());
        assertThat(shell.err()).contains("Why it is an administrator");
    }

    @Test
    void hostileNamesCannotDriveTheTerminal() {
        String hostile = "ada\u001B[2J\u202E\n@contoso.com";
        reading(tenant().globalAdmin(hostile)
                .group(hostile, DirectoryRole.EXCHANGE_ADMINISTRATOR, AssignmentKind.PERMANENT)
                .member(hostile, account(hostile))
                .policy(policy(hostile)
                        .id("5e3f0000-0000-4000-8000-000000000001")
                        .state(State.REPORT_ONLY)
                        .build())
                .policy(policy("on" + hostile).notForUser(account(hostile).id()).build()));

        shell.tenantName(hostile).run("explain", hostile, "--what-if", hostile);
        shell.run("explain", "nobody\u001B[2J\u202E");
        shell.run("explain", "ada");

        assertThat(shell.out()).contains("ada[U+001B][2J[U+202E][U+000A]@contoso.com");
        assertThat(shell.out() + shell.err()).doesNotContain("\u001B", "\u202E", "\n@contoso.com");
    }

    private void reading(TenantBuilder tenant) {
        shell.reading(tenant::facts);
    }
}
