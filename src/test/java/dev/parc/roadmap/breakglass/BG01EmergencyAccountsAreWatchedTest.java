package dev.parc.roadmap.breakglass;

import static dev.parc.check.TenantBuilder.account;
import static dev.parc.check.TenantBuilder.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.check.AzureBuilder;
import dev.parc.check.CheckTester;
import dev.parc.check.TenantBuilder;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.activity.EmergencySignIn;
import dev.parc.facts.azure.AzureAlertRule;
import dev.parc.facts.azure.LogDestination;
import dev.parc.facts.azure.Watchlist;
import dev.parc.facts.directory.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BG01EmergencyAccountsAreWatchedTest {

    private static final Account ONE = account("one@contoso.onmicrosoft.com");
    private static final String QUERY = "SigninLogs | where UserId == '" + ONE.id() + "'";
    private static final String FAIL = "emergency access accounts are not all watched and tested";
    private static final String REVIEW = "PARC cannot tell whether every emergency access account is watched";
    private static final String DOUBT =
            "may be watched, which PARC cannot tell from the query and threshold of the alert rule watch";
    private static final String NONE = "is watched by no enabled alert rule with an action group";
    private static final String IN_SENTINEL =
            "is watched by no alert rule that PARC sees; Microsoft Sentinel, which has the sign-ins, may watch it by a"
                    + " near-real-time rule or in Defender XDR";
    private static final String SEEN =
            "1 emergency access account is watched by an alert rule and signed in within 90 days;"
                    + " attested by Ann until 2027-09-01";

    private final CheckTester check = CheckTester.of(new BG01EmergencyAccountsAreWatched());
    private final TenantBuilder tenant = tenant().globalAdmin(ONE)
            .emergency(ONE.id())
            .attested("BG-01", 1)
            .attested("BG-01", 2)
            .attested("BG-01", 3);
    private final AzureBuilder azure = AzureBuilder.in(tenant).workspace("logs", 90, false);

    private TenantBuilder tested() {
        return azure.build().signedIn(ONE, 30);
    }

    private AzureBuilder sending() {
        return azure.exportDirectory("logs", "SignInLogs");
    }

    @Test
    void watchedAndTestedAndAttestedPasses() {
        sending().watched("logs", QUERY);
        check.given(tested()).isAttested(SEEN).findsNothing();
    }

    @Test
    void unattestedItIsForAPerson() {
        sending().watched("logs", QUERY);
        check.given(tested().nothingAttested())
                .isReview("1 emergency access account is watched by an alert rule and signed in within 90 days; 2"
                        + " of 2 statements to attest");
    }

    @ParameterizedTest
    @CsvSource({"90, true", "91, false"})
    void aTestIsGoodForNinetyDays(int days, boolean good) {
        sending().watched("logs", QUERY);
        TenantBuilder signedIn = azure.build().signedIn(ONE, days);
        if (good) {
            check.given(signedIn).isAttested(SEEN);
        } else {
            check.given(signedIn)
                    .isFail(FAIL)
                    .findsOnly(
                            ONE.signInName(),
                            "last signed in on 2026-06-02, 91 days ago, so nobody has tested it since");
        }
    }

    @Test
    void anAccountThatNeverSignedInIsUntested() {
        sending().watched("logs", QUERY);
        check.given(azure.build().neverSignedIn(ONE))
                .isFail(FAIL)
                .findsOnly(ONE.signInName(), "never signed in as far as is known, so nobody has tested it");
    }

    @Test
    void noRuleFails() {
        sending();
        check.given(tested()).isFail(FAIL).findsOnly(ONE.signInName(), NONE);
    }

    @ParameterizedTest
    @CsvSource({"false, true", "true, false"})
    void aRuleThatIsOffOrTellsNobodyIsNone(boolean enabled, boolean notifies) {
        sending().watched("logs", QUERY, enabled, notifies);
        check.given(tested()).isFail(FAIL).findsOnly(ONE.signInName(), NONE);
    }

    @Test
    void aRuleOnSomethingElseThanSignInsIsNone() {
        sending().watched("logs", "AuditLogs | where InitiatedBy has '" + ONE.id() + "'");
        check.given(tested()).isFail(FAIL).findsOnly(ONE.signInName(), NONE);
    }

    @Test
    void aRuleOnAWorkspaceWithoutTheSignInsSeesNothing() {
        sending().workspace("other", 90, false).watched("other", QUERY);
        check.given(tested())
                .isFail(FAIL)
                .findsOnly(
                        ONE.signInName(),
                        "is not watched, as the sign-in log does not reach the workspace that is read by the alert rule watch");
    }

    @Test
    void aRuleWhereTheSignInLogGoesNowhereSeesNothing() {
        azure.exportDirectory("logs", "AuditLogs").watched("logs", QUERY);
        check.given(tested()).isFail(FAIL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SigninLogs | where UserId != 'ID'",
                "SigninLogs | where UserId !in ('ID')",
                "SigninLogs | where UserId == 'ID' and not(ResultType == 0)",
                "SigninLogs | where UserId == 'ID' and ResultType == 50126",
                "SigninLogs // UserId == 'ID'\n| where UserId == 'another'",
                "SigninLogs | where false and UserId == 'ID'"
            })
    void aRuleThatNamesTheAccountAndNeverTellsOfItIsNone(String query) {
        sending().watched("logs", query.replace("ID", ONE.id()));
        check.given(tested()).isFail(FAIL).findsOnly(ONE.signInName(), NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SigninLogs | where UserId == 'ID' and Location == 'RU'",
                "SigninLogs | where UserId == 'ID' | summarize count() by UserId | where count_ > 5"
            })
    void aRuleThatTellsOfSomeSignInsIsNotEnough(String query) {
        sending().watched("logs", query.replace("ID", ONE.id()));
        check.given(tested())
                .isFail(FAIL)
                .findsOnly(ONE.signInName(), "is watched for some of its sign-ins only, by the alert rule watch");
    }

    @Test
    void rulesThatTellOfSomeSignInsMayTogetherTellOfAll() {
        sending()
                .watched("logs", "SigninLogs | where Location == 'DE'")
                .watched("logs", "SigninLogs | where Location != 'DE'");
        check.given(tested())
                .isReview(REVIEW)
                .findsOnly(
                        ONE.signInName(),
                        "may be watched, which PARC cannot tell from the query and threshold of the alert rules watch,"
                                + " watch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SigninLogs | where UserId == 'ID' | join Watchlist on UserId",
                "EmergencySignIns() | where UserId == 'ID'",
                "SigninLogs | where UserPrincipalName in~ ((_GetWatchlist('emergency') | project UserPrincipalName))"
            })
    void aRuleThatIsNotFollowedMustBeLookedAt(String query) {
        sending().watched("logs", query.replace("ID", ONE.id()));
        check.given(tested()).isReview(REVIEW).findsOnly(ONE.signInName(), DOUBT);
    }

    private static final String BY_WATCHLIST =
            "SigninLogs | where UserPrincipalName in~ ((_GetWatchlist('emergency') | project UserPrincipalName))";

    private void watchlist(String workspace, String column, String... texts) {
        sending().watched("logs", BY_WATCHLIST);
        tenant.add(
                FactKind.AZURE_WATCHLISTS,
                new Watchlist(
                        TenantBuilder.id(workspace),
                        "emergency",
                        Stream.of(texts).map(text -> Map.of(column, text)).toList()));
    }

    @Test
    void aWatchlistSaysWhomARuleWatches() {
        watchlist("logs", "UserPrincipalName", "somebody@contoso.com", ONE.signInName());
        check.given(tested())
                .isAttested(SEEN)
                .findsOnly(
                        ONE.signInName(),
                        "is watched by its sign-in name: renaming the account blinds the alert rule watch");
    }

    @Test
    void whoIsNotOnTheWatchlistIsNotWatched() {
        watchlist("logs", "UserPrincipalName", "somebody@contoso.com");
        check.given(tested()).isFail(FAIL).findsOnly(ONE.signInName(), NONE);
    }

    /** Once what was found was dropped where anything was unread, and the item passed. */
    @Test
    void whoIsNotWatchedIsNotForgottenWhereSomethingCouldNotBeRead() {
        sending();
        check.given(tested().unread(FactKind.AZURE_WATCHLISTS, "403 from Azure"))
                .isFail(FAIL)
                .findsOnly(ONE.signInName(), NONE);
        check.given(tested().unread(FactKind.AZURE_SENTINEL_RULES, "403 from Azure"))
                .isReview(REVIEW)
                .findsOnly(ONE.signInName(), NONE);
    }

    @Test
    void theWatchlistOfAnotherWorkspaceSaysNothing() {
        watchlist("other", "UserPrincipalName", ONE.signInName());
        check.given(tested()).isReview(REVIEW).findsOnly(ONE.signInName(), DOUBT);
    }

    @Test
    void aWatchlistWithoutTheColumnSaysNothing() {
        watchlist("logs", "Account", ONE.signInName());
        check.given(tested()).isReview(REVIEW).findsOnly(ONE.signInName(), DOUBT);
    }

    @Test
    void aRuleThatAsksAnotherWorkspaceMustBeLookedAt() {
        sending()
                .workspace("other", 90, false)
                .watched("other", "workspace('logs').SigninLogs | where UserId == '" + ONE.id() + "'");
        check.given(tested()).isReview(REVIEW).findsOnly(ONE.signInName(), DOUBT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SigninLogs | where UserId in ('other', 'ID')",
                "SigninLogs\n| where TimeGenerated > ago(5m)\n| where UserId =~ \"ID\" and ResultType == 0",
                "let ids = dynamic(['ID']); union SigninLogs, AADNonInteractiveUserSignInLogs | where UserId in (ids)"
            })
    void aPlainComparisonWithTheIdIsEnough(String query) {
        sending().watched("logs", query.replace("ID", ONE.id()));
        check.given(tested()).isAttested(SEEN).findsNothing();
    }

    @Test
    void aRuleByTheSignInNameIsEnoughUntilTheAccountIsRenamed() {
        sending().watched("logs", "SigninLogs | where UserPrincipalName =~ '" + ONE.signInName() + "'");
        check.given(tested())
                .isAttested(SEEN)
                .findsOnly(
                        ONE.signInName(),
                        "is watched by its sign-in name: renaming the account blinds the alert rule watch");
    }

    /** As {@code infra/modules/sign-in-alert.bicep} deploys it. */
    @Test
    void theRuleThatComesWithParcIsRecognised() throws IOException {
        Account own = account("bg-one@contoso.onmicrosoft.com");
        String query = new ObjectMapper()
                .readTree(Path.of("infra/snapshots/full.snapshot.json").toFile()).findValues("query").stream()
                        .map(JsonNode::asText)
                        .filter(text -> text.contains("SigninLogs"))
                        .findFirst()
                        .orElseThrow();
        TenantBuilder byName = tenant().globalAdmin(own)
                .emergency(own.id())
                .attested("BG-01", 1)
                .attested("BG-01", 2)
                .attested("BG-01", 3);
        TenantBuilder built = AzureBuilder.in(byName)
                .workspace("logs", 90, false)
                .exportDirectory("logs", "SignInLogs")
                .watched("logs", query)
                .build();
        check.given(built.signedIn(own, 30))
                .isAttested(SEEN)
                .findsOnly(
                        own.signInName(),
                        "is watched by its sign-in name: renaming the account blinds the alert rule watch");
    }

    @Test
    void aRuleThatTakesMoreThanOneSignInMustBeLookedAt() {
        sending().watched("logs", new AzureAlertRule.Query(QUERY, false, Duration.ofMinutes(5)), true, true);
        check.given(tested()).isReview(REVIEW).findsOnly(ONE.signInName(), DOUBT);
    }

    @Test
    void whereSentinelHasTheSignInsItMayWatch() {
        azure.workspace("soc", 90, true).exportDirectory("soc", "SignInLogs");
        check.given(tested()).isReview(REVIEW).findsOnly(ONE.signInName(), IN_SENTINEL);
    }

    @Test
    void aRuleOfSentinelWatchesAsWell() {
        azure.workspace("soc", 90, true).exportDirectory("soc", "SignInLogs").sentinelRule("soc", QUERY);
        check.given(tested()).isAttested(SEEN).findsNothing();
    }

    @Test
    void aRuleOfSentinelThatTellsOfAnotherIsNone() {
        azure.workspace("soc", 90, true)
                .exportDirectory("soc", "SignInLogs")
                .sentinelRule("soc", "SigninLogs | where UserId == 'another'");
        check.given(tested()).isReview(REVIEW).findsOnly(ONE.signInName(), IN_SENTINEL);
    }

    @Test
    void rulesOfSentinelThatWereNotReadMayWatch() {
        azure.workspace("soc", 90, true).exportDirectory("soc", "SignInLogs");
        check.given(tested().unread(FactKind.AZURE_SENTINEL_RULES, "throttled"))
                .isReview(REVIEW)
                .findsOnly(ONE.signInName(), IN_SENTINEL);
    }

    @ParameterizedTest
    @EnumSource(
            value = LogDestination.Kind.class,
            names = {"EVENT_HUB", "PARTNER_SOLUTION", "WORKSPACE"})
    void whatIsOutOfSightMayWatch(LogDestination.Kind kind) {
        azure.exportDirectory(kind, "SignInLogs");
        check.given(tested())
                .isReview(REVIEW)
                .findsOnly(
                        ONE.signInName(),
                        "is watched by no alert rule that PARC sees; what receives the sign-in log elsewhere may"
                                + " watch it");
    }

    @Test
    void everyUseIsShown() {
        sending().watched("logs", QUERY);
        TenantBuilder used = tested();
        used.add(FactKind.EMERGENCY_SIGN_INS, signIn(5, true));
        used.add(FactKind.EMERGENCY_SIGN_INS, signIn(3, false));
        check.given(used)
                .isAttested(SEEN)
                .findsOnly(
                        ONE.signInName(),
                        "signed in 1 time in 30 days and failed to 1 time, last on 2026-08-29 to Azure Portal");
    }

    @Test
    void moreThanWereReadIsSaidSo() {
        sending().watched("logs", QUERY);
        TenantBuilder used = tested();
        IntStream.range(0, EmergencySignIn.MOST_READ)
                .forEach(i -> used.add(FactKind.EMERGENCY_SIGN_INS, signIn(1, false)));
        check.given(used)
                .isAttested(SEEN)
                .findsOnly(
                        ONE.signInName(),
                        "signed in at least 0 times in 30 days and failed to at least 500 times, last on 2026-08-31 to"
                                + " Azure Portal");
    }

    private static EmergencySignIn signIn(int daysAgo, boolean successful) {
        return new EmergencySignIn(
                ONE.id(), TenantBuilder.NOW.minus(Duration.ofDays(daysAgo)), successful, "Azure Portal");
    }

    @Test
    void everyAccountIsJudged() {
        Account two = account("two@contoso.onmicrosoft.com");
        sending().watched("logs", QUERY);
        check.given(tested().globalAdmin(two).emergency(two.id()).signedIn(two, 1))
                .isFail(FAIL)
                .findsOnly(two.signInName(), NONE);
    }

    @Test
    void anAccountThatNobodyDesignatedIsOnlyForAPerson() {
        TenantBuilder undesignated = AzureBuilder.in(tenant().globalAdmin(ONE)).build();
        check.given(undesignated)
                .isReview("name the emergency access accounts in PARC_EMERGENCY_ACCOUNTS: PARC judges no others")
                .findsOnly(ONE.signInName(), "could be one; nobody designated it");
    }

    @Test
    void aTenantWithoutOneFails() {
        check.given(AzureBuilder.in(tenant().globalAdmin("ann@contoso.com")).build())
                .isFail("there is no emergency access account to watch and test");
    }

    @Test
    void aDesignatedAccountThatIsGoneIsNone() {
        TenantBuilder gone = tenant().globalAdmin("ann@contoso.com")
                .account(Account.deleted("gone", "gone"))
                .emergency("gone");
        check.given(AzureBuilder.in(gone).build()).isFail("there is no emergency access account to watch and test");
    }

    @Test
    void whatCouldNotBeReadOfOneAccountIsNoPass() {
        sending().watched("logs", QUERY);
        check.given(azure.build())
                .isNotAssessed("administrators' last sign-ins: nothing is known of " + ONE.signInName());
    }

    @Test
    void anUntestedAccountFailsWhateverElseIsMissing() {
        check.given(azure.build().signedIn(ONE, 200).gap(FactKind.AZURE_ALERT_RULES, "a rule was unusable"))
                .isFail(FAIL);
        check.given(tested().gap(FactKind.SIGN_INS, "one")).isNotAssessed("administrators' last sign-ins: one");
    }

    @Test
    void withoutP1ThereIsNoSignInLog() {
        check.given(tested().without(Licence.ENTRA_ID_P1))
                .isNotApplicable("the tenant has no Microsoft Entra ID P1 licence");
    }
}
