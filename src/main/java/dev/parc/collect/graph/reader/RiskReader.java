package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.RISKY_USERS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.RiskyUser;
import java.util.List;
import java.util.Optional;

/** Reads who is at risk in Identity Protection now; the list grows with users, so the first page of it and no more. */
public final class RiskReader {

    public static final List<ReadingTask> TASKS =
            List.of(ReadingTask.of(RISKY_USERS, context -> new RiskReader(context).read(), SERVICE_PLANS));

    private static final int LARGEST_PAGE = 500;
    private static final String OPEN = "riskState eq 'atRisk' or riskState eq 'confirmedCompromised'";

    private final ReadingContext context;

    public RiskReader(ReadingContext context) {
        this.context = context;
    }

    public Reading read() {
        Optional<Reading> unlicensed = context.unlicensedFor(Licence.ENTRA_ID_P2);
        if (unlicensed.isPresent()) {
            return unlicensed.get();
        }
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.identityProtection().riskyUsers().toGetRequestInformation(it -> {
                            it.queryParameters.filter = OPEN;
                            it.queryParameters.top = LARGEST_PAGE;
                        }))
                        .firstPage());
        ReadingBuilder users = new ReadingBuilder(RISKY_USERS)
                .collection(answer, "risky users", RiskReader::user, RISKY_USERS.permissions());
        if (answer instanceof Answer.Value value && value.body().hasNonNull("@odata.nextLink")) {
            JsonNode rows = value.body().path("value");
            users.gap("there are more than the " + rows.size() + " that were read");
        }
        return users.build();
    }

    private static RiskyUser user(Item item) {
        String id = item.id("id");
        return new RiskyUser(
                id,
                item.firstText("userPrincipalName").orElse(id),
                item.firstText("riskLevel").orElse("hidden"),
                item.time("riskLastUpdatedDateTime"),
                switch (item.requiredText("riskState")) {
                    case "confirmedCompromised" -> true;
                    case "atRisk" -> false;
                    default -> throw item.malformed("riskState");
                });
    }
}
