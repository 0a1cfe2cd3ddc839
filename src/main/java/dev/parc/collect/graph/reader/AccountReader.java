package dev.parc.collect.graph.reader;

import static dev.parc.collect.graph.GraphApi.V1;
import static dev.parc.facts.FactKind.ACCOUNTS;
import static dev.parc.facts.FactKind.AUTHENTICATION_METHODS_POLICY;
import static dev.parc.facts.FactKind.CONDITIONAL_ACCESS_POLICIES;
import static dev.parc.facts.FactKind.EXCLUDED_ELIGIBILITIES;
import static dev.parc.facts.FactKind.EXPOSED_GROUP;
import static dev.parc.facts.FactKind.GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.METHOD_GROUP_MEMBERSHIPS;
import static dev.parc.facts.FactKind.PIM_GROUP_ASSIGNMENTS;
import static dev.parc.facts.FactKind.PIM_GROUP_ELIGIBILITIES;
import static dev.parc.facts.FactKind.SERVICE_PLANS;
import static dev.parc.facts.FactKind.SIGN_INS;

import com.microsoft.graph.users.item.checkmembergroups.CheckMemberGroupsPostRequestBody;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.Answer;
import dev.parc.collect.reading.GapException;
import dev.parc.collect.reading.Item;
import dev.parc.collect.reading.ReadingBuilder;
import dev.parc.collect.reading.ReadingContext;
import dev.parc.collect.reading.ReadingTask;
import dev.parc.collect.reading.Slices;
import dev.parc.facts.FactKind;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.activity.SignIn;
import dev.parc.facts.directory.Account;
import dev.parc.facts.directory.GroupMembership;
import dev.parc.facts.directory.PrincipalType;
import dev.parc.facts.policies.AuthenticationMethods;
import dev.parc.facts.policies.ConditionalAccessPolicy;
import dev.parc.facts.policies.ExposedGroup;
import dev.parc.facts.roles.GroupGrant;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what else there is to know of each account: its sign-ins, and the groups of Conditional Access it is in. */
public final class AccountReader {

    public static final List<ReadingTask> TASKS = List.of(
            ReadingTask.of(EXPOSED_GROUP, context -> new AccountReader(context).exposedGroup()),
            ReadingTask.of(SIGN_INS, context -> new AccountReader(context).signIns(), ACCOUNTS, SERVICE_PLANS),
            ReadingTask.of(
                    GROUP_MEMBERSHIPS,
                    context -> new AccountReader(context).groupMemberships(),
                    ACCOUNTS,
                    CONDITIONAL_ACCESS_POLICIES,
                    EXCLUDED_ELIGIBILITIES,
                    PIM_GROUP_ASSIGNMENTS,
                    PIM_GROUP_ELIGIBILITIES),
            ReadingTask.of(
                    METHOD_GROUP_MEMBERSHIPS,
                    context -> new AccountReader(context).methodGroupMemberships(),
                    ACCOUNTS,
                    AUTHENTICATION_METHODS_POLICY));

    private static final int MOST_GROUPS_PER_REQUEST = 20;

    /** Graph writes 0001-01-01 for never. */
    private static final Instant BEFORE_ANY_SIGN_IN = Instant.parse("1970-01-01T00:00:00Z");

    private final ReadingContext context;

    /** Of whom the groups are asked. */
    private enum Whom {
        ACCOUNT,
        EXPOSED_GROUP,
        /** A group that somebody joins by PIM for Groups, who is then in those around it too. */
        JOINED_GROUP
    }

    /** Somebody, or a group, and some of the groups that policies name. */
    private record Block(String principalId, Whom whom, List<String> groupIds) {

        Block of(List<String> others) {
            return new Block(principalId, whom, others);
        }

        boolean group() {
            return whom != Whom.ACCOUNT;
        }
    }

    public AccountReader(ReadingContext context) {
        this.context = context;
    }

    /** The accounts that exist and that some item asks more about than who they are. */
    static List<Account> existing(ReadingContext context) {
        return new JudgedAccounts(context)
                .of(context.values(ACCOUNTS, Account.class).stream()
                        .filter(account -> account.state() != Account.State.DELETED)
                        .toList());
    }

    /** The same by id. */
    static List<String> ids(ReadingContext context) {
        return existing(context).stream().map(Account::id).toList();
    }

    /** A gap for the accounts that could not be read, of which nothing else is known either. */
    static ReadingBuilder builder(ReadingContext context, FactKind kind) {
        ReadingBuilder reading = new ReadingBuilder(kind);
        return context.partial(ACCOUNTS)
                ? reading.gap("some administrators' accounts could not be read, so nothing was read about them")
                : reading;
    }

    /** Whether the designated group of highly exposed users is there. */
    public Reading exposedGroup() {
        Optional<String> id = context.designations().exposedUsersGroup();
        if (id.isEmpty()) {
            return new Reading.Read(List.of(), List.of());
        }
        Answer answer = context.graph()
                .ask(GraphRequest.of(V1.groups()
                        .byGroupId(id.get())
                        .toGetRequestInformation(it -> it.queryParameters.select = new String[] {"id"})));
        return ReadingBuilder.notFound(answer)
                ? new Reading.Read(List.of(new ExposedGroup(id.get(), false)), List.of())
                : ReadingBuilder.ofObject(
                        EXPOSED_GROUP, answer, "groups", item -> new ExposedGroup(item.id("id"), true));
    }

    public Reading signIns() {
        Optional<Reading> unlicensed = context.unlicensedFor(Licence.ENTRA_ID_P1);
        if (unlicensed.isPresent()) {
            return unlicensed.get();
        }
        Optional<Reading> unread = context.unreadFor(ACCOUNTS);
        if (unread.isPresent()) {
            return unread.get();
        }
        ReadingBuilder signIns = builder(context, SIGN_INS);
        UsersById.ask(context.graph(), ids(context), "id", "signInActivity")
                .forEach((id, answer) ->
                        signIns.ofPrincipal(id, answer, "users", item -> signIn(id, item), SIGN_INS.permissions()));
        return signIns.build();
    }

    public Reading groupMemberships() {
        Optional<Reading> unread = context.unreadFor(ACCOUNTS, CONDITIONAL_ACCESS_POLICIES);
        if (unread.isPresent()) {
            return unread.get();
        }
        ReadingBuilder memberships = builder(context, GROUP_MEMBERSHIPS);
        if (context.partial(CONDITIONAL_ACCESS_POLICIES)) {
            memberships.gap("Conditional Access policies were read in part, so groups may be missing");
        }
        return memberships(
                memberships,
                groups(memberships),
                eligibilities(memberships),
                groupsAskedAbout(),
                "a Conditional Access policy");
    }

    /** Of the groups for which the authentication methods policy enables methods, or which it leaves out. */
    public Reading methodGroupMemberships() {
        Optional<Reading> unread = context.unreadFor(ACCOUNTS, AUTHENTICATION_METHODS_POLICY);
        if (unread.isPresent()) {
            return unread.get();
        }
        ReadingBuilder memberships = builder(context, METHOD_GROUP_MEMBERSHIPS);
        Set<String> groups = context.values(AUTHENTICATION_METHODS_POLICY, AuthenticationMethods.class).stream()
                .flatMap(policy -> policy.groups().stream())
                .flatMap(group -> Item.guid(group).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        return memberships(memberships, groups, List.of(), Map.of(), "the authentication methods policy");
    }

    /** The group of highly exposed users, and those that somebody is a member of, or may become one, until an end. */
    private Map<String, Whom> groupsAskedAbout() {
        Map<String, Whom> groups = new TreeMap<>();
        Stream.of(PIM_GROUP_ASSIGNMENTS, PIM_GROUP_ELIGIBILITIES, EXCLUDED_ELIGIBILITIES)
                .flatMap(kind -> context.values(kind, GroupGrant.class).stream())
                .filter(GroupGrant::ends)
                .forEach(grant -> groups.put(grant.groupId(), Whom.JOINED_GROUP));
        context.designations()
                .exposedUsersGroup()
                .flatMap(Item::guid)
                .ifPresent(id -> groups.put(id, Whom.EXPOSED_GROUP));
        return groups;
    }

    /**
     * Asks for every account which of the groups hold it.
     *
     * @param eligibilities who can activate membership of one of the groups, or ownership, by which one can add oneself
     * @param further groups of which the same is asked
     * @param whose who names the groups, to stand before "names"
     */
    private Reading memberships(
            ReadingBuilder memberships,
            Set<String> named,
            List<GroupGrant> eligibilities,
            Map<String, Whom> further,
            String whose) {
        Set<String> asked = new TreeSet<>(named);
        eligibilities.stream()
                .filter(grant -> grant.principalType() == PrincipalType.GROUP)
                .forEach(grant -> asked.add(grant.principalId()));
        List<List<String>> blocks = Slices.of(List.copyOf(asked), MOST_GROUPS_PER_REQUEST);
        List<Block> open = Stream.concat(
                        ids(context).stream().map(id -> new Block(id, Whom.ACCOUNT, List.of())),
                        further.entrySet().stream().map(one -> new Block(one.getKey(), one.getValue(), List.of())))
                .flatMap(principal -> blocks.stream().map(principal::of))
                .toList();
        Map<String, Set<String>> groupsOf = new LinkedHashMap<>();
        ids(context).forEach(id -> groupsOf.put(id, new HashSet<>()));
        further.keySet().forEach(id -> groupsOf.put(id, new HashSet<>()));
        Map<Block, Answer> answers = ask(open);
        List<Block> lost = open.stream()
                .filter(block -> ReadingBuilder.notFound(answer(answers, block)))
                .toList();
        answers.keySet().removeAll(lost);
        answers.putAll(askWithoutDeletedGroups(lost));
        answers.forEach((block, answer) -> {
            boolean gone = block.group() && ReadingBuilder.notFound(answer); // which another kind tells
            if (!gone && !take(block, answer, groupsOf, memberships, whose)) {
                groupsOf.remove(block.principalId());
            }
        });
        groupsOf.forEach((id, groups) -> {
            Set<String> joinable = eligibilities.stream()
                    .filter(grant -> grant.principalId().equals(id) || groups.contains(grant.principalId()))
                    .map(GroupGrant::groupId)
                    .collect(Collectors.toSet());
            groups.retainAll(named);
            memberships.value(new GroupMembership(id, groups, joinable));
        });
        return memberships.build();
    }

    /** Who can activate something in a group that enabled policies exclude, or in one nested in it; nobody without PIM. */
    private List<GroupGrant> eligibilities(ReadingBuilder memberships) {
        if (context.reading(EXCLUDED_ELIGIBILITIES) instanceof Reading.Unread unread) {
            memberships.gap("who can activate membership of a group that policies exclude could not be read: "
                    + unread.reason());
        } else if (context.partial(EXCLUDED_ELIGIBILITIES)) {
            memberships.gap("who can activate membership of a group that policies exclude was read in part");
        }
        return context.values(EXCLUDED_ELIGIBILITIES, GroupGrant.class);
    }

    private Map<Block, Answer> ask(List<Block> blocks) {
        Map<Block, GraphRequest> requests = new LinkedHashMap<>();
        blocks.forEach(block -> requests.put(block, request(block)));
        return new LinkedHashMap<>(context.graph().ask(requests));
    }

    private static Answer answer(Map<Block, Answer> answers, Block block) {
        return Optional.ofNullable(answers.get(block))
                .orElseThrow(() -> new IllegalStateException("a request got no answer"));
    }

    /** Graph refuses a whole block for one group that is gone; policies go on naming such groups, which hold nobody. */
    private Map<Block, Answer> askWithoutDeletedGroups(List<Block> lost) {
        Map<String, GraphRequest> requests = new LinkedHashMap<>();
        lost.stream()
                .flatMap(block -> block.groupIds().stream())
                .distinct()
                .forEach(id -> requests.put(
                        id,
                        GraphRequest.of(V1.groups()
                                .byGroupId(id)
                                .toGetRequestInformation(it -> it.queryParameters.select = new String[] {"id"}))));
        Map<String, Answer> groups = context.graph().ask(requests);
        return ask(lost.stream()
                .map(block -> block.of(block.groupIds().stream()
                        .filter(id -> !Optional.ofNullable(groups.get(id))
                                .filter(ReadingBuilder::notFound)
                                .isPresent())
                        .toList()))
                .filter(block -> !block.groupIds().isEmpty())
                .toList());
    }

    private static SignIn signIn(String id, Item item) {
        if (!item.id("id").equals(id)) {
            throw item.malformed("id");
        }
        Optional<Item> activity = item.item("signInActivity");
        return new SignIn(
                id,
                activity.flatMap(it -> when(it, "lastSuccessfulSignInDateTime")),
                activity.flatMap(it -> when(it, "lastSignInDateTime")));
    }

    private static Optional<Instant> when(Item activity, String name) {
        return activity.has(name) ? activity.time(name).filter(BEFORE_ANY_SIGN_IN::isBefore) : Optional.empty();
    }

    /** The groups that policies in force or in trial name. */
    private Set<String> groups(ReadingBuilder memberships) {
        Set<String> ids = new TreeSet<>();
        context.values(CONDITIONAL_ACCESS_POLICIES, ConditionalAccessPolicy.class).stream()
                .filter(policy -> policy.state() != ConditionalAccessPolicy.State.DISABLED)
                .flatMap(policy ->
                        Stream.concat(policy.users().includeGroups().stream(), policy.users().excludeGroups().stream()))
                .distinct()
                .sorted()
                .forEach(group -> Item.guid(group)
                        .ifPresentOrElse(ids::add, () -> memberships.gap("a policy names a group by no object id")));
        return ids;
    }

    private static GraphRequest request(Block block) {
        return block.group()
                ? checkOfGroup(block.principalId(), block.groupIds())
                : checkOfUser(block.principalId(), block.groupIds());
    }

    private static GraphRequest checkOfUser(String id, List<String> groups) {
        CheckMemberGroupsPostRequestBody body = new CheckMemberGroupsPostRequestBody();
        body.setGroupIds(groups);
        return GraphRequest.of(V1.users().byUserId(id).checkMemberGroups().toPostRequestInformation(body));
    }

    private static GraphRequest checkOfGroup(String id, List<String> groups) {
        var body = new com.microsoft.graph.groups.item.checkmembergroups.CheckMemberGroupsPostRequestBody();
        body.setGroupIds(groups);
        return GraphRequest.of(V1.groups().byGroupId(id).checkMemberGroups().toPostRequestInformation(body));
    }

    /** Takes the groups of one answer; false if there is none. */
    private static boolean take(
            Block block, Answer answer, Map<String, Set<String>> groupsOf, ReadingBuilder memberships, String whose) {
        if (ReadingBuilder.notFound(answer)) {
            unread(
                    block,
                    memberships,
                    "a group that " + whose + " names, or the account, is not in the directory: "
                            + ReadingBuilder.reason(answer, GROUP_MEMBERSHIPS.permissions()));
            return false;
        }
        if (!(answer instanceof Answer.Value value)) {
            if (block.whom() == Whom.EXPOSED_GROUP || ReadingBuilder.lacksLicence(answer)) {
                memberships.without(answer, GROUP_MEMBERSHIPS.permissions());
            } else {
                memberships.unseen(block.principalId(), answer, GROUP_MEMBERSHIPS.permissions());
            }
            return false;
        }
        try {
            List<String> groups = new Item("memberships", value.body()).texts("value");
            groups.forEach(group -> Item.guid(group)
                    .filter(block.groupIds()::contains)
                    .ifPresent(id -> groupsOf.computeIfAbsent(block.principalId(), key -> new HashSet<>())
                            .add(id)));
            memberships.used();
            return true;
        } catch (GapException e) {
            unread(block, memberships, e.gap());
            return false;
        }
    }

    /** Of an account or a joined group it costs what asks about it; of the group of highly exposed users, which is no holder, a gap. */
    private static void unread(Block block, ReadingBuilder memberships, String why) {
        if (block.whom() == Whom.EXPOSED_GROUP) {
            memberships.gap(why);
        } else {
            memberships.unseen(block.principalId(), why);
        }
    }
}
