package dev.parc.collect.tenant;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.collect.graph.GraphRequest.literal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.graph.Graph;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.graph.reader.AppRoleReader;
import dev.parc.collect.http.Answer;
import dev.parc.facts.AppRole;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Asks the directory what an application was granted of Microsoft Graph, which its token tells only after the next renewal. */
final class OwnGrants {

    private OwnGrants() {}

    /**
     * The permissions of {@link AppRole} that are granted.
     *
     * @param objectId of the application's service principal
     * @return empty if the directory does not tell, because the application may not read itself
     */
    static Optional<Set<String>> of(Graph graph, String objectId) {
        GraphRequest grants = GraphRequest.of(V1.servicePrincipals()
                .byServicePrincipalId(objectId)
                .appRoleAssignments()
                .toGetRequestInformation(it -> {
                    it.queryParameters.select = new String[] {"resourceId", "appRoleId"};
                    it.queryParameters.top = 999;
                }));
        GraphRequest itself = GraphRequest.of(V1.servicePrincipals().toGetRequestInformation(it -> {
            it.queryParameters.filter = "appId eq " + literal(AppRoleReader.MICROSOFT_GRAPH);
            it.queryParameters.select = new String[] {"id", "appId"};
        }));
        Map<String, Answer> answers = graph.ask(Map.of("grants", grants, "graph", itself));
        Optional<String> resource = body(answers.get("graph"))
                .map(body -> body.path("value").path(0).path("id").asText())
                .filter(id -> !id.isBlank());
        return body(answers.get("grants"))
                .filter(body -> body.path("value").isArray())
                .flatMap(body -> resource.map(id -> granted(body.path("value"), id)));
    }

    private static Optional<JsonNode> body(@Nullable Answer answer) {
        return answer instanceof Answer.Value value ? Optional.of(value.body()) : Optional.empty();
    }

    private static Set<String> granted(JsonNode grants, String resource) {
        Set<String> ids = StreamSupport.stream(grants.spliterator(), false)
                .filter(grant -> grant.path("resourceId").asText().equalsIgnoreCase(resource))
                .map(grant -> grant.path("appRoleId").asText())
                .collect(Collectors.toSet());
        return Stream.of(AppRole.values())
                .filter(role -> ids.contains(role.id()))
                .map(AppRole::value)
                .collect(Collectors.toSet());
    }
}
