package dev.parc.collect.graph;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.collect.graph.GraphRequest.literal;
import static dev.parc.facts.FactKind.GRAPH_APP_ROLES;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.exchange.Answer;
import dev.parc.facts.GraphAppRole;
import dev.parc.facts.GraphPermission;
import dev.parc.facts.Reading;
import java.util.Optional;

/**
 * Reads which applications were granted a permission of Microsoft Graph that leads to Global Administrator. The list is
 * of every grant to every application, 999 a page; only those that lead there are kept.
 */
final class AppRoleReader {

    /** The application id of Microsoft Graph, the same in every tenant. */
    private static final String MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000";

    private static final int LARGEST_PAGE = 999;

    private final ReadingContext context;

    AppRoleReader(ReadingContext context) {
        this.context = context;
    }

    Reading read() {
        ReadingBuilder reading = new ReadingBuilder(GRAPH_APP_ROLES);
        Answer graph = context.graph()
                .ask(GraphRequest.of(V1.servicePrincipals().toGetRequestInformation(it -> {
                    it.queryParameters.filter = "appId eq " + literal(MICROSOFT_GRAPH);
                    it.queryParameters.select = new String[] {"id", "appId"};
                })));
        if (!(graph instanceof Answer.Value value)) {
            return reading.without(graph, GRAPH_APP_ROLES.permissions()).build();
        }
        JsonNode first = value.body().path("value").path(0);
        if (first.isMissingNode()) {
            return reading.failed("Microsoft Graph's own service principal was not found")
                    .build();
        }
        reading.attempt(() -> {
            Item found = new Item("service principals", first);
            if (!found.id("appId").equals(MICROSOFT_GRAPH)) {
                throw found.malformed("appId");
            }
            grants(found.id("id"), reading);
        });
        return reading.build();
    }

    private void grants(String microsoftGraph, ReadingBuilder reading) {
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.servicePrincipals()
                        .byServicePrincipalId(microsoftGraph)
                        .appRoleAssignedTo()
                        .toGetRequestInformation(it -> {
                            it.queryParameters.select =
                                    new String[] {"principalId", "principalDisplayName", "principalType", "appRoleId"};
                            it.queryParameters.top = LARGEST_PAGE;
                        })));
        if (!(answer instanceof Answer.Value value)) {
            reading.without(answer, GRAPH_APP_ROLES.permissions());
            return;
        }
        JsonNode grants = value.body().path("value");
        if (!grants.isArray()) {
            reading.failed("granted permissions came without their list");
            return;
        }
        reading.used();
        grants.forEach(grant -> reading.attempt(
                () -> dangerous(new Item("granted permissions", grant)).ifPresent(reading::value)));
    }

    private static Optional<GraphAppRole> dangerous(Item grant) {
        return GraphPermission.of(grant.id("appRoleId")).map(permission -> {
            String id = grant.id("principalId");
            return new GraphAppRole(id, grant.firstText("principalDisplayName").orElse(id), permission);
        });
    }
}
