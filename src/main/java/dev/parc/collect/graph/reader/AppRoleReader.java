package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.collect.graph.GraphRequest.literal;
import static dev.parc.facts.FactKind.GRAPH_APP_ROLES;
import static dev.parc.facts.FactKind.GROUP_WRITERS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.GapException;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.GraphAppRole;
import dev.parc.facts.directory.GraphPermission;
import dev.parc.facts.directory.GroupWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads which applications were granted a permission of Microsoft Graph that leads to Global Administrator, and which one by
 * which groups change. The list is of every grant to every application, 999 a page; only those are kept. A permission is known
 * by the name that the tenant's own service principal of Microsoft Graph has for it, or by its id where the names did not come.
 */
public final class AppRoleReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(List.of(GRAPH_APP_ROLES, GROUP_WRITERS), context -> new AppRoleReader(context).read()));

    /** The application id of Microsoft Graph, the same in every tenant. */
    public static final String MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000";

    /** Whoever is assigned to an application without a role of it has this one. */
    private static final String NO_ROLE = "00000000-0000-0000-0000-000000000000";

    private static final int LARGEST_PAGE = 999;

    private final ReadingContext context;
    private final ReadingBuilder leading = new ReadingBuilder(GRAPH_APP_ROLES);
    private final ReadingBuilder writing = new ReadingBuilder(GROUP_WRITERS);
    /** The names of the permissions that there are, by id; none if they did not come. */
    private final Map<String, String> names = new HashMap<>();

    public AppRoleReader(ReadingContext context) {
        this.context = context;
    }

    public Map<FactKind, Reading> read() {
        Answer graph = context.graph()
                .ask(GraphRequest.of(V1.servicePrincipals().toGetRequestInformation(it -> {
                    it.queryParameters.filter = "appId eq " + literal(MICROSOFT_GRAPH);
                    it.queryParameters.select = new String[] {"id", "appId", "appRoles"};
                })));
        if (graph instanceof Answer.Value value) {
            JsonNode first = value.body().path("value").path(0);
            if (first.isMissingNode()) {
                both(reading -> reading.failed("Microsoft Graph's own service principal was not found"));
            } else {
                try {
                    grants(ofMicrosoftGraph(first));
                } catch (GapException e) {
                    both(reading -> reading.gap(e.gap()));
                }
            }
        } else {
            both(reading -> reading.without(graph, GRAPH_APP_ROLES.permissions()));
        }
        return Map.of(GRAPH_APP_ROLES, leading.build(), GROUP_WRITERS, writing.build());
    }

    private String ofMicrosoftGraph(JsonNode first) {
        Item found = new Item("service principals", first);
        if (!found.id("appId").equals(MICROSOFT_GRAPH)) {
            throw found.malformed("appId");
        }
        found.optionalItems("appRoles")
                .filter(role -> role.has("id") && role.has("value"))
                .forEach(role -> role.text("value").ifPresent(value -> names.put(role.id("id"), value)));
        return found.id("id");
    }

    private void grants(String microsoftGraph) {
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
            both(reading -> reading.without(answer, GRAPH_APP_ROLES.permissions()));
            return;
        }
        JsonNode grants = value.body().path("value");
        if (!grants.isArray()) {
            both(reading -> reading.failed("granted permissions were returned without their list"));
            return;
        }
        both(ReadingBuilder::used);
        grants.forEach(grant -> {
            try {
                granted(new Item("granted permissions", grant));
            } catch (GapException e) {
                both(reading -> reading.gap(e.gap()));
            }
        });
    }

    private void granted(Item grant) {
        String role = grant.id("appRoleId");
        Optional<String> named = Optional.ofNullable(names.get(role));
        if (named.isEmpty() && !names.isEmpty() && !role.equals(NO_ROLE)) {
            leading.unseen(
                    grant.id("principalId"),
                    "it holds a permission of Microsoft Graph that Microsoft Graph's own list does not name, " + role);
        }
        Optional<GraphPermission> leads = named.flatMap(GraphPermission::named).or(() -> GraphPermission.of(role));
        Optional<String> writes = GroupWriter.permission(role);
        if (leads.isPresent() || writes.isPresent()) {
            String id = grant.id("principalId");
            String name = grant.firstText("principalDisplayName").orElse(id);
            leads.ifPresent(permission -> leading.value(new GraphAppRole(id, name, permission)));
            writes.ifPresent(permission -> writing.value(new GroupWriter(id, name, permission)));
        }
    }

    private void both(Consumer<ReadingBuilder> taken) {
        List.of(leading, writing).forEach(taken);
    }
}
