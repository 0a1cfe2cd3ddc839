package dev.parc.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parc.KustoAnalyser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The queries of alerts, workbook and documents by Kusto's own analyser, against the columns of the tables that they ask. Skipped
 * where Node is not on the path.
 */
class QueriesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The columns that the queries may ask for, as Azure Monitor documents the tables. */
    private static final Map<String, String> TABLES = Map.of(
            "AppTraces",
            "(TimeGenerated: datetime, Message: string, SeverityLevel: int, OperationId: string, OperationName: string,"
                    + " Properties: dynamic, AppRoleName: string)",
            "SigninLogs",
            "(TimeGenerated: datetime, UserId: string, UserPrincipalName: string, AppDisplayName: string, IPAddress: string,"
                    + " ResultType: string)");

    @BeforeAll
    static void analyser() throws Exception {
        KustoAnalyser.install();
    }

    @Test
    void everyQueryIsRight() throws Exception {
        Map<String, String> queries = queries();

        Map<String, String> wrong = new LinkedHashMap<>();
        List<List<String>> said = wrong(List.copyOf(queries.values()));
        int at = 0;
        for (String place : queries.keySet()) {
            List<String> words = said.get(at++);
            if (!words.isEmpty()) {
                wrong.put(place, words.toString());
            }
        }

        assertThat(queries.keySet())
                .anyMatch(place -> place.startsWith("alert"))
                .anyMatch(place -> place.startsWith("workbook"))
                .anyMatch(place -> place.startsWith("docs"))
                .hasSizeGreaterThan(10);
        assertThat(wrong).isEmpty();
    }

    @Test
    void theAnalyserSeesWhatIsWrong() throws Exception {
        List<List<String>> said = wrong(List.of(
                "AppTraces | where Messag == ''", "AppTrace | take 1", "AppTraces | summarize count() by | take 1"));

        assertThat(said).hasSize(3).allSatisfy(words -> assertThat(words).isNotEmpty());
    }

    /** Every query by where it stands; alerts as the compiler works them out. */
    private static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        for (JsonNode rule : Deployment.of("full").resources("Microsoft.Insights/scheduledQueryRules")) {
            for (JsonNode criterion : rule.at("/properties/criteria/allOf")) {
                queries.put(
                        "alert " + rule.at("/properties/displayName").asText(),
                        criterion.path("query").asText());
            }
        }
        JsonNode workbook =
                JSON.readTree(Template.INFRA.resolve("modules/workbook.json").toFile());
        for (String query : workbook.findValuesAsText("query")) {
            queries.put("workbook " + queries.size(), query);
        }
        for (String document : DocumentsTest.documents()) {
            for (MatchResult block : Pattern.compile("(?ms)^```kusto\\n(.*?)^```")
                    .matcher(Template.read(Path.of(document)))
                    .results()
                    .toList()) {
                queries.put(document + " " + queries.size(), block.group(1));
            }
        }
        return queries;
    }

    /** What is wrong with each query. */
    private static List<List<String>> wrong(List<String> queries) throws IOException, InterruptedException {
        return KustoAnalyser.analysed(TABLES, queries).stream()
                .map(KustoAnalyser.Analysed::wrong)
                .toList();
    }
}
