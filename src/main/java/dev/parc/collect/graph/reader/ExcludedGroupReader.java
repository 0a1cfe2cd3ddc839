package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.collect.graph.GraphRequest.literal;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.EXCLUDED_ELIGIBILITIES;
import static dev.parc.facts.FactKind.EXCLUDED_GROUPS;
import static dev.parc.facts.FactKind.EXCLUDED_MEMBERS;
import static dev.parc.facts.FactKind.SERVICE_PLANS;

import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.Principals;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ExcludedGroup;
import dev.parc.facts.policies.ExcludedMembers;
import dev.parc.facts.roles.AssignmentKind;
import dev.parc.facts.roles.GroupGrant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the groups that enabled policies exclude: what they are, who owns them, who is in them. All go in one batch. */
public final class ExcludedGroupReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(
                    EXCLUDED_MEMBERS,
                    context -> new ExcludedGroupReader(context).members(),
                    CONDITIONAL_ACCESS_POLICIES),
            ReadingTask.of(
                    EXCLUDED_ELIGIBILITIES,
                    context -> new ExcludedGroupReader(context).eligibilities(),
                    CONDITIONAL_ACCESS_POLICIES,
                    EXCLUDED_MEMBERS,
                    SERVICE_PLANS),
            ReadingTask.of(
                    EXCLUDED_GROUPS,
                    context -> new ExcludedGroupReader(context).groups(),
                    CONDITIONAL_ACCESS_POLICIES));

    private static final String[] GROUP = {
        "id", "displayName", "isAssignableToRole", "isManagementRestricted", "membershipRule", "onPremisesSyncEnabled"
    };
    private static final int LARGEST_PAGE = 999;

    /** More are asked about by nobody who means to look after them. */
    private static final int MOST_GROUPS = 500;

    private final ReadingContext context;

    private enum Ask {
        ITSELF,
        OWNERS
    }

    private record Question(String groupId, Ask ask) {}

    public ExcludedGroupReader(ReadingContext context) {
        this.context = context;
    }

    /** The ids of the groups that enabled policies exclude, in order; one that is no object id is a gap. */
    static List<String> ids(ReadingContext context, ReadingBuilder reading) {
        List<String> ids = new ArrayList<>();
        context.values(CONDITIONAL_ACCESS_POLICIES, ConditionalAccessPolicy.class).stream()
                .filter(policy -> policy.state() == ConditionalAccessPolicy.State.ENABLED)
                .flatMap(policy -> policy.users().excludeGroups().stream())
                .distinct()
                .sorted()
                .forEach(group -> Item.guid(group)
                        .ifPresentOrElse(ids::add, () -> reading.gap("a policy excludes a group by no object id")));
        return ids;
    }

    /** What each group is, and its owners. */
    public Reading groups() {
        Optional<Reading> unread = context.unreadFor(CONDITIONAL_ACCESS_POLICIES);
        if (unread.isPresent()) {
            return unread.get();
        }
        ReadingBuilder reading = builder(EXCLUDED_GROUPS);
        Map<Question, GraphRequest> requests = new LinkedHashMap<>();
        List<String> ids = ids(context, reading);
        ids.forEach(id -> {
            requests.put(
                    new Question(id, Ask.ITSELF),
                    GraphRequest.of(V1.groups()
                            .byGroupId(id)
                            .toGetRequestInformation(it -> it.queryParameters.select = GROUP)));
            requests.put(
                    new Question(id, Ask.OWNERS),
                    GraphRequest.of(V1.groups().byGroupId(id).owners().toGetRequestInformation(it -> {
                        it.queryParameters.select = new String[] {"id", "displayName", "userPrincipalName"};
                        it.queryParameters.top = LARGEST_PAGE;
                    })));
        });
        Map<Question, Answer> answers = context.graph().ask(requests);
        ids.forEach(id -> take(
                id,
                answer(answers, new Question(id, Ask.ITSELF)),
                answer(answers, new Question(id, Ask.OWNERS)),
                reading));
        return reading.build();
    }

    private static <K> Answer answer(Map<K, Answer> answers, K question) {
        return Optional.ofNullable(answers.get(question))
                .orElseThrow(() -> new IllegalStateException("a request got no answer"));
    }

    private static void take(String id, Answer itself, Answer owners, ReadingBuilder reading) {
        if (ReadingBuilder.notFound(itself)) {
            reading.used().value(ExcludedGroup.deleted(id));
            return;
        }
        List<ExcludedGroup.Principal> owning = new ArrayList<>();
        if (!reading.each(owners, "owners of groups", item -> owning.add(principal(item)))) {
            return;
        }
        reading.object(
                itself,
                "groups",
                item -> new ExcludedGroup(
                        item.id("id"),
                        item.text("displayName").orElse(id),
                        true,
                        item.flag("isAssignableToRole").orElse(false),
                        item.flag("isManagementRestricted").orElse(false),
                        item.text("membershipRule").filter(rule -> !rule.isBlank()),
                        Principals.sync(item),
                        owning),
                EXCLUDED_GROUPS.permissions());
    }

    /** How many are in each group, and the first of them. */
    public Reading members() {
        Optional<Reading> unread = context.unreadFor(CONDITIONAL_ACCESS_POLICIES);
        if (unread.isPresent()) {
            return unread.get();
        }
        ReadingBuilder reading = builder(EXCLUDED_MEMBERS);
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        ids(context, reading).forEach(id -> requests.put(id, membersOf(id)));
        context.graph().ask(requests).forEach((id, answer) -> {
            if (ReadingBuilder.notFound(answer)) {
                reading.used().value(new ExcludedMembers(id, 0, List.of()));
            } else {
                reading.object(answer, "members of groups", item -> members(id, item), EXCLUDED_MEMBERS.permissions());
            }
        });
        return reading.build();
    }

    private static GraphRequest membersOf(String id) {
        return GraphRequest.of(V1.groups().byGroupId(id).transitiveMembers().toGetRequestInformation(it -> {
                    // Graph counts its eventually consistent copies only
                    it.headers.add("ConsistencyLevel", "eventual");
                    it.queryParameters.count = true;
                    it.queryParameters.select =
                            new String[] {"id", "displayName", "userPrincipalName", "accountEnabled"};
                    it.queryParameters.top = ExcludedMembers.MOST_READ;
                }))
                .firstPage();
    }

    private static ExcludedMembers members(String id, Item answer) {
        List<ExcludedGroup.Principal> read = answer.items("value").stream()
                .map(ExcludedGroupReader::principal)
                .limit(ExcludedMembers.MOST_READ)
                .toList();
        boolean more = answer.has("@odata.nextLink");
        int told = answer.has("@odata.count") ? (int) answer.requiredNumber("@odata.count") : 0;
        return new ExcludedMembers(id, Math.max(told, more ? read.size() + 1 : read.size()), read);
    }

    /**
     * Who can activate membership or ownership of each group, and of each group in one of them, whose members are in it too;
     * nobody of one that PIM for Groups does not know.
     */
    public Reading eligibilities() {
        Optional<Reading> unread = context.unreadFor(CONDITIONAL_ACCESS_POLICIES);
        if (unread.isPresent()) {
            return unread.get();
        }
        Optional<Reading> unlicensed = context.unlicensed(EXCLUDED_ELIGIBILITIES);
        if (unlicensed.isPresent()) {
            return unlicensed.get();
        }
        ReadingBuilder reading = builder(EXCLUDED_ELIGIBILITIES);
        List<String> excluded = ids(context, reading);
        Set<String> ids = new LinkedHashSet<>(excluded);
        ids.addAll(nested(excluded, reading));
        if (ids.size() > MOST_GROUPS) {
            reading.gap("more than " + MOST_GROUPS
                    + " groups are excluded or nested in an excluded one, so not all were read");
        }
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        ids.stream().limit(MOST_GROUPS).forEach(id -> requests.put(id, eligibilitiesOf(id)));
        context.graph().ask(requests).forEach((id, answer) -> {
            if (ReadingBuilder.notFound(answer)) {
                reading.used();
            } else if (answer instanceof Answer.Value) {
                reading.each(
                        answer,
                        "PIM for Groups eligibilities",
                        item -> grant(id, item).ifPresent(reading::value));
            } else {
                reading.without(answer, EXCLUDED_ELIGIBILITIES.permissions());
            }
        });
        return reading.build();
    }

    private static GraphRequest eligibilitiesOf(String id) {
        return GraphRequest.of(V1.identityGovernance()
                .privilegedAccess()
                .group()
                .eligibilityScheduleInstances()
                .toGetRequestInformation(it -> {
                    it.queryParameters.filter = "groupId eq " + literal(id);
                    it.queryParameters.expand = Principals.expanded();
                }));
    }

    /** The groups in these: among their members, where all of these were read and known, and asked for by themselves otherwise. */
    private Set<String> nested(List<String> excluded, ReadingBuilder reading) {
        Map<String, ExcludedMembers> members = new HashMap<>();
        context.values(EXCLUDED_MEMBERS, ExcludedMembers.class).forEach(one -> members.put(one.groupId(), one));
        Set<String> nested = new LinkedHashSet<>();
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        for (String id : excluded) {
            ExcludedMembers read = members.get(id);
            if (read != null
                    && read.whole()
                    && read.read().stream().noneMatch(member -> member.type() == PrincipalType.UNKNOWN)) {
                read.read().stream()
                        .filter(member -> member.type() == PrincipalType.GROUP)
                        .map(ExcludedGroup.Principal::id)
                        .forEach(nested::add);
            } else {
                requests.put(id, groupsIn(id));
            }
        }
        context.graph().ask(requests).forEach((id, answer) -> {
            if (!ReadingBuilder.notFound(answer)) {
                reading.each(answer, "groups in groups", item -> nested.add(item.id("id")));
            }
        });
        return nested;
    }

    private static GraphRequest groupsIn(String id) {
        return GraphRequest.of(
                V1.groups().byGroupId(id).transitiveMembers().graphGroup().toGetRequestInformation(it -> {
                    it.headers.add("ConsistencyLevel", "eventual");
                    it.queryParameters.count = true;
                    it.queryParameters.select = new String[] {"id"};
                    it.queryParameters.top = LARGEST_PAGE;
                }));
    }

    private static Optional<GroupGrant> grant(String groupId, Item item) {
        if (!item.id("groupId").equals(groupId)) {
            return Optional.empty(); // a snapshot may hold one list for all groups
        }
        String id = item.id("principalId");
        Optional<Item> principal = Principals.of(item);
        return Optional.of(new GroupGrant(
                groupId,
                groupId,
                id,
                Principals.type(principal),
                Principals.name(principal, id),
                switch (item.requiredText("accessId")) {
                    case "member" -> GroupGrant.Access.MEMBER;
                    case "owner" -> GroupGrant.Access.OWNER;
                    default -> throw item.malformed("accessId");
                },
                AssignmentKind.ELIGIBLE));
    }

    /** Anything that can be in a group or own one; what is of no known type stays, with its type unknown. */
    private static ExcludedGroup.Principal principal(Item item) {
        String id = item.id("id");
        Optional<Item> one = Optional.of(item);
        return new ExcludedGroup.Principal(
                id, item.has("@odata.type") ? Principals.type(one) : PrincipalType.UNKNOWN, Principals.name(one, id));
    }

    private ReadingBuilder builder(FactKind kind) {
        ReadingBuilder reading = new ReadingBuilder(kind);
        return context.partial(CONDITIONAL_ACCESS_POLICIES)
                ? reading.gap("Conditional Access policies were read in part, so groups may be missing")
                : reading;
    }
}
