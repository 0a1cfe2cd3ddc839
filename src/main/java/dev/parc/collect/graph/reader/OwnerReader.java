package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.collect.graph.GraphRequest.literal;
import static dev.parc.facts.FactKind.APPLICATION_OWNERS;
import static dev.parc.facts.FactKind.GRAPH_APP_ROLES;
import static dev.parc.facts.FactKind.GROUP_MEMBERS;
import static dev.parc.facts.FactKind.GROUP_OWNERS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.Principals;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.ApplicationOwner;
import dev.parc.facts.directory.GraphAppRole;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.directory.GroupOwner;
import dev.parc.facts.directory.PrincipalType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads who owns the groups and the applications that lead to a role. Applications found among the owners of one are
 * read in the next round; each is read once, which ends cycles.
 */
public final class OwnerReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(GROUP_OWNERS, context -> new OwnerReader(context).ofGroups(), GROUP_MEMBERS),
            ReadingTask.of(
                    APPLICATION_OWNERS,
                    context -> new OwnerReader(context).ofApplications(),
                    GROUP_OWNERS,
                    GRAPH_APP_ROLES));

    /** More applications than this lead to a role in no directory that can be administered. */
    private static final int MOST_APPLICATIONS = 5_000;

    private static final int LARGEST_PAGE = 999;
    private static final String[] OWNER = {"id", "displayName", "userPrincipalName"};
    private static final String[] SERVICE_PRINCIPAL = {
        "id", "appId", "displayName", "servicePrincipalType", "appOwnerOrganizationId"
    };
    private static final String[] APPLICATION = {"id", "appId"};

    private final ReadingContext context;

    /** An owner as a list gives it. */
    private record Owner(String id, PrincipalType type, String name) {}

    /**
     * A service principal that may be one of an application with owners.
     *
     * @param certain whether it is known to be a service principal
     */
    private record Candidate(String id, String name, boolean certain) {}

    /** What is asked of one candidate. */
    private enum Ask {
        ITSELF,
        OWNERS
    }

    private record Question(Candidate candidate, Ask ask) {}

    /** The registration of an application in this tenant. */
    private record Registration(Candidate candidate, String id) {}

    public OwnerReader(ReadingContext context) {
        this.context = context;
    }

    /** The owners of every group that leads to a role. */
    public Reading ofGroups() {
        Optional<Reading> unread = PrincipalReader.unreadHolders(context).or(() -> context.unreadFor(GROUP_MEMBERS));
        if (unread.isPresent()) {
            return unread.get();
        }
        ReadingBuilder reading = new ReadingBuilder(GROUP_OWNERS);
        Map<String, String> groups = groups();
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        groups.keySet()
                .forEach(id -> requests.put(
                        id, GraphRequest.of(V1.groups().byGroupId(id).owners().toGetRequestInformation(it -> {
                            it.queryParameters.select = OWNER;
                            it.queryParameters.top = LARGEST_PAGE;
                        }))));
        context.graph()
                .ask(requests)
                .forEach((id, answer) -> owners(
                        reading,
                        GROUP_OWNERS.permissions(),
                        answer,
                        "group " + ReadingBuilder.oneLine(groups.getOrDefault(id, id)) + " (" + id + ")",
                        owner -> new GroupOwner(
                                id, groups.getOrDefault(id, id), owner.id(), owner.type(), owner.name())));
        return reading.build();
    }

    /** The owners of every application that holds a role, leads to one, or has a permission that does. */
    public Reading ofApplications() {
        Optional<Reading> unread = PrincipalReader.unreadHolders(context).or(() -> context.unreadFor(GRAPH_APP_ROLES));
        if (unread.isPresent()) {
            return unread.get();
        }
        ReadingBuilder reading = new ReadingBuilder(APPLICATION_OWNERS);
        Set<String> seen = new HashSet<>();
        List<Candidate> round = candidates(seen);
        while (!round.isEmpty()) {
            List<Candidate> next = new ArrayList<>();
            Map<Question, Answer> answers = context.graph().ask(questions(round));
            Map<Registration, Answer> registrations = registrations(round, answers, reading);
            for (Candidate candidate : round) {
                take(candidate, Optional.ofNullable(answers.get(new Question(candidate, Ask.OWNERS))), reading, next);
            }
            registrations.forEach(
                    (registration, answer) -> take(registration.candidate(), Optional.of(answer), reading, next));
            next.removeIf(candidate -> !seen.add(candidate.id()));
            if (seen.size() > MOST_APPLICATIONS) {
                reading.gap("more than " + MOST_APPLICATIONS + " applications lead to a role; the owners of the others"
                        + " were not read");
                break;
            }
            round = next;
        }
        return reading.build();
    }

    private Map<String, String> groups() {
        Map<String, String> groups = new LinkedHashMap<>();
        PrincipalReader.roleHolders(context).stream()
                .filter(row -> row.principalType() == PrincipalType.GROUP)
                .forEach(row -> groups.put(row.principalId(), row.principalName()));
        context.values(GROUP_MEMBERS, GroupMember.class).forEach(row -> {
            groups.put(row.groupId(), row.groupName());
            if (row.principalType() == PrincipalType.GROUP) {
                groups.put(row.principalId(), row.principalName());
            }
        });
        PrincipalReader.groupGrants(context).forEach(row -> {
            groups.put(row.groupId(), row.groupName());
            if (row.principalType() == PrincipalType.GROUP) {
                groups.put(row.principalId(), row.principalName());
            }
        });
        return groups;
    }

    private List<Candidate> candidates(Set<String> seen) {
        Map<String, Candidate> found = new LinkedHashMap<>();
        PrincipalReader.roleHolders(context)
                .forEach(row -> candidate(row.principalId(), row.principalType(), row.principalName(), found));
        context.values(GROUP_MEMBERS, GroupMember.class)
                .forEach(row -> candidate(row.principalId(), row.principalType(), row.principalName(), found));
        PrincipalReader.groupGrants(context)
                .forEach(row -> candidate(row.principalId(), row.principalType(), row.principalName(), found));
        context.values(GROUP_OWNERS, GroupOwner.class)
                .forEach(row -> candidate(row.principalId(), row.principalType(), row.principalName(), found));
        context.values(GRAPH_APP_ROLES, GraphAppRole.class)
                .forEach(row ->
                        candidate(row.principalId(), PrincipalType.SERVICE_PRINCIPAL, row.principalName(), found));
        seen.addAll(found.keySet());
        return List.copyOf(found.values());
    }

    private static void candidate(String id, PrincipalType type, String name, Map<String, Candidate> found) {
        if (type == PrincipalType.SERVICE_PRINCIPAL || type == PrincipalType.UNKNOWN) {
            boolean certain = type == PrincipalType.SERVICE_PRINCIPAL;
            found.merge(id, new Candidate(id, name, certain), (one, other) -> one.certain() ? one : other);
        }
    }

    private static Map<Question, GraphRequest> questions(List<Candidate> round) {
        Map<Question, GraphRequest> requests = new LinkedHashMap<>();
        for (Candidate candidate : round) {
            requests.put(
                    new Question(candidate, Ask.ITSELF),
                    GraphRequest.of(V1.servicePrincipals()
                            .byServicePrincipalId(candidate.id())
                            .toGetRequestInformation(it -> it.queryParameters.select = SERVICE_PRINCIPAL)));
            requests.put(
                    new Question(candidate, Ask.OWNERS),
                    GraphRequest.of(V1.servicePrincipals()
                            .byServicePrincipalId(candidate.id())
                            .owners()
                            .toGetRequestInformation(it -> {
                                it.queryParameters.select = OWNER;
                                it.queryParameters.top = LARGEST_PAGE;
                            })));
        }
        return requests;
    }

    /** The owners of the registrations of those candidates that have one in this tenant. */
    private Map<Registration, Answer> registrations(
            List<Candidate> round, Map<Question, Answer> answers, ReadingBuilder reading) {
        Map<Candidate, GraphRequest> searches = new LinkedHashMap<>();
        for (Candidate candidate : round) {
            Answer itself = answers.get(new Question(candidate, Ask.ITSELF));
            if (itself instanceof Answer.Value value) {
                reading.attempt(() -> appId(new Item("service principals", value.body()))
                        .ifPresent(appId -> searches.put(
                                candidate, GraphRequest.of(V1.applications().toGetRequestInformation(it -> {
                                    it.queryParameters.filter = "appId eq " + literal(appId);
                                    it.queryParameters.select = APPLICATION;
                                })))));
            } else if (itself != null && !ReadingBuilder.notFound(itself)) {
                reading.failed(reason(candidate, itself));
            }
        }
        Map<Registration, GraphRequest> requests = new LinkedHashMap<>();
        context.graph().ask(searches).forEach((candidate, answer) -> {
            if (answer instanceof Answer.Value value) {
                JsonNode found = value.body().path("value");
                reading.used();
                if (found.isEmpty()) {
                    reading.gap(named(candidate) + " is registered in another tenant, and who owns it there cannot be"
                            + " read");
                }
                found.forEach(item -> reading.attempt(() -> {
                    String id = new Item("applications", item).id("id");
                    requests.put(
                            new Registration(candidate, id),
                            GraphRequest.of(V1.applications()
                                    .byApplicationId(id)
                                    .owners()
                                    .toGetRequestInformation(it -> {
                                        it.queryParameters.select = OWNER;
                                        it.queryParameters.top = LARGEST_PAGE;
                                    })));
                }));
            } else {
                reading.failed(reason(candidate, answer));
            }
        });
        return context.graph().ask(requests);
    }

    /** The id under which the application is registered; a managed identity is registered nowhere. */
    private static Optional<String> appId(Item servicePrincipal) {
        return servicePrincipal
                .text("servicePrincipalType")
                .filter("Application"::equalsIgnoreCase)
                .map(application -> servicePrincipal.id("appId"));
    }

    private static void take(
            Candidate candidate, Optional<Answer> answer, ReadingBuilder reading, List<Candidate> next) {
        Answer given = answer.orElseThrow(() -> new IllegalStateException("a request got no answer"));
        if (ReadingBuilder.notFound(given)) {
            return; // deleted, or of another type: it has no owners who could act as it
        }
        owners(reading, APPLICATION_OWNERS.permissions(), given, named(candidate), owner -> {
            if (owner.type() == PrincipalType.SERVICE_PRINCIPAL) {
                next.add(new Candidate(owner.id(), owner.name(), true));
            }
            return new ApplicationOwner(candidate.id(), candidate.name(), owner.id(), owner.type(), owner.name());
        });
    }

    private static void owners(
            ReadingBuilder reading, List<String> permissions, Answer answer, String of, Function<Owner, Object> value) {
        if (answer instanceof Answer.Value) {
            reading.collection(answer, "owners of " + of, item -> value.apply(owner(item)), permissions);
        } else {
            reading.failed(of + ": " + ReadingBuilder.reason(answer, permissions));
        }
    }

    private static Owner owner(Item item) {
        item.requiredText("@odata.type");
        String id = item.id("id");
        PrincipalType type = Principals.type(Optional.of(item));
        if (type == PrincipalType.UNKNOWN) {
            throw item.malformed("@odata.type");
        }
        return new Owner(id, type, Principals.name(Optional.of(item), id));
    }

    private static String reason(Candidate candidate, Answer answer) {
        return named(candidate) + ": " + ReadingBuilder.reason(answer, APPLICATION_OWNERS.permissions());
    }

    private static String named(Candidate candidate) {
        return "application " + ReadingBuilder.oneLine(candidate.name()) + " (" + candidate.id() + ")";
    }
}
