package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.collect.graph.GraphRequest.literal;
import static dev.parc.facts.FactKind.AZURE_ELIGIBILITIES;
import static dev.parc.facts.FactKind.AZURE_FURTHER_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.AZURE_ROLE_ASSIGNMENTS;
import static dev.parc.facts.FactKind.GROUP_MEMBERS;
import static dev.parc.facts.FactKind.PIM_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_ELIGIBILITIES;
import static dev.parc.facts.FactKind.PIM_GROUP_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_GROUP_ELIGIBILITIES;
import static dev.parc.facts.FactKind.ROLE_ASSIGNMENTS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parc.collect.azure.AzureReader;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.AssignmentTerms;
import dev.parc.collect.reading.GapException;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.Principals;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.GroupMember;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.GroupGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads who is in the groups that lead to a role: direct members, and what PIM for Groups assigns and makes eligible.
 * Groups found in a group are read in the next round, so every path by which somebody got there can be told; a group is
 * read once, which ends cycles.
 */
public final class GroupReader {

    public static final List<ReadingTask> TASKS = List.of(ReadingTask.of(
                    List.of(GROUP_MEMBERS, PIM_GROUP_ASSIGNMENTS, PIM_GROUP_ELIGIBILITIES),
                    context -> new GroupReader(context).read(),
                    ROLE_ASSIGNMENTS,
                    PIM_ASSIGNMENTS,
                    PIM_ELIGIBILITIES)
            .afterIfRead(
                    AZURE_ROLE_ASSIGNMENTS, AZURE_FURTHER_ASSIGNMENTS, AZURE_PIM_ASSIGNMENTS, AZURE_ELIGIBILITIES));

    /** More groups than this lead to a role in no directory that can be administered. */
    private static final int MOST_GROUPS = 5_000;

    private static final int LARGEST_PAGE = 999;
    /** What comes as an end that is none. */
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    private static final Set<String> NEVER_ADMINISTRATORS =
            Set.of("#microsoft.graph.device", "#microsoft.graph.orgContact");

    private static final Set<FactKind> PIM_FOR_GROUPS = Set.of(PIM_GROUP_ASSIGNMENTS, PIM_GROUP_ELIGIBILITIES);

    private final ReadingContext context;
    private final Map<FactKind, ReadingBuilder> readings = new LinkedHashMap<>();
    private final Set<FactKind> unlicensed = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final List<GroupMember> members = new ArrayList<>();
    /** The groups of which it is not known what PIM for Groups says. */
    private final Set<String> withoutTerms = new HashSet<>();

    private List<Group> next = new ArrayList<>();

    /**
     * A group to read in the next round.
     *
     * @param certain whether it is known to be a group; what holds a role and came without a type may be one, and what
     *     Azure calls a group may be deleted since
     * @param kinds what is to be asked
     */
    private record Group(String id, String name, boolean certain, Set<FactKind> kinds) {}

    private record Request(Group group, FactKind kind) {}

    public GroupReader(ReadingContext context) {
        this.context = context;
        List.of(GROUP_MEMBERS, PIM_GROUP_ASSIGNMENTS, PIM_GROUP_ELIGIBILITIES)
                .forEach(kind -> readings.put(kind, new ReadingBuilder(kind)));
    }

    /** Members, PIM for Groups assignments and eligibilities of every group that leads to a role. */
    public Map<FactKind, Reading> read() {
        PrincipalReader.roleHolders(context)
                .forEach(holder -> found(holder.principalId(), holder.principalName(), holder.principalType()));
        AzureReader.holders(context).stream()
                .filter(holder -> holder.principalType() != PrincipalType.USER
                        && holder.principalType() != PrincipalType.SERVICE_PRINCIPAL)
                .forEach(holder -> found(holder.principalId(), holder.principalName(), PrincipalType.UNKNOWN));
        while (!next.isEmpty()) {
            List<Group> round = next;
            next = new ArrayList<>();
            Map<Request, GraphRequest> requests = new LinkedHashMap<>();
            round.forEach(group -> readings.keySet().stream()
                    .filter(kind -> !unlicensed.contains(kind))
                    .filter(group.kinds()::contains)
                    .forEach(kind -> requests.put(new Request(group, kind), request(group, kind))));
            Map<Request, Answer> answers = context.graph().ask(requests);
            Set<Group> gone = requests.keySet().stream()
                    .filter(request -> request.kind() == GROUP_MEMBERS
                            && request.group().certain()
                            && ReadingBuilder.notFound(answer(answers, request)))
                    .map(Request::group)
                    .collect(Collectors.toSet());
            requests.keySet().forEach(request -> {
                if (gone.contains(request.group())) {
                    takeGone(request);
                } else {
                    take(request, answer(answers, request));
                }
            });
        }
        members.forEach(member -> reading(GROUP_MEMBERS)
                .value(
                        withoutTerms.contains(member.groupId())
                                ? new GroupMember(
                                        member.groupId(),
                                        member.groupName(),
                                        member.principalId(),
                                        member.principalType(),
                                        member.principalName(),
                                        false)
                                : member));
        Map<FactKind, Reading> read = new LinkedHashMap<>();
        readings.forEach((kind, reading) -> read.put(kind, reading.build()));
        return read;
    }

    /** That the directory has no such group is an answer: it is a partner's, or gone, and PIM knows no more of it. */
    private void takeGone(Request request) {
        if (request.kind() == GROUP_MEMBERS) {
            reading(request.kind()).unresolved(request.group().id());
        } else {
            reading(request.kind()).used();
        }
    }

    private static Answer answer(Map<Request, Answer> answers, Request request) {
        return Optional.ofNullable(answers.get(request))
                .orElseThrow(() -> new IllegalStateException("a request got no answer"));
    }

    private void found(String id, String name, PrincipalType type) {
        boolean certain = type == PrincipalType.GROUP;
        if (!certain && type != PrincipalType.UNKNOWN) {
            return;
        }
        if (seen.size() >= MOST_GROUPS) {
            reading(GROUP_MEMBERS).gap("more than " + MOST_GROUPS + " groups lead to a role; the others were not read");
        } else if (seen.add(id)) {
            next.add(new Group(id, name, certain, certain ? readings.keySet() : Set.of(GROUP_MEMBERS)));
        }
    }

    private static GraphRequest request(Group group, FactKind kind) {
        return switch (kind) {
            case GROUP_MEMBERS ->
                GraphRequest.of(V1.groups().byGroupId(group.id()).members().toGetRequestInformation(it -> {
                    it.queryParameters.select = new String[] {"id", "displayName", "userPrincipalName"};
                    it.queryParameters.top = LARGEST_PAGE;
                }));
            case PIM_GROUP_ASSIGNMENTS ->
                GraphRequest.of(V1.identityGovernance()
                        .privilegedAccess()
                        .group()
                        .assignmentScheduleInstances()
                        .toGetRequestInformation(it -> {
                            it.queryParameters.filter = "groupId eq " + literal(group.id());
                            it.queryParameters.expand = Principals.expanded();
                        }));
            case PIM_GROUP_ELIGIBILITIES ->
                GraphRequest.of(V1.identityGovernance()
                        .privilegedAccess()
                        .group()
                        .eligibilityScheduleInstances()
                        .toGetRequestInformation(it -> {
                            it.queryParameters.filter = "groupId eq " + literal(group.id());
                            it.queryParameters.expand = Principals.expanded();
                        }));
            default -> throw new IllegalArgumentException(kind + " is not read group by group");
        };
    }

    private void take(Request request, Answer answer) {
        Group group = request.group();
        ReadingBuilder reading = reading(request.kind());
        if (answer instanceof Answer.Value value) {
            JsonNode items = value.body().path("value");
            if (!items.isArray()) {
                withoutTerms(request);
                unread(request, "it came without its list");
                return;
            }
            reading.used();
            items.forEach(item -> {
                try {
                    taker(request).accept(item);
                } catch (GapException e) {
                    withoutTerms(request);
                    reading.unseen(group.id(), e.gap());
                }
            });
            if (!group.certain()) {
                next.add(new Group(group.id(), group.name(), true, PIM_FOR_GROUPS));
            }
        } else if (group.certain() || !ReadingBuilder.notFound(answer)) {
            if (ReadingBuilder.lacksLicence(answer)) {
                unlicensed.add(request.kind());
            } else {
                withoutTerms(request);
            }
            without(reading, request, answer);
        }
    }

    private void withoutTerms(Request request) {
        if (request.kind() == PIM_GROUP_ASSIGNMENTS) {
            withoutTerms.add(request.group().id());
        }
    }

    private void without(ReadingBuilder reading, Request request, Answer answer) {
        List<String> permissions = request.kind().permissions();
        if (ReadingBuilder.lacksLicence(answer)) {
            reading.without(answer, permissions);
        } else {
            unread(
                    request,
                    (request.group().certain() ? "" : "whether it is a group: ")
                            + ReadingBuilder.reason(answer, permissions));
        }
    }

    private void unread(Request request, String reason) {
        reading(request.kind()).unseen(request.group().id(), reason);
    }

    private Consumer<JsonNode> taker(Request request) {
        Group group = request.group();
        return switch (request.kind()) {
            case PIM_GROUP_ASSIGNMENTS ->
                item -> grant(group, request.kind(), new Item("PIM for Groups assignments", item));
            case PIM_GROUP_ELIGIBILITIES ->
                item -> grant(group, request.kind(), new Item("PIM for Groups eligibilities", item));
            default -> item -> member(group, new Item("group members", item));
        };
    }

    private void member(Group group, Item item) {
        String type = item.requiredText("@odata.type");
        if (NEVER_ADMINISTRATORS.contains(type)) {
            return;
        }
        String id = item.id("id");
        PrincipalType principalType = Principals.type(Optional.of(item));
        String name = Principals.name(Optional.of(item), id);
        members.add(new GroupMember(group.id(), group.name(), id, principalType, name));
        found(id, name, principalType);
    }

    private void grant(Group group, FactKind kind, Item item) {
        if (!item.id("groupId").equals(group.id())) {
            return; // a snapshot holds one list for all groups
        }
        if (context.beginsLater(item)) {
            return;
        }
        String id = item.id("principalId");
        Optional<Item> principal = Principals.of(item);
        PrincipalType type = Principals.type(principal);
        String name = Principals.name(principal, id);
        GroupGrant.Access access = switch (item.requiredText("accessId")) {
            case "member" -> GroupGrant.Access.MEMBER;
            case "owner" -> GroupGrant.Access.OWNER;
            default -> throw item.malformed("accessId");
        };
        reading(kind)
                .value(new GroupGrant(
                        group.id(),
                        group.name(),
                        id,
                        type,
                        name,
                        access,
                        kind == PIM_GROUP_ASSIGNMENTS
                                ? AssignmentTerms.activeKind(item, ends(item))
                                : AssignmentKind.ELIGIBLE));
        found(id, name, type);
    }

    /** Whether the membership has an end; of one for good the end is the last day that there is. */
    private static boolean ends(Item item) {
        return item.time("endDateTime").filter(NEVER::isAfter).isPresent();
    }

    private ReadingBuilder reading(FactKind kind) {
        return Optional.ofNullable(readings.get(kind)).orElseThrow();
    }
}
