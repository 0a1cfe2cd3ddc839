package dev.parc.query;

import static dev.parc.query.AlertQueryTest.FIVE_MINUTES;
import static dev.parc.query.AlertQueryTest.ID;
import static dev.parc.query.AlertQueryTest.UPN;
import static dev.parc.query.AlertQueryTest.filled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.KustoAnalyser;
import dev.parc.KustoAnalyser.Analysed;
import dev.parc.KustoAnalyser.Word;
import dev.parc.query.Token.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What PARC reads out of the queries of a tenant's alert rules, against Kusto's own analyser: every published query, every near miss,
 * and each of them written in many other ways. Skipped where Node is not on the path.
 */
class AlertQueryByKustoTest {

    /** The columns of the tables, as Azure Monitor documents them. */
    private static final Map<String, String> TABLES = new LinkedHashMap<>();

    static {
        String signIns = columns(
                "AADTenantId AlternateSignInName AppDisplayName AppId AuthenticationContextClassReferences"
                        + " AuthenticationDetails AuthenticationMethodsUsed AuthenticationProcessingDetails"
                        + " AuthenticationProtocol AuthenticationRequirement AuthenticationRequirementPolicies"
                        + " AutonomousSystemNumber Category ClientAppUsed ConditionalAccessStatus CorrelationId"
                        + " CrossTenantAccessType HomeTenantId IPAddress IPAddressFromResourceProvider Id Identity Level"
                        + " Location NetworkLocationDetails OperationName OperationVersion OriginalRequestId"
                        + " ProcessingTimeInMilliseconds Resource ResourceDisplayName ResourceGroup ResourceId"
                        + " ResourceIdentity ResourceProvider ResourceServicePrincipalId ResourceTenantId ResultDescription"
                        + " ResultSignature ResultType RiskDetail RiskEventTypes RiskEventTypes_V2 RiskLevel"
                        + " RiskLevelAggregated RiskLevelDuringSignIn RiskState ServicePrincipalId ServicePrincipalName"
                        + " SessionLifetimePolicies SignInIdentifier SignInIdentifierType SourceSystem TenantId"
                        + " TokenIssuerName TokenIssuerType Type UniqueTokenIdentifier UserAgent UserDisplayName UserId"
                        + " UserPrincipalName UserType",
                "ConditionalAccessPolicies DeviceDetail LocationDetails MfaDetail Status");
        TABLES.put("SigninLogs", signIns);
        TABLES.put("AADNonInteractiveUserSignInLogs", signIns);
        TABLES.put(
                "AuditLogs",
                columns(
                        "AADOperationType ActivityDisplayName Category CorrelationId Id Identity OperationName Result"
                                + " ResultReason ResultType TenantId Type",
                        "AdditionalDetails InitiatedBy TargetResources"));
        TABLES.put(
                "AzureActivity",
                columns(
                        "ActivityStatus ActivityStatusValue ActivitySubstatus ActivitySubstatusValue Authorization Caller"
                                + " CallerIpAddress Category CategoryValue Claims CorrelationId EventDataId HTTPRequest"
                                + " Hierarchy Level OperationId OperationName OperationNameValue Properties Resource"
                                + " ResourceGroup ResourceId ResourceProvider ResourceProviderValue SourceSystem"
                                + " SubscriptionId TenantId Type _ResourceId",
                        "Authorization_d Claims_d Properties_d"));
        TABLES.put("IdentityInfo", columns("AccountObjectId AccountUPN Account", ""));
        TABLES.put("Emergency_CL", columns("UserId", ""));
    }

    private static String columns(String texts, String dynamics) {
        return Stream.concat(
                        Stream.of(texts.split(" ", -1)).map(name -> name + ": string"),
                        Stream.of(dynamics.split(" ", -1))
                                .filter(name -> !name.isEmpty())
                                .map(name -> name + ": dynamic"))
                .collect(Collectors.joining(", ", "(TimeGenerated: datetime, ", ")"));
    }

    /** What stands in a comment says nothing, whatever it looks like. */
    private static final String COMMENT = " // ' \" ``` " + ID + " */ /* | where UserId == \"x\" or '" + UPN + "'\n";

    private static final List<String> OF_AZURE = List.of(
            "AzureActivity | where OperationNameValue =~ 'Microsoft.Authorization/roleAssignments/write'",
            "AzureActivity | where OperationNameValue == 'MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE' // a 'b\n"
                    + "| where ActivityStatusValue == \"Success\"",
            "AzureActivity | where OperationNameValue endswith @'/roleassignments/write' and CategoryValue has 'administrative'",
            "AzureActivity | where OperationNameValue in~ ('x', 'microsoft.authorization/roleassignments/write')"
                    + " | summarize count() by Caller, bin(TimeGenerated, 1h)",
            "AzureActivity | where OperationNameValue !contains 'roleAssignments'",
            "AuditLogs | where OperationName =~ 'Microsoft.Authorization/roleAssignments/write'",
            "union AzureActivity, AuditLogs | where OperationNameValue has 'roleassignments'");

    /** A query, what PARC answers of an event, and what the analyser says. */
    private record Asked(String query, Function<String, Yield> answer, String table) {

        Yield answered() {
            return answer.apply(query);
        }
    }

    /** An ordinary build takes every third variant, another one for each query. */
    private static final boolean ALL = Boolean.getBoolean("parc.exhaustive");

    private static final List<Asked> ASKED = new ArrayList<>();
    private static final List<Analysed> SAID = new ArrayList<>();

    @BeforeAll
    static void everyQuery() throws IOException, InterruptedException {
        KustoAnalyser.install();
        ASKED.clear();
        Stream.concat(AlertQueryTest.published().stream(), AlertQueryTest.nearMisses())
                .map(arguments -> filled((String) arguments.get()[0], UPN))
                .forEach(query -> ASKED.add(new Asked(query, AlertQueryByKustoTest::ofSignIn, "SigninLogs")));
        OF_AZURE.forEach(query -> ASKED.add(new Asked(query, AlertQueryByKustoTest::ofRoleChange, "AzureActivity")));
        SAID.clear();
        SAID.addAll(
                KustoAnalyser.analysed(TABLES, ASKED.stream().map(Asked::query).toList()));
    }

    private static Yield ofSignIn(String query) {
        return AlertQuery.of(query)
                .answer(LoggedEvent.signIn(ID, Optional.of(UPN)), FIVE_MINUTES, alias -> Optional.empty());
    }

    private static Yield ofRoleChange(String query) {
        LoggedEvent success = LoggedEvent.azureOperation("Microsoft.Authorization/roleAssignments/write", ID)
                .get(1);
        return AlertQuery.of(query).answer(success, FIVE_MINUTES, alias -> Optional.empty());
    }

    /** Comments, texts and words are the same, unless PARC says that it cannot read the query. */
    @Test
    void theWordsAreThoseOfTheAnalyser() throws Exception {
        List<Asked> asked = new ArrayList<>(ASKED);
        List<Analysed> said = new ArrayList<>(SAID);
        List<Asked> rewritten = new ArrayList<>();
        for (int i = 0; i < ASKED.size(); i++) {
            for (String query : lexically(said.get(i).words()).values()) {
                rewritten.add(
                        new Asked(query, ASKED.get(i).answer(), ASKED.get(i).table()));
            }
        }
        said.addAll(KustoAnalyser.words(rewritten.stream().map(Asked::query).toList()));
        asked.addAll(rewritten);

        int read = 0;
        for (int i = 0; i < asked.size(); i++) {
            String query = asked.get(i).query();
            List<Token> tokens;
            try {
                tokens = Lexer.tokens(query);
            } catch (QueryException e) {
                assertThat(said.get(i).fails()).as(query).isTrue();
                continue;
            }
            read++;
            assertThat(texts(tokens)).as(query).isEqualTo(textsOf(said.get(i).words()));
            assertThat(rest(tokens)).as(query).isEqualTo(restOf(said.get(i).words()));
            AlertQuery parc = AlertQuery.of(query);
            textsOf(said.get(i).words())
                    .forEach(text -> assertThat(parc.names(Set.of(text))).isTrue());
        }
        assertThat(read).isGreaterThan(1_000);
    }

    private static List<String> texts(List<Token> tokens) {
        return tokens.stream()
                .filter(token -> token.kind() == Kind.TEXT)
                .map(Token::text)
                .toList();
    }

    private static List<String> textsOf(List<Word> words) {
        return words.stream().filter(Word::isText).map(Word::text).toList();
    }

    /** The analyser makes one word of a literal like datetime(2020-01-01), PARC several. */
    private static String rest(List<Token> tokens) {
        return tokens.stream()
                .map(token -> token.kind() == Kind.TEXT ? "\0" : token.text())
                .collect(Collectors.joining());
    }

    private static String restOf(List<Word> words) {
        return words.stream()
                .map(word -> word.isText() ? "\0" : word.text().replaceAll("\\s", ""))
                .collect(Collectors.joining());
    }

    /** However a query is laid out and its texts are quoted, it asks the same. */
    @Test
    void theSameQueryWrittenOtherwiseHasTheSameAnswer() throws Exception {
        for (int i = 0; i < ASKED.size(); i++) {
            Asked asked = ASKED.get(i);
            boolean unreadable =
                    textsOf(SAID.get(i).words()).stream().anyMatch(text -> text.contains("\n")) || !ends(asked.query());
            for (Map.Entry<String, String> variant :
                    lexically(SAID.get(i).words()).entrySet()) {
                if (!unreadable) {
                    assertThat(asked.answer().apply(variant.getValue()))
                            .as(variant.getKey() + ": " + asked.query())
                            .isEqualTo(asked.answered());
                }
            }
        }
    }

    private static boolean ends(String query) {
        try {
            Lexer.tokens(query);
            return true;
        } catch (QueryException e) {
            return false; // a quote without its end, which the analyser ends by itself
        }
    }

    /** What asks the same in other words has the same answer, or none. */
    @Test
    void whatAsksTheSameHasNoOtherAnswer() throws Exception {
        List<Asked> variants = new ArrayList<>();
        List<Yield> expected = new ArrayList<>();
        for (int i = 0; i < ASKED.size(); i++) {
            Asked asked = ASKED.get(i);
            if (!SAID.get(i).fails()) {
                List<String> others = inOtherWords(asked.query(), SAID.get(i).words());
                for (int j = 0; j < others.size(); j++) {
                    if (ALL || (i + j) % 3 == 0) {
                        variants.add(new Asked(others.get(j), asked.answer(), asked.table()));
                        expected.add(asked.answered());
                    }
                }
            }
        }
        List<Analysed> analysed = KustoAnalyser.analysed(
                TABLES, variants.stream().map(Asked::query).toList());

        for (int i = 0; i < variants.size(); i++) {
            if (!analysed.get(i).fails()) {
                assertThat(variants.get(i).answered())
                        .as(variants.get(i).query())
                        .isIn(expected.get(i), Yield.UNKNOWN);
            }
        }
        assertThat(variants).hasSizeGreaterThan(400);
    }

    /** A query that the service refuses tells nobody anything, and one that asks other tables does not of this event. */
    @Test
    void aRowIsPromisedOnlyOfAQueryThatIsOneAndAsksTheTable() throws Exception {
        int promised = 0;
        for (int i = 0; i < ASKED.size(); i++) {
            Asked asked = ASKED.get(i);
            Yield yield = asked.answered();
            if (yield == Yield.EVERY) {
                promised++;
                assertThat(SAID.get(i).wrong()).as(asked.query()).noneMatch(word -> word.startsWith("Error"));
            }
            if (yield == Yield.EVERY || yield == Yield.SOME) {
                assertThat(SAID.get(i).tables()).as(asked.query()).contains(asked.table());
            }
        }
        assertThat(promised).isGreaterThan(50);
    }

    /** PARC calls a query wrong only where the analyser does. */
    @Test
    void whatIsNoQueryIsNoneForTheAnalyser() throws Exception {
        int wrong = 0;
        for (int i = 0; i < ASKED.size(); i++) {
            Asked asked = ASKED.get(i);
            try {
                new QueryReader(
                                Lexer.tokens(asked.query()),
                                LoggedEvent.signIn(ID, Optional.of(UPN)),
                                FIVE_MINUTES,
                                alias -> Optional.empty())
                        .rows();
            } catch (QueryException e) {
                if (e.wrong()) {
                    wrong++;
                    assertThat(SAID.get(i).fails()).as(asked.query()).isTrue();
                }
            }
        }
        assertThat(wrong).isGreaterThan(3);
    }

    /** The query from the analyser's words, with the texts quoted in each way, and with all that may stand between. */
    private static Map<String, String> lexically(List<Word> words) {
        Map<String, String> variants = new LinkedHashMap<>();
        variants.put("plain", written(words, " ", AlertQueryByKustoTest::plain));
        variants.put("commented", written(words, COMMENT, AlertQueryByKustoTest::plain));
        variants.put("lines", written(words, "\r\n", text -> "'" + escaped(text, "'") + "'"));
        variants.put("old lines", written(words, " // x 'y\r", AlertQueryByKustoTest::plain));
        variants.put("tabs", written(words, "\t\f", text -> "h" + plain(text)));
        variants.put(
                "verbatim",
                written(words, " ", text -> text.contains("\n") ? plain(text) : "@'" + text.replace("'", "''") + "'"));
        variants.put(
                "hidden and verbatim",
                written(
                        words,
                        " ",
                        text -> text.contains("\n") ? plain(text) : "H@\"" + text.replace("\"", "\"\"") + "\""));
        variants.put("fenced", written(words, " ", text -> text.contains("`") ? plain(text) : "```" + text + "```"));
        variants.put(
                "fenced otherwise",
                written(words, " ", text -> text.contains("~") ? plain(text) : "h@~~~" + text + "~~~"));
        return variants;
    }

    private static String written(List<Word> words, String between, Function<String, String> quoted) {
        return words.stream()
                .map(word -> word.isText() ? quoted.apply(word.text()) : word.text())
                .collect(Collectors.joining(between));
    }

    private static String plain(String text) {
        return "\"" + escaped(text, "\"") + "\"";
    }

    private static String escaped(String text, String quote) {
        return text.replace("\\", "\\\\")
                .replace(quote, "\\" + quote)
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    private static List<String> inOtherWords(String query, List<Word> words) {
        List<String> variants = new ArrayList<>();
        variants.add(written(
                words,
                " ",
                text -> text.length() < 2
                        ? plain(text)
                        : plain(text.substring(0, 1)) + " " + plain(text.substring(1))));
        variants.add(written(
                words,
                " ",
                text -> text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining("", "\"", "\""))));
        variants.add(query + "\n;;");
        if (!query.contains(";")) {
            variants.add("let asked = " + query + "\n; asked");
            variants.add("let asked = (" + query + "\n); let UserId = asked; UserId");
            variants.add("let asked = view () { " + query + "\n}; asked");
            variants.add("let AuditLogs = " + query + "\n; AuditLogs");
            variants.add("(" + query + "\n)");
            variants.add("union (" + query + "\n)");
            variants.add("union isfuzzy=true withsource=From (" + query + "\n), (AuditLogs | where false)");
            variants.add("AuditLogs | where false | union (" + query + "\n)");
            variants.add("materialize(" + query + "\n)");
            variants.add(query + "\n| where true");
            variants.add(query + "\n| extend AndMore = \"x // y\" | project-away AndMore");
            variants.add(query + "\n| as kept | where not(false)");
        }
        return variants;
    }
}
