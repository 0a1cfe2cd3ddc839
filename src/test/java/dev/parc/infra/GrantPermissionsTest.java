package dev.parc.infra;

import static dev.parc.infra.AzureCli.PRINCIPAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.facts.AppRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code infra/grant-permissions.sh} and {@code infra/Grant-Permissions.ps1} in the same situations, on a tenant that an Azure CLI and
 * an Az.Accounts of the test stand in for.
 */
@ParameterizedClass
@EnumSource
class GrantPermissionsTest {

    /** The two scripts, which do the same; one is skipped where PowerShell is not on the path. */
    enum Language {
        SHELL("grant-permissions.sh"),
        POWERSHELL("Grant-Permissions.ps1");

        private final String file;

        Language(String file) {
            this.file = file;
        }

        /** An option of the shell script, as this one has it. */
        String option(String name) {
            return this == SHELL ? name : "-" + parameter(name);
        }

        private static String parameter(String option) {
            return Pattern.compile("-+(\\w)")
                    .matcher(option)
                    .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
        }
    }

    private final Language language;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path LIST = Template.INFRA.resolve("graph-app-roles.json");
    private static final String FOREIGN = "810c84a8-4a9e-49e6-bf7d-12d183f40d01";
    private static final String ROOT_GROUP = "/providers/Microsoft.Management/managementGroups/" + AzureCli.TENANT;
    private static final String ENTRA = "/providers/Microsoft.aadiam";

    @TempDir
    Path folder;

    private AzureCli azure;
    private Path script;
    private Path list;

    GrantPermissionsTest(Language language) {
        this.language = language;
    }

    /** The script beside two permissions of each set, as the list has them: every permission costs a process or two. */
    @BeforeEach
    void aTenantWithoutGrantsAndAShortList() throws IOException {
        azure = new AzureCli(folder.resolve("bin"));
        assumeThat(language == Language.SHELL || PowerShell.isHere())
                .as("PowerShell, pwsh, is on the path")
                .isTrue();
        script = Files.copy(
                Template.INFRA.resolve(language.file),
                folder.resolve(language.file),
                StandardCopyOption.COPY_ATTRIBUTES);
        list = folder.resolve("graph-app-roles.json");
        List<String> lines = new ArrayList<>();
        for (String set : List.of("core", "recommended", "optional")) {
            Files.readAllLines(LIST).stream()
                    .filter(line -> line.contains("\"set\": \"" + set + "\""))
                    .map(line -> line.replaceFirst(",$", ""))
                    .limit(2)
                    .forEach(lines::add);
        }
        Files.writeString(list, "[\n" + String.join(",\n", lines) + "\n]\n");
    }

    @AfterEach
    void theEnd() throws IOException {
        azure.close();
    }

    @Test
    void theFirstRunGrantsTheSetAndTheSecondChangesNothing() throws Exception {
        Ran first = run("--set", "recommended");
        assertThat(first.exit()).as(first.output()).isZero();
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids(role -> !role.equals("optional")));
        assertThat(first.output()).contains("granted      Application.Read.All", "Done: ");

        int changes = azure.log.size();
        Ran second = run("--set", "recommended");
        assertThat(second.exit()).isZero();
        assertThat(second.output()).contains("Nothing to change.");
        assertThat(azure.log).hasSize(changes);
    }

    @Test
    void withoutOptionsItGrantsWhatIsRecommendedToTheIdentityOfTheDeployment() throws Exception {
        Ran ran = with(Map.of("PARC_PRINCIPAL_ID", PRINCIPAL));

        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids(role -> !role.equals("optional")));
    }

    @Test
    void aSmallerSetTakesBackWhatItNoLongerHolds() throws Exception {
        assertThat(run("--set", "optional").exit()).isZero();
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids(set -> true));

        Ran smaller = run("--set", "core");
        assertThat(smaller.exit()).as(smaller.output()).isZero();
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids("core"::equals));
        assertThat(smaller.output()).contains("revoked      ").doesNotContain("granted ");
    }

    @Test
    void aDryRunSaysItAllAndDoesNothing() throws Exception {
        Ran ran = run("--set", "core", "--dry-run", "--azure", "--elevate");

        assertThat(ran.output())
                .contains("would grant  Application.Read.All", "would raise  your access")
                .doesNotContain("Done");
        assertThat(azure.log).isEmpty();
    }

    @Test
    void whatPARCDoesNotAskForIsLeftAloneUnlessToldOtherwise() throws Exception {
        azure.grants.add(new AzureCli.Grant("1", PRINCIPAL, AzureCli.GRAPH_PRINCIPAL, FOREIGN));
        azure.grants.add(new AzureCli.Grant("2", PRINCIPAL, AzureCli.ME, FOREIGN));

        assertThat(run("--set", "none").output()).contains("left alone   the app role " + FOREIGN);
        assertThat(azure.log).isEmpty();

        assertThat(run("--set", "none", "--revoke-others").exit()).isZero();
        assertThat(azure.log).containsExactly("revoke " + FOREIGN);
        assertThat(azure.grants).extracting(AzureCli.Grant::id).containsExactly("2"); // not of Graph
    }

    @Test
    void whoMayNotGrantIsToldWhoMustRunWhat() throws Exception {
        azure.mayGrant = false;

        Ran ran = run("--set", "core");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.output())
                .contains(
                        "Ask a Privileged Role Administrator or Global Administrator to run:",
                        line("infra/" + language.file, "--principal", PRINCIPAL, "--set", "core"),
                        "403 Authorization_RequestDenied"); // the service's own words
        assertThat(ran.output().lines().filter(line -> line.startsWith("REFUSED")))
                .hasSize(2); // it went on
    }

    @Test
    void withoutASetNothingIsTakenBack() throws Exception {
        assertThat(run("--set", "optional").exit()).isZero();

        Ran again = with(Map.of("PARC_PERMISSION_SET", "core"), "--principal", PRINCIPAL);

        assertThat(again.exit()).as(again.output()).isZero();
        assertThat(again.output()).contains("Nothing to change.");
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids(set -> true));
    }

    @Test
    void anIdentityThatMicrosoftGraphDoesNotKnowYetIsWaitedFor() throws Exception {
        azure.unknownFor.set(5);

        Ran ran = run("--set", "core");

        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(ran.output()).contains("waiting      until Microsoft Graph knows the identity");
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids("core"::equals));
    }

    @Test
    void anAppThatWaitsForTheFirstGrantIsToldOnceSomethingIsGranted() throws Exception {
        azure.mayGrant = false;
        run("--set", "core", "--app", AzureCli.APP);
        assertThat(azure.settings).containsEntry("PARC_GRAPH_GRANTED", "false");

        azure.mayGrant = true;
        azure.changesLeft.set(1); // something is enough: what is not granted may never be
        Ran some = run("--set", "core", "--app", AzureCli.APP);
        assertThat(some.output()).contains("told         PARC that it may ask Microsoft Graph");
        assertThat(azure.settings).containsOnly(Map.entry("PARC_GRAPH_GRANTED", "true"), Map.entry("OTHER", "a b"));
        assertThat(azure.log).hasSize(2).endsWith("told"); // after the grants

        azure.changesLeft.set(Integer.MAX_VALUE);
        assertThat(run("--set", "core", "--app", AzureCli.APP).output()).doesNotContain("told ");
        assertThat(azure.log.stream().filter("told"::equals)).hasSize(1);
    }

    @Test
    void whoMayNotTellTheAppSaysWhoMust() throws Exception {
        azure.mayChangeApp = false;

        Ran ran = with(Map.of("PARC_APP_ID", AzureCli.APP), "--principal", PRINCIPAL, "--set", "core");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids("core"::equals));
        assertThat(ran.output())
                .contains(
                        "REFUSED      telling PARC that it may ask Microsoft Graph: ",
                        "Whoever may change the function app runs:",
                        "  az functionapp config appsettings set --ids " + AzureCli.APP
                                + " --settings PARC_GRAPH_GRANTED=true")
                .doesNotContain("Ask a Privileged Role Administrator");
    }

    @Test
    void anAppIsToldNothingThatIsNotSo() throws Exception {
        azure.grants.add(new AzureCli.Grant("1", PRINCIPAL, AzureCli.GRAPH_PRINCIPAL, FOREIGN));
        run("--set", "none", "--app", AzureCli.APP);
        run("--set", "core", "--dry-run", "--app", AzureCli.APP);
        run("--set", "core");
        run("--remove", "--app", AzureCli.APP);
        azure.settings.remove("PARC_GRAPH_GRANTED"); // an app of an earlier version waits for nothing
        run("--set", "core", "--app", AzureCli.APP);

        assertThat(azure.log).doesNotContain("told");
    }

    @Test
    void whatMostItemsNeedIsGrantedFirst() throws Exception {
        azure.changesLeft.set(2);

        run("--set", "optional");

        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids("core"::equals));
    }

    @Test
    void theIdsAreThoseOfTheTenant() throws Exception {
        String id = "abcdabcd-1111-4111-8111-111111111111";
        azure.otherIds.put("Application.Read.All", id);
        azure.notHere.add("AuditLog.Read.All");

        Ran ran = run("--set", "core");

        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(ran.output())
                .contains("not here     AuditLog.Read.All", "note         Application.Read.All has another id here");
        assertThat(held()).containsExactly(id);
    }

    @Test
    void whatTheIdentityBeforeHeldIsGrantedToTheNewOne() throws Exception {
        String before = "88888888-2222-4333-8444-555555555555";
        String optional = ids("optional"::equals).iterator().next();
        azure.grants.add(new AzureCli.Grant("1", before, AzureCli.GRAPH_PRINCIPAL, optional));

        Ran ran = with(
                Map.of("PARC_PERMISSION_SET", "core", "PARC_PREVIOUS_PRINCIPAL_ID", before), "--principal", PRINCIPAL);

        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(azure.grants.stream()
                        .filter(grant -> grant.principalId().equals(PRINCIPAL))
                        .map(AzureCli.Grant::appRoleId))
                .contains(optional)
                .containsAll(ids("core"::equals));
        assertThat(azure.grants).anyMatch(grant -> grant.principalId().equals(before)); // the app still reads by it
    }

    @Test
    void aTenantWithoutARootGroupIsToldFromARefusal() throws Exception {
        azure.rootGroup = false;
        azure.subscriptions.add("55555555-2222-4333-8444-555555555555");

        Ran ran = run("--set", "none", "--azure", "--elevate");
        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(ran.output()).contains("not here     a tenant root group", language.option("--subscriptions"));
        assertThat(azure.log).containsExactly("elevate", "reader " + ENTRA, "lower");

        Ran each = run("--set", "none", "--azure", "--elevate", "--subscriptions");
        assertThat(each.exit()).as(each.output()).isZero();
        assertThat(azure.log).contains("reader /subscriptions/55555555-2222-4333-8444-555555555555");
    }

    @Test
    void anIdentityThatIsGoneCanStillBeTakenBack() throws Exception {
        azure.raised();
        assertThat(run("--set", "core", "--azure").exit()).isZero();
        azure.deleted = true;

        Ran ran = run("--remove", "--azure");

        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(ran.output()).contains("gone         the identity", "removed      Reader at " + ENTRA);
        assertThat(azure.log).endsWith("remove " + ROOT_GROUP, "remove " + ENTRA);
    }

    @Test
    void whatWasGrantedBeforeARefusalStaysAndTheNextRunGrantsTheRest() throws Exception {
        azure.changesLeft.set(1);
        assertThat(run("--set", "recommended").exit()).isEqualTo(1);
        assertThat(held()).hasSize(1);

        azure.changesLeft.set(Integer.MAX_VALUE);
        Ran next = run("--set", "recommended");

        assertThat(next.exit()).as(next.output()).isZero();
        assertThat(held()).containsExactlyInAnyOrderElementsOf(ids(role -> !role.equals("optional")));
        assertThat(azure.log).doesNotHaveDuplicates();
    }

    @Test
    void anIdentityThatIsNotThereIsSaidBeforeAnythingIsChanged() throws Exception {
        Ran ran = run("--principal", AzureCli.ME, "--set", "core", "--azure");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.output()).contains("no identity " + AzureCli.ME + " in tenant " + AzureCli.TENANT);
        assertThat(azure.log).isEmpty();
    }

    @Test
    void whoIsNotSignedInIsToldSo() throws Exception {
        azure.signedIn = false;

        assertThat(run("--set", "core").output())
                .contains("nobody is signed in: run ", language == Language.SHELL ? "az login" : "Connect-AzAccount");
    }

    @Test
    void wrongOptionsChangeNothing() throws Exception {
        for (List<String> wrong : List.of(
                List.of("--set", "all"),
                List.of("--set"),
                List.of("--principal", "x' or '1"),
                List.of("--app", "func-parc"),
                List.of("--app", AzureCli.APP + ";id"),
                List.of("--elevate"),
                List.of("--what"))) {
            Ran ran = run(wrong.toArray(String[]::new));
            assertThat(ran.exit()).as(wrong + ": " + ran.output()).isEqualTo(2);
        }
        assertThat(azure.log).isEmpty();
    }

    @Test
    void readerIsAssignedTwiceWithRaisedAccessThatIsLoweredAgain() throws Exception {
        azure.seenAfter.set(3);

        Ran ran = run("--set", "none", "--azure", "--elevate");

        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(azure.log).containsExactly("elevate", "reader " + ROOT_GROUP, "reader " + ENTRA, "lower");
        assertThat(ran.output()).contains("raised ", "waiting ", "lowered ");

        Ran again = run("--set", "none", "--azure", "--elevate");
        assertThat(again.output()).contains("Nothing to change.");
        assertThat(azure.log).hasSize(6).endsWith("elevate", "lower");
    }

    @Test
    void accessThatWasRaisedBeforeIsLeftAsItWas() throws Exception {
        azure.raised();

        Ran ran = run("--set", "none", "--azure", "--elevate");

        assertThat(ran.output()).contains("which you had before");
        assertThat(azure.log).containsExactly("reader " + ROOT_GROUP, "reader " + ENTRA);
    }

    @Test
    void whoMayNotAssignReaderIsToldHow() throws Exception {
        Ran ran = run("--set", "none", "--azure");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.output()).contains("a Global Administrator may add " + language.option("--elevate"));
        assertThat(azure.log).isEmpty();
    }

    @Test
    void whatFailsInBetweenStillLowersTheAccess() throws Exception {
        azure.mayAssign = false;

        Ran ran = run("--set", "none", "--azure", "--elevate");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(azure.log).containsExactly("elevate", "lower");
    }

    @Test
    void accessThatWasRaisedWithoutAnAnswerIsLoweredToo() throws Exception {
        azure.losesAnswer = true;

        Ran ran = run("--set", "none", "--azure", "--elevate");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.output()).contains("raising your access failed", "lowered ");
        assertThat(azure.log).containsExactly("elevate", "lower");
    }

    @Test
    void everythingCanBeTakenBack() throws Exception {
        azure.raised();
        assertThat(run("--set", "optional", "--azure").exit()).isZero();

        Ran ran = run("--remove", "--azure");

        assertThat(ran.exit()).as(ran.output()).isZero();
        assertThat(ran.output()).contains("taken back. A token that PARC holds already may still read");
        assertThat(held()).isEmpty();
        assertThat(azure.log).endsWith("remove " + ROOT_GROUP, "remove " + ENTRA);
        assertThat(azure.assignments).hasSize(1);
    }

    @Test
    void theScriptFindsEveryPermissionOfTheList() throws Exception {
        Files.copy(LIST, list, StandardCopyOption.REPLACE_EXISTING);

        Ran ran = run("--set", "optional", "--dry-run");

        assertThat(ran.output().lines().filter(line -> line.startsWith("would grant  ")))
                .hasSize(JSON.readTree(LIST.toFile()).size());
    }

    @Test
    void theListIsThatOfTheFactKinds() throws IOException {
        assertThat(JSON.readTree(LIST.toFile()))
                .isNotEmpty()
                .allSatisfy(role -> assertThat(AppRole.of(role.path("value").asText()))
                        .hasValueSatisfying(known -> {
                            assertThat(known.id()).isEqualTo(role.path("id").asText());
                            assertThat(known.tier())
                                    .asString()
                                    .isEqualToIgnoringCase(role.path("set").asText());
                        }));
    }

    record Ran(int exit, String output) {}

    private String line(String command, String... options) {
        return command + " "
                + Stream.of(options)
                        .map(option -> option.startsWith("--") ? language.option(option) : option)
                        .collect(Collectors.joining(" "));
    }

    private Ran run(String... options) throws Exception {
        return with(
                Map.of(),
                Stream.concat(Stream.of("--principal", PRINCIPAL), Stream.of(options))
                        .toArray(String[]::new));
    }

    private Ran with(Map<String, String> variables, String... options) throws Exception {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("PARC_RETRY_SECONDS", "0");
        if (language == Language.POWERSHELL) {
            return PowerShell.run(script, folder.resolve("bin"), environment, options);
        }
        List<String> command =
                Stream.concat(Stream.of(script.toString()), Stream.of(options)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PARC_"));
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), output);
    }

    private Set<String> held() {
        return azure.grants.stream().map(AzureCli.Grant::appRoleId).collect(Collectors.toSet());
    }

    private Set<String> ids(Predicate<String> set) throws IOException {
        return StreamSupport.stream(JSON.readTree(list.toFile()).spliterator(), false)
                .filter(role -> set.test(role.path("set").asText()))
                .map(role -> role.path("id").asText())
                .collect(Collectors.toSet());
    }
}
