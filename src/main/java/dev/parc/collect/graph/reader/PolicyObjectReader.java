package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.POLICY_OBJECTS;

import com.microsoft.graph.directoryobjects.getbyids.GetByIdsPostRequestBody;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.collect.reading.Slices;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.MicrosoftApplication;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.PolicyObject;
import dev.parc.facts.policies.PolicyObject.Kind;
import dev.parc.facts.policies.PolicyObject.State;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads whether the users, groups and applications that enabled policies name exist: one question for all objects, one for
 * fifteen applications, and one for each that is not there, whether it was deleted lately.
 */
public final class PolicyObjectReader {

    public static final List<ReadingTask> TASKS = List.of(ReadingTask.of(
            POLICY_OBJECTS, context -> new PolicyObjectReader(context).read(), CONDITIONAL_ACCESS_POLICIES));

    /** So many ids one question takes. */
    private static final int MOST_OBJECTS = 1_000;

    private static final int MOST_MISSING = 100;

    private final ReadingContext context;
    private final ReadingBuilder reading = new ReadingBuilder(POLICY_OBJECTS);

    public PolicyObjectReader(ReadingContext context) {
        this.context = context;
    }

    public Reading read() {
        Optional<Reading> unread = context.unreadFor(CONDITIONAL_ACCESS_POLICIES);
        if (unread.isPresent()) {
            return unread.get();
        }
        SortedMap<String, Kind> objects = new TreeMap<>();
        Set<String> applications = new HashSet<>();
        context.values(CONDITIONAL_ACCESS_POLICIES, ConditionalAccessPolicy.class).stream()
                .filter(policy -> policy.state() == ConditionalAccessPolicy.State.ENABLED)
                .forEach(policy -> {
                    var users = policy.users();
                    ids(users.includeUsers(), users.excludeUsers()).forEach(id -> objects.put(id, Kind.USER));
                    ids(users.includeGroups(), users.excludeGroups()).forEach(id -> objects.put(id, Kind.GROUP));
                    ids(policy.applications().include(), policy.applications().exclude())
                            .filter(id -> MicrosoftApplication.of(id).isEmpty())
                            .forEach(applications::add);
                });
        Map<List<String>, GraphRequest> requests = new LinkedHashMap<>();
        Slices.of(sorted(objects.keySet()), MOST_OBJECTS).forEach(block -> requests.put(block, byIds(block)));
        Set<List<String>> ofObjects = Set.copyOf(requests.keySet());
        Slices.of(sorted(applications), Slices.ALTERNATIVES).forEach(block -> requests.put(block, byAppIds(block)));
        SortedMap<String, Kind> missing = new TreeMap<>();
        context.graph().ask(requests).forEach((block, answer) -> {
            boolean directory = ofObjects.contains(block);
            Set<String> there = new HashSet<>();
            boolean told = reading.each(answer, "objects that policies name", item -> {
                String id = item.id(directory ? "id" : "appId");
                there.add(id);
                Kind kind = directory ? objects.getOrDefault(id, Kind.USER) : Kind.APPLICATION;
                String name = item.firstText("userPrincipalName", "displayName").orElse(id);
                reading.value(new PolicyObject(kind, id, name, State.THERE));
            });
            if (told) {
                block.stream()
                        .filter(id -> !there.contains(id))
                        .forEach(id ->
                                missing.put(id, directory ? objects.getOrDefault(id, Kind.USER) : Kind.APPLICATION));
            }
        });
        askForDeleted(missing);
        return reading.build();
    }

    /** An application is told by its appId, by which nothing is found among the deleted items. */
    private void askForDeleted(SortedMap<String, Kind> missing) {
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        int unasked = (int) Math.max(
                0,
                missing.values().stream()
                                .filter(kind -> kind != Kind.APPLICATION)
                                .count()
                        - MOST_MISSING);
        if (unasked > 0) {
            reading.gap(unasked
                    + (unasked == 1 ? " more object that policies name is" : " more objects that policies name are")
                    + " not in the directory; whether they were deleted lately was asked of " + MOST_MISSING + " only");
        }
        missing.forEach((id, kind) -> {
            if (kind == Kind.APPLICATION) {
                reading.value(new PolicyObject(kind, id, id, State.GONE));
            } else if (requests.size() < MOST_MISSING) {
                requests.put(
                        id,
                        GraphRequest.of(V1.directory()
                                .deletedItems()
                                .byDirectoryObjectId(id)
                                .toGetRequestInformation(
                                        it -> it.queryParameters.select = new String[] {"id", "displayName"})));
            }
        });
        context.graph().ask(requests).forEach((id, answer) -> {
            Kind kind = missing.getOrDefault(id, Kind.USER);
            if (ReadingBuilder.notFound(answer)) {
                reading.value(new PolicyObject(kind, id, id, State.GONE)).used();
            } else {
                reading.object(
                        answer,
                        "deleted items",
                        item -> new PolicyObject(
                                kind, id, item.firstText("displayName").orElse(id), State.DELETED),
                        POLICY_OBJECTS.permissions());
            }
        });
    }

    private static GraphRequest byIds(List<String> ids) {
        GetByIdsPostRequestBody body = new GetByIdsPostRequestBody();
        body.setIds(ids);
        body.setTypes(List.of("user", "group"));
        return GraphRequest.of(V1.directoryObjects().getByIds().toPostRequestInformation(body))
                .selecting("id", "displayName", "userPrincipalName");
    }

    private static GraphRequest byAppIds(List<String> ids) {
        String filter = ids.stream().map(GraphRequest::literal).collect(Collectors.joining(",", "appId in (", ")"));
        return GraphRequest.of(V1.servicePrincipals().toGetRequestInformation(it -> {
            it.queryParameters.filter = filter;
            it.queryParameters.select = new String[] {"id", "appId", "displayName"};
        }));
    }

    private static Stream<String> ids(Set<String> included, Set<String> excluded) {
        return Stream.concat(included.stream(), excluded.stream()).flatMap(id -> Item.guid(id).stream());
    }

    private static List<String> sorted(Set<String> ids) {
        return ids.stream().sorted().toList();
    }
}
