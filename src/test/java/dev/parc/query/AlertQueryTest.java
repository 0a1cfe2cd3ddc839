package dev.parc.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AlertQueryTest {

    static final String ID = "1ce944cb-e22a-4371-9277-8c1de9243e33";
    static final String UPN = "bg-one@contoso.onmicrosoft.com";
    static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    static String filled(String query, String upn) {
        return query.replace("{id}", ID).replace("{upn}", upn).replace("{UPN}", upn.toUpperCase(Locale.ROOT));
    }

    private static Yield answer(String query, String upn) {
        return AlertQuery.of(filled(query, upn))
                .answer(LoggedEvent.signIn(ID, Optional.of(upn)), FIVE_MINUTES, alias -> Optional.empty());
    }

    private static Yield answer(String query) {
        return answer(query, UPN);
    }

    static List<Arguments> published() throws IOException {
        try (InputStream file = AlertQueryTest.class.getResourceAsStream("/queries/alert-queries.json")) {
            List<Arguments> cases = new ArrayList<>();
            for (JsonNode one : new ObjectMapper().readTree(file)) {
                cases.add(Arguments.of(
                        one.path("query").asText(), one.path("watches").asText()));
            }
            return cases;
        }
    }

    /** Where the answer goes by the account's name, the query alone does not tell. */
    @ParameterizedTest
    @MethodSource("published")
    void aQueryAsPeopleWriteIt(String query, String watches) {
        List<String> answers = Stream.of(UPN, "breakglass@contoso.onmicrosoft.com")
                .map(upn -> inWords(answer(query, upn)))
                .distinct()
                .toList();
        assertThat(answers.size() == 1 ? answers.get(0) : "unknown").isEqualTo(watches);
    }

    @Test
    void thereAreThirtyOne() throws IOException {
        assertThat(published()).hasSize(31);
    }

    private static String inWords(Yield yield) {
        return switch (yield) {
            case EVERY -> "yes";
            case SOME, NONE -> "no";
            case UNKNOWN -> "unknown";
        };
    }

    static Stream<Arguments> nearMisses() {
        return Stream.of(
                // precedence and brackets
                of("SigninLogs | where UserId == '{id}' or UserId == 'x' and Location == 'DE'", Yield.EVERY),
                of("SigninLogs | where (UserId == '{id}' or UserId == 'x') and Location == 'DE'", Yield.SOME),
                of("SigninLogs | where UserId == 'x' and Location == 'DE' or UserId == '{id}'", Yield.EVERY),
                of("SigninLogs | where Location == 'DE' or Location != 'DE'", Yield.UNKNOWN),
                of("SigninLogs | where Location == 'DE' | where Location != 'DE'", Yield.SOME),
                // negation
                of("SigninLogs | where not(UserId != '{id}')", Yield.EVERY),
                of("SigninLogs | where not(UserId !in~ ('{id}') and ResultType == 0)", Yield.EVERY),
                of("SigninLogs | where UserPrincipalName !~ '{UPN}'", Yield.NONE),
                of("SigninLogs | where not(TimeGenerated > ago(5m))", Yield.UNKNOWN),
                of("SigninLogs | where not(not(UserId == '{id}'))", Yield.EVERY),
                of("SigninLogs | where UserPrincipalName !contains 'service' and UserId == '{id}'", Yield.EVERY),
                of("SigninLogs | where UserPrincipalName !startswith 'bg' and UserId == '{id}'", Yield.NONE),
                // texts and comments
                of("SigninLogs | where UserId == '{id}' and ResultType != 'a -- b // c'", Yield.EVERY),
                of("SigninLogs | where UserId == 'it\\'s // {id}'", Yield.NONE),
                of("SigninLogs | where UserId == @'a\\' or UserId == '{id}'", Yield.EVERY),
                of("SigninLogs | where UserId == @'say ''{id}'' | where'", Yield.NONE),
                of("SigninLogs | where UserId == h'{id}'", Yield.EVERY),
                of("SigninLogs // | where UserId == 'x'\r\n| where UserId == \"{id}\" // the first", Yield.EVERY),
                of("SigninLogs | where UserId == '{id}' // or", Yield.EVERY),
                of("SigninLogs | where UserId == '{id}", Yield.UNKNOWN),
                of("SigninLogs | where UserId == ```{id}```", Yield.EVERY),
                // lets
                of("let one = '{id}'; let all = pack_array(one, 'x'); SigninLogs | where UserId in (all)", Yield.EVERY),
                of("let t = SigninLogs | where ResultType == '0'; let u = t; u | where UserId == '{id}'", Yield.EVERY),
                of("let t = (SigninLogs | where ResultType == '0'); t | where UserId == '{id}'", Yield.EVERY),
                of("let SigninLogs = AuditLogs; SigninLogs | where UserId == '{id}'", Yield.NONE),
                of("let UserId = '{id}'; SigninLogs | where UserId == '{id}'", Yield.UNKNOWN),
                of(
                        "let t = datatable(id: string, n: int) ['x', 1, '{id}', 2]; SigninLogs | where UserId in (t)",
                        Yield.EVERY),
                of(
                        "let t = datatable(id: string, n: int) ['{id}', 1]; SigninLogs | where UserId in ((t | where n == 2))",
                        Yield.NONE),
                of("let f = (x: string) { x == '{id}' }; SigninLogs | where f(UserId)", Yield.UNKNOWN),
                of("let tolower = (x: string) { 'x' }; SigninLogs | where tolower(UserId) == '{id}'", Yield.UNKNOWN),
                of("let back = 5m; SigninLogs | where TimeGenerated > ago(back) and UserId == '{id}'", Yield.EVERY),
                // columns
                of("SigninLogs | project UserPrincipalName | where UserId == '{id}'", Yield.NONE),
                of("SigninLogs | project-away UserId | where UserId == '{id}'", Yield.NONE),
                of("SigninLogs | project-rename Who = UserId | where Who == '{id}'", Yield.EVERY),
                of("SigninLogs | project-rename Who = UserId | where UserId == '{id}'", Yield.NONE),
                of("SigninLogs | project Who = tolower(UserPrincipalName), UserId | where Who == '{upn}'", Yield.EVERY),
                of("SigninLogs | extend UserId = 'x' | where UserId == '{id}'", Yield.NONE),
                of("SigninLogs | where ['UserId'] == '{id}'", Yield.EVERY),
                of("SigninLogs | where userid == '{id}'", Yield.UNKNOWN),
                of("SigninLogs | parse UserId with UserId '-' * | where UserId == '{id}'", Yield.UNKNOWN),
                of("SigninLogs | project UserId | where UserId in (Watched)", Yield.UNKNOWN),
                of(
                        "SigninLogs | project UserId | where extract('(.*)', 1, UserId, typeof(string)) == 'x'",
                        Yield.UNKNOWN),
                of("SigninLogs | project UserId | where UserId == watched", Yield.NONE),
                // what succeeded
                of("SigninLogs | where UserId == '{id}' and Status.errorCode == 0", Yield.EVERY),
                of("SigninLogs | where UserId == '{id}' and tostring(Status.errorCode) != '0'", Yield.NONE),
                of("SigninLogs | where UserId == '{id}' and ResultType in ('50125', \"0\")", Yield.EVERY),
                of("SigninLogs | where UserId == '{id}' and ResultType in (50125, 50140)", Yield.NONE),
                of("SigninLogs | where UserId == '{id}' and toint(ResultType) > 0", Yield.NONE),
                of("SigninLogs | where UserId == '{id}' and LocationDetails.countryOrRegion == 'DE'", Yield.SOME),
                of("SigninLogs | where UserId == '{id}' and RiskLevelDuringSignIn == 'high'", Yield.SOME),
                of("SigninLogs | where UserId == '{id}' and ConditionalAccessStatus == 'notApplied'", Yield.UNKNOWN),
                // terms
                of("SigninLogs | where UserPrincipalName has 'bg'", Yield.EVERY),
                of("SigninLogs | where UserPrincipalName has 'b'", Yield.NONE),
                of("SigninLogs | where UserPrincipalName has_any ('emergency', 'bg')", Yield.EVERY),
                of("SigninLogs | where UserPrincipalName contains 'G-oNe'", Yield.EVERY),
                of("SigninLogs | where UserPrincipalName contains_cs 'G-oNe'", Yield.UNKNOWN),
                of("SigninLogs | where UserPrincipalName matches regex '^bg-.*'", Yield.UNKNOWN),
                // several tables
                of("union isfuzzy=true AuditLogs, (SigninLogs | where UserId == '{id}')", Yield.EVERY),
                of("AADNonInteractiveUserSignInLogs | where UserId == '{id}'", Yield.NONE),
                of("AuditLogs | union SigninLogs | where UserId == '{id}'", Yield.EVERY),
                of("union * | where UserId == '{id}'", Yield.UNKNOWN),
                of("union Signin* | where UserId == '{id}'", Yield.UNKNOWN),
                of("Emergency_CL | where UserId == '{id}'", Yield.NONE),
                of("search '{id}'", Yield.UNKNOWN),
                of("workspace('other').SigninLogs | where UserId == '{id}'", Yield.UNKNOWN),
                of(
                        "SigninLogs | where UserId in ((SigninLogs | where ResultType != 0 | distinct UserId))",
                        Yield.UNKNOWN),
                // how many
                of("SigninLogs | where UserId == '{id}' | count", Yield.UNKNOWN),
                of("SigninLogs | where UserId == '{id}' | count | where Count > 0", Yield.EVERY),
                of("SigninLogs | where UserId == 'x' | count | where Count > 0", Yield.NONE),
                of("SigninLogs | where UserId == '{id}' | summarize n = count() | where n >= 1", Yield.EVERY),
                of("SigninLogs | where UserId == '{id}' | summarize n = count() | where n == 0", Yield.NONE),
                of("SigninLogs | summarize count() by UserId | where UserId == '{id}' and count_ > 0", Yield.EVERY),
                of("SigninLogs | summarize arg_max(TimeGenerated, *) by UserId | where UserId == '{id}'", Yield.EVERY),
                of(
                        "SigninLogs | summarize arg_max(TimeGenerated, *) by UserId | where UserPrincipalName == '{upn}'",
                        Yield.UNKNOWN),
                of("SigninLogs | take 10 | where UserId == '{id}'", Yield.UNKNOWN),
                of(
                        "SigninLogs | where UserId == '{id}' | join kind=leftouter (IdentityInfo) on $left.UserId == $right.AccountObjectId",
                        Yield.EVERY),
                of("SigninLogs | where UserId == 'x' | join (IdentityInfo) on Account", Yield.NONE),
                of("SigninLogs | where UserId == '{id}' | evaluate bag_unpack(Status)", Yield.UNKNOWN),
                of(
                        "SigninLogs | where UserId == '{id}' | order by TimeGenerated desc | project TimeGenerated",
                        Yield.EVERY),
                // time
                of("SigninLogs | where TimeGenerated >= ago(4m) and UserId == '{id}'", Yield.SOME),
                of("SigninLogs | where TimeGenerated between (ago(1h) .. now()) and UserId == '{id}'", Yield.EVERY),
                of("SigninLogs | where TimeGenerated between (ago(1h) .. ago(5m)) and UserId == '{id}'", Yield.UNKNOWN),
                of("SigninLogs | where TimeGenerated > now() - 10m | where UserId == '{id}'", Yield.EVERY),
                of("SigninLogs | where ingestion_time() > ago(30m) and UserId == '{id}'", Yield.EVERY),
                of("SigninLogs | where TimeGenerated > datetime(2020-01-01) and UserId == '{id}'", Yield.UNKNOWN),
                // what is no query, or more than one
                of("", Yield.UNKNOWN),
                of("SigninLogs | where", Yield.UNKNOWN),
                of("SigninLogs | where UserId == '{id}' and", Yield.UNKNOWN),
                of("SigninLogs; AuditLogs", Yield.UNKNOWN),
                of("SigninLogs", Yield.EVERY));
    }

    private static Arguments of(String query, Yield yield) {
        return Arguments.of(query, yield);
    }

    @ParameterizedTest
    @MethodSource("nearMisses")
    void aQueryThatIsAlmostAnother(String query, Yield expected) {
        assertThat(answer(query)).isEqualTo(expected);
    }

    private static Yield byWatchlist(String query, Optional<List<Map<String, String>>> items) {
        return AlertQuery.of(filled(query, UPN))
                .answer(
                        LoggedEvent.signIn(ID, Optional.of(UPN)),
                        FIVE_MINUTES,
                        alias -> alias.equals("bg") ? items : Optional.empty());
    }

    @Test
    void aWatchlistSaysWhomItWatches() {
        String query = "let w = _GetWatchlist('bg') | project UserPrincipalName;"
                + " SigninLogs | where UserPrincipalName in~ (w)";
        Map<String, String> other = Map.of("UserPrincipalName", "x@contoso.com", "Note", "");
        Map<String, String> own = Map.of("UserPrincipalName", UPN, "Note", "first");
        assertThat(byWatchlist(query, Optional.of(List.of(other, own)))).isEqualTo(Yield.EVERY);
        assertThat(byWatchlist(query, Optional.of(List.of(other)))).isEqualTo(Yield.NONE);
        assertThat(byWatchlist(query, Optional.of(List.of()))).isEqualTo(Yield.NONE);
        assertThat(byWatchlist(query, Optional.empty())).isEqualTo(Yield.UNKNOWN);
        assertThat(byWatchlist(query.replace("'bg'", "'vip'"), Optional.of(List.of(own))))
                .isEqualTo(Yield.UNKNOWN);
        String set = "let w = toscalar(_GetWatchlist('bg') | summarize make_set(UserPrincipalName));"
                + " SigninLogs | where UserPrincipalName in~ (w)";
        assertThat(byWatchlist(set, Optional.of(List.of(own)))).isEqualTo(Yield.EVERY);
        assertThat(byWatchlist("_GetWatchlist('bg')", Optional.of(List.of(own))))
                .isEqualTo(Yield.UNKNOWN);
        assertThat(AlertQuery.of(query).watchlists()).containsExactly("bg");
    }

    @Test
    void aNameCountsInATextOnly() {
        AlertQuery query = AlertQuery.of("SigninLogs // 'x'\n| where UserId == 'a X b'");
        assertThat(query.names(Set.of("x"))).isTrue();
        assertThat(AlertQuery.of("SigninLogs // 'x'").names(Set.of("x"))).isFalse();
        assertThat(query.mentions("SigninLogs")).isTrue();
        assertThat(query.mentions("AuditLogs")).isFalse();
    }

    @Test
    void anOperationOfAzureIsFollowedInItsOwnTable() {
        String query = "AzureActivity | where OperationNameValue =~ 'Microsoft.Authorization/roleAssignments/write'"
                + " and ActivityStatusValue == 'Success' | extend Who = Caller";
        List<LoggedEvent> events = LoggedEvent.azureOperation("Microsoft.Authorization/roleAssignments/write", ID);
        assertThat(events)
                .extracting(event -> AlertQuery.of(query).answer(event, FIVE_MINUTES, alias -> Optional.empty()))
                .containsExactly(Yield.NONE, Yield.EVERY);
    }

    /** Whoever can write a rule in the tenant can write such a query: it costs nothing but its own answer. */
    @Test
    void aQueryThatIsMeantToTakeForEverIsNotFollowed() {
        assertThat(answer("SigninLogs | where " + "(".repeat(5_000) + "UserId")).isEqualTo(Yield.UNKNOWN);
        assertThat(answer("SigninLogs | where " + "not(".repeat(5_000) + "UserId"))
                .isEqualTo(Yield.UNKNOWN);
        assertThat(answer("(".repeat(5_000) + "SigninLogs")).isEqualTo(Yield.UNKNOWN);
        assertThat(answer("SigninLogs | where UserId == '{id}'" + " or UserId == 'x'".repeat(5_000)))
                .isEqualTo(Yield.EVERY);
        assertThat(answer("SigninLogs | where x" + ".x".repeat(5_000))).isEqualTo(Yield.UNKNOWN);
        StringBuilder doubling = new StringBuilder("let t0 = SigninLogs;");
        StringBuilder texts = new StringBuilder("let t0 = 'x';");
        StringBuilder lists = new StringBuilder("let t0 = pack_array('x');");
        for (int i = 0; i < 60; i++) {
            doubling.append("let t%d = union t%d, t%d;".formatted(i + 1, i, i));
            texts.append("let t%d = strcat(t%d, t%d);".formatted(i + 1, i, i));
            lists.append("let t%d = pack_array(t%d, t%d);".formatted(i + 1, i, i));
        }
        assertThat(answer(doubling + "t60 | where UserId == '{id}'")).isEqualTo(Yield.UNKNOWN);
        assertThat(answer(texts + "SigninLogs | where UserId == t60")).isEqualTo(Yield.UNKNOWN);
        assertThat(answer(lists + "SigninLogs | where UserId in (t60)")).isEqualTo(Yield.UNKNOWN);
        assertThat(answer(" ".repeat(100_001))).isEqualTo(Yield.UNKNOWN);
    }
}
